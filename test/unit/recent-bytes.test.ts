/** The last bytes of a stream, against all of its bytes. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK_SIZE } from '../../src/bundles/file-blocks.js';
import { RECENT, RecentBytes } from '../../src/bundles/recent-bytes.js';

/** A stream whose every byte tells where it stands. */
function stream(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let index = 0; index < length; index += 4) bytes.writeUInt32LE(index, Math.min(index, length - 4));
  return bytes;
}

const WHOLE = stream(3 * RECENT);

describe('recent bytes', () => {
  it('are those of the stream, wherever they are asked for and however they came', () => {
    const lengths = fc.array(fc.oneof(fc.integer({ min: 0, max: BLOCK_SIZE }), fc.constant(BLOCK_SIZE)), {
      maxLength: 60,
    });
    const asked = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 << 20 })), {
      minLength: 1,
      maxLength: 5,
    });
    fc.assert(
      fc.property(lengths, asked, (blocks, places) => {
        const recent = new RecentBytes();
        for (const length of blocks) {
          const from = recent.size;
          if (from + length > WHOLE.length) break;
          recent.push(WHOLE.subarray(from, from + length));
          for (const [part, count] of places) {
            const oldest = Math.max(0, recent.size - RECENT);
            const offset = oldest + Math.floor(part * (recent.size - oldest));
            const end = Math.min(offset + count, recent.size);
            expect(recent.at(offset, count).equals(WHOLE.subarray(offset, end))).toBe(true);
          }
        }
        recent.close();
      }),
      { numRuns: 60 },
    );
  });

  it('end where the stream does, and begin where they are still held', () => {
    const recent = new RecentBytes();
    expect(recent.at(0, 10)).toHaveLength(0);
    recent.push(WHOLE.subarray(0, 100));
    expect(recent.at(90, 50).equals(WHOLE.subarray(90, 100))).toBe(true);
    expect(recent.at(-20, 30).equals(WHOLE.subarray(0, 10))).toBe(true);
    expect(recent.at(200, 10)).toHaveLength(0);
    recent.push(WHOLE.subarray(100, 2 * RECENT));
    expect(recent.at(0, 1000)).toHaveLength(0);
    expect(recent.at(RECENT + 1, 3).equals(WHOLE.subarray(RECENT + 1, RECENT + 4))).toBe(true);
    recent.close();
  });

  it('of one stream are not those of another that is read at the same time', () => {
    const [one, other] = [new RecentBytes(), new RecentBytes()];
    one.push(Buffer.from('one'));
    other.push(Buffer.from('other'));
    expect([one.at(0, 9).toString(), other.at(0, 9).toString()]).toEqual(['one', 'other']);
    one.close();
    const next = new RecentBytes();
    next.push(Buffer.from('next'));
    expect(other.at(0, 9).toString()).toBe('other');
    next.close();
    other.close();
  });
});
