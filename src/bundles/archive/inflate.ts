/**
 * Raw deflate data to blocks, by zlib in the thread pool while the caller works on the block before. Unlike a piped
 * stream it never throws for bad data, keeps every byte that came out before the damage, and knows where in its input
 * the data ended: what zip and gzip have behind it is read from there.
 */
import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { BLOCK_SIZE } from '../file-blocks.js';
import { endPassing, letGo, passOn } from '../passing-blocks.js';
import type { Cursor } from './cursor.js';

/** Packed bytes that zlib is given at once. */
export const PIECE = 1 << 16;
/** Unpacked bytes that wait for the caller before zlib is held. */
const AHEAD = 2 * BLOCK_SIZE;

const SMALL_OPTIONS = { maxOutputLength: BLOCK_SIZE, info: true };

/** What zlib gives with the option `info`. */
interface Unpacked {
  buffer: Buffer;
  engine: { bytesWritten: number };
}

export interface Inflation {
  /** `whole`: the data ended by itself. `cut`: the input ended first. `bad`: no deflate data from some place on. */
  end: 'whole' | 'cut' | 'bad';
  /** Packed bytes taken so far; when it is whole, exactly those of the data. */
  consumed: number;
  /** Packed bytes before the piece in which the damage stands. */
  sound: number;
}

export function newInflation(): Inflation {
  return { end: 'cut', consumed: 0, sound: 0 };
}

/**
 * Unpacks what the cursor stands on and leaves the cursor behind it. `inflation` is kept up to date. Errors are those
 * of the source only.
 */
export async function* inflate(source: Cursor, inflation: Inflation, step = PIECE): AsyncGenerator<Buffer, void> {
  const small = await inflateSmall(source, inflation, step);
  if (small === null) yield* inflateLarge(source, inflation, step);
  else if (small.length > 0) yield small;
}

/** What fits in a piece and a block is done at once: an engine of its own takes many times as long. Null where it does not. */
async function inflateSmall(source: Cursor, inflation: Inflation, step: number): Promise<Buffer | null> {
  const piece = await source.next(step);
  if (piece === null) return null;
  try {
    const { buffer, engine } = inflateRawSync(piece, SMALL_OPTIONS) as unknown as Unpacked;
    source.giveBack(lastBytes(piece, piece.length - engine.bytesWritten));
    inflation.end = 'whole';
    inflation.consumed = engine.bytesWritten;
    return buffer;
  } catch {
    // Too large, cut or damaged: the engine that takes it in pieces tells which.
    source.giveBack(piece);
    return null;
  }
}

async function* inflateLarge(source: Cursor, inflation: Inflation, step: number): AsyncGenerator<Buffer, void> {
  // No buffer of the stream's own: what comes out goes to `ready` at once, where an error cannot drop it.
  const options = { chunkSize: BLOCK_SIZE, readableHighWaterMark: 1 };
  const engine = createInflateRaw(options);
  const ready: Buffer[] = [];
  let waiting = 0;
  let busy = false;
  let over = false;
  let failure = null as NodeJS.ErrnoException | null;
  let piece = null as Buffer | null;
  let last = null as Buffer | null;
  let wake = () => {};
  engine.on('data', (block: Buffer) => {
    last = passOn(block);
    ready.push(block);
    waiting += block.length;
    if (waiting >= AHEAD) engine.pause();
    wake();
  });
  engine.on('end', () => {
    over = true;
    wake();
  });
  engine.on('error', (error) => {
    failure = error;
    wake();
  });
  const feed = async () => {
    busy = true;
    const next = await source.next(step);
    if (next === null) {
      engine.end();
      return;
    }
    if (piece !== null) letGo(piece);
    piece = next;
    inflation.sound = inflation.consumed;
    inflation.consumed += piece.length;
    engine.write(piece, () => {
      busy = false;
      wake();
    });
  };
  try {
    for (;;) {
      if (!busy && !over && failure === null && ready.length < 2 && !engine.isPaused()) await feed();
      const block = ready.shift();
      if (block) {
        waiting -= block.length;
        if (engine.isPaused() && waiting < AHEAD / 2) engine.resume();
        yield block;
        continue;
      }
      if (over || failure !== null) break;
      await new Promise<void>((resume) => {
        wake = resume;
      });
    }
    if (failure !== null) inflation.end = failure.code === 'Z_BUF_ERROR' ? 'cut' : 'bad';
    if (!over) return;
    inflation.end = 'whole';
    const unused = inflation.consumed - engine.bytesWritten;
    if (piece !== null) source.giveBack(lastBytes(piece, unused));
    inflation.consumed -= unused;
  } finally {
    engine.destroy();
    if (over && last !== null) endPassing(last);
  }
}

function lastBytes(piece: Buffer, count: number): Buffer {
  return piece.subarray(piece.length - count);
}
