/** What can happen to a log and to who watches it, one line for each step, so that a counterexample reads like a story. */
import fc from 'fast-check';

const tenth = fc.integer({ min: 1, max: 9 });
const records = fc.constantFrom('timed', 'timed', 'untimed', 'pair', 'equal', 'harmless', 'healthy', 'healthy-untimed');
const writer = fc.constantFrom('', '', ' stale');

const step = fc.oneof(
  { weight: 12, arbitrary: records.map((what) => `write ${what}`) },
  { weight: 2, arbitrary: fc.tuple(records, tenth).map(([what, tenths]) => `half ${what} ${tenths}`) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 400 }).map((bytes) => `flush ${bytes}`) },
  { weight: 8, arbitrary: fc.constant('look') },
  { weight: 2, arbitrary: fc.constant('glance') },
  { weight: 1, arbitrary: fc.constantFrom('pause 10', 'pause 90', 'quiet') },
  { weight: 2, arbitrary: fc.constantFrom('rename in', 'rename out', 'rename back') },
  { weight: 2, arbitrary: fc.constantFrom('rotate in', 'rotate out') },
  { weight: 2, arbitrary: writer.map((how) => `empty${how}`) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(5), writer).map(([border, how]) => `cut-border ${border}${how}`) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(999), writer).map(([thousandths, how]) => `cut ${thousandths}${how}`) },
  { weight: 1, arbitrary: fc.constantFrom('delete', 'delete-old', 'recreate') },
  { weight: 2, arbitrary: fc.constantFrom('copy', 'copytruncate in', 'copytruncate out', 'copytruncate in stale') },
  { weight: 2, arbitrary: fc.constantFrom('restart', 'stop', 'start', 'start') },
  { weight: 2, arbitrary: fc.constantFrom('crash', 'crash', 'crash-in-commit') },
  { weight: 1, arbitrary: fc.constantFrom('lock 1', 'lock 2') },
  { weight: 1, arbitrary: fc.constant('analyze') },
);

export const steps = fc.array(step, { minLength: 8, maxLength: 25, size: 'max' });
