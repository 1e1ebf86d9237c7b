/** Whose log was whose is known at the end of a bundle only: it must come to the same as if it had been known before. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Hit } from '../../src/model.js';
import { identityOf, openStore } from '../../src/store/index.js';
import { bytes, hit } from '../unit/store-kit.js';

const minutes = fc.option(fc.integer({ min: 0, max: 400 }), { freq: 8 });
const hits = fc.array(fc.record({ minute: minutes, user: fc.constantFrom('alice', 'bob') }), { maxLength: 12 });
const plan = fc.record({
  streams: fc.array(
    fc.record({ hits, before: fc.constantFrom('folder', 'other'), after: fc.constantFrom('one', 'two', null) }),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
});

test('streams that come to their appliances afterwards give the incidents that they would have given at once', () => {
  fc.assert(
    fc.property(plan, ({ streams }) => {
      const late = openStore(':memory:');
      const early = openStore(':memory:');
      try {
        for (const store of [late, early]) {
          streams.forEach(({ hits: wanted, before, after }, index) => {
            const { id } = store.addStream({ head: bytes(300, index), path: `/logs/${index}.log` });
            const name = store === early && after !== null ? after : null;
            store.commit({
              stream: id,
              source: { path: `/logs/${index}.log`, scope: name ?? before, appliance: name },
              hits: wanted.map(toHit),
              identity: identityOf(bytes(300, index)),
            });
          });
        }
        late.assign(
          streams.flatMap(({ after }, index) =>
            after === null ? [] : [{ stream: index + 1, scope: after, appliance: after }],
          ),
        );
        expect(shown(late)).toEqual(shown(early));
      } finally {
        late.close();
        early.close();
      }
    }),
    { numRuns: 500 },
  );
});

function toHit({ minute, user }: { minute: number | null; user: string }, index: number): Hit {
  const time = minute === null ? null : new Date(Date.UTC(2024, 4, 1, 0, minute)).toISOString();
  return hit(index * 20, {
    time,
    timeBasis: time ? 'explicit' : 'none',
    fingerprint: `v1:${user}`,
    entities: { user },
  });
}

/**
 * What a report shows of them, but for the ids, which name whichever hit came first, and for the excerpts: the store keeps
 * the text of few hits, and others may be shown when incidents part.
 */
function shown(store: ReturnType<typeof openStore>) {
  return store
    .incidents()
    .map(({ id: _, firstHit: __, evidence, ...incident }) =>
      JSON.stringify({ ...incident, evidence: evidence.map((piece) => ({ ...piece, excerpt: '' })) }),
    )
    .sort();
}
