/** Binary event logs through the command line, as files and in archives. */
import { describe, expect, test } from 'vitest';
import type { Evidence } from '../../src/model.js';
import { evtxOf, type SyntheticEvent } from '../support/evtx-writer.js';
import { reportOf } from '../support/report.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { tgzOf, zipOf } from '../unit/archive-kit.js';

const event = (id: number, minute: number, strings: string[]): SyntheticEvent => ({
  id,
  time: `2018-09-07T10:${minute}:37.1234567Z`,
  strings,
});
const OTHERS = Array.from({ length: 300 }, (_, index) => event(1000 + index, 10, [`nothing of note ${index}`]));
const LOG = evtxOf([
  ...OTHERS,
  event(304, 40, ['Completed recovery of the appliance, recover result: CannotRecover']),
  event(20006, 41, ['Appliance cannot be recovered automatically, please recover manually password=hunter2']),
  ...OTHERS,
]);
const FOUND = ['appliance-manual-recovery-required', 'recovery-cannot-recover'];

async function analyzed(place: Desk, path: string) {
  const { code, stdout } = await place.ccelog(['analyze', path, '--format', 'json']);
  return { code, report: reportOf(stdout) };
}

describe.concurrent('a binary event log', () => {
  const forms: [string, string, () => Promise<Buffer>][] = [
    ['as a file', 'Application.evtx', async () => LOG],
    ['in a zip', 'b.zip', async () => await zipOf({ 'events/Application.evtx': LOG })],
    ['in a packed tar', 'b.tgz', async () => await tgzOf({ 'Application.evtx': LOG })],
  ];

  test.each(forms)('%s is searched, and shown as XML', async (_, name, bytes) => {
    const place = desk();
    const { code, report } = await analyzed(place, place.write(name, await bytes()));
    expect(code).toBe(0);
    expect(report.incidents.map(({ signature }) => signature).sort()).toEqual(FOUND);
    expect(report.sources).toHaveLength(1);
    expect(report.sources[0]).toMatchObject({
      kind: 'event-log',
      encoding: 'binary',
      appliance: 'CCEHOST1',
      records: 602,
      skipped: null,
      truncatedRecords: 0,
    });
    const incident = report.incidents.find(({ signature }) => signature === FOUND[0]);
    expect(incident?.firstSeen).toBe('2018-09-07T10:41:37.1234567Z');
    const evidence = incident?.evidence[0] as Evidence;
    expect(evidence).toMatchObject({
      line: 302,
      excerpt: expect.stringMatching(/^Event 20006 \(CceService\): Appliance cannot/),
    });
    const shown = await place.ccelog(['show', evidence.id, '--format', 'json']);
    expect(shown.code).toBe(0);
    const { state, lines } = JSON.parse(shown.stdout) as { state: string; lines: { number: number; text: string }[] };
    expect(state).toBe('unchanged');
    expect(lines[0]).toMatchObject({ number: 1, text: expect.stringMatching(/^<Event /) });
    const text = lines.map((line) => line.text).join('\n');
    expect(text).toContain('<EventID Qualifiers="0">20006</EventID>');
    expect(text).toContain('please recover manually');
    expect(text).not.toContain('hunter2');
  });

  test.each(['x.evtx', 'x.zip'])('that is damaged is searched as far as it goes, and says so: %s', async (name) => {
    const damaged = Buffer.from(LOG.subarray(0, LOG.length - 60_000));
    damaged.fill(0xab, 4096, 4096 + 600);
    const place = desk();
    const bytes = name === 'x.zip' ? await zipOf({ 'x.evtx': damaged }) : damaged;
    const { code, report } = await analyzed(place, place.write(name, bytes));
    expect(code).toBe(3);
    expect(report.incidents.map(({ signature }) => signature).sort()).toEqual(FOUND);
    expect(report.sources[0]?.skipped).toMatch(/^read in part only: a damaged event log: 1 of \d chunks damaged/);
  });

  test('that was changed since shows what was kept', async () => {
    const place = desk();
    const path = place.write('x.evtx', LOG);
    const { report } = await analyzed(place, path);
    const [evidence] = report.incidents[0]?.evidence ?? [];
    place.write('x.evtx', Buffer.alloc(LOG.length));
    const { code, stdout } = await place.ccelog(['show', evidence?.id ?? '']);
    expect(code).toBe(3);
    expect(stdout).toContain('other bytes stand at this place now');
  });

  test('that was collected again, grown, begun anew or exported, tells each event once', async () => {
    const cannot = (minute: number) =>
      event(304, minute, ['Completed recovery of the appliance, recover result: CannotRecover']);
    const events = [...OTHERS, cannot(40), cannot(41), cannot(42)];
    const counted = async (...logs: SyntheticEvent[][]) => {
      const place = desk();
      for (const [at, log] of logs.entries()) place.write(`b/${at}/Application.evtx`, evtxOf(log));
      const { report } = await analyzed(place, place.path('b'));
      const again = await analyzed(place, place.path('b'));
      expect(again.report.incidents.map(({ count }) => count)).toEqual(report.incidents.map(({ count }) => count));
      expect(report.sources.map(({ hits }) => hits['recovery-cannot-recover'])).toEqual(
        logs.map((log) => log.filter(({ id }) => id === 304).length),
      );
      return report.incidents.map(({ count }) => count);
    };
    expect(await counted(events.slice(0, 301), events)).toEqual([3]);
    expect(await counted(events, events.slice(0, 302))).toEqual([3]);
    expect(await counted(events, events)).toEqual([3]);
    // The oldest were overwritten: what is left stands elsewhere.
    expect(await counted(events.slice(0, 302), events.slice(301))).toEqual([3]);
    expect(await counted([cannot(40)], [cannot(41)])).toEqual([2]);
  });
});
