import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { APPLICATION_ID, LATEST_VERSION, migrate } from '../../src/store/migrate.js';
import { connect } from '../../src/store/open.js';
import { Store } from '../../src/store/store.js';
import { storeError } from '../../src/store/store-error.js';
import { at, bytes, failure, feed, hit, temporaryFolder } from './store-kit.js';

function filled(file: string, hits = 200): void {
  const store = openStore(file);
  feed(
    store,
    bytes(50_000),
    Array.from({ length: hits }, (_, i) => hit(i * 20, { time: at('10:00:00') })),
  );
  store.close();
}

function schemaOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  const schema = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY name').all();
  db.close();
  return schema;
}

describe('a store that can be opened', () => {
  test('is created with its folders, holds nothing, and keeps what it is given', () => {
    const file = join(temporaryFolder(), 'a', 'b', 'ccelog.db');
    const store = openStore(file);
    expect(store.incidents()).toEqual([]);
    expect(store.sources()).toEqual([]);
    feed(store, bytes(1000), [hit(0)]);
    store.close();
    store.close();
    expect(statSync(file).size).toBeGreaterThan(0);
    expect(existsSync(`${file}-wal`)).toBe(false);

    const again = openStore(file);
    expect(again.incidents()).toHaveLength(1);
    again.close();
  });

  test('is a file of its own kind, in WAL mode', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    openStore(file).close();
    const db = new Database(file);
    expect(db.pragma('application_id', { simple: true })).toBe(APPLICATION_ID);
    expect(db.pragma('user_version', { simple: true })).toBe(LATEST_VERSION);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    db.close();
  });

  test('is an empty file, as a crash at the very start leaves it', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    writeFileSync(file, '');
    filled(file);
    expect(statSync(file).size).toBeGreaterThan(0);
  });

  test('is one that another process reads and writes', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    const [one, two] = [openStore(file), openStore(file)];
    feed(one, bytes(1000), [hit(0, { time: at('10:00:00') })]);
    feed(two, bytes(1000, 2), [hit(0, { time: at('12:00:00') })]);
    feed(one, bytes(1000, 3), [hit(0, { time: at('11:00:00') })]);
    expect(two.incidents().map(({ count }) => count)).toEqual([3]);

    // What one store remembers of a log it goes on reading must not hide what the other has added meanwhile.
    const later = { fingerprint: 'v1:bob' };
    feed(one, bytes(1000, 4), [hit(0, { ...later, time: at('10:00:00') })]);
    feed(two, bytes(1000, 5), [hit(0, { ...later, time: at('12:00:00') })]);
    feed(one, bytes(1000, 4), [hit(20, { ...later, time: at('11:00:00') })]);
    expect(two.incidents().map(({ count }) => count)).toEqual([3, 3]);
    one.close();
    two.close();
  });

  test('comes from any earlier version', () => {
    const folder = temporaryFolder();
    const fresh = join(folder, 'fresh.db');
    openStore(fresh).close();
    for (let version = 0; version < LATEST_VERSION; version++) {
      const old = join(folder, `v${version}.db`);
      const db = new Database(old);
      migrate(db, version);
      db.close();
      openStore(old).close();
      expect(schemaOf(old), `from version ${version}`).toEqual(schemaOf(fresh));
    }
  });
});

describe('a file that is no store', () => {
  test('random bytes', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    writeFileSync(file, bytes(20_000));
    const error = failure(() => openStore(file));
    expect(error.code).toBe('STORE_CORRUPT');
    expect(error.details).toMatchObject({ file, why: expect.any(String), try: expect.stringContaining('--db') });
    expect(readFileSync(file)).toEqual(bytes(20_000));
  });

  test('a SQLite file of something else, which stays as it is', () => {
    const file = join(temporaryFolder(), 'other.db');
    const db = new Database(file);
    db.exec('CREATE TABLE other (x)');
    db.close();
    const before = readFileSync(file);
    const error = failure(() => openStore(file));
    expect(error.code).toBe('STORE_CORRUPT');
    expect(error.details.why).toContain('no ccelog store');
    expect(readFileSync(file)).toEqual(before);
  });

  test('an empty SQLite file that belongs to another application', () => {
    const file = join(temporaryFolder(), 'other.db');
    const db = new Database(file);
    db.pragma('application_id = 1234');
    db.close();
    expect(failure(() => openStore(file)).code).toBe('STORE_CORRUPT');
  });

  test.each([1, 100, 4000, 4096, 4097, 20_000])('a store that lost its last %i bytes', (lost) => {
    const file = join(temporaryFolder(), 'ccelog.db');
    filled(file);
    truncateSync(file, statSync(file).size - lost);
    expect(failure(() => openStore(file)).code).toBe('STORE_CORRUPT');
  });

  test('a store with other bytes in its middle: said when they are met', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    filled(file, 2000);
    const content = readFileSync(file);
    bytes(content.length - 4096).copy(content, 4096);
    writeFileSync(file, content);
    const error = failure(() => {
      const store = openStore(file);
      onTestFinished(() => store.close());
      store.incidents();
    });
    expect(error.code).toBe('STORE_CORRUPT');
  });

  test('a store of a newer version', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    filled(file);
    const db = new Database(file);
    db.pragma(`user_version = ${LATEST_VERSION + 1}`);
    db.close();
    const error = failure(() => openStore(file));
    expect(error.code).toBe('STORE_NEWER');
    expect(error.details.try).toContain('update');
  });

  test('a folder', () => {
    expect(failure(() => openStore(temporaryFolder())).code).toBe('STORE_UNUSABLE');
  });

  test('a path below a file', () => {
    const file = join(temporaryFolder(), 'file');
    writeFileSync(file, 'x');
    expect(failure(() => openStore(join(file, 'ccelog.db'))).code).toBe('STORE_UNUSABLE');
  });
});

describe('a store that cannot be written', () => {
  // Root may write everywhere, so modes prove nothing here: a read-only opening and error codes stand in for them.
  test('opened for reading only', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    filled(file);
    const store = openStore(file, { readOnly: true });
    expect(store.incidents()[0]!.count).toBe(200);
    expect(failure(() => feed(store, bytes(1000, 2), [hit(0)])).code).toBe('STORE_READ_ONLY');
    store.close();
  });

  test('opened for reading only where there is none', () => {
    const file = join(temporaryFolder(), 'none', 'ccelog.db');
    expect(failure(() => openStore(file, { readOnly: true })).code).toBe('STORE_UNUSABLE');
    expect(existsSync(file)).toBe(false);
  });

  test('opened for reading only though it has to be brought up to date', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    const db = new Database(file);
    db.pragma('user_version = 0');
    db.exec('VACUUM');
    db.close();
    expect(failure(() => openStore(file, { readOnly: true })).code).toBe('STORE_READ_ONLY');
  });

  // Windows keeps folders closed by access lists, which a test cannot set without changing the machine.
  test.skipIf(process.platform === 'win32')('in a folder without permission', () => {
    const parent = temporaryFolder();
    chmodSync(parent, 0o755);
    const folder = join(parent, 'closed');
    mkdirSync(folder, { mode: 0o500 });
    // Root may write everywhere, so it becomes nobody for a moment.
    const isRoot = process.getuid?.() === 0;
    if (isRoot) process.seteuid?.(65534);
    try {
      expect(failure(() => openStore(join(folder, 'ccelog.db'))).code).toBe('STORE_READ_ONLY');
      expect(failure(() => openStore(join(folder, 'sub', 'ccelog.db'))).code).toBe('STORE_READ_ONLY');
    } finally {
      if (isRoot) process.seteuid?.(0);
    }
  });

  test.each([
    ['EACCES', 'STORE_READ_ONLY'],
    ['EROFS', 'STORE_READ_ONLY'],
    ['ENOENT', 'STORE_READ_ONLY'],
    ['ENOSPC', 'DISK_FULL'],
    ['SQLITE_READONLY_DIRECTORY', 'STORE_READ_ONLY'],
    ['SQLITE_BUSY_SNAPSHOT', 'STORE_LOCKED'],
    ['SQLITE_FULL', 'DISK_FULL'],
    ['SQLITE_IOERR_WRITE', 'DISK_FULL'],
    ['SQLITE_IOERR_READ', 'STORE_UNUSABLE'],
    ['SQLITE_CORRUPT_INDEX', 'STORE_CORRUPT'],
  ])('%s is told as %s', (code, expected) => {
    const error = storeError(Object.assign(new Error('message'), { code }), '/x.db');
    expect(error).toMatchObject({ code: expected, details: { file: '/x.db', why: `message (${code})` } });
  });

  test('while another process writes', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    filled(file);
    const other = new Database(file);
    other.exec('BEGIN IMMEDIATE');
    const store = openStore(file, { busyTimeoutMs: 50 });
    expect(store.incidents()).toHaveLength(1);
    expect(failure(() => feed(store, bytes(1000, 2), [hit(0)])).code).toBe('STORE_LOCKED');
    other.exec('COMMIT');
    expect(feed(store, bytes(1000, 2), [hit(0)]).added).toBe(1);
    store.close();
    other.close();
  });

  test('while another process creates it', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    const other = new Database(file);
    other.exec('BEGIN EXCLUSIVE');
    expect(failure(() => openStore(file, { busyTimeoutMs: 50 })).code).toBe('STORE_LOCKED');
    other.close();
  });

  // `max_page_count` makes SQLite answer as on a full disk (SQLITE_FULL). A disk that is really full is not tried here.
  test('on a full disk: what was there before is whole, and it goes on when there is room', () => {
    const file = join(temporaryFolder(), 'ccelog.db');
    const db = connect(file);
    const store = new Store(db, file);
    feed(store, bytes(1000), [hit(0, { time: at('10:00:00') })]);
    db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 1}`);
    const many = Array.from({ length: 5000 }, (_, i) => hit(i, { time: at('10:30:00') }));
    const error = failure(() => feed(store, bytes(100_000, 2), many));
    expect(error.code).toBe('DISK_FULL');
    expect(error.details.try).toContain('space');
    expect(store.incidents().map(({ count }) => count)).toEqual([1]);
    db.pragma('max_page_count = 100000');
    expect(feed(store, bytes(100_000, 2), many).added).toBe(5000);
    expect(store.incidents().map(({ count }) => count)).toEqual([5001]);
    store.close();
  });
});

test('a copy of the store and its log file, taken while it was in use, can be opened', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'ccelog.db');
  const store = openStore(file);
  feed(store, bytes(1000), [hit(0)]);
  const copy = join(folder, 'copy.db');
  cpSync(file, copy);
  cpSync(`${file}-wal`, `${copy}-wal`);
  store.close();
  const again = openStore(copy);
  expect(again.incidents()).toHaveLength(1);
  again.close();
});
