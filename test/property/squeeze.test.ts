import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RecordText } from '../../src/detectors/record-text.js';
import { squeeze, squeezeAny } from '../../src/detectors/squeeze.js';

const ascii = fc.string({ unit: fc.integer({ min: 0, max: 0x7f }).map((code) => String.fromCharCode(code)) });
const any = fc.string({ unit: 'binary' });
const units = fc
  .array(fc.integer({ min: 0, max: 0xffff }))
  .map((codes) => codes.map((code) => String.fromCharCode(code)).join(''));

it('takes out the same characters by the fast way as by the plain one', () => {
  fc.assert(
    fc.property(fc.oneof(ascii, any, units), (text) => {
      expect(squeeze(text)).toBe(squeezeAny(text));
    }),
    { numRuns: 5000 },
  );
});

it('does so at the limit of its buffer', () => {
  const limit = 1 << 16;
  for (const end of ['x', ' ', 'é', '\ud83d', '€', '😀']) {
    for (let length = limit - 4; length <= limit + 4; length++) {
      const text = ' a'.repeat(limit).slice(0, length - end.length) + end;
      expect(squeeze(text) === squeezeAny(text), `${length} ${end}`).toBe(true);
    }
  }
});

it('gives the same text from bytes that were never decoded', () => {
  const piece = fc.constantFrom('+ Remove-Item $x', ' + CategoryInfo : x', '\r\n', 'a b', 'état', '\0', '   + ~~~');
  fc.assert(
    fc.property(
      fc.oneof(
        ascii,
        any,
        fc
          .array(piece)
          .map((pieces) => pieces.join(''))
          .filter(Boolean),
      ),
      (text) => {
        const bytes = Buffer.from(text);
        const decoded = bytes.toString();
        expect(new RecordText(() => decoded, bytes).squeezed).toBe(new RecordText(decoded).squeezed);
      },
    ),
    { numRuns: 3000 },
  );
});
