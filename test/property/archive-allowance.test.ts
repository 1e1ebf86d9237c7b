/** What the limits leave out of archives is the same however many threads read: bytes, members, and what is said of them. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CcelogError } from '../../src/errors.js';
import { analyzeWith } from '../support/analyze-threads.js';
import { faultyLog, healthy, keyError, minute } from '../support/synthetic-log.js';
import { temporaryFolders } from '../support/temporary-folders.js';
import { tgzOf, zipOf } from '../unit/archive-kit.js';

const folderOf = temporaryFolders();

const log = fc
  .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(0, 10, 300, 4000))
  .map(([faults, calm]) => faultyLog(faults) + healthy(minute(2)).repeat(calm) + keyError(minute(3)));
const logs = fc.array(log, { minLength: 0, maxLength: 5 });
const named = (contents: readonly string[]) =>
  Object.fromEntries(contents.map((content, at) => [`logs/${at}.log`, content]));

const archives = fc.array(
  fc.record({ outer: logs, inner: logs, kind: fc.constantFrom('zip', 'tgz'), packed: fc.boolean() }),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const limits = fc.record({
  bytes: fc.oneof(fc.integer({ min: 1, max: 1_000_000 }), fc.constant(2 ** 36)),
  members: fc.oneof(fc.integer({ min: 1, max: 14 }), fc.constant(100_000)),
});

it('by any number of threads', { timeout: 120_000 }, async () => {
  const cut = { runs: 0, whole: 0 };
  await fc.assert(
    fc.asyncProperty(archives, limits, async (made, bounds) => {
      const files: Record<string, Buffer> = {};
      for (const [at, { outer, inner, kind, packed }] of made.entries()) {
        const within = kind === 'zip' ? await zipOf(named(inner)) : await tgzOf(named(inner));
        files[`${at}.zip`] = await zipOf({ ...named(outer), [`z.${kind}`]: within }, { compress: packed });
      }
      const folder = folderOf(files);
      // Where nothing at all can be read, that is what all of them say.
      const read = (threads: number) =>
        analyzeWith(threads, [folder], { limits: bounds }).catch((error: CcelogError) => ({ ...error, problems: [] }));
      const alone = await read(1);
      cut[alone.problems.length > 0 ? 'runs' : 'whole'] += 1;
      for (const threads of [2, 3]) expect(await read(threads)).toEqual(alone);
    }),
    { numRuns: 40 },
  );
  // It would hold of nothing, too.
  expect(cut.runs).toBeGreaterThan(5);
  expect(cut.whole).toBeGreaterThan(2);
});
