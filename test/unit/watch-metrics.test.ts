/** `UPDATE_GOLDEN=1` writes the golden text anew: read the difference before you commit. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openMetrics, type WatchHealth } from '../../src/watch/metrics.js';
import { parseOpenMetrics } from './watch-metrics-kit.js';

const GOLDEN = fileURLToPath(new URL('../golden/watch-metrics.prom.golden', import.meta.url));

const LOG = 'C:\\Program Files\\Example Product\\ManagementService\\CceManagementService.log';

function health(changes: Partial<WatchHealth> = {}): WatchHealth {
  return {
    version: '0.2.0',
    startedAt: new Date('2018-09-07T10:00:00.250Z'),
    sources: [
      {
        path: LOG,
        size: 1_048_576,
        position: 1_040_000,
        lagSeconds: 1.5,
        lastReadAt: new Date('2018-09-07T12:59:58Z'),
      },
      { path: 'C:\\Logs\\not read yet.log', size: 4096, position: 0, lagSeconds: 0, lastReadAt: null },
    ],
    records: 12_345,
    hits: new Map([
      ['vm-not-reachable', 3],
      ['credential-key-invalid-state', 120],
    ]),
    unknownErrors: 7,
    open: { info: 0, warning: 1, error: 2, critical: 1 },
    problems: new Map([
      ['webhook', 2],
      ['source', 1],
    ]),
    deliveries: { sent: 9, failed: 2, pending: 1 },
    ...changes,
  };
}

const nothing = health({
  sources: [],
  records: 0,
  hits: new Map(),
  unknownErrors: 0,
  open: { info: 0, warning: 0, error: 0, critical: 0 },
  problems: new Map(),
  deliveries: { sent: 0, failed: 0, pending: 0 },
});

const sampleOf = (text: string, name: string, labels: Record<string, string> = {}) =>
  parseOpenMetrics(text).find(
    (sample) => sample.name === name && JSON.stringify(sample.labels) === JSON.stringify(labels),
  )?.value;

describe('the text for a collector', () => {
  it('is this one', () => {
    const text = openMetrics(health());
    if (process.env['UPDATE_GOLDEN'] || !existsSync(GOLDEN)) {
      if (process.env['CI'] && !process.env['UPDATE_GOLDEN']) throw new Error(`${GOLDEN} is missing`);
      writeFileSync(GOLDEN, text);
    }
    expect(text.split('\n')).toEqual(readFileSync(GOLDEN, 'utf8').split('\n'));
  });

  it('holds every number', () => {
    const text = openMetrics(health());
    expect(sampleOf(text, 'ccelog_watch_build_info', { version: '0.2.0' })).toBe(1);
    expect(sampleOf(text, 'ccelog_watch_start_time_seconds')).toBe(1_536_314_400.25);
    expect(sampleOf(text, 'ccelog_watch_lag_bytes', { path: LOG })).toBe(8576);
    expect(sampleOf(text, 'ccelog_watch_lag_seconds', { path: LOG })).toBe(1.5);
    expect(sampleOf(text, 'ccelog_watch_last_read_timestamp_seconds', { path: LOG })).toBe(1_536_325_198);
    expect(sampleOf(text, 'ccelog_watch_records_total')).toBe(12_345);
    expect(sampleOf(text, 'ccelog_watch_hits_total', { signature: 'credential-key-invalid-state' })).toBe(120);
    expect(sampleOf(text, 'ccelog_watch_open_incidents', { severity: 'error' })).toBe(2);
    expect(sampleOf(text, 'ccelog_watch_problems_total', { kind: 'webhook' })).toBe(2);
    expect(sampleOf(text, 'ccelog_watch_deliveries_total', { result: 'failed' })).toBe(2);
    expect(sampleOf(text, 'ccelog_watch_pending_deliveries')).toBe(1);
  });

  it('is the same whatever order things were found in', () => {
    const { sources, hits, problems } = health();
    const turned = health({
      sources: [...sources].reverse(),
      hits: new Map([...hits].reverse()),
      problems: new Map([...problems].reverse()),
    });
    expect(openMetrics(turned)).toBe(openMetrics(health()));
  });

  it('tells of no source, signature or problem where there is none, and of every severity', () => {
    const text = openMetrics(nothing);
    expect(parseOpenMetrics(text).map(({ name }) => name)).toEqual([
      'ccelog_watch_build_info',
      'ccelog_watch_start_time_seconds',
      'ccelog_watch_records_total',
      'ccelog_watch_unknown_errors_total',
      ...Array(4).fill('ccelog_watch_open_incidents'),
      ...Array(2).fill('ccelog_watch_deliveries_total'),
      'ccelog_watch_pending_deliveries',
    ]);
  });

  it('counts no bytes below zero where a log was cut', () => {
    const source = { path: 'a.log', size: 10, position: 500, lagSeconds: 0, lastReadAt: null };
    expect(sampleOf(openMetrics(health({ sources: [source] })), 'ccelog_watch_lag_bytes', { path: 'a.log' })).toBe(0);
  });

  it.each([
    ['quotes', 'C:\\a "b"\\c.log', 'path="C:\\\\a \\"b\\"\\\\c.log"'],
    ['a line feed', 'a\nb.log', 'path="a\\nb.log"'],
    ['a backslash at the end', 'C:\\logs\\', 'path="C:\\\\logs\\\\"'],
    ['what looks like a line of its own', 'x"} 1\n# EOF\n', 'path="x\\"} 1\\n# EOF\\n"'],
    ['half of a surrogate pair', 'a\ud800.log', 'path="a\ufffd.log"'],
    ['a pair', 'a😀.log', 'path="a😀.log"'],
  ])('writes a path with %s so that it stays one label', (_, path, label) => {
    const text = openMetrics(health({ sources: [{ path, size: 1, position: 0, lagSeconds: 0, lastReadAt: null }] }));
    expect(text).toContain(`ccelog_watch_lag_bytes{${label}} 1\n`);
    expect(sampleOf(text, 'ccelog_watch_lag_bytes', { path: path.toWellFormed() })).toBe(1);
  });

  it('never tells one label twice: a collector would drop all of it', () => {
    const sources = ['a\ud800', 'a\udfff', 'a\ufffd', 'a\ufffd'].map((path, size) => ({
      ...{ path, size, position: 0, lagSeconds: 0, lastReadAt: null },
    }));
    const samples = parseOpenMetrics(openMetrics(health({ sources })));
    expect(samples.filter(({ name }) => name === 'ccelog_watch_lag_bytes')).toHaveLength(1);
  });

  it('is valid whatever it is told', () => {
    const text = fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) });
    const hostile = fc.oneof(
      text,
      fc.string({ unit: fc.constantFrom('"', '\\', '\n', '\r', '}', ' ', '#', 'n', '\ud83d') }),
    );
    const count = fc.oneof(fc.nat(), fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }));
    const amount = fc.oneof(count, fc.double());
    const counts = fc.array(fc.tuple(hostile, count)).map((pairs) => new Map(pairs));
    const source = fc.record({
      path: hostile,
      size: amount,
      position: amount,
      lagSeconds: amount,
      lastReadAt: fc.option(fc.date({ noInvalidDate: false })),
    });
    const any = fc.record({
      version: hostile,
      startedAt: fc.date(),
      sources: fc.array(source),
      records: count,
      hits: counts,
      unknownErrors: count,
      open: fc.record({ info: count, warning: count, error: count, critical: count }),
      problems: counts,
      deliveries: fc.record({ sent: count, failed: count, pending: count }),
    });
    fc.assert(
      fc.property(any, (told) => {
        const samples = parseOpenMetrics(openMetrics(told));
        const paths = samples.flatMap(({ name, labels }) => (name.endsWith('size_bytes') ? [labels['path']] : []));
        expect(new Set(paths)).toEqual(new Set(told.sources.map(({ path }) => path.toWellFormed())));
        for (const [kind, times] of told.problems)
          if (kind.isWellFormed())
            expect(samples).toContainEqual({ name: 'ccelog_watch_problems_total', labels: { kind }, value: times });
      }),
      { numRuns: 500 },
    );
  });
});
