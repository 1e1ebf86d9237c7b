/** Binary event logs in any portions and with any damage. Everything is synthetic. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventEntry } from '../../src/parsers/event-log/index.js';
import { damageIn, EvtxEvents } from '../../src/parsers/evtx/index.js';
import { CHUNK, evtxOf, type SyntheticEvent } from '../support/evtx-writer.js';

const HEADER = 4096;

function eventsOf(count: number): SyntheticEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    id: index % 7 === 0 ? 304 : 20000 + index,
    time: `2018-09-07T10:${String(index % 60).padStart(2, '0')}:37.0000001Z`,
    strings: [`text ${index}`, 'y'.repeat((index * 37) % 900), '<&>'],
    computer: `HOST${index % 3}`,
  }));
}

const FILE = evtxOf(eventsOf(90), 30);

function read(bytes: Uint8Array, portions: readonly number[] = [bytes.length]) {
  const events = new EvtxEvents();
  const entries: EventEntry[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const next = at + Math.max(1, portions[turn % portions.length] ?? 1);
    entries.push(...events.push(bytes.subarray(at, next)));
    at = next;
  }
  entries.push(...events.end());
  return { entries, counts: events.counts };
}

const WHOLE = read(FILE);

describe('a binary event log', () => {
  it('is the same in portions of any size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 8 }), (portions) => {
        expect(read(FILE, portions)).toEqual(WHOLE);
      }),
      { numRuns: 40 },
    );
    expect(read(FILE.subarray(0, HEADER + CHUNK + 3000), [1])).toEqual(read(FILE.subarray(0, HEADER + CHUNK + 3000)));
  });

  it('that is cut anywhere has a beginning of what the whole has', () => {
    fc.assert(
      fc.property(fc.integer({ min: HEADER, max: FILE.length }), (length) => {
        const { entries } = read(FILE.subarray(0, length));
        expect(entries).toEqual(WHOLE.entries.filter(({ byteEnd }) => byteEnd <= length));
      }),
      { numRuns: 60 },
    );
  });

  it('with any bytes changed throws nothing, and keeps the records of chunks that were not', () => {
    const change = fc.record({
      at: fc.oneof(fc.integer({ min: 0, max: FILE.length - 1 }), fc.integer({ min: HEADER, max: HEADER + 4000 })),
      bytes: fc.oneof(
        fc.uint8Array({ minLength: 1, maxLength: 40 }),
        fc.constantFrom(
          ...[
            [0xff, 0xff, 0xff, 0xff],
            [0, 0, 0, 0],
            [0x0c, 1],
            [0x2a, 0x2a, 0, 0],
          ].map((one) => new Uint8Array(one)),
        ),
      ),
    });
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 12 }), (changes) => {
        const copy = Buffer.from(FILE);
        const touched = new Set<number>();
        for (const { at, bytes } of changes) {
          copy.set(bytes.subarray(0, copy.length - at), at);
          for (const place of [at, at + bytes.length]) touched.add(Math.floor((place - HEADER) / CHUNK));
        }
        const { entries, counts } = read(copy);
        damageIn(counts);
        const untouched = ({ byteStart }: EventEntry) => !touched.has(Math.floor((byteStart - HEADER) / CHUNK));
        const said = (entry: EventEntry) => [entry.byteStart, entry.message, entry.eventId, entry.time];
        // A chunk in front of them may be taken for the first one of a file without a header.
        if (copy.subarray(0, 8).equals(FILE.subarray(0, 8)))
          expect(entries.filter(untouched).map(said)).toEqual(WHOLE.entries.filter(untouched).map(said));
        for (const { text, message } of entries) expect(text.length + message.length).toBeLessThan(1 << 20);
      }),
      { numRuns: 300 },
    );
  });

  it('of anything at all costs no more than its size', () => {
    // References to one another are what a small file can make much of.
    const word = fc.oneof(fc.integer({ min: 0, max: 0x0f }), fc.integer({ min: 0, max: CHUNK - 1 }), fc.integer());
    fc.assert(
      fc.property(
        fc.array(word, { minLength: 50, maxLength: 3000 }),
        fc.integer({ min: 1, max: 64 }),
        (words, step) => {
          const copy = Buffer.from(FILE);
          const [first, second] = WHOLE.entries as [EventEntry, EventEntry];
          for (const [index, one] of words.entries()) {
            const at = first.byteStart + 24 + index * step;
            if (at + 4 < second.byteEnd + 20_000) copy.writeInt32LE(one | 0, at);
          }
          const begin = performance.now();
          read(copy.subarray(0, HEADER + CHUNK));
          expect(performance.now() - begin).toBeLessThan(2000);
        },
      ),
      { numRuns: 200 },
    );
  });
});
