import fc from 'fast-check';
import { it } from 'vitest';
import { ModelWorld } from '../support/model-world.js';
import { step } from './watch-model.test.js';
it('stats', { timeout: 300_000 }, async () => {
  let records = 0, strict = 0, due = 0, torn = 0, runs = 0, entries = 0, equal = 0, equalStrict = 0;
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25, size: 'max' }), async (steps) => {
    const world = new ModelWorld();
    for (const one of steps) await world.do(one);
    await world.judge();
    runs++;
    for (const r of world.truth.records.values()) {
      if (r.name.startsWith('windows')) { equal += r.written; if (r.extra === 0 && r.due === r.written) equalStrict += r.written; continue; }
      records += r.written; if (r.extra === 0) { strict += r.written; due += r.due; } }
    // @ts-ignore
    if (world['isTorn']) torn++;
    entries += [...world.desk.watch.files].length;
    await world.remove();
  }), { numRuns: 300 });
  console.log({ runs, records, strict, due, torn, entries, equal, equalStrict });
});
