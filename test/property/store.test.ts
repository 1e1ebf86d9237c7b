import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RECOVERY_GAP_MS } from '../../src/incidents/correlate.js';
import type { Hit } from '../../src/model.js';
import { ContentIdentity, identityOf, lastPageEnd, relation } from '../../src/store/index.js';
import { connect } from '../../src/store/open.js';
import { Store } from '../../src/store/store.js';
import { bytes, hit } from '../unit/store-kit.js';

const LOG = bytes(400_000);

describe('the identity of a log', () => {
  const lengths = fc.oneof(
    fc.integer({ min: 0, max: 2000 }),
    fc.integer({ min: 65_000, max: 66_500 }),
    fc.integer({ min: 0, max: LOG.length }),
  );

  test('does not depend on how its bytes come', () => {
    fc.assert(
      fc.property(lengths, fc.array(fc.integer({ min: 0, max: LOG.length }), { maxLength: 20 }), (length, cuts) => {
        const log = LOG.subarray(0, length);
        const identity = new ContentIdentity();
        for (const cut of [...cuts.filter((place) => place < length).sort((a, b) => a - b), length]) {
          identity.update(log.subarray(identity.length, cut));
        }
        expect(identity.snapshot()).toEqual(identityOf(log));
      }),
    );
  });

  test('goes on from any snapshot', () => {
    fc.assert(
      fc.property(lengths, lengths, (a, b) => {
        const [start, end] = a < b ? [a, b] : [b, a];
        const identity = ContentIdentity.resume(
          identityOf(LOG.subarray(0, start)),
          LOG.subarray(lastPageEnd(start), start),
        );
        identity.update(LOG.subarray(start, end));
        expect(identity.snapshot()).toEqual(identityOf(LOG.subarray(0, end)));
      }),
    );
  });

  test('relates beginnings of one log by their length, and sees a changed byte in every page that both have', () => {
    fc.assert(
      fc.property(lengths, lengths, fc.nat(), (a, b, place) => {
        const [one, two] = [LOG.subarray(0, a), LOG.subarray(0, b)];
        expect(relation(identityOf(one), identityOf(two))).toBe(a === b ? 'same' : a < b ? 'longer' : 'shorter');
        if (a === 0) return;
        const changed = Buffer.from(one);
        changed[place % a]! ^= 1;
        expect(relation(identityOf(one), identityOf(changed))).toBe('different');
      }),
    );
  });
});

interface Step {
  stream: number;
  hits: Hit[];
}

/** A store with its tables in reach, and four streams, each with its own content. */
function openTables() {
  const db = connect(':memory:');
  const store = new Store(db, ':memory:');
  for (let i = 1; i <= 4; i++) store.addStream({ head: bytes(300, i), path: `/logs/${i}.log` });
  return {
    store,
    commit({ stream, hits }: Step) {
      const source = { path: `/logs/${stream}.log`, scope: 'cce1', appliance: 'cce1' };
      return store.commit({ stream, source, hits, identity: identityOf(bytes(300, stream)) });
    },
    rows: (sql: string) => db.prepare(sql).raw().all() as unknown[][],
    /** Everything that a commit could change. */
    dump: () =>
      ['streams', 'incidents', 'incident_streams', 'hits', 'evidence', 'incident_events'].map((table) =>
        db.prepare(`SELECT * FROM ${table}`).all(),
      ),
  };
}

type Tables = ReturnType<typeof openTables>;

/** What incidents are, whatever they are called: counts, times, members. */
function incidentsOf({ store, rows }: Tables) {
  const members = rows(
    `SELECT i.id, group_concat(h.stream || ':' || h.byte_start || ':' || s.name, ' ' ORDER BY h.stream, h.byte_start, s.name)
     FROM hits h JOIN incidents i ON i.row = h.incident JOIN signatures s ON s.id = h.signature GROUP BY i.row`,
  );
  const byId = new Map(members.map(([id, list]) => [id, list]));
  return store
    .incidents()
    .map(({ id, count, firstSeen, lastSeen, timeBasis, firstHit }) => {
      return { members: byId.get(id), count, firstSeen, lastSeen, timeBasis, firstHit };
    })
    .sort((a, b) => (String(a.members) < String(b.members) ? -1 : 1));
}

/** Times crowd around the edge of the gap, in several precisions. */
const time = fc
  .tuple(
    fc.integer({ min: 0, max: 25 }),
    fc.constantFrom(0, 0, 1, -1, 1000, RECOVERY_GAP_MS / 2),
    fc.constantFrom('', '0', '0000', '0001', '9999'),
  )
  .map(([hours, off, digits]) => {
    const iso = new Date(Date.UTC(2024, 4, 1) + hours * RECOVERY_GAP_MS + off).toISOString();
    return iso.replace('Z', `${digits}Z`).replace('.000Z', 'Z');
  });

const place = fc.record({
  stream: fc.constantFrom(1, 1, 1, 2, 3, 4),
  byteStart: fc.integer({ min: 0, max: 200 }).map((n) => n * 10),
  signature: fc.constantFrom('one', 'two'),
});

/** One hit at each place, so that the pool has no contradictions. */
function pool(times: fc.Arbitrary<string | null>) {
  return fc
    .uniqueArray(fc.tuple(place, times, fc.constantFrom('explicit' as const, 'estimated' as const)), {
      maxLength: 40,
      selector: ([{ stream, byteStart, signature }]) => `${stream} ${byteStart} ${signature}`,
    })
    .map((drawn) =>
      drawn.map(([{ stream, byteStart, signature }, at, basis]) => ({
        stream,
        hit: hit(byteStart, {
          signature,
          fingerprint: `v1:${signature}`,
          time: at,
          timeBasis: at === null ? 'none' : basis,
        }),
      })),
    );
}

type Pool = { stream: number; hit: Hit }[];

/** Cuts a pool into batches; each batch is of one stream. */
function batches(hits: Pool, sizes: number[]): Step[] {
  const steps: Step[] = [];
  let left = 0;
  for (const { stream, hit: one } of hits) {
    if (left <= 0 || steps.at(-1)?.stream !== stream) {
      left = sizes.length === 0 ? 1 : sizes[steps.length % sizes.length]!;
      steps.push({ stream, hits: [] });
    }
    steps.at(-1)!.hits.push(one);
    left--;
  }
  return steps;
}

const shuffled = (hits: Pool, seed: number): Pool =>
  hits
    .map((one, i) => [Math.imul(i + 1, 2_654_435_761) ^ Math.imul(seed, 40_503 + i), one] as const)
    .sort(([a], [b]) => a - b)
    .map(([, one]) => one);

const sizes = fc.array(fc.integer({ min: 1, max: 10 }), { maxLength: 5 });
const RUNS = { numRuns: 150 };

describe('incidents', () => {
  test('are the runs of hits without a longer gap, whatever the order and the batches', () => {
    fc.assert(
      fc.property(pool(time), sizes, sizes, fc.nat(), (hits, some, others, seed) => {
        const [one, two] = [openTables(), openTables()];
        for (const step of batches(hits, some)) one.commit(step);
        for (const step of batches(shuffled(hits, seed), others)) two.commit(step);
        expect(incidentsOf(two)).toEqual(incidentsOf(one));
        expect(
          one.store
            .incidents()
            .map(({ signature, count }) => `${signature} ${count}`)
            .sort(),
        ).toEqual(runs(hits).sort());
      }),
      RUNS,
    );
  });

  test('do not change when anything is committed again', () => {
    fc.assert(
      fc.property(pool(fc.option(time)), sizes, sizes, fc.nat(), (hits, some, others, seed) => {
        const tables = openTables();
        for (const step of batches(hits, some)) tables.commit(step);
        const before = tables.dump();
        for (const step of batches(shuffled(hits, seed).slice(0, 30), others)) {
          expect(tables.commit(step)).toEqual({ added: 0, completed: 0 });
        }
        expect(tables.dump()).toEqual(before);
      }),
      RUNS,
    );
  });

  test('agree with their hits, also without times, with cut records and decisions of users', () => {
    const change = fc.constantFrom('none', 'cut', 'cut-time', 'cut-entity');
    const act = fc.constantFrom('resolved' as const, 'open' as const, 'silenced' as const, null, null);
    fc.assert(
      fc.property(pool(fc.option(time)), fc.array(change), fc.array(act), sizes, (hits, changes, acts, some) => {
        const tables = openTables();
        const cut = hits.map(({ stream, hit: one }, i) => ({ stream, hit: shortened(one, changes[i] ?? 'none') }));
        for (const [i, step] of [...batches(cut, some), ...batches(hits, some)].entries()) {
          tables.commit(step);
          const status = acts[i];
          const [incident] = tables.store.incidents();
          if (status && incident) tables.store.setStatus(incident.id, status, '2024-06-01T00:00:00Z');
        }
        consistent(tables, hits);
      }),
      RUNS,
    );
  });
});

/** The record as it stood at the end of a file that was still being written. */
function shortened(whole: Hit, change: string): Hit {
  if (change === 'none') return whole;
  const cut: Hit = { ...whole, byteEnd: whole.byteEnd - 5, digest: 'cut' };
  if (change === 'cut-time') return { ...cut, time: null, timeBasis: 'none' };
  return change === 'cut-entity' ? { ...cut, fingerprint: `${whole.fingerprint}-cut` } : cut;
}

/** The rule told another way: sort, and cut where the silence is too long. */
function runs(hits: Pool): string[] {
  const result: string[] = [];
  for (const signature of ['one', 'two']) {
    const times = hits
      .filter((entry) => entry.hit.signature === signature)
      .map((entry) => Date.parse(entry.hit.time!))
      .sort((a, b) => a - b);
    let count = 0;
    times.forEach((ms, i) => {
      count++;
      if (i < times.length - 1 && times[i + 1]! - ms <= RECOVERY_GAP_MS) return;
      result.push(`${signature} ${count}`);
      count = 0;
    });
  }
  return result;
}

function consistent({ store, rows }: Tables, hits: Pool): void {
  const incidents = store.incidents();
  expect(incidents.reduce((sum, { count }) => sum + count, 0)).toBe(hits.length);
  expect(rows('SELECT count(*) FROM hits')).toEqual([[hits.length]]);
  expect(rows("SELECT count(*) FROM hits WHERE digest = 'cut'")).toEqual([[0]]);
  // Tallies are those of the hits, each hit is in an incident of its own signature, no incident is left over.
  expect(
    rows('SELECT incident, stream, count, timed, estimated, first_byte FROM incident_streams ORDER BY 1, 2'),
  ).toEqual(
    rows(`SELECT incident, stream, count(*), count(time), count(nullif(time_basis, 2)) - sum(time_basis = 0),
            min(byte_start) FROM hits GROUP BY 1, 2 ORDER BY 1, 2`),
  );
  expect(
    rows('SELECT 1 FROM hits h LEFT JOIN incidents i ON i.row = h.incident WHERE i.signature IS NOT h.signature'),
  ).toEqual([]);
  expect(rows('SELECT row FROM incidents WHERE row NOT IN (SELECT incident FROM hits)')).toEqual([]);
  // Evidence is of hits, in the incident of its hit.
  expect(
    rows(`SELECT e.id FROM evidence e LEFT JOIN hits h USING (stream, byte_start, signature)
          WHERE h.incident IS NOT e.incident`),
  ).toEqual([]);
  expect(rows('SELECT 1 FROM incident_events WHERE incident NOT IN (SELECT row FROM incidents)')).toEqual([]);
  expect(rows('PRAGMA foreign_key_check')).toEqual([]);
  // Times are those of the hits, and no two incidents of one failure are within reach of each other.
  const spans = rows(
    `SELECT i.fingerprint, i.first_ms, i.last_ms, group_concat(h.time) FROM incidents i JOIN hits h ON h.incident = i.row
     WHERE h.time IS NOT NULL GROUP BY i.row ORDER BY i.fingerprint, i.first_ms`,
  ) as [string, number, number, string][];
  spans.forEach(([fingerprint, first, last, times], i) => {
    const ms = times.split(',').map((text) => Date.parse(text));
    expect([first, last]).toEqual([Math.min(...ms), Math.max(...ms)]);
    const next = spans[i + 1];
    if (next?.[0] === fingerprint) expect(next[1] - last).toBeGreaterThan(RECOVERY_GAP_MS);
  });
}
