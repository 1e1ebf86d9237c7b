import fc from 'fast-check';
import { expect, it } from 'vitest';
import { HeldRows } from '../../src/pipeline/held-rows.js';

it('rows come back as they were, in their order, however they came', () => {
  const row = fc.record({ text: fc.string({ unit: 'binary' }), time: fc.option(fc.string()), line: fc.nat() });
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 120 }), { maxLength: 8 }), (portions) => {
      const held = new HeldRows();
      for (const portion of portions) held.add(portion);
      expect(held.list()).toEqual(portions.flat());
      expect(held.list()).toEqual(portions.flat());
      expect(held.count).toBe(portions.flat().length);
    }),
    { numRuns: 50 },
  );
});
