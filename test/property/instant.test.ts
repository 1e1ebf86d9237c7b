import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyInstant, instant } from '../../src/incidents/instant.js';

const number = (max: number, width: number) =>
  fc.integer({ min: 0, max }).map((value) => String(value).padStart(width, '0'));
const time = fc
  .tuple(number(9999, 4), number(14, 2), number(33, 2), number(26, 2), number(63, 2), number(63, 2), number(9999999, 7))
  .map(([year, month, day, hour, minute, second, fraction]) => {
    return `${year}-${month}-${day}T${hour}:${minute}:${second}.${fraction}Z`;
  });
/** One character replaced by another, or taken out. */
const broken = fc
  .tuple(time, fc.nat(27), fc.constantFrom('', '0', '9', '/', ':', '.', ' ', 'Z', '٣', '-'))
  .map(([text, at, other]) => text.slice(0, at) + other + text.slice(at + 1));

it('is the same by the fast way as by the plain one', () => {
  fc.assert(
    fc.property(fc.oneof(time, broken), (text) => {
      expect(instant(text)).toEqual(anyInstant(text));
    }),
    { numRuns: 20_000 },
  );
});
