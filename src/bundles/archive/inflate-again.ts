/**
 * zlib drops what it had unpacked of a piece when it meets damage in it. Where the source can be read again, so is the
 * damaged piece, in smaller and smaller steps, until every byte before the damage is out.
 */
import { type Bytes, blocksOf, type OpenBytes } from './bytes.js';
import { Cursor } from './cursor.js';
import { type Inflation, inflate, newInflation, PIECE } from './inflate.js';

const FINER_STEPS = [256, 1];

/** As `inflate`, for data that starts at `start` in bytes that can be opened again (or not: null). */
export async function* inflateToDamage(
  source: Cursor,
  inflation: Inflation,
  again: { open: OpenBytes; start: number; end: number } | null,
): AsyncGenerator<Buffer, void> {
  let given = 0;
  for await (const block of inflate(source, inflation)) {
    given += block.length;
    yield block;
  }
  if (inflation.end !== 'bad' || again === null) return;
  const bytes = again.open();
  try {
    let sound = inflation.sound;
    for (const step of FINER_STEPS) {
      const retry = newInflation();
      const pieces = new Cursor(inSteps(bytes, again.start, sound, again.end, step));
      let passed = 0;
      for await (const block of inflate(pieces, retry)) {
        const known = Math.max(0, Math.min(block.length, given - passed));
        passed += block.length;
        if (known < block.length) yield block.subarray(known);
      }
      given = Math.max(given, passed);
      sound = retry.sound;
    }
  } finally {
    bytes.close();
  }
}

/** What is known to be sound in large pieces, the rest in small ones. */
function* inSteps(bytes: Bytes, start: number, sound: number, end: number, step: number): Generator<Buffer, void> {
  yield* blocksOf(bytes, start, start + sound, PIECE);
  const doubtful = bytes.at(start + sound, Math.min(PIECE, end - start - sound));
  for (let offset = 0; offset < doubtful.length; offset += step) yield doubtful.subarray(offset, offset + step);
}
