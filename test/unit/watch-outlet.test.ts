/** A standard stream that takes what it wants when it wants: what waits for it has a bound, and what was left out is counted. */
import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { outlet } from '../../src/cli/outlet.js';
import { statusLine } from '../../src/cli/status-line.js';

/** A stream whose other end takes one write at a time, when the test says so. */
class Sink extends Writable {
  isTTY = true;
  columns = 40;
  taken = '';
  isOpen = true;
  refusal: Error | null = null;
  #waiting: (() => void)[] = [];

  override _write(chunk: Buffer, _: string, done: (error?: Error | null) => void): void {
    const take = () => {
      if (this.refusal === null) this.taken += chunk;
      done(this.refusal);
    };
    if (this.isOpen) take();
    else this.#waiting.push(take);
  }

  // As standard streams do: a failed write is not the last one.
  override _destroy(_: Error | null, done: (error?: Error | null) => void): void {
    done(null);
    (this as unknown as { _undestroy(): void })._undestroy();
  }

  async open(): Promise<void> {
    this.isOpen = true;
    for (let take = this.#waiting.shift(); take !== undefined; take = this.#waiting.shift()) {
      take();
      await turn();
    }
    await turn();
  }
}

function made(mostWaiting: number) {
  const sink = new Sink();
  sink.on('error', () => {});
  const seen: string[] = [];
  const events = {
    onStalled: () => seen.push('stalled'),
    onTaken: (count: number) => seen.push(`taken, ${count} left out`),
    onRefused: (error: Error) => seen.push(`refused: ${error.message}`),
    onAccepted: () => seen.push('accepted'),
  };
  return { sink, seen, out: outlet(sink as unknown as NodeJS.WriteStream, events, mostWaiting) };
}

describe('an outlet', () => {
  test('leaves out what is beyond its bound, until all is taken, and says how much that was', async () => {
    const { sink, seen, out } = made(20);
    sink.isOpen = false;
    for (const line of ['one\n', 'two\n', 'a line that is too long\n', 'four\n', '\r']) out.write(line);
    expect(seen).toEqual(['stalled']);
    expect(sink.writableLength).toBe(8);
    await sink.open();
    expect(seen).toEqual(['stalled', 'taken, 2 left out']);
    out.write('five\n');
    expect(sink.taken).toBe('one\ntwo\nfive\n');
  });

  test('says once that nothing can be written, and once that it can be', async () => {
    const { sink, seen, out } = made(20);
    sink.refusal = new Error('full');
    out.write('one\n');
    await turn();
    sink.refusal = null;
    for (const line of ['two\n', 'three\n']) {
      out.write(line);
      await turn();
    }
    expect(seen).toEqual(['refused: full', 'accepted']);
    expect(sink.taken).toBe('two\nthree\n');
  });

  test('is waited for no longer than it is said', async () => {
    const { sink, out } = made(20);
    expect(await out.flushed(0)).toBe(true);
    sink.isOpen = false;
    out.write('one\n');
    expect(await out.flushed(1)).toBe(false);
    const flushed = out.flushed(10_000);
    await sink.open();
    expect(await flushed).toBe(true);
  });
});

describe('the line at the bottom', () => {
  const CLEAR = '\r\x1b[J';

  test('leaves the cursor at its beginning, and goes with all that the terminal made of it', () => {
    const { sink, out } = made(1000);
    const line = statusLine(out, true);
    line.show((columns) => `${columns - 1} wide`);
    line.print('told', out);
    line.end();
    expect(sink.taken).toBe(`${CLEAR}39 wide\r${CLEAR}told\n${CLEAR}39 wide\r${CLEAR}`);
  });

  test('is drawn anew when the terminal has another size, until it ends', () => {
    const { sink, out } = made(1000);
    const line = statusLine(out, true);
    line.show((columns) => `${columns} wide`);
    sink.columns = 20;
    sink.emit('resize');
    line.end();
    sink.emit('resize');
    expect(sink.taken).toBe(`${CLEAR}40 wide\r${CLEAR}20 wide\r${CLEAR}`);
  });

  test('does not wait in a terminal that takes nothing', async () => {
    const { sink, out } = made(1000);
    const line = statusLine(out, true);
    sink.isOpen = false;
    for (let index = 0; index < 5; index++) line.show(() => `look ${index}`);
    await sink.open();
    line.show(() => 'look 5');
    expect(sink.taken).toBe(`${CLEAR}look 0\r${CLEAR}look 5\r`);
  });
});
