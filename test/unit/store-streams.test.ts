import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { areOfOtherHosts } from '../../src/context/other-hosts.js';
import {
  ContentIdentity,
  type ContentIdentitySnapshot,
  identityOf,
  lastPageEnd,
  openStore,
  relation,
  type Store,
} from '../../src/store/index.js';
import { at, bytes, failure, feed, find, hit, memoryStore, temporaryFolder } from './store-kit.js';

const counts = (store: Store) => store.incidents().map(({ count }) => count);

describe('the identity of a log', () => {
  test.each([
    [0, 0],
    [255, 0],
    [256, 1],
    [65_535, 255],
    [65_536, 256],
    [65_537, 256],
    [131_071, 256],
    [131_072, 257],
    [1_000_000, 270],
  ])('%i bytes fill %i pages', (length, pages) => {
    const identity = identityOf(bytes(length));
    expect(identity.length).toBe(length);
    expect(identity.pages).toHaveLength(pages);
  });

  test('a snapshot does not change when the log grows', () => {
    const identity = new ContentIdentity();
    identity.update(bytes(300_000));
    const before = identity.snapshot();
    const pages = [...before.pages];
    identity.update(bytes(30_000_000, 2));
    expect([...before.pages]).toEqual(pages);
  });

  test.each([100, 256, 5000, 65_536, 200_000])('goes on from the snapshot of %i bytes', (length) => {
    const log = bytes(400_000);
    const identity = ContentIdentity.resume(
      identityOf(log.subarray(0, length)),
      log.subarray(lastPageEnd(length), length),
    );
    expect(identity.length).toBe(length);
    identity.update(log.subarray(length));
    expect(identity.snapshot()).toEqual(identityOf(log));
  });

  test('tells same, longer, shorter and different logs apart', () => {
    const log = bytes(200_000);
    const other = Buffer.from(log);
    other[150_000]! ^= 1;
    const [whole, part, changed] = [log, log.subarray(0, 140_000), other].map(identityOf) as [
      ContentIdentitySnapshot,
      ContentIdentitySnapshot,
      ContentIdentitySnapshot,
    ];
    expect(relation(whole, identityOf(log))).toBe('same');
    expect(relation(part, whole)).toBe('longer');
    expect(relation(whole, part)).toBe('shorter');
    expect(relation(whole, changed)).toBe('different');
    expect(relation(identityOf(bytes(300)), identityOf(bytes(300, 2)))).toBe('different');
  });
});

describe('a log is known again', () => {
  const log = bytes(300_000);
  const hits = [10, 70_000, 299_000].map((byte) => hit(byte, { time: at('10:00:00') }));

  test('under another name: nothing is added, and the evidence is found under the new one', () => {
    const store = memoryStore();
    const first = feed(store, log, hits, { path: '/logs/a.log' });
    const second = feed(store, log, hits, { path: '/logs/a.log.1' });
    expect(second).toMatchObject({ added: 0, stream: { id: first.stream.id, relation: 'same', proven: 300_000 } });
    expect(counts(store)).toEqual([3]);
    expect(store.incidents()[0]!.evidence[0]!.source).toBe('/logs/a.log.1');
  });

  test('when it has grown: only what is new is added', () => {
    const store = memoryStore();
    feed(store, log.subarray(0, 100_000), hits.slice(0, 2));
    const grown = feed(store, log, hits);
    expect(grown).toMatchObject({ added: 1, stream: { relation: 'longer', length: 100_000, proven: 100_000 } });
    expect(find(store, log)).toMatchObject({ relation: 'same', length: 300_000 });
  });

  test('when it grows byte by byte from nothing', () => {
    const store = memoryStore();
    const { stream } = feed(store, log.subarray(0, 1), []);
    for (const length of [2, 3, 100, 255, 256, 257, 300, 511, 512, 65_535, 65_536, 65_537, 131_072, 300_000]) {
      const seen = feed(store, log.subarray(0, length), []);
      expect(seen.stream, `at ${length} bytes`).toMatchObject({ id: stream.id, key: stream.key, relation: 'longer' });
    }
  });

  test.each([256, 1000, 65_536, 100_000, 299_999])('as a copy of its first %i bytes: nothing changes', (length) => {
    const store = memoryStore();
    feed(store, log, hits, { path: '/logs/a.log' });
    const before = store.incidents();
    const identity = store.identity(1);
    const short = log.subarray(0, length);
    const copy = feed(
      store,
      short,
      hits.filter(({ byteEnd }) => byteEnd <= length),
      { path: '/copies/a.log' },
    );
    expect(copy).toMatchObject({ added: 0, stream: { id: 1, relation: 'shorter' } });
    expect(length - copy.stream.proven).toBeLessThan(length < 65_536 ? 256 : 65_536);
    expect(store.incidents()).toEqual(before);
    expect(store.identity(1)).toEqual(identity);
  });

  test('as a short copy of the longer one, where it could be of two', () => {
    const store = memoryStore();
    const small = Buffer.concat([log.subarray(0, 256), bytes(24, 30)]);
    feed(store, small, []);
    for (const length of [600, 900]) feed(store, Buffer.concat([log.subarray(0, 400), bytes(length, length)]), []);
    expect(find(store, log.subarray(0, 300))).toMatchObject({ id: 3, relation: 'shorter', proven: 256 });
    // What is surely the same counts more than what only may be.
    const grown = Buffer.concat([small, bytes(20, 31)]);
    expect(find(store, grown)).toMatchObject({ id: 1, relation: 'longer', proven: 280 });
  });

  test('a copy of under 256 bytes is a log of its own, unless the log was first seen at that length', () => {
    const store = memoryStore();
    feed(store, log, []);
    expect(find(store, log.subarray(0, 100))).toBeNull();
    feed(store, log.subarray(0, 100), []);
    feed(store, Buffer.concat([log.subarray(0, 100), bytes(500, 9)]), []);
    expect(find(store, log.subarray(0, 100))).toMatchObject({ id: 2, relation: 'shorter', proven: 100 });
  });

  test.each([300, 70_000, 200_000])('not when it differs after %i bytes', (place) => {
    const store = memoryStore();
    const other = Buffer.concat([log.subarray(0, place), bytes(300_000 - place, 7)]);
    const one = feed(store, log, hits);
    const two = feed(store, other, hits);
    expect(two.added).toBe(3);
    expect(two.stream.key).toBe(`${one.stream.key}-2`);
    expect(counts(store)).toEqual([6]);
    expect(find(store, log)!.id).toBe(one.stream.id);
    expect(find(store, other)!.id).toBe(two.stream.id);
    expect(new Set(store.incidents()[0]!.evidence.map(({ id }) => id)).size).toBe(5);
  });

  test('as the one of several that has most of it', () => {
    const store = memoryStore();
    const branch = Buffer.concat([log.subarray(0, 1000), bytes(200_000, 3)]);
    feed(store, branch, []);
    const long = feed(store, log.subarray(0, 150_000), []);
    expect(find(store, log)!.id).toBe(long.stream.id);
    expect(find(store, branch)!.id).toBe(1);
  });

  test('not on another host, as folders and files called after hosts tell', () => {
    const places: [one: string, other: string, known: boolean][] = [
      ['in/CCEHOST1/c.txt', 'in/CCEHOST2/c.txt', false],
      ['in/CCEHOST1/2018-09-07/c.txt', 'b.zip!/ccehost2/2018-09-08/c.txt', false],
      ['D:\\in\\host1_c.txt', 'D:\\in\\host2_c.txt', false],
      ['in/CCEHOST1_20180907/c.txt', 'in/CCEHOST2/c.txt', false],
      ['in/CCEHOST1/c.txt', 'b.zip!/CCEHOST1/c.txt', true],
      ['in/CCEHOST1-day1/c.txt', 'in/CCEHOST1-day2/c.txt', true],
      ['in/copy1/c.txt', 'in/copy2/c.txt', true],
      ['in/CceManagementService1.log', 'in/CceManagementService2.log', true],
      ['in/c.txt', 'elsewhere/c (1).txt', true],
    ];
    for (const [one, other, known] of places) {
      const store = memoryStore();
      feed(store, bytes(5000), [], { path: one });
      const found = store.findStream(
        bytes(5000),
        5000,
        () => identityOf(bytes(5000)),
        undefined,
        (path) => !areOfOtherHosts(other, path),
      );
      expect([other, found !== null]).toEqual([other, known]);
    }
  });

  test('not by being empty', () => {
    const store = memoryStore();
    const empty = feed(store, Buffer.alloc(0), []);
    expect(find(store, Buffer.alloc(0))).toBeNull();
    expect(find(store, log)).toBeNull();
    expect(feed(store, log, hits).stream.id).not.toBe(empty.stream.id);
  });

  test('is not read again when its first 64 KiB tell that it is another', () => {
    const store = memoryStore();
    feed(store, log, hits);
    const other = Buffer.concat([log.subarray(0, 5000), bytes(295_000, 4)]);
    const readPrefix = vi.fn((length: number) => identityOf(other.subarray(0, length)));
    expect(store.findStream(other.subarray(0, 65_536), other.length, readPrefix)).toBeNull();
    expect(readPrefix).not.toHaveBeenCalled();
  });

  test('is read once, as far as needed, when it may be known', () => {
    const store = memoryStore();
    feed(store, log, hits);
    feed(store, Buffer.concat([log.subarray(0, 70_000), bytes(80_000, 8)]), []);
    const grown = Buffer.concat([log, log]);
    const readPrefix = vi.fn((length: number) => identityOf(grown.subarray(0, length)));
    expect(store.findStream(grown.subarray(0, 65_536), grown.length, readPrefix)).toMatchObject({ id: 1 });
    expect(readPrefix.mock.calls).toEqual([[300_000]]);
  });

  test('not while it is being cut', () => {
    const store = memoryStore();
    feed(store, log, hits);
    expect(store.findStream(log.subarray(0, 65_536), log.length, () => identityOf(log.subarray(0, 70_000)))).toBeNull();
  });
});

describe('a stream', () => {
  test('has a key that its content gives, on every machine', () => {
    const keys = [memoryStore(), memoryStore()].map((store) => feed(store, bytes(1000), []).stream.key);
    expect(keys[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(keys[0]).toBe(keys[1]);
  });

  test('that a killed run left without content is taken up again, with its key', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    const log = bytes(1000);
    const first = openStore(file);
    const left = first.addStream({ head: log, path: '/logs/a.log' });
    // Within one run two logs with one beginning are two logs, even before anything of them is committed.
    expect(first.addStream({ head: log, path: '/logs/b.log' }).key).toBe(`${left.key}-2`);
    first.close();
    const second = openStore(file);
    expect(second.addStream({ head: log, path: '/logs/c.log' }).key).toBe(`${left.key}-3`);
    expect(second.addStream({ head: log, path: '/logs/a.log' })).toMatchObject({ id: left.id, key: left.key });
    second.close();
  });

  test('does not take the bytes of another log', () => {
    const store = memoryStore();
    const log = bytes(10_000);
    const { stream } = feed(store, log, [hit(0)]);
    const batch = { stream: stream.id, source: { path: '/logs/b.log', scope: 's', appliance: null }, hits: [hit(500)] };
    const end = Buffer.from(log);
    end[9999]! ^= 1;
    for (const other of [bytes(20_000, 2), end]) {
      expect(failure(() => store.commit({ ...batch, identity: identityOf(other) })).code).toBe('STORE_UNUSABLE');
    }
    expect(counts(store)).toEqual([1]);
    expect(find(store, log)).toMatchObject({ relation: 'same' });
  });

  test('of many pages keeps all of them', () => {
    const store = memoryStore();
    const { id } = store.addStream({ head: bytes(256), path: '/logs/a.log' });
    const identity = new ContentIdentity();
    const block = bytes(8_000_000);
    for (let i = 0; i < 20; i++) {
      identity.update(block);
      const source = { path: '/logs/a.log', scope: 's', appliance: null };
      store.commit({ stream: id, source, hits: [], identity: identity.snapshot() });
    }
    expect(store.identity(id).pages.length).toBeGreaterThan(2048);
    expect(store.identity(id)).toEqual(identity.snapshot());
  });

  test('keeps the last report of its source', () => {
    const store = memoryStore();
    const { stream } = feed(store, bytes(1000), [hit(0)]);
    const report = { path: '/logs/a.log', encoding: 'utf-16le', appliance: 'cce7', records: 1 } as never;
    store.saveSource(stream.id, report);
    store.saveSource(stream.id, { ...(report as object), records: 2 } as never);
    expect(store.sources()).toMatchObject([{ stream: stream.id, report: { ...(report as object), records: 2 } }]);
    expect(find(store, bytes(1000))).toMatchObject({ encoding: 'utf-16le', appliance: 'cce7' });
    expect(store.evidence(store.incidents()[0]!.evidence[0]!.id).encoding).toBe('utf-16le');
  });
});
