/** Names at random, in places at random, written in ways at random: none survives. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOrdinary } from '../../src/redaction/ordinary-words.js';
import { type KnownValue, Redaction } from '../../src/redaction/redaction.js';
import { readingsOf } from '../support/redaction-corpus.js';

const letters = (min: number, max: number) =>
  fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz'), minLength: min, maxLength: max });
const digits = fc.integer({ min: 1, max: 99 });
// Unlike a word, so that the test can look for it without bounds.
const word = fc.tuple(letters(4, 7), digits, fc.constantFrom('q', 'x', 'zz')).map(([a, n, b]) => `${a}${n}${b}`);
const octet = fc.integer({ min: 100, max: 250 });

/** A name, and a sentence that gives it away. */
interface Planted {
  name: string;
  reveals: string;
}

const planted: fc.Arbitrary<Planted> = fc.oneof(
  fc
    .tuple(word, word)
    .map(([user, domain]) => ({ name: `${user}@${domain}.example`, reveals: `${user}@${domain}.example` })),
  fc.tuple(word, word).map(([host, domain]) => ({ name: host, reveals: `${host}.${domain}.local is down` })),
  word.map((name) => ({ name, reveals: `Username: ${name}\r\n` })),
  word.map((name) => ({ name, reveals: `C:\\Users\\${name}\\x.log` })),
  word.map((name) => ({ name, reveals: `\\\\${name}\\share` })),
  word.map((name) => ({ name, reveals: `\r\nServerName=${name}\r\n` })),
  fc
    .tuple(octet, octet, octet)
    .map(([a, b, c]) => ({ name: `172.${a}.${b}.${c}`, reveals: `172.${a}.${b}.${c}:5061` })),
  fc.uuid().map((guid) => ({ name: guid, reveals: `{${guid}}` })),
);

const written: fc.Arbitrary<(name: string) => string> = fc.constantFrom(
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => `${name.slice(0, 3)}\r\n${name.slice(3)}`,
  (name) => encodeURIComponent(name),
  (name) => `"${name}"`,
  (name) => `<x>${name.replace('@', '&#64;')}</x>`,
  (name) => `${name.slice(0, 4)}\u200b${name.slice(4)}`,
  (name) =>
    [...name].map((unit) => (/[a-z]/.test(unit) ? String.fromCharCode(unit.charCodeAt(0) + 0xfee0) : unit)).join(''),
  (name) => JSON.stringify({ name }),
  (name) => `(${name})_file.txt`,
);

const filler = fc.constantFrom(
  '',
  'CceService Error: 0 : failed at ',
  'see ',
  '\r\n',
  ' and ',
  '; ',
  '/',
  '|',
  'é ',
  '100 % ',
);

test('names never survive, wherever they are planted', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(planted, fc.array(fc.tuple(filler, written), { maxLength: 4 })), {
        minLength: 1,
        maxLength: 5,
      }),
      (plan) => {
        const texts = plan.flatMap(([{ name, reveals }, places]) => [
          reveals,
          places.map(([before, write]) => `${before} ${write(name)} `).join(''),
        ]);
        const redaction = new Redaction({ key: null, kept: [], also: [] });
        const output = JSON.stringify(redaction.redact({ texts }));
        const readings = readingsOf(output).map((reading) => reading.replace(/\u200b/g, ''));
        for (const [{ name }] of plan)
          expect(
            readings.some((reading) => reading.includes(name.toLowerCase())),
            `${name} in ${output}`,
          ).toBe(false);
        expect(redaction.residues(output)).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

test('names that only a field tells are replaced at the bounds of words, and other words are not', () => {
  const name = letters(3, 9).filter((text) => !isOrdinary(text));
  fc.assert(
    fc.property(name, name, (appliance, other) => {
      fc.pre(!other.includes(appliance) && !/^(?:user|host|site|appliance|is|on|and)$/.test(other));
      const known: KnownValue[] = [{ kind: 'appliance', value: appliance }];
      const redaction = new Redaction({ key: null, kept: [], also: [] });
      const text = redaction.redact({ text: `${appliance} is on ${other}, ${appliance.toUpperCase()}_x` }, known).text;
      expect(text).toBe(`appliance-1 is on ${other}, appliance-1_x`);
    }),
    { numRuns: 300 },
  );
});

test('the same names have the same pseudonyms with one key, in any order; distinct ones have distinct ones', () => {
  const mails = fc.uniqueArray(
    fc.tuple(word, word).map(([user, domain]) => `${user}@${domain}.example`),
    { minLength: 2, maxLength: 12, selector: (mail) => mail },
  );
  fc.assert(
    fc.property(mails, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (names, random) => {
      const pseudonyms = (order: readonly string[]) => {
        const redaction = new Redaction({ key: Buffer.from('0123456789abcdef'), kept: [], also: [] });
        const { texts } = redaction.redact({ texts: order });
        return new Map(order.map((name, index) => [name, texts[index]]));
      };
      const shuffled = names
        .map((name) => [random.next().value as number, name] as const)
        .sort(([a], [b]) => a - b)
        .map(([, name]) => name);
      const [one, two] = [pseudonyms(names), pseudonyms(shuffled)];
      for (const name of names) expect(two.get(name)).toBe(one.get(name));
      expect(new Set(one.values()).size).toBe(names.length);
    }),
    { numRuns: 100 },
  );
});
