/** `report`: from the store and from paths, in every format, and which of it. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.js';
import { reportOf } from '../support/report.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { keyError, logonFailure, minute, record, routeWarning } from '../support/synthetic-log.js';
import { handZip, zipOf } from '../unit/archive-kit.js';

const ODD = record('Error', 'The flux capacitor number 7 is empty', minute(5));
const OTHER = record('Error', 'The flux capacitor number 9 is empty', minute(6));

async function reported(place: Desk, ...args: string[]): Promise<Report> {
  const { code, stdout, stderr } = await place.ccelog(['report', '--format', 'json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return reportOf(stdout);
}

const ids = ({ incidents }: Report) => incidents.map(({ id }) => id).sort();

/** Two appliances in the store: key errors on both, a logon failure on one, unknown errors on both. */
async function twoAppliances(): Promise<Desk> {
  const place = desk();
  const one = place.write('one.log', keyError(minute(1)) + logonFailure(minute(2)) + ODD + ODD.replace('7', '8'));
  const two = place.write('two.log', routeWarning(minute(0)) + keyError(minute(200)) + OTHER);
  await place.ccelog(['analyze', one, '--appliance', 'HOST1', '--quiet']);
  await place.ccelog(['analyze', two, '--appliance', 'HOST2', '--quiet']);
  return place;
}

describe.concurrent('report from the store', () => {
  test('tells all sources, incidents and unknown errors, as one analysis of all would', async () => {
    const place = await twoAppliances();
    const report = await reported(place);
    expect(report.sources.map(({ path, appliance, records }) => [path, appliance, records])).toEqual([
      [place.path('one.log'), 'HOST1', 4],
      [place.path('two.log'), 'HOST2', 3],
    ]);
    expect(report.incidents.map(({ signature, appliance }) => `${signature} ${appliance}`).sort()).toEqual([
      'credential-key-invalid-state HOST1',
      'credential-key-invalid-state HOST2',
      'route-no-gateway-warning HOST2',
      'tenant-admin-logon-failed HOST1',
    ]);
    expect(report.unknown.map(({ count }) => count)).toEqual([3]);
    expect(report.unknown[0]?.evidence.source).toBe(place.path('one.log'));
    expect(report).toMatchObject({ summary: { critical: 2 }, leftOut: 0, problems: [] });
  });

  test('counts unknown errors of a log as it was read last, however often it was read', async () => {
    const place = await twoAppliances();
    await place.ccelog(['analyze', place.path('one.log'), place.path('two.log'), '--quiet']);
    await place.ccelog(['analyze', place.path('two.log'), '--quiet']);
    expect((await reported(place)).unknown.map(({ count }) => count)).toEqual([3]);
  });

  test('is the same every time', async () => {
    const place = await twoAppliances();
    for (const format of ['json', 'ndjson', 'csv', 'markdown', 'sarif', 'junit', 'table']) {
      const [one, two] = [
        await place.ccelog(['report', '--format', format]),
        await place.ccelog(['report', '--format', format]),
      ];
      expect(one).toEqual(two);
      expect(one.stdout).not.toBe('');
    }
  });

  test('--appliance, in any case, holds for sources and unknown errors too', async () => {
    const place = await twoAppliances();
    const report = await reported(place, '--appliance', 'host2');
    expect(report.sources.map(({ appliance }) => appliance)).toEqual(['HOST2']);
    expect(new Set(report.incidents.map(({ appliance }) => appliance))).toEqual(new Set(['HOST2']));
    expect(report.unknown.map(({ count }) => count)).toEqual([1]);
    expect(report.leftOut).toBe(2);
  });

  test('--since, --until and --severity select incidents', async () => {
    const place = await twoAppliances();
    const late = await reported(place, '--since', minute(100));
    expect(late.incidents.map(({ appliance }) => appliance)).toEqual(['HOST2']);
    expect((await reported(place, '--until', minute(1))).incidents).toHaveLength(2);
    expect((await reported(place, '--severity', 'critical')).incidents).toHaveLength(2);
  });

  test('--status takes several, by commas or given again', async () => {
    const place = await twoAppliances();
    const all = await reported(place);
    const [first, second] = ids(all) as [string, string];
    await place.ccelog(['incidents', 'silence', first]);
    await place.ccelog(['incidents', 'resolve', second]);
    expect(ids(await reported(place, '--status', 'silenced'))).toEqual([first]);
    expect(ids(await reported(place, '--status', 'silenced,resolved'))).toEqual([first, second]);
    expect(ids(await reported(place, '--status', 'silenced', '--status', 'Resolved'))).toEqual([first, second]);
    expect(ids(await reported(place, '--status', 'open'))).toHaveLength(2);
    expect((await place.ccelog(['report', '--status', 'gone'])).code).toBe(2);
  });

  test('--fail-on: 1 where what is reported asks for attention', async () => {
    const place = await twoAppliances();
    expect((await place.ccelog(['report', '--fail-on', 'critical'])).code).toBe(1);
    expect((await place.ccelog(['report', '--fail-on', 'critical', '--status', 'resolved'])).code).toBe(0);
  });

  test('of a store that holds nothing, or is not there, is refused: it must not look like good news', async () => {
    const place = desk();
    for (const args of [['report'], ['report', '--db', ':memory:'], ['report', '--db', place.path('no.db')]]) {
      const { code, stdout, stderr } = await place.ccelog(args);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: .+\n {2}file: .+\n {2}why: {2}.+\n {2}try: {2}.+\n$/);
    }
  });
});

describe.concurrent('report from paths', () => {
  test('analyzes into the store, or keeps nothing with --db :memory:', async () => {
    const place = desk();
    const log = place.write('a.log', keyError(minute(1)));
    const kept = await place.ccelog(['report', log, '--format', 'json', '--db', ':memory:', '--quiet']);
    expect(reportOf(kept.stdout).incidents).toHaveLength(1);
    expect(existsSync(place.db)).toBe(false);
    const both = await place.ccelog(['report', log, '--format', 'json', '--quiet']);
    const analyzed = await place.ccelog(['analyze', log, '--format', 'json', '--quiet']);
    expect(both.stdout).toBe(analyzed.stdout);
    expect((await reported(place)).incidents).toHaveLength(1);
  });

  test('--appliance selects, for `analyze --appliance` is what names sources', async () => {
    const place = desk();
    const path = place.write(
      'b.zip',
      await zipOf({ 'HOST1/a.log': keyError(minute(1)), 'HOST2/b.log': logonFailure(minute(1)) }),
    );
    const all = await reported(place, path, '--db', ':memory:', '--quiet');
    expect(all.incidents).toHaveLength(2);
    const appliance = all.incidents[0]?.appliance ?? '';
    expect(appliance).not.toBe('');
    const one = await reported(place, path, '--db', ':memory:', '--quiet', '--appliance', appliance);
    expect(one.incidents.map((incident) => incident.appliance)).toEqual([appliance]);
    expect(one.sources.map((source) => source.appliance)).toEqual([appliance]);
  });

  test('input that is lost is told in every format, and ends with 3', async () => {
    const place = desk();
    const log = place.write('a.log', keyError(minute(1)));
    const zip = place.write('broken.zip', 'PK\x03\x04xxxxxxxxxxxx');
    for (const format of ['json', 'markdown', 'sarif', 'junit', 'table']) {
      const { code, stdout } = await place.ccelog([
        'report',
        log,
        zip,
        '--format',
        format,
        '--db',
        ':memory:',
        '--quiet',
      ]);
      expect(code).toBe(3);
      expect(stdout).toContain('broken.zip');
    }
    const { stdout } = await place.ccelog(['report', log, zip, '--format', 'json', '--db', ':memory:', '--quiet']);
    expect(reportOf(stdout).problems).toHaveLength(1);
  });
});

describe.concurrent('the format', () => {
  test.each([
    ['a.json', /^\{\n {2}"schemaVersion": 1/],
    ['a.ndjson', /^\{"id":/],
    ['a.jsonl', /^\{"id":/],
    ['a.csv', /^id,severity,/],
    ['A.MD', /^# 1 open incident\n/],
    ['a.markdown', /^# 1 open/],
    ['a.sarif', /"version": "2.1.0"/],
    ['a.sarif.json', /"version": "2.1.0"/],
    ['a.xml', /^<\?xml/],
    ['a.junit.xml', /^<\?xml/],
    ['a.txt', /CRITICAL/],
    ['without', /CRITICAL/],
  ])('of %s is told by its name, for report and analyze', async (name, beginning) => {
    const place = desk();
    const log = place.write('x.log', keyError(minute(1)));
    for (const command of ['report', 'analyze']) {
      const file = place.path(`${command}-${name}`);
      expect(await place.ccelog([command, log, '-o', file])).toEqual({ code: 0, stdout: '', stderr: '' });
      expect(readFileSync(file, 'utf8')).toMatch(beginning);
    }
  });

  test.each(['report.yaml', 'report.pdf', 'report.docx'])('of %s is none: 2, before any work', async (name) => {
    const place = desk();
    const log = place.write('x.log', keyError(minute(1)));
    const { code, stderr } = await place.ccelog(['report', log, '-o', place.path(name)]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: .+\n {2}file: .+\n {2}why: {2}.*\.json.*\n {2}try: {2}.+\n$/);
    expect(existsSync(place.db)).toBe(false);
    expect((await place.ccelog(['report', log, '-o', place.path(name), '--format', 'json'])).code).toBe(0);
  });

  test('--bom and --baseline are refused where they change nothing', async () => {
    const place = await twoAppliances();
    for (const args of [['--bom', '--format', 'json'], ['--baseline', 'x', '--format', 'csv'], ['--bom']])
      expect((await place.ccelog(['report', ...args])).code).toBe(2);
    expect((await place.ccelog(['report', '--format', 'csv', '--bom'])).stdout.startsWith('\uFEFFid,')).toBe(true);
  });

  test('--baseline: an earlier JSON report; anything else is refused', async () => {
    const place = desk();
    const log = place.write('x.log', keyError(minute(1)));
    await place.ccelog(['report', log, '-o', place.path('before.json')]);
    const more = place.write('x.log', keyError(minute(1)) + logonFailure(minute(2)));
    const { stdout } = await place.ccelog([
      'report',
      more,
      '--format',
      'sarif',
      '--baseline',
      place.path('before.json'),
    ]);
    const { results } = (JSON.parse(stdout) as { runs: [{ results: { ruleId: string; baselineState: string }[] }] })
      .runs[0];
    expect(results.map(({ ruleId, baselineState }) => `${ruleId} ${baselineState}`).sort()).toEqual([
      'credential-key-invalid-state unchanged',
      'tenant-admin-logon-failed new',
    ]);
    for (const file of [place.path('none.json'), more]) {
      const { code, stderr } = await place.ccelog(['report', more, '--format', 'sarif', '--baseline', file]);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: cannot read the earlier report\n {2}file: .+\n {2}why: {2}.+\n {2}try: {2}.+\n$/);
    }
    const before = readFileSync(place.path('before.json'), 'utf8');
    const over = [
      'report',
      more,
      '--format',
      'sarif',
      '--baseline',
      place.path('before.json'),
      '--force',
      '-o',
      place.path('before.json'),
    ];
    expect((await place.ccelog(over)).code).toBe(2);
    expect(readFileSync(place.path('before.json'), 'utf8')).toBe(before);
  });
});

describe.concurrent('a report from the store', () => {
  test.each([
    ['en', /^read in part only: is cut off/],
    ['fr', /^lu en partie seulement.+ est tronqué/],
  ])('tells of a member that was read in part (%s)', async (lang, why) => {
    const place = desk();
    const zip = await zipOf({ 'CceManagementService.log': keyError(minute(1)).repeat(200) }, { compress: false });
    const archive = place.write('cut.zip', zip.subarray(0, 20_000));
    expect((await place.ccelog(['analyze', archive, '--quiet', '--lang', lang])).code).toBe(3);
    const { sources, problems } = await reported(place, '--lang', lang);
    expect(sources.map(({ skipped }) => skipped)).toEqual([expect.stringMatching(why)]);
    expect(problems).toEqual([{ path: sources[0]?.path, why: sources[0]?.skipped }]);
  });

  test.each([
    ['en', /^read to its end, but it is not what was packed: its checksum is wrong/],
    ['fr', /^lu jusqu’à la fin, mais ce n’est pas ce qui avait été compressé.+ sa somme de contrôle est fausse/],
  ])('tells of a member that is not what was packed, and not that a part is missing (%s)', async (lang, why) => {
    const place = desk();
    const log = keyError(minute(1)).repeat(20);
    const archive = place.write('altered.zip', handZip([{ name: 'CceManagementService.log', content: log, crc: 1 }]));
    expect((await place.ccelog(['analyze', archive, '--quiet', '--lang', lang])).code).toBe(3);
    const { sources, problems } = await reported(place, '--lang', lang);
    expect(sources.map(({ skipped }) => skipped)).toEqual([expect.stringMatching(why)]);
    expect(problems).toEqual([{ path: sources[0]?.path, why: sources[0]?.skipped }]);
  });
});
