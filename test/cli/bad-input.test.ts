/** Input that cannot be read, not whole, or holds no log: a clear line, the right exit code, and nothing lost. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { countsOf, reportOf } from '../support/report.js';
import { CLI, type Desk, desk, isRoot, needs, runProgram } from '../support/run-ccelog.js';
import { faultyLog } from '../support/synthetic-log.js';
import { handZip, zipOf } from '../unit/archive-kit.js';

const posix = process.platform !== 'win32';

async function json(place: Desk, ...paths: string[]) {
  const { code, stdout, stderr } = await place.ccelog(['analyze', ...paths, '--format', 'json', '--db', ':memory:']);
  return { code, stderr, report: reportOf(stdout) };
}

describe.concurrent('input', () => {
  const place = desk();
  const good = place.write('good/CceManagementService.log', faultyLog(2));

  test('a missing path: error in the shape of the contract, and 2', async () => {
    const { code, stdout, stderr } = await place.ccelog(['analyze', 'no such.log']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\n {2}file: no such\.log\n {2}why: {2}no such file or folder\n {2}try: {2}.+\n$/);
  });

  test('a missing path beside a good one: the good one is analyzed, the other named, and 3', async () => {
    const { code, stdout, stderr } = await place.ccelog(['analyze', good, 'no such.log', '--format', 'json']);
    expect(code).toBe(3);
    expect(stderr).toContain('no such.log');
    const { sources, incidents } = reportOf(stdout);
    expect(incidents.length).toBeGreaterThan(0);
    expect(sources.find(({ path }) => path === 'no such.log')?.skipped).toBe('no such file or folder');
  });

  test('of many that cannot be read the first are named, then how many more; all with --verbose, and in the report', async () => {
    const cut = gzipSync(faultyLog(1)).subarray(0, 30);
    for (let number = 10; number < 40; number++) place.write(`many/${number}.log.gz`, cut);
    const told = (stderr: string) => stderr.split('\n').filter((line) => line.startsWith('warning: '));
    const { code, stderr, report } = await json(place, place.path('many'), good);
    expect(code).toBe(3);
    expect(told(stderr)).toHaveLength(21);
    expect(told(stderr)[19]).toContain('29.log.gz');
    expect(told(stderr)[20]).toBe('warning: 10 more like these; --verbose lists all of them here, and the report does');
    const verbose = await place.ccelog(['analyze', place.path('many'), good, '--verbose', '--db', ':memory:']);
    expect(told(verbose.stderr)).toHaveLength(30);
    expect(report.sources.filter(({ kind }) => kind === 'archive').every(({ skipped }) => skipped !== null)).toBe(true);
    expect(report.sources.filter(({ kind }) => kind === 'archive')).toHaveLength(30);
  });

  test('an empty file is named, and is no failure', async () => {
    const empty = place.write('empty/CceManagementService.log', '');
    const { code, report } = await json(place, empty);
    expect(code).toBe(0);
    expect(report.sources).toMatchObject([{ path: empty, bytes: 0, records: 0, skipped: 'empty file' }]);
    const { stdout } = await place.ccelog(['analyze', empty, '--db', ':memory:']);
    expect(stdout).toMatch(/empty file/);
  });

  test('a folder without logs: says of each file why it is none, promises no health, and 2', async () => {
    place.write('plain/notes.txt', 'Bring the cake on Friday.\n');
    place.write('plain/list.csv', 'cake,2\ntea,5\n');
    const { code, stderr, report } = await json(place, place.path('plain'));
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^error: no log was found\n {2}file: /),
    });
    expect(report.incidents).toEqual([]);
    expect(report.sources.map(({ kind, skipped }) => [kind, skipped !== null])).toEqual([
      ['other', true],
      ['other', true],
    ]);
    const { stdout } = await place.ccelog(['analyze', place.path('plain'), '--db', ':memory:']);
    expect(stdout).not.toMatch(/No known failure was found/);
  });

  test('a folder with nothing but configuration is read: it tells states', async () => {
    place.write('state/CloudConnector.ini', '[Common]\nSiteName=Seattle\n');
    const { code, report } = await json(place, place.path('state'));
    expect(code).toBe(0);
    expect(report.sources).toMatchObject([{ kind: 'config', skipped: null, records: 0 }]);
  });

  test('an empty folder: nothing could be read, and 2', async () => {
    mkdirSync(place.path('nothing'));
    const { code, stdout, stderr } = await place.ccelog(['analyze', place.path('nothing')]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: nothing could be read\n {2}file: .*nothing\n {2}why: {2}.+\n {2}try: {2}.+\n$/);
  });

  test('an archive without a member: nothing could be read, and 2', async () => {
    const empty = place.write('empty.zip', await zipOf({}));
    const { code, stdout, stderr } = await place.ccelog(['analyze', empty, '--db', ':memory:']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: nothing could be read\n {2}file: .+\n {2}why: {2}there is no file in it/);
  });

  test('a member that is damaged where it begins is named once, with the reason, and is nothing that was searched', async () => {
    const bytes = await zipOf({ 'CceManagementService.log': faultyLog(2) });
    bytes[30 + 'CceManagementService.log'.length] = 0xff;
    const { code, report } = await json(place, place.write('damaged.zip', bytes));
    expect(code).toBe(2);
    expect(report.sources.map(({ skipped }) => skipped)).toEqual([expect.stringMatching(/damaged after 0 bytes/)]);
  });

  test('a gzip file that is damaged where it begins holds no empty file: nothing could be read, and 2', async () => {
    const { code, report } = await json(place, place.write('begun.log.gz', gzipSync(faultyLog(2)).subarray(0, 12)));
    expect(code).toBe(2);
    expect(report.sources.map(({ skipped }) => skipped)).toEqual([expect.stringMatching(/first 0 bytes/)]);
  });

  test('a binary file is told from a log and costs nothing', async () => {
    const binary = place.write('binary.log', Buffer.from(Array.from({ length: 70_000 }, (_, at) => (at * 7919) % 251)));
    const { code, report } = await json(place, binary, good);
    expect(code).toBe(0);
    expect(report.sources[0]).toMatchObject({ kind: 'other', records: 0, skipped: expect.stringMatching(/binary/) });
    expect(countsOf(report.incidents)).toEqual({ 'credential-key-invalid-state': 2 });
  });

  test.each([
    [
      'a damaged zip',
      Buffer.from('PK\x03\x04aaaaaaaaaaaaaaaaaaaaaaaa', 'latin1'),
      'logs.zip',
      /fetch the archive again/,
    ],
    ['a 7z with another name', Buffer.from('377abcaf271c0004', 'hex'), 'CceManagementService.old.log', /unpack/],
    [
      'a self-extracting zip',
      Buffer.concat([
        Buffer.from('MZ\x90\x00\x03', 'latin1'),
        Buffer.alloc(500, 1),
        handZip([{ name: 'x.log', content: 'x' }]),
      ]),
      'logs.exe',
      /self-extracting archive: unpack it/,
    ],
    ['a cut gzip', gzipSync('CceService Error: 0 : x').subarray(0, 12), 'old.log.gz', /.+/],
  ])('%s is reported as not read, and 3', async (_, bytes, name, why) => {
    const archive = place.write(name, bytes);
    const { code, stderr, report } = await json(place, archive, good);
    expect(code).toBe(3);
    expect(report.sources[0]).toMatchObject({ kind: 'archive', skipped: expect.stringMatching(why) });
    expect(stderr).toMatch(new RegExp(`^warning: .*${name}.*\n$`));
    expect(countsOf(report.incidents)).toEqual({ 'credential-key-invalid-state': 2 });
  });

  test.runIf(needs('a POSIX system for named pipes', posix))('a named pipe is refused and does not hang', async () => {
    execFileSync('mkfifo', [place.path('pipe')]);
    const { code, stderr } = await place.ccelog(['analyze', place.path('pipe')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/neither a file nor a folder/);
  });

  const anyBytes = process.platform === 'linux';
  test.runIf(needs('a system that takes any bytes for a name', anyBytes))(
    'a name that is not UTF-8 is told',
    async () => {
      place.write('latin1/good.log', faultyLog(2));
      const nameOf = (name: string) =>
        Buffer.concat([Buffer.from(`${place.path('latin1')}/`), Buffer.from(name, 'latin1')]);
      writeFileSync(nameOf('caf\xe9.log'), faultyLog(1));
      mkdirSync(nameOf('\xe9t\xe9'));
      const { code, report } = await json(place, place.path('latin1'));
      expect(code).toBe(3);
      expect(report.problems?.map(({ why }) => why)).toEqual(Array(2).fill('its name is not UTF-8: rename it'));
      expect(countsOf(report.incidents)).toEqual({ 'credential-key-invalid-state': 2 });
    },
  );

  test.runIf(posix)('links in a folder are not followed into a circle, and the report says so', async () => {
    place.write('linked/CceManagementService.log', faultyLog(2));
    symlinkSync('..', place.path('linked/up'));
    const { code, stderr, report } = await json(place, place.path('linked'));
    expect(code).toBe(3);
    expect(stderr).toMatch(/linked\/up/);
    expect(report.sources.some(({ path, skipped }) => path.endsWith('up') && skipped !== null)).toBe(true);
  });
});

test.runIf(posix)('links in a circle are named in words', async () => {
  const place = desk();
  const good = place.write('good.log', faultyLog(2));
  const [one, other] = [place.path('one'), place.path('other')];
  symlinkSync(other, one);
  symlinkSync(one, other);
  const { code, report } = await json(place, one, good);
  expect(code).toBe(3);
  expect(report.problems).toEqual([{ path: one, why: 'a link that leads back to itself' }]);
});

describe.concurrent('an unreadable file', () => {
  // Root reads everything, so the command runs as another user there.
  const asNobody = isRoot && posix;
  const possible = posix && (!asNobody || nobodyReaches(CLI, process.execPath));
  const place = desk();
  const run = (args: string[]) => {
    if (!asNobody) return place.ccelog(args, { env: { CCELOG_DB: ':memory:' } });
    const line = [process.execPath, CLI, ...args].map((word) => `'${word}'`).join(' ');
    const env = { ...place.env, CCELOG_DB: ':memory:' };
    return runProgram('su', ['nobody', '-s', '/bin/sh', '-c', line], { env, cwd: '/' });
  };

  test.runIf(needs('file modes, and as root a user nobody who can run the tool', possible))(
    'beside a readable one: all else is read, the report names it, and 3',
    async () => {
      chmodSync(place.folder, 0o755);
      place.write('bundle/CceManagementService.log', faultyLog(2));
      chmodSync(place.write('bundle/secret.log', faultyLog(2)), 0);
      mkdirSync(place.path('bundle/closed'), { mode: 0 });
      const { code, stdout, stderr } = await run(['analyze', place.path('bundle'), '--format', 'json']);
      expect({ code, stderr }).toMatchObject({ code: 3, stderr: expect.stringContaining('no permission to read it') });
      const { sources, incidents } = reportOf(stdout);
      const skipped = (name: string) => sources.find(({ path }) => path.endsWith(name))?.skipped;
      expect(skipped('secret.log')).toBe('no permission to read it');
      expect(skipped('closed')).toBe('no permission to read it');
      expect(countsOf(incidents)).toEqual({ 'credential-key-invalid-state': 2 });
    },
  );

  test.runIf(possible)('alone: nothing readable, and 2', async () => {
    chmodSync(place.folder, 0o755);
    const alone = place.write('alone.log', faultyLog(2));
    chmodSync(alone, 0);
    const { code, stdout, stderr } = await run(['analyze', alone]);
    expect(code).toBe(2);
    expect(stdout).not.toMatch(/No known failure was found/);
    expect(stderr).toMatch(
      /^error: .+\n {2}file: .*alone\.log\n {2}why: {2}no permission to read it\n {2}try: {2}.+\n$/m,
    );
  });
});

function nobodyReaches(...files: string[]): boolean {
  try {
    execFileSync('su', ['nobody', '-s', '/bin/sh', '-c', files.map((file) => `test -r '${file}'`).join(' && ')]);
    return true;
  } catch {
    return false;
  }
}
