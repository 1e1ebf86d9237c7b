/** What goes wrong while several threads read: what is readable counts, the rest is told, and nothing hangs. */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { renameSync, rmSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RANGE_SIZE } from '../../src/pipeline/ranges.js';
import { Threads } from '../../src/pipeline/threads.js';
import { analyzeWith, sourceOf, storedHits } from '../support/analyze-threads.js';
import { storeWithTables } from '../support/store-contents.js';
import { faultyLog, healthy, keyError, minute } from '../support/synthetic-log.js';
import { temporaryFolders } from '../support/temporary-folders.js';
import { noise, tgzOf, zipOf } from './archive-kit.js';

const KEY = 'credential-key-invalid-state';
const folderOf = temporaryFolders();

/** A failure in each range, and nothing else that is told. */
const RANGES = 5;
const rangeOfLog = keyError(minute(1)) + healthy(minute(2)).repeat(Math.ceil(RANGE_SIZE / healthy(minute(2)).length));
const longLog = rangeOfLog.repeat(RANGES);

describe('a thread that dies', () => {
  const killWhen = (kill: (worker: Worker) => void) => {
    process.on('worker', kill);
    onTestFinished(() => void process.off('worker', kill));
  };

  it('before anything was heard of its task: another does it', async () => {
    const folder = folderOf({ 'x.log': longLog });
    const alone = await analyzeWith(1, [folder]);
    killWhen((worker) => void worker.once('online', () => worker.terminate()));
    expect(await analyzeWith(2, [folder])).toEqual(alone);
    expect(await analyzeWith(3, [folder])).toEqual(alone);
  });

  it('in the middle of its task: the analysis ends with its error, and the next one completes the store', async () => {
    const folder = folderOf({ 'x.zip': await zipOf({ 'x.log': rangeOfLog.repeat(2), 'y.log': faultyLog(7, 100) }) });
    const alone = await analyzeWith(1, [folder]);
    killWhen((worker) => void worker.once('message', () => worker.terminate()));
    const tables = storeWithTables();
    await expect(analyzeWith(2, [folder], { tables })).rejects.toThrow('a worker thread ended');
    process.removeAllListeners('worker');
    const again = await analyzeWith(2, [folder], { tables: tables.reopened() });
    expect(again.report).toEqual(alone.report);
    expect(storedHits(again)).toEqual(storedHits(alone));
  });

  it('before there is work for it is not missed', async () => {
    const folder = folderOf({ 'x.log': faultyLog(20) });
    const ended: Promise<unknown>[] = [];
    killWhen((worker) => {
      ended.push(once(worker, 'exit'));
      void worker.terminate();
    });
    const threads = new Threads(3);
    await vi.waitFor(() => expect(ended).toHaveLength(2));
    await Promise.all(ended);
    expect(storedHits(await analyzeWith(3, [folder], { threads }))).toEqual({ [KEY]: 20 });
  });
});

it('a log that becomes shorter while it is read counts as far as it was there, and is told', async () => {
  const folder = folderOf({ 'x.log': longLog, 'y.log': faultyLog(2, 900) });
  const log = join(folder, 'x.log');
  const cut = longLog.length - 10_000;
  const all = await analyzeWith(1, [folder], { onProgress: () => truncateSync(log, cut) });
  expect(all.problems).toEqual([{ path: log, why: 'it became shorter while it was read' }]);
  expect(sourceOf(all, 'x.log')?.skipped).toBe('read in part only: it became shorter while it was read');
  expect(storedHits(all)).toEqual({ [KEY]: RANGES + 2 });
  const lengths = (all.contents['streams'] as { length: number }[]).map(({ length }) => length);
  expect(lengths).toContain(cut);
});

describe.each([1, 2])('with %d threads', (count) => {
  it('a log that is renamed while it is read is still the log that was begun', async () => {
    const folder = folderOf({ 'x.log': longLog });
    const log = join(folder, 'x.log');
    let renamed = false;
    const all = await analyzeWith(count, [log], {
      onProgress: () => {
        if (renamed) return;
        renamed = true;
        renameSync(log, `${log}.1`);
        writeFileSync(log, faultyLog(3, 5000).repeat(100_000));
      },
    });
    expect(all.problems).toEqual([]);
    expect(storedHits(all)).toEqual({ [KEY]: RANGES });
    const { streams } = all.contents as { streams: { length: number }[] };
    expect(streams.map(({ length }) => length)).toEqual([longLog.length]);
  });

  it('files that disappear before their turn are told, the others count', async () => {
    const names = Array.from({ length: 40 }, (_, at) => `${String(at).padStart(2, '0')}.log`);
    const folder = folderOf(Object.fromEntries(names.map((name, at) => [name, faultyLog(1, at * 100)])));
    writeFileSync(join(folder, '99.zip'), await zipOf({ 'x.log': faultyLog(1) }));
    let gone = false;
    const all = await analyzeWith(count, [folder], {
      onProgress: () => {
        if (gone) return;
        gone = true;
        for (const name of ['38.log', '99.zip']) unlinkSync(join(folder, name));
      },
    });
    expect(all.problems).toEqual(['38.log', '99.zip'].map((name) => ({ path: join(folder, name), why: 'it is gone' })));
    expect(sourceOf(all, '99.zip')?.skipped).toBe('it is gone');
    expect(storedHits(all)).toEqual({ [KEY]: 39 });
  });

  it('an archive that disappears before a log in it is compared with another: all counts, and is told', async () => {
    const folder = folderOf({ 'a.log': faultyLog(400), 'c.log': faultyLog(5, 9000) });
    const archive = join(folder, 'b.log.gz');
    writeFileSync(archive, gzipSync(faultyLog(500)));
    const tables = storeWithTables();
    const { store } = tables;
    const lengthsOf = store.lengthsOf.bind(store);
    vi.spyOn(store, 'lengthsOf').mockImplementation((head) => {
      rmSync(archive, { force: true });
      return lengthsOf(head);
    });
    const all = await analyzeWith(count, [folder], { tables });
    expect(all.problems).toEqual([{ path: archive, why: expect.stringContaining('failures may count twice') }]);
    expect(storedHits(all)).toEqual({ [KEY]: 400 + 500 + 5 });
  });

  it.skipIf(process.platform === 'win32')('a file that becomes a pipe before its turn is told', async () => {
    const names = Array.from({ length: 10 }, (_, at) => `${at}.log`);
    const folder = folderOf(Object.fromEntries(names.map((name, at) => [name, faultyLog(1, at * 100)])));
    const pipe = join(folder, '9.log');
    let isPipe = false;
    const all = await analyzeWith(count, [folder], {
      onProgress: () => {
        if (isPipe) return;
        isPipe = true;
        unlinkSync(pipe);
        execFileSync('mkfifo', [pipe]);
      },
    });
    expect(all.problems).toEqual([{ path: pipe, why: 'neither a file nor a folder' }]);
    expect(storedHits(all)).toEqual({ [KEY]: 9 });
  });

  it('damaged archives beside good ones: what is readable of them counts', async () => {
    const log = (seed: number) => faultyLog(300, seed) + noise(60_000).toString('base64');
    const zip = await zipOf({ 'good.log': faultyLog(2, 10_000), 'cut.log': log(20_000) });
    const gz = gzipSync(log(30_000));
    const folder = folderOf({
      'a.zip': zip.subarray(0, zip.length - 40_000),
      'b.log.gz': gz.subarray(0, gz.length - 10_000),
      'c.zip': await zipOf({ 'fine.log': faultyLog(4, 40_000) }),
      'd.tgz': (await tgzOf({ 'one.log': faultyLog(3, 50_000), 'two.log': log(60_000) })).subarray(0, 20_000),
      'e.7z': Buffer.from([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c, 0, 4]),
      'f.log': faultyLog(5, 70_000),
    });
    const all = await analyzeWith(count, [folder]);
    for (const name of ['a.zip!/good.log', 'c.zip!/fine.log', 'f.log']) expect(sourceOf(all, name)?.skipped).toBeNull();
    expect(sourceOf(all, 'd.tgz!/one.log')?.hits).toEqual({ [KEY]: 3 });
    const partly = ['a.zip!/cut.log', 'b.log.gz!/b.log', 'd.tgz!/two.log'];
    for (const name of ['a.zip!/cut.log', 'd.tgz!/two.log'])
      expect(sourceOf(all, name)?.skipped, name).toMatch(/^read in part only: /);
    for (const name of ['a.zip', 'b.log.gz', 'd.tgz'])
      expect(sourceOf(all, name)?.skipped, name).toMatch(/cut off|missing/);
    for (const name of partly) expect(sourceOf(all, name)?.hits[KEY], name).toBeGreaterThan(0);
    expect(sourceOf(all, 'e.7z')?.skipped).toMatch(/7z|7-Zip/i);
    const expected = all.report.sources.reduce((sum, { hits }) => sum + (hits[KEY] ?? 0), 0);
    expect(storedHits(all)).toEqual({ [KEY]: expected });
    for (const name of ['a.zip', 'b.log.gz', 'd.tgz', 'e.7z'])
      expect(all.problems.some(({ path }) => path.includes(name), name)).toBe(true);
  });
});

it('members that are no logs are told from their content, as files are', async () => {
  const credentials =
    '<Objs Version="1.1.0.1"><Obj><TN><T>System.Management.Automation.PSCredential</T></TN><SS N="p">00ff</SS></Obj></Objs>';
  const transcript = `${'*'.repeat(22)}\r\nWindows PowerShell transcript start\r\nStart time: 20180907104037\r\nMachine: CCEHOST7 (Microsoft Windows NT 6.3)\r\n${'*'.repeat(22)}\r\nPS C:\\> Register-CcAppliance\r\n`;
  const text = `${'Copying files, please wait.\r\n'.repeat(100)}PS C:\\> x\r\nConvertTo-SecureString : Key not valid for use in specified state.\r\n`;
  const event =
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='x'/><EventID>7</EventID><Level>2</Level><TimeCreated SystemTime='2018-09-07T10:40:37.000Z'/><Computer>CCEHOST1</Computer></System><RenderingInfo><Message>nothing</Message></RenderingInfo></Event>\r\n";
  const long = `PS C:\\> Install-CcAppliance\r\n${'VERBOSE: Copying a file that is long enough.\r\n'.repeat(20 * 23_000)}${text}`;
  const files = {
    'certificate.cer': '-----BEGIN CERTIFICATE-----\r\nMIIB\r\n-----END CERTIFICATE-----\r\n',
    'credentials.xml': credentials,
    'empty.log': '',
    'event.xml': event.repeat(3),
    'long.txt': long,
    'settings.ini': '[Common]\r\nSite=1\r\n',
    'transcript.txt': transcript + text,
  };
  const all = await analyzeWith(2, [folderOf({ ...files, 'z.zip': await zipOf(files) })]);
  for (const name of Object.keys(files)) {
    const { path: _, ...file } = sourceOf(all, name) ?? { path: '' };
    expect(sourceOf(all, `z.zip!/${name}`), name).toEqual({ ...file, path: expect.anything() });
  }
  const kinds = all.report.sources.slice(0, 7).map(({ kind }) => kind);
  expect(kinds).toEqual(['certificate', 'other', 'other', 'event-log', 'console', 'config', 'console']);
  expect(sourceOf(all, 'z.zip!/transcript.txt')).toMatchObject({ appliance: 'CCEHOST7', hits: { [KEY]: 1 } });
  expect(sourceOf(all, 'z.zip!/long.txt')).toMatchObject({ hits: { [KEY]: 1 }, bytes: long.length });
  expect(JSON.stringify(all)).not.toContain('00ff');
});

it('an interrupt in the middle of a log leaves a store that the next analysis completes', async () => {
  const folder = folderOf({ 'a.log': longLog, 'b.zip': await zipOf({ 'b.log': rangeOfLog.replace('4280', '4281') }) });
  const expected = await analyzeWith(1, [folder]);
  for (const count of [1, 2, 3]) {
    for (const stop of [1, 3]) {
      const tables = storeWithTables();
      const interrupt = new AbortController();
      let steps = 0;
      const onProgress = () => void (++steps === stop && interrupt.abort());
      const cut = await analyzeWith(count, [folder], { tables, onProgress, signal: interrupt.signal });
      expect(storedHits(cut)[KEY]).toBeLessThan(RANGES + 1);
      const again = await analyzeWith(count, [folder], { tables: tables.reopened() });
      expect(again.report).toEqual(expected.report);
      expect(again.contents['hits']).toEqual(expected.contents['hits']);
      expect(again.contents['stream_pages']).toEqual(expected.contents['stream_pages']);
      tables.store.close();
    }
  }
});
