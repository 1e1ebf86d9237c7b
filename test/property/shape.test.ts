import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readShape, ShapeMap, shape } from '../../src/detectors/shape.js';

/** The first line with every word that holds a digit as one sign; what counts alike is equal then. */
function plainShape(bytes: Uint8Array): string {
  const [line = ''] = Buffer.from(bytes)
    .toString('latin1')
    .split(/[\r\n]/, 1);
  return line.replace(/[0-9A-Za-z\x80-\xff-]+/g, (word) => (/[0-9]/.test(word) ? '\n' : word));
}

function shapeOf(bytes: Uint8Array, before: number): string {
  const within = Buffer.concat([Buffer.alloc(before, 'a'), bytes, Buffer.from('z9')]);
  readShape(within, before, before + bytes.length);
  return `${shape.one} ${shape.two}`;
}

const piece = fc.constantFrom(
  'a',
  'A',
  '-',
  ' ',
  ':',
  '#',
  '1',
  '99',
  '0x1f',
  'ü',
  'word',
  'Word',
  '\r\n',
  '\n',
  '\x00',
);
const line = fc.array(piece, { maxLength: 30 }).map((pieces) => Buffer.from(pieces.join('')));
const bytes = fc.oneof(line, fc.uint8Array({ maxLength: 300 }));

it('is equal just where a line is, but for its words with digits', () => {
  fc.assert(
    fc.property(fc.array(bytes, { minLength: 2, maxLength: 20 }), fc.nat(5), (lines, before) => {
      const [first, ...others] = lines as [Uint8Array, ...Uint8Array[]];
      for (const other of others) {
        expect(shapeOf(other, before) === shapeOf(first, 0)).toBe(plainShape(other) === plainShape(first));
      }
    }),
    { numRuns: 3000 },
  );
});

it('is equal for lines that differ in a number, wherever it stands', () => {
  fc.assert(
    fc.property(line, line, fc.nat(), fc.nat(), fc.nat(5), (left, right, one, two, before) => {
      const withNumber = (number: number) => Buffer.concat([left, Buffer.from(String(number)), right]);
      expect(shapeOf(withNumber(one), before)).toBe(shapeOf(withNumber(two), 0));
    }),
    { numRuns: 3000 },
  );
});

it('maps shapes as a map of pairs would', () => {
  const shapes = new ShapeMap<number>();
  const pairs = new Map<string, number>();
  for (let index = 0; index < 20_000; index++) {
    const [one, two] = [Math.imul(index % 7000, 0x10001), -(index % 3)];
    shapes.set(one, two, index);
    pairs.set(`${one} ${two}`, index);
  }
  expect(shapes.size).toBe(pairs.size);
  for (const [key, value] of pairs) {
    const [one, two] = key.split(' ').map(Number) as [number, number];
    expect(shapes.get(one, two)).toBe(value);
    expect(shapes.get(one, two - 3)).toBeUndefined();
  }
});
