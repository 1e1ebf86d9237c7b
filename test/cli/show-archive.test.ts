/** `show` of evidence that stands in an archive: the bytes, whether they are still those, and what is left without them. */
import { rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/model.js';
import { reportOf } from '../support/report.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { tarOf, tgzOf, zipOf } from '../unit/archive-kit.js';

const KEPT = 'Key not valid for use in specified state.';
const LOG = healthy(minute(0)).repeat(3000) + keyError(minute(1)) + healthy(minute(2)).repeat(20);

async function evidenceOf(place: Desk, ...paths: string[]): Promise<Evidence> {
  const { stdout } = await place.ccelog(['analyze', ...paths, '--format', 'json']);
  return reportOf(stdout).incidents[0]?.evidence[0] as Evidence;
}

async function shown(place: Desk, id: string) {
  const { code, stdout } = await place.ccelog(['show', id, '--format', 'json', '-C', '2']);
  return { code, ...(JSON.parse(stdout) as { state: string; lines: { text: string; inRecord: boolean }[] }) };
}

describe.concurrent('show of evidence in an archive', () => {
  const inner = async () => await zipOf({ 'deep/x.log': LOG });
  const utf16 = Buffer.from(`\uFEFF${LOG}`, 'utf16le');
  const archives: Record<string, () => Promise<[name: string, bytes: Buffer, member: string]>> = {
    'a zip': async () => ['b.zip', await zipOf({ 'logs/x.log': LOG, 'y.txt': 'y' }), 'b.zip!/logs/x.log'],
    'a zip in a zip': async () => ['b.zip', await zipOf({ 'in.zip': await inner() }), 'b.zip!/in.zip!/deep/x.log'],
    'a tar': async () => ['b.tar', await tarOf({ 'a.txt': 'a', 'x.log': LOG }), 'b.tar!/x.log'],
    'a packed tar': async () => ['b.tgz', await tgzOf({ 'x.log': LOG }), 'b.tgz!/x.log'],
    'a gzip file': async () => ['x.log.gz', gzipSync(LOG), 'x.log.gz!/x.log'],
    'a zip, as UTF-16': async () => ['b.zip', await zipOf({ 'x.log': utf16 }), 'b.zip!/x.log'],
  };

  test.each(Object.entries(archives))('%s: the record and the lines around it', async (_, make) => {
    const place = desk();
    const [name, bytes, member] = await make();
    const { id, source, line } = await evidenceOf(place, place.write(name, bytes));
    expect(source).toBe(place.path(member));
    const { code, state, lines } = await shown(place, id);
    expect({ code, state }).toEqual({ code: 0, state: 'unchanged' });
    expect(lines.map(({ inRecord }) => inRecord)).toEqual([false, false, true, true, true, true, false, false]);
    expect(lines[2]).toMatchObject({ number: line, text: expect.stringContaining(KEPT) });
    expect(lines[1]?.text).toBe(`    DateTime=${minute(0)}`);
    expect(lines[6]?.text).toContain('Detection cycle finished');
  });

  test('whose member has changed, is gone, or which is gone itself', async () => {
    const place = desk();
    const archive = place.write('b.zip', await zipOf({ 'x.log': LOG }));
    const { id } = await evidenceOf(place, archive);
    const states: string[] = [];
    for (const files of [{ 'x.log': LOG.replace('Key not', 'All is') }, { 'y.log': LOG }, { 'x.log': '' }]) {
      writeFileSync(archive, await zipOf(files));
      const { code, state, lines } = await shown(place, id);
      expect(code).toBe(3);
      expect(lines[0]?.text).toContain(KEPT);
      states.push(state);
    }
    writeFileSync(archive, 'no archive');
    states.push((await shown(place, id)).state);
    rmSync(archive);
    states.push((await shown(place, id)).state);
    expect(states).toEqual(['changed', 'gone', 'changed', 'gone', 'gone']);
  });

  test('a folder whose name looks like an archive is a folder', async () => {
    const place = desk();
    const { id } = await evidenceOf(place, place.write('odd.zip!/x.log', LOG));
    expect(await shown(place, id)).toMatchObject({ code: 0, state: 'unchanged' });
  });
});
