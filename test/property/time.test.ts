import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseTime, roundTripTime } from '../../src/parsers/time.js';

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));
const near = fc
  .tuple(
    fc.oneof(digits(4), fc.constantFrom('2000', '1900', '2018')),
    fc.integer({ min: 0, max: 14 }),
    fc.integer({ min: 0, max: 33 }),
    fc.integer({ min: 0, max: 25 }),
    fc.integer({ min: 0, max: 61 }),
    fc.integer({ min: 0, max: 61 }),
    digits(7),
    fc.constantFrom('', ' ', '1', ':', '\r', 'x'),
  )
  .map(([year, month, day, hour, minute, second, fraction, behind]) => {
    const two = (value: number) => String(value).padStart(2, '0');
    return `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}.${fraction}Z${behind}`;
  });
const damaged = fc
  .tuple(near, fc.nat(28), fc.constantFrom('', '-', 'T', '7', ' '))
  .map(([text, at, put]) => text.slice(0, at) + put + text.slice(at + 1));

it('the fast reading of times says what the exact one says, or nothing', () => {
  let told = 0;
  fc.assert(
    fc.property(fc.oneof(near, damaged), (text) => {
      const bytes = Buffer.from(text);
      const fast = roundTripTime(bytes, 0, bytes.length);
      if (fast === null) return;
      told++;
      expect(fast).toBe(parseTime(text));
    }),
    { numRuns: 5000 },
  );
  expect(told).toBeGreaterThan(200);
});
