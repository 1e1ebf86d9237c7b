/**
 * A log that is written, cut, moved, copied and deleted at random, while watching is stopped, killed and kept from its
 * store: every record that could be seen is in the store, once, where it stands, and nothing else is.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ModelWorld } from '../support/model-world.js';

const tenth = fc.integer({ min: 1, max: 9 });
const kind = fc.constantFrom('timed', 'timed', 'untimed', 'pair', 'equal', 'healthy', 'healthy-untimed');
export const step = fc.oneof(
  { weight: 12, arbitrary: kind.map((what) => `write ${what}`) },
  { weight: 2, arbitrary: fc.tuple(kind, tenth).map(([what, tenths]) => `half ${what} ${tenths}`) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 300 }).map((bytes) => `flush ${bytes}`) },
  { weight: 8, arbitrary: fc.constant('look') },
  { weight: 2, arbitrary: fc.constant('glance') },
  { weight: 1, arbitrary: fc.constantFrom('pause 10', 'pause 90', 'quiet') },
  { weight: 2, arbitrary: fc.constantFrom('rename in', 'rename out') },
  { weight: 2, arbitrary: fc.constantFrom('rotate in', 'rotate out') },
  { weight: 2, arbitrary: fc.constantFrom('empty', 'empty stale') },
  { weight: 2, arbitrary: fc.tuple(fc.nat(5), fc.constantFrom('', ' stale')).map(([n, how]) => `cut-border ${n}${how}`) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(999), fc.constantFrom('', ' stale')).map(([n, how]) => `cut ${n}${how}`) },
  { weight: 1, arbitrary: fc.constantFrom('delete', 'recreate', 'recreate') },
  { weight: 2, arbitrary: fc.constantFrom('copy', 'copytruncate in', 'copytruncate out', 'copytruncate in stale') },
  { weight: 2, arbitrary: fc.constantFrom('restart', 'stop', 'start') },
  { weight: 2, arbitrary: fc.constantFrom('crash', 'crash', 'crash-in-commit') },
  { weight: 1, arbitrary: fc.constantFrom('lock 1', 'lock 2') },
  { weight: 1, arbitrary: fc.constant('analyze') },
);

const RUNS = process.env['CI'] ? 2000 : 200;

it('has every record once that could be seen', { timeout: 300_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25, size: 'max' }), async (steps) => {
      const world = new ModelWorld();
      try {
        for (const one of steps) await world.do(one);
        expect(await world.judge()).toEqual([]);
      } finally {
        await world.remove();
      }
    }),
    { numRuns: RUNS },
  );
});
