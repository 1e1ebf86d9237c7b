import { describe, expect, test } from 'vitest';
import { basisOf, RECOVERY_GAP_MS } from '../../src/incidents/correlate.js';
import { instant } from '../../src/incidents/instant.js';
import type { Hit } from '../../src/model.js';
import type { Store } from '../../src/store/index.js';
import { at, bytes, feed, hit, memoryStore } from './store-kit.js';

/** Feeds hits at these times, in this order, each in a commit of its own. */
function timed(store: Store, times: (string | null)[], log = bytes(10_000)): void {
  const hits = times.map((time, i) => hit(i * 20, { time: time === null ? null : at(time) }));
  feed(store, log, hits, { batch: 1 });
}

const spans = (store: Store) =>
  store
    .incidents()
    .map(({ count, firstSeen, lastSeen }) => [
      count,
      firstSeen?.slice(11, -1) ?? null,
      lastSeen?.slice(11, -1) ?? null,
    ]);

test('the gap is the longest documented recovery interval', () => {
  expect(RECOVERY_GAP_MS).toBe(60 * 60 * 1000);
});

describe('hits with a time', () => {
  test.each([
    ['59:59 after the last', ['10:00:00', '10:59:59'], 1],
    ['exactly an hour after', ['10:00:00', '11:00:00'], 1],
    ['a millisecond more than an hour after', ['10:00:00', '11:00:00.001'], 2],
    ['a second more', ['10:00:00', '11:00:01'], 2],
    ['exactly an hour before the first', ['11:00:00', '10:00:00'], 1],
    ['a second more before it', ['11:00:01', '10:00:00'], 2],
    ['an hour after what has grown by an hour', ['10:00:00', '11:00:00', '12:00:00'], 1],
  ])('%s', (_, times, incidents) => {
    const store = memoryStore();
    timed(store, times);
    expect(store.incidents()).toHaveLength(incidents);
  });

  test('are compared to 100 ns', () => {
    const store = memoryStore();
    timed(store, ['10:00:00.0000002', '10:00:00.0000001', '10:00:00.0000003', '10:00:00.000000']);
    expect(spans(store)).toEqual([[4, '10:00:00.000000', '10:00:00.0000003']]);
  });

  test('of different precision are compared as times, not as text', () => {
    const store = memoryStore();
    timed(store, ['10:00:00.5', '10:00:00', '10:00:00.25']);
    expect(spans(store)).toEqual([[3, '10:00:00', '10:00:00.5']]);
    expect(store.incidents()[0]!.evidence.map(({ byteStart }) => byteStart)).toEqual([20, 40, 0]);
  });

  test('that lie between two incidents unite them into the earlier one', () => {
    const store = memoryStore();
    timed(store, ['10:00:00', '12:00:00', '12:30:00']);
    const [earlier, later] = store.incidents();
    timed(store, ['10:00:00', '12:00:00', '12:30:00', '11:00:00']);
    expect(spans(store)).toEqual([[4, '10:00:00', '12:30:00']]);
    const [one] = store.incidents();
    expect(one!.id).toBe(earlier!.id);
    expect(one!.evidence.map(({ byteStart }) => byteStart)).toEqual([0, 60, 20, 40]);
    expect(store.incident(later!.id)).toMatchObject({
      id: earlier!.id,
      history: [{ at: null, event: 'merged', detail: later!.id }],
    });
  });

  test('unite incidents of several streams', () => {
    const store = memoryStore();
    timed(store, ['12:00:00', '12:10:00'], bytes(9000, 2));
    timed(store, ['10:00:00'], bytes(9000, 3));
    timed(store, ['11:00:00', '08:00:00'], bytes(9000, 4));
    expect(spans(store)).toEqual([
      [1, '08:00:00', '08:00:00'],
      [4, '10:00:00', '12:10:00'],
    ]);
    expect(store.incidents({ streams: [1] })).toMatchObject([{ count: 2, firstHit: { stream: 1, byteStart: 0 } }]);
  });

  test.each([
    [['10:00:00', '12:00:00', '11:00:00', '13:00:00']],
    [['13:00:00', '12:00:00', '10:00:00', '10:30:00', '11:20:00']],
  ])('unite what one batch has just begun: %j', (times) => {
    const store = memoryStore();
    const hits = times.map((time, i) => hit(i * 20, { time: at(time) }));
    feed(store, bytes(1000), hits);
    expect(spans(store)).toEqual([[times.length, '10:00:00', '13:00:00']]);
  });

  test.each<[string, Partial<Hit>, string]>([
    ['another fingerprint', { fingerprint: 'v1:bob' }, 'cce1'],
    ['another scope', {}, 'cce2'],
  ])('of %s stay apart', (_, more, scope) => {
    const store = memoryStore();
    feed(store, bytes(1000), [hit(0, { time: at('10:00:00') })]);
    feed(store, bytes(1000, 2), [hit(0, { time: at('10:00:00'), ...more })], { scope, appliance: scope });
    expect(store.incidents().map(({ count, appliance }) => [count, appliance])).toEqual([
      [1, 'cce1'],
      [1, scope],
    ]);
  });

  test('that is none counts as unknown', () => {
    expect(['', 'yesterday', '2024-13-01T00:00:00Z', '2024-05-01T10:00:00+02:00'].map(instant)).toEqual(
      Array(4).fill(null),
    );
    const store = memoryStore();
    feed(store, bytes(1000), [hit(0, { time: 'yesterday' })]);
    expect(store.incidents()).toMatchObject([{ count: 1, firstSeen: null, timeBasis: 'none' }]);
  });
});

describe('hits without a time', () => {
  test('join what their stream has of the same failure, else begin an incident', () => {
    const store = memoryStore();
    timed(store, [null, null]);
    timed(store, [null], bytes(9000, 2));
    expect(spans(store)).toEqual([
      [2, null, null],
      [1, null, null],
    ]);
    expect(store.incidents().map(({ timeBasis, status }) => [timeBasis, status])).toEqual([
      ['none', 'open'],
      ['none', 'open'],
    ]);
  });

  test('join the latest incident of their stream', () => {
    const store = memoryStore();
    timed(store, ['10:00:00', '14:00:00', null, '10:10:00', null]);
    timed(store, ['20:00:00'], bytes(9000, 2));
    timed(store, ['10:00:00', '14:00:00', null, '10:10:00', null, null]);
    expect(spans(store)).toEqual([
      [2, '10:00:00', '10:10:00'],
      [4, '14:00:00', '14:00:00'],
      [1, '20:00:00', '20:00:00'],
    ]);
  });

  test('are joined by one with a time in their stream', () => {
    const store = memoryStore();
    timed(store, [null, '10:00:00', '10:30:00', '15:00:00']);
    expect(spans(store)).toEqual([
      [3, '10:00:00', '10:30:00'],
      [1, '15:00:00', '15:00:00'],
    ]);
  });

  test('come with it to the incident of its time', () => {
    const store = memoryStore();
    timed(store, ['10:00:00'], bytes(9000, 2));
    timed(store, [null, '10:30:00']);
    expect(spans(store)).toEqual([[3, '10:00:00', '10:30:00']]);
  });
});

test('the basis of the times', () => {
  expect([basisOf(0, 0), basisOf(2, 0), basisOf(2, 1)]).toEqual(['none', 'explicit', 'estimated']);
  const store = memoryStore();
  feed(store, bytes(1000), [hit(0, { time: at('10:00:00') }), hit(20)]);
  expect(store.incidents()[0]!.timeBasis).toBe('explicit');
  feed(store, bytes(1000, 2), [hit(0, { time: at('10:00:00'), timeBasis: 'estimated' })]);
  expect(store.incidents()[0]!.timeBasis).toBe('estimated');
  expect(store.incidents({ streams: [1] })[0]!.timeBasis).toBe('explicit');
});

describe('a list of incidents', () => {
  test('is in the order of their first hits; those without a time come last', () => {
    const store = memoryStore();
    const kinds = ['a', 'b', 'c', 'd'].map((name) => ({ fingerprint: `v1:${name}` }));
    feed(store, bytes(1000), [
      hit(50, kinds[0]),
      hit(40, { ...kinds[1], time: at('11:00:00') }),
      hit(30, kinds[2]),
      hit(20, { ...kinds[3], time: at('10:00:00') }),
    ]);
    expect(store.incidents().map(({ fingerprint }) => fingerprint)).toEqual(['v1:d', 'v1:b', 'v1:c', 'v1:a']);
  });

  test('of some streams counts only what was seen there', () => {
    const store = memoryStore();
    timed(store, ['10:00:00', '10:10:00'], bytes(9000, 2));
    timed(store, ['10:05:00', '10:20:00', '10:25:00'], bytes(9000, 3));
    feed(store, bytes(9000, 4), [hit(0, { fingerprint: 'v1:bob' })], { path: '/logs/bob.log' });
    expect(store.incidents({ streams: [2] })).toMatchObject([
      { count: 3, firstSeen: at('10:05:00'), lastSeen: at('10:25:00'), firstHit: { stream: 2, byteStart: 0 } },
    ]);
    expect(store.incidents({ streams: [2] })[0]!.evidence).toHaveLength(3);
    expect(store.incidents({ streams: [1, 2] })).toMatchObject([{ count: 5, lastSeen: at('10:25:00') }]);
    expect(store.incidents({ streams: [3] })).toMatchObject([{ evidence: [{ source: '/logs/bob.log' }] }]);
    expect(store.incidents({ streams: [] })).toEqual([]);
    expect(store.incidents({ streams: [99] })).toEqual([]);
  });

  test('tells what each one is', () => {
    const store = memoryStore();
    feed(store, bytes(1000), [hit(7, { time: at('10:00:00.1234567') })]);
    expect(store.incidents()).toEqual([
      {
        id: expect.any(String),
        fingerprint: 'v1:logon-alice',
        signature: 'tenant-admin-logon-failed',
        status: 'open',
        scope: 'cce1',
        appliance: 'cce1',
        entities: { user: 'alice@contoso.com' },
        count: 1,
        firstSeen: at('10:00:00.1234567'),
        lastSeen: at('10:00:00.1234567'),
        timeBasis: 'explicit',
        evidence: [
          { id: expect.any(String), source: '/logs/a.log', line: 8, byteStart: 7, byteEnd: 17, excerpt: 'excerpt 7' },
        ],
        firstHit: { stream: 1, byteStart: 7 },
      },
    ]);
  });
});
