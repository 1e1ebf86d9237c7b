import { describe, expect, test } from 'vitest';
import { Kept } from '../../src/store/kept.js';
import { connect } from '../../src/store/open.js';
import { Store } from '../../src/store/store.js';
import { at, bytes, failure, feed, hit, memoryStore } from './store-kit.js';

const log = bytes(1_000_000);
const repeated = (count: number) => Array.from({ length: count }, (_, i) => hit(i * 10, { time: at('10:00:00') }));

describe('what is committed again', () => {
  test('adds nothing, in whatever batches', () => {
    const store = memoryStore();
    const hits = repeated(500);
    expect(feed(store, log, hits, { batch: 7 }).added).toBe(500);
    const before = [store.incidents(), store.identity(1)];
    for (const batch of [1, 100, 500]) expect(feed(store, log, hits, { batch })).toMatchObject({ added: 0 });
    expect([store.incidents(), store.identity(1)]).toEqual(before);
  });

  test('adds nothing within one batch', () => {
    const store = memoryStore();
    expect(feed(store, log, [hit(5), hit(5), hit(0), hit(5)]).added).toBe(2);
  });

  test('counts once per signature', () => {
    const store = memoryStore();
    const other = { signature: 'other', fingerprint: 'v1:other' };
    expect(feed(store, log, [hit(5), hit(5, other), hit(5)]).added).toBe(2);
    expect(feed(store, log, [hit(5, other), hit(5)]).added).toBe(0);
    expect(store.incidents()).toHaveLength(2);
  });

  test('gives the same ids in another store', () => {
    const [one, two] = [memoryStore(), memoryStore()];
    feed(one, log, repeated(50), { batch: 50 });
    feed(two, log, repeated(50), { batch: 3, path: '/elsewhere/b.log' });
    const ids = (store: typeof one) => store.incidents().map(({ id, evidence }) => [id, evidence.map((e) => e.id)]);
    expect(ids(one)).toEqual(ids(two));
    expect(one.incidents()[0]!.id).toMatch(/^[0-9a-f]{12}$/);
    expect(one.incidents()[0]!.evidence[0]!.id).toMatch(/^e[0-9a-f]{12}$/);
  });
});

describe('a record that was cut and is complete now', () => {
  const cut = hit(100, { byteEnd: 150, excerpt: 'cut', digest: 'cut' });
  const whole = { byteEnd: 200, excerpt: 'whole', digest: 'whole' };

  test('is the same hit, with its end, digest and text', () => {
    const store = memoryStore();
    feed(store, log, [cut]);
    const { id, evidence } = store.incidents()[0]!;
    expect(feed(store, log, [hit(100, whole)])).toMatchObject({ added: 0, completed: 1 });
    const after = store.incidents()[0]!;
    expect(after).toMatchObject({ id, count: 1, evidence: [{ id: evidence[0]!.id, byteEnd: 200, excerpt: 'whole' }] });
    expect(store.evidence(evidence[0]!.id).digest).toBe('whole');
    expect(feed(store, log, [cut])).toMatchObject({ added: 0, completed: 0 });
    expect(store.incidents()).toEqual([after]);
  });

  test('within one batch too', () => {
    const store = memoryStore();
    expect(feed(store, log, [cut, hit(100, whole)])).toMatchObject({ added: 1, completed: 1 });
    expect(store.incidents()[0]).toMatchObject({ count: 1, evidence: [{ excerpt: 'whole' }] });
  });

  test('gets the time it did not have, and then the last one that it tells', () => {
    const store = memoryStore();
    feed(store, log, [cut]);
    const { id } = store.incidents()[0]!;
    store.setStatus(id, 'resolved', at('09:00:00'));
    feed(store, log, [hit(100, { ...whole, time: at('10:00:00') })]);
    expect(store.incidents()).toMatchObject([
      { id, status: 'resolved', count: 1, firstSeen: at('10:00:00'), timeBasis: 'explicit' },
    ]);
    expect(store.incident(id).history).toHaveLength(1);
    feed(store, log, [hit(100, { ...whole, byteEnd: 210, time: at('11:00:00') })]);
    expect(store.incidents()).toMatchObject([{ id, firstSeen: at('11:00:00'), lastSeen: at('11:00:00') }]);
  });

  test('joins the others of its time when it gets one', () => {
    const store = memoryStore();
    feed(store, bytes(1000, 2), [hit(0, { time: at('10:30:00') })]);
    feed(store, log, [cut]);
    expect(store.incidents()).toHaveLength(2);
    feed(store, log, [hit(100, { ...whole, time: at('10:00:00') })]);
    expect(store.incidents()).toMatchObject([{ count: 2, firstSeen: at('10:00:00'), lastSeen: at('10:30:00') }]);
  });

  test('moves to the incident of the entity that was cut', () => {
    const store = memoryStore();
    const name = { fingerprint: 'v1:logon-alic', entities: { user: 'alic' } };
    feed(store, log, [hit(0, { time: at('10:00:00') }), { ...cut, ...name }]);
    expect(store.incidents()).toHaveLength(2);
    expect(feed(store, log, [hit(100, whole)])).toMatchObject({ added: 0, completed: 1 });
    expect(store.incidents()).toMatchObject([{ fingerprint: 'v1:logon-alice', count: 2 }]);
    expect(feed(store, log, [hit(0, { time: at('10:00:00') }), hit(100, whole)])).toMatchObject({ completed: 0 });
  });

  test('takes the time that it tells itself, which is worth more than the one told before it', () => {
    const store = memoryStore();
    feed(store, log, [{ ...cut, fingerprint: 'v1:logon-alic', time: at('10:00:00'), timeBasis: 'estimated' }]);
    feed(store, log, [hit(100, { ...whole, time: at('11:00:00') })]);
    expect(store.incidents()).toMatchObject([
      { fingerprint: 'v1:logon-alice', firstSeen: at('11:00:00'), timeBasis: 'explicit' },
    ]);
  });

  test('stays in its scope, wherever the copy lies that has the rest', () => {
    const store = memoryStore();
    feed(store, log, [cut]);
    feed(store, log, [hit(100, { ...whole, time: at('10:00:00') })], { scope: 'cce2', appliance: 'cce2' });
    expect(store.incidents()).toMatchObject([{ scope: 'cce1', appliance: 'cce1', firstSeen: at('10:00:00') }]);
  });

  test('does not take from its incident the id it once got', () => {
    const store = memoryStore();
    const name = { fingerprint: 'v1:logon-alic', entities: { user: 'alic' } };
    feed(store, log, [hit(0, name), { ...cut, ...name }]);
    const { id } = store.incidents()[0]!;
    feed(store, log, [hit(0, { byteEnd: 60 })]);
    feed(store, log, [hit(100, { ...whole, ...name, time: at('10:00:00') })]);
    expect(store.incidents()).toMatchObject([
      { id, fingerprint: 'v1:logon-alic', count: 1, firstSeen: at('10:00:00') },
      { fingerprint: 'v1:logon-alice', count: 1, firstSeen: null },
    ]);
  });

  test('leaves the other hits of its incident where they are', () => {
    const store = memoryStore();
    const name = { fingerprint: 'v1:logon-alic', entities: { user: 'alic' } };
    feed(store, log, [hit(0, { ...name, time: at('10:00:00') }), { ...cut, ...name, time: at('12:00:00') }]);
    feed(store, log, [hit(50, { ...name, time: at('11:00:00') })]);
    feed(store, log, [hit(100, { ...whole, time: at('12:00:00') })]);
    expect(store.incidents()).toMatchObject([
      { fingerprint: 'v1:logon-alic', count: 2, lastSeen: at('11:00:00') },
      { fingerprint: 'v1:logon-alice', count: 1, firstSeen: at('12:00:00') },
    ]);
  });
});

describe('evidence', () => {
  test('of a fault that repeats: the first three, powers of ten, the last; a report shows five', () => {
    const store = memoryStore();
    const hits = repeated(12_345);
    feed(store, log, hits, { batch: 1000 });
    const [incident] = store.incidents();
    expect(incident!.count).toBe(12_345);
    const shown = incident!.evidence.map(({ byteStart }) => byteStart / 10);
    expect(shown).toEqual([0, 1, 2, 999, 12_344]);
    for (const kept of [0, 1, 2, 9, 99, 999, 9999, 12_344]) {
      const { id } = fresh(hits.slice(0, kept + 1)).at(-1)!;
      expect(store.evidence(id).evidence, `the hit ${kept + 1}`).toMatchObject({ excerpt: `excerpt ${kept * 10}` });
    }
  });

  test('that is not kept any more is still found by its whole id, without its text', () => {
    const store = memoryStore();
    feed(store, log, repeated(5));
    const { id } = store.incidents()[0]!.evidence.at(-1)!;
    feed(store, log, repeated(8));
    expect(store.evidence(id)).toMatchObject({ evidence: { id, byteStart: 40, excerpt: '' }, digest: 'digest-40' });
    expect(failure(() => store.evidence(id.slice(0, 6))).code).toBe('EVIDENCE_UNKNOWN');
  });

  test('in another order of arrival: still the first three and the last by their place', () => {
    const store = memoryStore();
    for (const part of [repeated(40).slice(20), repeated(20)]) feed(store, log, part);
    const places = store.incidents()[0]!.evidence.map(({ byteStart }) => byteStart);
    expect([...places.slice(0, 3), places.at(-1)]).toEqual([0, 10, 20, 390]);
  });

  test('of two incidents that become one is not kept twice', () => {
    const kept = [0, 10_000].map((start) => {
      const pieces = new Kept([]);
      for (let i = 1; i <= 200; i++) pieces.add({ byteStart: start + i, excerpt: 'text' }, i);
      return pieces;
    }) as [Kept, Kept];
    kept[0].merge(kept[1]);
    expect(kept[0].pieces.map(({ byteStart }) => byteStart)).toEqual([1, 2, 3, 10, 100, 10_200]);

    const db = connect(':memory:');
    const store = new Store(db, ':memory:');
    const times = ['10:00:00', '12:00:00', '11:00:00'];
    const hits = times.flatMap((time, part) =>
      repeated(50).map((one) => hit(one.byteStart + part * 500, { time: at(time) })),
    );
    feed(store, log, hits, { batch: 50 });
    expect(store.incidents()).toHaveLength(1);
    expect(db.prepare('SELECT byte_start FROM evidence ORDER BY 1').pluck().all()).toEqual([0, 10, 20, 90, 1490]);
    store.close();
  });

  test('is found by the beginning of its id, with what is needed to read it again', () => {
    const store = memoryStore();
    feed(store, log, repeated(3), { path: '/logs/x.log' });
    const [piece] = store.incidents()[0]!.evidence;
    const found = { evidence: piece, path: '/logs/x.log', digest: 'digest-0', encoding: null };
    expect(store.evidence(piece!.id)).toEqual(found);
    expect(store.evidence(piece!.id.slice(0, 8))).toEqual(found);
    const unknown = failure(() => store.evidence('e'));
    expect(unknown.code).toBe('EVIDENCE_UNKNOWN');
    expect(unknown.details.why).toContain(piece!.id);
    for (const id of ['', 'x', 'e000000000000', "e' OR 1=1"]) {
      expect(failure(() => store.evidence(id)).code).toBe('EVIDENCE_UNKNOWN');
    }
  });

  function fresh(hits: ReturnType<typeof repeated>) {
    const store = memoryStore();
    feed(store, log, hits);
    return store.incidents()[0]!.evidence;
  }
});
