/** Where metrics may be written: never in the place of a log, of the store, or of anything that holds something else. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { checkMetricsPlace, isMetrics } from '../../src/watch/metrics-place.js';
import { targetOf } from '../../src/watch/targets.js';

const root = mkdtempSync(join(tmpdir(), 'ccelog-metrics-place-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
mkdirSync(join(root, 'logs'));
symlinkSync('logs', join(root, 'link'));
const store = join(root, 'store.db');

const check = (path: string, watched = 'logs') =>
  checkMetricsPlace(path, [targetOf(join(root, watched), false)], store);
const refusalOf = (path: string, watched?: string) => {
  try {
    check(join(root, path), watched);
    return null;
  } catch (error) {
    const { code, details } = error as { code: string; details: { why: string } };
    return `${code}: ${details.why}`;
  }
};
const WATCHED = 'OUTPUT_EXISTS: its name is one of those that are watched';

it('not a log, there or not, by whatever way to its folder', () => {
  expect(refusalOf('logs/CceManagementService.log')).toBe(WATCHED);
  expect(refusalOf('link/new-CceManagementService.log')).toBe(WATCHED);
  expect(refusalOf('logs/ccelog.prom', 'logs/*')).toBe(WATCHED);
  expect(refusalOf('logs/a.txt', 'logs/a.txt')).toBe(WATCHED);
  expect(refusalOf('logs/ccelog.prom')).toBeNull();
});

it('not the store, nor what belongs to it', () => {
  for (const end of ['', '-wal', '-shm', '.watch'])
    expect(refusalOf(`store.db${end}`), end).toBe('OUTPUT_EXISTS: the store is kept there');
  expect(refusalOf('store.db.prom')).toBeNull();
});

it('not a file that holds something else; one of any collector, or an empty one, may be replaced', () => {
  const held = (text: string | Uint8Array) => {
    writeFileSync(join(root, 'there'), text);
    return refusalOf('there');
  };
  const elsewhere = 'OUTPUT_EXISTS: what it holds is not OpenMetrics text';
  expect(held('')).toBeNull();
  expect(held('# TYPE a gauge\na{b="c d"} 1\n# EOF\n')).toBeNull();
  expect(held('# HELP node_time Time.\r\n# TYPE node_time gauge\r\nnode_time 1.5e9 1234\r\n')).toBeNull();
  expect(held(`# TYPE a gauge\n${'a{b="c"} NaN\n'.repeat(10_000)}`)).toBeNull();
  expect(held('dear diary\n')).toBe(elsewhere);
  expect(held('port 8080\n')).toBe(elsewhere);
  expect(held('# TYPE a gauge\na 1\n[settings]\n')).toBe(elsewhere);
  expect(held(Uint8Array.from({ length: 200 }, (_, index) => index))).toBe(elsewhere);
});

it.runIf(process.platform !== 'win32')('not a folder, nor a device: that would be gone for all', () => {
  expect(refusalOf('logs')).toBe('OUTPUT_EXISTS: it is a folder');
  expect(() => check('/dev/null')).toThrow('the metrics would replace a file that holds something else');
});

it('what is no metrics line for line is no metrics', () => {
  expect(isMetrics('# EOF\n')).toBe(true);
  expect(isMetrics('# a comment\na 1\n')).toBe(false);
  expect(isMetrics('# TYPE a gauge\na one\n')).toBe(false);
});
