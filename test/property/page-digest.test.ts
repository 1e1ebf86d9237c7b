import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlainDigest, SimdDigest } from '../../src/scanner/page-digest.js';
import { instantiate } from '../../src/scanner/simd-module.js';

const bytes = fc.uint8Array({ maxLength: 400 });

it('is the same with SIMD and without, however the bytes arrive and whoever else uses the memory', () => {
  const exports = instantiate();
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 8 }), fc.array(bytes, { maxLength: 8 }), (pieces, others) => {
      const plain = new PlainDigest();
      const simd = new SimdDigest(exports);
      const other = new SimdDigest(exports);
      for (const [index, piece] of pieces.entries()) {
        plain.update(piece);
        simd.update(piece);
        if (others[index]) other.update(others[index]);
        expect(simd.value()).toBe(plain.value());
      }
      const whole = new SimdDigest(exports);
      whole.update(Buffer.concat(pieces));
      expect(whole.value()).toBe(plain.value());
      simd.reset();
      expect(simd.value()).toBe(new PlainDigest().value());
    }),
    { numRuns: 500 },
  );
});

it('takes what stands in the scanner’s memory as it takes anything else', () => {
  const exports = instantiate();
  const text = Buffer.from('CceService Error: 0 : x\r\n'.repeat(9000));
  const there = Buffer.from(exports.memory.buffer, exports.UNITS.value, text.length);
  text.copy(there);
  const [inside, outside] = [new SimdDigest(exports), new SimdDigest(exports)];
  inside.update(there);
  outside.update(text);
  expect(inside.value()).toBe(outside.value());
});

it('changes with every bit, and with the length', () => {
  const page = Buffer.from('DateTime=2018-09-07T10:40:37.3875187Z '.repeat(60));
  const digestOf = (input: Uint8Array) => {
    const digest = new PlainDigest();
    digest.update(input);
    return digest.value();
  };
  const seen = new Set([digestOf(page)]);
  for (let bit = 0; bit < page.length * 8; bit += 7) {
    const changed = Buffer.from(page);
    changed[bit >> 3] = (changed[bit >> 3] as number) ^ (1 << (bit & 7));
    seen.add(digestOf(changed));
  }
  for (let zeros = 1; zeros < 200; zeros++) seen.add(digestOf(Buffer.concat([page, Buffer.alloc(zeros)])));
  expect(seen.size).toBe(1 + Math.ceil((page.length * 8) / 7) + 199);
});

it('sees two changes that could cancel: digits and letters exchanged in one lane', () => {
  fc.assert(
    fc.property(fc.nat(63), fc.nat(62), fc.nat(63), fc.integer({ min: 1, max: 255 }), (place, first, gap, change) => {
      const page = Buffer.alloc(64 * 128, 'log ');
      const changed = Buffer.from(page);
      for (const block of [first, first + 1 + gap])
        changed[block * 64 + place] = (changed[block * 64 + place] as number) ^ change;
      const [left, right] = [new PlainDigest(), new PlainDigest()];
      left.update(page);
      right.update(changed);
      expect(left.value()).not.toBe(right.value());
    }),
    { numRuns: 2000 },
  );
});
