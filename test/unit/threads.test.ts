/** One thread or several: the same report, and the same rows in the store. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { RANGE_SIZE } from '../../src/pipeline/ranges.js';
import { analyzeWith, sourceOf, storedHits, type Threaded } from '../support/analyze-threads.js';
import { storeWithTables } from '../support/store-contents.js';
import { faultyLog, healthy, keyError, logonFailure, minute, record, recovered } from '../support/synthetic-log.js';
import { temporaryFolders } from '../support/temporary-folders.js';
import { noise, tarOf, tgzOf, zipOf } from './archive-kit.js';

const KEY = 'credential-key-invalid-state';
const folderOf = temporaryFolders();

/** What any number of threads make of the paths, one analysis after the other into one store; they must agree. */
async function sameWithThreads(runs: string[][], counts = [1, 3]): Promise<Threaded[]> {
  const results: Threaded[][] = [];
  for (const count of counts) {
    const tables = storeWithTables();
    const of: Threaded[] = [];
    for (const paths of runs) of.push(await analyzeWith(count, paths, { tables }));
    tables.store.close();
    results.push(of);
  }
  const [alone, ...others] = results as [Threaded[], ...Threaded[][]];
  for (const other of others) {
    expect(JSON.stringify(other.map(({ report }) => report))).toBe(JSON.stringify(alone.map(({ report }) => report)));
    expect(other).toEqual(alone);
  }
  return alone;
}

/** About so many bytes of records, some of them failures and unknown errors, with and without a time. */
function longLog(bytes: number, seed = 0): string {
  const parts: string[] = [];
  let length = 0;
  for (let step = seed; length < bytes; step++) {
    const at = step % 3 === 0 ? minute(step) : null;
    const part =
      step % 400 === 0
        ? keyError(at)
        : step % 900 === 0
          ? logonFailure(at, `user${step % 7}@contoso.example`)
          : step % 150 === 0
            ? record('Error', `Component ${'abcdefgh'[(step / 150) % 8]} failed with ${step}`, at)
            : healthy(at);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

describe('the same with one thread and with several', () => {
  it('a log of several ranges', async () => {
    const log = longLog(2.2 * RANGE_SIZE);
    const [whole] = await sameWithThreads([[folderOf({ 'x.log': log })]], [1, 2, 7]);
    expect(whole?.report.sources[0]?.records).toBe(log.match(/^CceService /gm)?.length);
    expect(whole?.report.unknown.length).toBe(7);
  });

  it('what proves failures over, in a log of several ranges and in an archive', async () => {
    const failed = (at: string) =>
      record('Error', 'Completed recovery of the appliance, recover result: CannotRecover', at);
    const log =
      failed(minute(1)) + longLog(1.2 * RANGE_SIZE) + recovered(null) + failed(minute(90)) + recovered(minute(95));
    const zip = await zipOf({ 'x.log': failed(minute(1)) + healthy(null) + recovered(minute(2)) });
    const [all] = await sameWithThreads([[folderOf({ 'x.log': log }), folderOf({ 'y.zip': zip })]], [1, 2]);
    // Each for two signatures.
    expect(all?.contents['recoveries']).toHaveLength(6);
  });

  it('many small files', async () => {
    const files = Array.from({ length: 120 }, (_, at) => [`host${at % 4}/x${at}.log`, faultyLog(3, at * 9)] as const);
    const [all] = await sameWithThreads([[folderOf(Object.fromEntries(files))]]);
    expect(storedHits(all as Threaded)).toEqual({ [KEY]: 360 });
  });

  it('archives of all kinds among files, and in one another', async () => {
    const inner = await zipOf({ 'deep/a.log': faultyLog(4, 100), 'readme.txt': 'nothing' });
    const zip = await zipOf({
      'b.log': faultyLog(5, 200),
      'in.zip': inner,
      'c.tar.gz': await tgzOf({ 'logs/c.log': faultyLog(2, 300) }),
      'empty.log': '',
      'noise.bin': noise(70_000),
    });
    const folder = folderOf({
      'a/0.log': faultyLog(1),
      'a/bundle.zip': zip,
      'b/x.log.gz': gzipSync(faultyLog(3, 400)),
      'b/y.tar': await tarOf({ 'y.log': faultyLog(6, 500), 'z.txt': `${keyError(minute(700))}` }),
      'c/9.log': faultyLog(2, 600),
    });
    const [all] = await sameWithThreads([[folder]]);
    expect(storedHits(all as Threaded)).toEqual({ [KEY]: 1 + 5 + 4 + 2 + 3 + 6 + 1 + 2 });
    expect(sourceOf(all as Threaded, 'bundle.zip!/in.zip!/deep/a.log')?.records).toBe(8);
    expect(sourceOf(all as Threaded, 'bundle.zip!/c.tar.gz!/logs/c.log')?.hits).toEqual({ [KEY]: 2 });
    expect(sourceOf(all as Threaded, 'bundle.zip!/empty.log')?.skipped).toBe('empty file');
  });

  it('large members, of which one comes while another is read', async () => {
    const zip = await zipOf({ 'a.log': longLog(RANGE_SIZE * 1.3, 1), 'b.log': longLog(RANGE_SIZE * 1.2, 2) });
    const tar = await tgzOf({ 'c.log': longLog(RANGE_SIZE * 1.1, 3), 'd.log': faultyLog(7) });
    await sameWithThreads([[folderOf({ '1.zip': zip, '2.tgz': tar, '3.log': longLog(RANGE_SIZE * 1.1, 4) })]]);
  });
});

describe('a log counts once', () => {
  const log = faultyLog(400);

  it.each(['a.log', 'z.log'])('in a zip and beside it as %s', async (name) => {
    const folder = folderOf({ [name]: log, 'm.zip': await zipOf({ 'logs/x.log': log }) });
    const [all] = await sameWithThreads([[folder]]);
    expect(storedHits(all as Threaded)).toEqual({ [KEY]: 400 });
    for (const source of all?.report.sources ?? []) expect(source.hits).toEqual({ [KEY]: 400 });
    const only = await analyzeWith(1, [join(folder, name)]);
    expect(all?.report.incidents.map(({ count }) => count)).toEqual(only.report.incidents.map(({ count }) => count));
  });

  it('that lies twice in one zip, in a tar in it, and packed by itself', async () => {
    const zip = await zipOf({ 'x.log': log, 'y.log': log, 'z.tar': await tarOf({ 'z.log': log }) });
    const [all] = await sameWithThreads([[folderOf({ 'm.zip': zip, 'x.log.gz': gzipSync(log) })]]);
    expect(storedHits(all as Threaded)).toEqual({ [KEY]: 400 });
    expect(all?.report.sources).toHaveLength(4);
  });

  it('that grew: the beginning as a file, then the longer one in a zip, then longer still', async () => {
    const longer = log + faultyLog(50, 900);
    const longest = longer + faultyLog(5, 1200);
    const cut = longer.lastIndexOf('ConvertTo-SecureString') + 30;
    const runs = [
      [folderOf({ 'x.log': log.slice(0, log.length - 120) })],
      [folderOf({ 'm.zip': await zipOf({ 'x.log': longer.slice(0, cut) }) })],
      [folderOf({ 'm.tgz': await tgzOf({ 'x.log': longer }) })],
      [folderOf({ 'm.zip': await zipOf({ 'y.log': longest }) })],
    ];
    const all = await sameWithThreads(runs);
    expect(storedHits(all.at(-1) as Threaded)).toEqual({ [KEY]: 455 });
    expect(all.at(-1)?.contents['streams']).toHaveLength(1);
  });

  it('of which a shorter copy is in a zip, and one in a zip that has a shorter copy beside it', async () => {
    const early = log.slice(0, 70_000);
    const zipped = folderOf({ 'a.log': log, 'b.zip': await zipOf({ 'early.log': early }) });
    const beside = folderOf({ 'a.zip': await zipOf({ 'x.log': log }), 'b.log': early });
    for (const folder of [zipped, beside]) {
      const [all] = await sameWithThreads([[folder]]);
      expect(storedHits(all as Threaded)).toEqual({ [KEY]: 400 });
      expect(all?.contents['streams']).toHaveLength(1);
    }
  });

  it('but two that only begin alike are two, in archives too', async () => {
    // What parts them stands behind the last page that both fill.
    const begin = log.slice(0, log.lastIndexOf('CceService', 140_000));
    const [one, two] = [begin + faultyLog(9, 2000), begin + faultyLog(4, 3000)];
    const expected = (begin.match(/Key not valid/g)?.length ?? 0) * 2 + 13;
    for (const files of [
      { 'a.log': one, 'b.log': two },
      { 'a.zip': await zipOf({ 'a.log': one, 'b.log': two }) },
      { 'a.zip': await zipOf({ 'a.log': one }), 'b.log': two },
      { 'a.log': one, 'b.tgz': await tgzOf({ 'b.log': two }) },
    ] as Record<string, string | Buffer>[]) {
      const [all] = await sameWithThreads([[folderOf(files)]]);
      expect(storedHits(all as Threaded)).toEqual({ [KEY]: expected });
    }
  });
});
