/** What the store keeps of appliances: facts as they were given, however many they are. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { memoryStore } from './store-kit.js';

const place = { name: 'CCE-A', site: 'Contoso', version: '2.1.0', origin: 'sources' };

test('facts come back as they were, short ones and those that are kept packed', () => {
  const size = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: 65_000, max: 200_000 }));
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), size, (text, length) => {
      const store = memoryStore();
      const facts = JSON.stringify({ text: text.repeat(Math.ceil(length / text.length)) });
      const appliance = { ...place, scope: 'CCE-A', asOf: '2018-09-07T00:00:00Z', facts };
      store.saveAppliances([appliance]);
      expect(store.appliances()).toEqual([appliance]);
    }),
    { numRuns: 60 },
  );
});

test('newer ones replace older ones, whichever of them are packed, and not the other way round', () => {
  const store = memoryStore();
  const at = (day: number, facts: string) => ({ ...place, scope: 's', asOf: `2018-09-0${day}T00:00:00Z`, facts });
  const many = JSON.stringify('x'.repeat(100_000));
  for (const [day, facts, kept] of [
    [2, '"few"', '"few"'],
    [3, many, many],
    [1, '"older"', many],
    [4, '"newer"', '"newer"'],
  ] as const) {
    store.saveAppliances([at(day, facts)]);
    expect(store.appliances().map((appliance) => appliance.facts)).toEqual([kept]);
  }
});
