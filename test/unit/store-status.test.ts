import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/store/index.js';
import { at, bytes, failure, feed, hit, memoryStore } from './store-kit.js';

const statuses = (store: Store) => store.incidents().map(({ status }) => status);
const now = '2024-06-01T00:00:00Z';

let seed = 100;
/** One more log with a hit at this time. */
function seen(store: Store, time: string | null): void {
  feed(store, bytes(1000, seed++), [hit(0, { time: time === null ? null : at(time) })]);
}

function withOne(): { store: Store; id: string } {
  const store = memoryStore();
  seen(store, '10:00:00');
  return { store, id: store.incidents()[0]!.id };
}

describe('without a user', () => {
  test('an incident is open; when the failure comes back after a gap, the earlier ones are over', () => {
    const { store } = withOne();
    expect(statuses(store)).toEqual(['open']);
    seen(store, '12:00:00');
    expect(statuses(store)).toEqual(['resolved', 'regressed']);
    seen(store, '14:00:00');
    seen(store, '08:00:00');
    expect(statuses(store)).toEqual(['resolved', 'resolved', 'resolved', 'regressed']);
  });

  test('the status also tells of incidents in other streams than those asked for', () => {
    const { store } = withOne();
    seen(store, '12:00:00');
    expect(store.incidents({ streams: [1] })).toMatchObject([{ status: 'resolved' }]);
    expect(store.incidents({ streams: [2] })).toMatchObject([{ status: 'regressed' }]);
  });

  test('nothing says that an incident without a time is over', () => {
    const { store } = withOne();
    seen(store, null);
    seen(store, null);
    expect(statuses(store)).toEqual(['open', 'open', 'open']);
  });
});

describe('what a user decides', () => {
  test('resolved, until a new hit comes: then it has regressed', () => {
    const { store, id } = withOne();
    store.setStatus(id, 'resolved', now);
    expect(statuses(store)).toEqual(['resolved']);
    feed(store, bytes(1000, seed - 1), [hit(0, { time: at('10:00:00') })]);
    expect(statuses(store)).toEqual(['resolved']);
    seen(store, '10:30:00');
    expect(statuses(store)).toEqual(['regressed']);
    seen(store, '10:40:00');
    const evidence = store.incidents()[0]!.evidence[1]!.id;
    expect(store.incident(id).history).toEqual([
      { at: now, event: 'resolved', detail: null },
      { at: at('10:30:00'), event: 'regressed', detail: evidence },
    ]);
  });

  test('resolved, and the failure comes back as another incident', () => {
    const { store, id } = withOne();
    store.setStatus(id, 'resolved', now);
    seen(store, '15:00:00');
    expect(statuses(store)).toEqual(['resolved', 'regressed']);
    expect(store.incident(id).history).toHaveLength(1);
  });

  test('opened again', () => {
    const { store, id } = withOne();
    store.setStatus(id, 'resolved', now);
    store.setStatus(id, 'open', now);
    store.setStatus(id, 'open', now);
    expect(statuses(store)).toEqual(['open']);
    expect(store.incident(id).history.map(({ event }) => event)).toEqual(['resolved', 'reopened']);
  });

  test('silenced: it stays so, and so does what comes later', () => {
    const { store, id } = withOne();
    store.setStatus(id, 'silenced', now);
    seen(store, '10:30:00');
    expect(statuses(store)).toEqual(['silenced']);
    seen(store, '12:00:00');
    expect(statuses(store)).toEqual(['silenced', 'silenced']);
    const later = store.incidents()[1]!.id;
    store.setStatus(later, 'open', now);
    expect(statuses(store)).toEqual(['silenced', 'regressed']);
    seen(store, '14:00:00');
    expect(statuses(store)).toEqual(['silenced', 'resolved', 'regressed']);
  });

  test('silence is for one failure in one scope', () => {
    const { store, id } = withOne();
    store.setStatus(id, 'silenced', now);
    feed(store, bytes(1000, seed++), [hit(0, { fingerprint: 'v1:bob' })]);
    feed(store, bytes(1000, seed++), [hit(0)], { scope: 'cce2' });
    expect(statuses(store)).toEqual(['silenced', 'open', 'open']);
  });

  test('is not lost when two incidents become one', () => {
    const { store } = withOne();
    seen(store, '12:00:00');
    const [earlier, later] = store.incidents();
    store.setStatus(later!.id, 'resolved', now);
    // What comes to light in between happened before: the failure did not come back.
    seen(store, '11:00:00');
    expect(statuses(store)).toEqual(['resolved']);
    expect(store.incident(earlier!.id).history.map(({ event }) => event)).toEqual(['resolved', 'merged']);
    seen(store, '12:30:00');
    expect(statuses(store)).toEqual(['regressed']);
  });
});

describe('the incidents before one', () => {
  test('end by what was said of them last, else by silence', () => {
    const { store, id } = withOne();
    seen(store, '12:00:00');
    seen(store, '14:00:00');
    seen(store, '16:00:00');
    const [, second, third, fourth] = store.incidents().map((incident) => incident.id) as [string, ...string[]];
    store.setStatus(id, 'silenced', now);
    store.setStatus(second ?? '', 'resolved', now);
    store.setStatus(second ?? '', 'open', now);
    store.setStatus(third ?? '', 'resolved', now);
    expect(store.incident(fourth ?? '').earlier.map(({ id: of, ended }) => [of, ended.by, ended.at])).toEqual([
      [id, 'user', now],
      [second, 'silence', null],
      [third, 'user', now],
    ]);
    expect(store.incident(id).earlier).toEqual([]);
  });
});

describe('a watch is told of it', () => {
  const told = (store: Store) => {
    const changes: string[] = [];
    store.tellDecisions((list) => {
      changes.push(...list.map(({ change }) => change));
      return [];
    });
    return changes;
  };

  test('not where nothing was ever watched: nobody was told of the incident', () => {
    const { store, id } = withOne();
    store.setStatus(id, 'resolved', now);
    expect(told(store)).toEqual([]);
  });

  test('once; and again where the transaction failed', () => {
    const { store, id } = withOne();
    const position = { path: 'a.log', fileId: '1:1', settled: 0, lines: 0, time: null, readAt: now };
    store.watching.put(1, { ...position, report: {} as never });
    store.setStatus(id, 'silenced', now);
    const fails = () => {
      throw new Error('killed');
    };
    expect(() => store.tellDecisions(fails)).toThrow('killed');
    expect(told(store)).toEqual(['silenced']);
    expect(told(store)).toEqual([]);
  });
});

describe('an incident is named', () => {
  test('by its id or the beginning of it', () => {
    const { store, id } = withOne();
    expect(store.incident(id.slice(0, 4)).id).toBe(id);
    expect(store.incident(` ${id.toUpperCase()} `).id).toBe(id);
    store.setStatus(id.slice(0, 4), 'resolved', now);
    expect(statuses(store)).toEqual(['resolved']);
  });

  test('not by an id that no incident has', () => {
    const { store } = withOne();
    for (const id of ['', 'zzz', '%', '000000000000', "' OR 1=1 --"]) {
      expect(failure(() => store.incident(id)).code).toBe('INCIDENT_UNKNOWN');
      expect(failure(() => store.setStatus(id, 'resolved', now)).code).toBe('INCIDENT_UNKNOWN');
    }
  });

  test('not by what several begin with: the error names them', () => {
    const store = memoryStore();
    feed(
      store,
      bytes(10_000),
      Array.from({ length: 40 }, (_, i) => hit(i * 20, { fingerprint: `v1:${i}` })),
    );
    const ids = store.incidents().map(({ id }) => id);
    const prefix = ids.map((id) => id[0]!).find((first, i, all) => all.indexOf(first) !== i)!;
    const error = failure(() => store.incident(prefix));
    expect(error.code).toBe('INCIDENT_UNKNOWN');
    const named = ids.filter((id) => id.startsWith(prefix)).sort();
    expect(error.details.why).toContain(named.slice(0, 5).join(', '));
  });
});
