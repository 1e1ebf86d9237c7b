/** What a path to watch means, and who may watch into a store. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { lockFile, takeLock, watcherOf } from '../../src/watch/lock.js';
import { nameMatcher, serviceFolder, targetOf } from '../../src/watch/targets.js';

const root = mkdtempSync(join(tmpdir(), 'ccelog-targets-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const GUID = '936d337e-d8ca-437d-9d17-07fb73cbc703';

describe('a path', () => {
  it('that is a folder stands for the logs of the service in it, siblings too', () => {
    const { folder, matches } = targetOf(root, true);
    expect(folder).toBe(root);
    for (const name of ['CceManagementService.log', `${GUID}CceManagementService.log`, 'ccemanagementservice.LOG'])
      expect(matches(name), name).toBe(true);
    for (const name of ['CceManagementService.log.gz', 'CceManagementService.log.1', 'other.log'])
      expect(matches(name), name).toBe(false);
  });

  it('that is not there is a folder, a file or a pattern by its name, until it shows', () => {
    const of = (path: string) => {
      const { folder, pattern } = targetOf(join(root, path), false);
      return [folder.slice(root.length), pattern];
    };
    expect(of('ManagementService')).toEqual(['/ManagementService', '*CceManagementService.log']);
    expect(of('service.log')).toEqual(['', 'service.log']);
    expect(of('sub/*.log')).toEqual(['/sub', '*.log']);
    mkdirSync(join(root, 'folder.d'));
    expect(of('folder.d')).toEqual(['/folder.d', '*CceManagementService.log']);
    writeFileSync(join(root, 'log'), '');
    expect(of('log')).toEqual(['', 'log']);
  });

  it('with a pattern in a folder is refused', () => {
    expect(() => targetOf(join(root, 'a*', 'x.log'), false)).toThrow('a pattern may stand for names of files only');
  });

  it('that is empty is refused: it is not the working folder', () => {
    expect(() => targetOf('', false)).toThrow('a path to watch is empty');
    expect(targetOf('.', false).folder).toBe(process.cwd());
  });

  it.runIf(process.platform !== 'win32')('that leads to itself is taken by its name', () => {
    for (const [name, folder, pattern] of [
      ['round.log', root, 'round.log'],
      ['round', join(root, 'round'), '*CceManagementService.log'],
    ] as const) {
      symlinkSync(name, join(root, name));
      expect(targetOf(join(root, name), false)).toMatchObject({ folder, pattern });
    }
  });

  it.runIf(process.getuid?.() === 0)('that may not be looked at is taken by its name, and found when it may', () => {
    const closed = join(root, 'closed');
    mkdirSync(join(closed, 'logs.d'), { recursive: true });
    chmodSync(root, 0o755);
    chmodSync(closed, 0o000);
    const of = (path: string) => {
      const { folder, pattern } = targetOf(join(closed, path), false);
      return [folder.slice(root.length), pattern];
    };
    process.seteuid?.(65534);
    try {
      expect(() => statSync(join(closed, 'logs.d'))).toThrow('EACCES');
      expect(of('service.log')).toEqual(['/closed', 'service.log']);
      expect(of('ManagementService')).toEqual(['/closed/ManagementService', '*CceManagementService.log']);
      expect(of('logs.d')).toEqual(['/closed', 'logs.d']);
    } finally {
      process.seteuid?.(0);
    }
    chmodSync(closed, 0o755);
    expect(of('logs.d')).toEqual(['/closed/logs.d', '*CceManagementService.log']);
  });

  it('on another machine is known by its name', () => {
    expect(targetOf('\\\\server\\share\\x.log', true).isRemote).toBe(process.platform === 'win32');
    expect(targetOf(root, true).isRemote).toBe(false);
  });
});

it('the folder of the host follows %ProgramFiles%, that of 64-bit programs first', () => {
  expect(serviceFolder({ ProgramFiles: 'D:\\Programs (x86)', ProgramW6432: 'D:\\Programs' })).toBe(
    'D:\\Programs\\Skype for Business Cloud Connector Edition\\ManagementService',
  );
  expect(() => serviceFolder({})).toThrow('no log to watch was named');
});

it('a pattern takes its signs as they are, but for the star and the question mark', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 }), (left, right) => {
      fc.pre(!/[*?]/.test(left + right));
      const matches = nameMatcher(`${left}*${right}`, false);
      expect(matches(left + right)).toBe(true);
      expect(matches(`${left}anything${right}`)).toBe(true);
      const other = `x${left}y${right}z`;
      expect(matches(other)).toBe(other.startsWith(left) && other.endsWith(right));
    }),
  );
  expect(nameMatcher('a?c.log', false)('abc.log')).toBe(true);
  expect(nameMatcher('a?c.log', false)('ac.log')).toBe(false);
});

describe('the lock of a store', () => {
  const holder = {
    pid: 7,
    host: 'cce1',
    since: '2018-09-07T09:00:00.000Z',
    version: '1',
    paths: ['C:\\logs'],
    channels: ['webhook'],
  };
  const holderOf = (store: string) => {
    const { holder: found, unknown } = watcherOf(store);
    expect(unknown).toBeNull();
    return found;
  };

  it('is had by one, who is known to others, and is free again afterwards', () => {
    const store = join(root, 'locked.db');
    openStore(store).close();
    expect(holderOf(store)).toBeNull();
    const first = takeLock(store, holder);
    expect(first).not.toBeNull();
    expect(takeLock(store, { ...holder, pid: 8 })).toBeNull();
    expect(holderOf(store)).toEqual(holder);
    first?.release();
    expect(holderOf(store)).toBeNull();
    const next = takeLock(store, { ...holder, pid: 9 });
    expect(holderOf(store)?.pid).toBe(9);
    next?.release();
  });

  it('cannot be told where its file is none', () => {
    const store = join(root, 'strange.db');
    writeFileSync(lockFile(store), 'this is no database, and long enough to be seen as none');
    expect(watcherOf(store)).toMatchObject({ holder: null, unknown: expect.stringContaining(lockFile(store)) });
  });

  it('is not needed for a store that keeps nothing', () => {
    const [one, two] = [takeLock(':memory:', holder), takeLock(':memory:', holder)];
    expect(one && two).not.toBeNull();
  });

  it('cannot be taken where there is no place for it', () => {
    expect(() => takeLock(join(root, 'nowhere', 'x.db'), holder)).toThrow();
  });
});
