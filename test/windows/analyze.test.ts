/** `analyze` under Node.js for Windows: the same findings as here, paths as Windows has them, logs that are being written. */
import { cpSync, existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.js';
import { logWriters } from '../support/log-writer.js';
import { countsOf, reportOf } from '../support/report.js';
import { desk, ROOT, SAMPLE_BUNDLE } from '../support/run-ccelog.js';
import { faultyLog, keyError, logonFailure, minute } from '../support/synthetic-log.js';
import { hasWindows, windowsMachine } from '../support/wine.js';
import { zipOf } from '../unit/archive-kit.js';

const SERVICE_FOLDER = 'Program Files/Skype for Business Cloud Connector Edition/ManagementService';
const SERVICE_LOG = `C:\\${SERVICE_FOLDER.replaceAll('/', '\\')}\\CceManagementService.log`;
const IN_MEMORY = ['--format', 'json', '--db', ':memory:'];

describe.skipIf(!hasWindows).concurrent('analyze under Windows', () => {
  const machine = windowsMachine();
  const startWriter = logWriters(machine);

  /** The report on a folder or log of drive C:, which is what the same build reports here but for the paths. */
  async function sameReport(name: string, ...options: string[]): Promise<Report> {
    const path = join(machine.driveC, name);
    const windows = await machine.ccelog(['analyze', machine.pathOf(path), ...IN_MEMORY, ...options]);
    const here = await desk().ccelog(['analyze', path, ...IN_MEMORY, ...options]);
    expect({ ...windows, stdout: '' }).toEqual({ ...here, stdout: '' });
    const report = reportOf(windows.stdout);
    const isPath = (key: string) => key === 'path' || key === 'source';
    const expected = JSON.parse(here.stdout, (key, value) => (isPath(key) ? windowsPath(value) : value));
    expect(report).toEqual(expected);
    return report;
  }

  /** Within an archive, after the `!`, paths are the archive's own. */
  function windowsPath(path: string): string {
    const [file = '', ...members] = path.split('!');
    return [machine.pathOf(file), ...members].join('!');
  }

  test('a bundle with an archive in it gives the same report, on drive C: with backslashes', async () => {
    const bundle = join(machine.driveC, 'collected');
    cpSync(join(ROOT, SAMPLE_BUNDLE), bundle, { recursive: true });
    const archive = await zipOf({ 'ManagementService/CceManagementService.log': faultyLog(9, 777) });
    writeFileSync(join(bundle, 'host 2.zip'), archive);
    const { sources } = await sameReport('collected', '--cce-version', '2.1');
    expect(sources.map(({ path }) => path)).toEqual(
      expect.arrayContaining([
        'C:\\collected\\CCEHOST1\\ManagementService\\CceManagementService.log',
        expect.stringMatching(/^C:\\collected\\host 2\.zip.+CceManagementService\.log$/),
      ]),
    );
  });

  test('a log that its service holds open, half a record at its end, is read and found again when it has grown', async () => {
    mkdirSync(join(machine.driveC, SERVICE_FOLDER), { recursive: true });
    const [service, other] = [startWriter(), startWriter()];
    expect(await service.step('open', SERVICE_LOG)).toBe('ok');
    const half = keyError(minute(6)).slice(0, 60);
    expect(await service.append(faultyLog(3) + half)).toBe('ok');
    // The proof that the log is held as .NET holds it: 32 is a sharing violation.
    expect(await other.step('open', SERVICE_LOG)).toBe('error 32');

    const { sources } = await sameReport(`${SERVICE_FOLDER}/CceManagementService.log`);
    expect(sources).toMatchObject([{ path: SERVICE_LOG, records: 7 }]);

    const kept = await machine.ccelog(['analyze', SERVICE_LOG, '--format', 'json']);
    const seen = countsOf(reportOf(kept.stdout).incidents)['credential-key-invalid-state'] ?? 0;
    expect(await service.append(keyError(minute(6)).slice(60) + logonFailure(minute(7)))).toBe('ok');
    // As another program may name it: it is the same log by its bytes.
    const named = SERVICE_LOG.toLowerCase().replaceAll('\\', '/');
    const grown = await machine.ccelog(['analyze', named, '--format', 'json']);
    expect(grown).toMatchObject({ code: 0, stderr: '' });
    const { incidents } = reportOf(grown.stdout);
    expect(seen).toBeGreaterThanOrEqual(3);
    expect(countsOf(incidents)).toEqual({ 'credential-key-invalid-state': 4, 'tenant-admin-logon-failed': 1 });

    // Nobody said where the store is, and the evidence in it is found again through it.
    const [user] = readdirSync(join(machine.driveC, 'users')).filter((name) => name !== 'Public');
    expect(existsSync(join(machine.driveC, `users/${user}/AppData/Local/ccelog/ccelog.db`))).toBe(true);
    const shown = await machine.ccelog(['show', incidents[0]?.evidence[0]?.id ?? '']);
    expect(shown).toMatchObject({ code: 0, stderr: '' });
    expect(shown.stdout).toContain('ConvertTo-SecureString : Key not valid for use in specified state.');
  });

  test('a file name in other scripts, with blanks, from a folder and by itself', async () => {
    const name = 'Störung 日志 № 7.log';
    mkdirSync(join(machine.driveC, 'Protokolle'));
    const writer = startWriter();
    expect(await writer.step('open', `C:\\Protokolle\\${name}`)).toBe('ok');
    expect(await writer.append(faultyLog(2))).toBe('ok');
    expect(readdirSync(join(machine.driveC, 'Protokolle'))).toEqual([name]);
    for (const path of ['Protokolle', `Protokolle/${name}`]) {
      const { sources, incidents } = await sameReport(path);
      expect(sources.map((source) => source.path)).toEqual([`C:\\Protokolle\\${name}`]);
      expect(countsOf(incidents)).toEqual({ 'credential-key-invalid-state': 2 });
    }
  });

  test('a path that is missing, and a log that another program has for itself', async () => {
    const missing = await machine.ccelog(['analyze', 'C:\\no such\\x.log', ...IN_MEMORY]);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('file: C:\\no such\\x.log\n  why:  no such file or folder\n');

    const writer = startWriter();
    expect(await writer.step('open-alone', 'C:\\alone.log')).toBe('ok');
    const locked = await machine.ccelog(['analyze', 'C:\\alone.log', ...IN_MEMORY]);
    expect(locked.code).toBe(2);
    expect(locked.stderr).toContain('file: C:\\alone.log\n  why:  another program has it locked\n');
  });

  test('Ctrl+C in the middle, and again: several threads complete what is in the store', async () => {
    const failures = 80_000;
    const log = join(machine.driveC, 'large/x.log');
    mkdirSync(join(machine.driveC, 'large'));
    writeFileSync(log, faultyLog(failures));
    const store = join(machine.driveC, 'large.db');
    const args = ['analyze', 'C:\\large', '--db', 'C:\\large.db', '--format', 'json', '--jobs', '2'];
    const interrupted = machine.startCcelog(args);
    const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    let over = false;
    interrupted.ended.finally(() => {
      over = true;
    });
    // The first batches are in it.
    while (!over && sizeOf(store) + sizeOf(`${store}-wal`) < 900_000) await pause(2);
    interrupted.interrupt();
    const { code, stdout, stderr } = await interrupted.ended;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toMatch(/^interrupted: .+\n$/);

    const again = await machine.ccelog(args);
    expect(again).toMatchObject({ code: 0, stderr: '' });
    expect(countsOf(reportOf(again.stdout).incidents)).toEqual({ 'credential-key-invalid-state': failures });
  });
});
