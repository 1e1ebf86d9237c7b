/** Options of `analyze`: --fail-on, the filters, --appliance, --cce-version; and usage that is refused. */
import { describe, expect, test } from 'vitest';
import type { Fix, Severity } from '../../src/model.js';
import { reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { keyError, logonFailure, minute, routeWarning, updateWarning } from '../support/synthetic-log.js';

const place = desk();
/** One of each severity, the worst last: critical 11:00, error 10:00, warning 09:30, info 09:00. */
const log = place.write(
  'CceManagementService.log',
  routeWarning(minute(0)) + updateWarning(minute(30)) + logonFailure(minute(60)) + keyError(minute(120)),
);
const harmless = place.write('harmless.log', routeWarning(minute(0)));

async function analyzed(...args: string[]) {
  const { code, stdout } = await place.ccelog(['analyze', log, '--format', 'json', '--db', ':memory:', ...args]);
  return { code, report: reportOf(stdout) };
}

const severities = (incidents: { severity: Severity }[]) => incidents.map(({ severity }) => severity);

describe.concurrent('--fail-on', () => {
  test('ends with 1 at or above the severity, and with 0 below', async () => {
    const codes = [];
    for (const severity of ['info', 'warning'])
      codes.push((await place.ccelog(['analyze', harmless, '--db', ':memory:', '--fail-on', severity])).code);
    expect(codes).toEqual([1, 0]);
    expect((await analyzed('--fail-on', 'critical')).code).toBe(1);
  });

  test('wins over 3, and prints the results all the same', async () => {
    const zip = place.write('more.zip', 'PK\x03\x04xxxxxxxxxxxx');
    const { code, report } = await analyzed(zip, '--fail-on', 'error');
    expect(code).toBe(1);
    expect(report.incidents).toHaveLength(4);
    expect((await place.ccelog(['analyze', harmless, zip, '--db', ':memory:', '--fail-on', 'error'])).code).toBe(3);
  });

  test('is not fooled by a filter that hides what failed', async () => {
    expect((await analyzed('--severity', 'critical', '--fail-on', 'error')).code).toBe(1);
  });
});

describe.concurrent('filters', () => {
  test('--severity shows this severity and worse', async () => {
    const { report } = await analyzed('--severity', 'error');
    expect(severities(report.incidents).sort()).toEqual(['critical', 'error']);
    expect(report.summary).toEqual({ critical: 1, error: 1, warning: 0, info: 0 });
  });

  test('--since and --until take ISO times, with a zone and without, and bound both ends', async () => {
    expect(severities((await analyzed('--since', '2018-09-07T10:30:00Z')).report.incidents)).toEqual(['critical']);
    expect(severities((await analyzed('--since', '2018-09-07T12:30:00+02:00')).report.incidents)).toEqual(['critical']);
    expect(severities((await analyzed('--until', '2018-09-07T09:15:00Z')).report.incidents)).toEqual(['info']);
    const between = await analyzed('--since', '2018-09-07T09:30:00Z', '--until', '2018-09-07T10:00:00Z');
    expect(severities(between.report.incidents)).toEqual(['error', 'warning']);
    expect((await analyzed('--since', '2018-09-07')).report.incidents).toHaveLength(4);
  });

  test('--since takes a duration ago', async () => {
    expect((await analyzed('--since', '7d')).report.incidents).toEqual([]);
    expect((await analyzed('--since', '99999d')).report.incidents).toHaveLength(4);
  });

  test('nothing left by a filter is not called a clean log', async () => {
    const { code, stdout } = await place.ccelog(['analyze', log, '--db', ':memory:', '--since', '7d']);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(/^No known failure was found\.$/m);
  });

  test('--appliance names sources that do not tell it themselves', async () => {
    const { report } = await analyzed('--appliance', 'CCEHOST7');
    expect(report.sources[0]?.appliance).toBe('CCEHOST7');
    expect(new Set(report.incidents.map(({ appliance }) => appliance))).toEqual(new Set(['CCEHOST7']));
  });
});

describe.concurrent('--cce-version', () => {
  const KEY = 'credential-key-invalid-state';

  test.each([
    ['2.1', 'renew-stored-credentials-2'],
    ['2.0.1', 'renew-stored-credentials-2'],
    ['1.4.2', 'renew-stored-credentials-1-4-2'],
    ['1.3.8', 'renew-stored-credentials-older'],
  ])('%s selects exactly the branch for it and says why', async (version, id) => {
    const args = ['signatures', 'show', KEY, '--format', 'json', '--cce-version', version];
    const { fixes } = (JSON.parse((await place.ccelog(args)).stdout) as { signature: { fixes: Fix[] } }).signature;
    expect(fixes.filter(({ selected }) => selected).map((fix) => fix.id)).toEqual([id]);
    expect(fixes).toHaveLength(3);
    const chosen = fixes.find(({ selected }) => selected) as Fix;
    expect(chosen.why).toContain(version);
    expect(chosen.why).toContain(chosen.versions);
    for (const fix of fixes.filter(({ selected }) => !selected)) expect(fix.why).toContain(fix.versions);
  });

  test('every incident has exactly one selected fix for every known version', async () => {
    for (const version of ['1.3.4', '2.1']) {
      const { report } = await analyzed('--cce-version', version);
      for (const { signature, fixes } of report.incidents)
        expect([signature, fixes.filter(({ selected }) => selected).length]).toEqual([signature, 1]);
    }
  });

  test('unknown: every branch shows, none is selected, and the text says how to find it out', async () => {
    const { report } = await analyzed();
    const fixes = report.incidents.find(({ signature }) => signature === KEY)?.fixes ?? [];
    expect(fixes.map(({ selected }) => selected)).toEqual([false, false, false]);
    for (const { why } of fixes) expect(why).toMatch(/Get-CcVersion/);
    const { stdout } = await place.ccelog(['analyze', log, '--db', ':memory:']);
    const text = stdout.replace(/\s+/g, ' ');
    for (const { versions } of fixes) expect(text).toContain(versions);
    expect(text).toMatch(/Get-CcVersion/);
    expect(text).toMatch(/--cce-version/);
  });

  test.each(['abc', '', '6.0.9319.281', '3.0', '2.1; rm'])('%j is refused: 2', async (version) => {
    const { code, stdout, stderr } = await place.ccelog(['analyze', log, `--cce-version=${version}`]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: .+\n {2}why: {2}.+\n {2}try: {2}.+\n$/);
  });
});

describe.concurrent('usage that is wrong', () => {
  test.each([
    ['a duration of no known unit', ['analyze', log, '--since', '5y']],
    ['a duration without a number', ['analyze', log, '--since', 'd']],
    ['a day that does not exist', ['analyze', log, '--until', '2018-02-30']],
    ['an empty time', ['analyze', log, '--since=']],
    ['an unknown severity', ['analyze', log, '--severity', 'high']],
    ['an unknown format', ['analyze', log, '--format', 'yaml']],
    ['a number of threads that is none', ['analyze', log, '--jobs', 'abc']],
    ['no thread at all', ['analyze', log, '--jobs', '0']],
    ['an unknown option', ['analyze', log, '--frmat', 'json']],
    ['an unknown command', ['analyse', log]],
    ['no path', ['analyze']],
    ['an option without its value', ['analyze', log, '--db']],
  ])('%s: 2, and an error in the shape of the contract', async (_, args) => {
    const { code, stdout, stderr } = await place.ccelog(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(
      /^error: (?!ccelog failed unexpectedly).+\n(?: {2}file: .+\n)?(?: {2}why: {2}.+\n)? {2}try: {2}.+\n$/,
    );
  });

  test.each([
    ['no command', []],
    ['a group without its command', ['incidents']],
  ])('%s: 2, and the help on standard error', async (_, args) => {
    const { code, stdout, stderr } = await place.ccelog(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('Usage: ccelog');
  });
});

describe.concurrent('common options', () => {
  test('are taken by every command, before it or behind it', async () => {
    const common = ['--db', ':memory:', '--quiet', '--no-color', '--format', 'json'];
    for (const command of [
      ['analyze', log],
      ['explain', 'recovery-backoff'],
      ['signatures', 'list'],
      ['incidents', 'list'],
    ]) {
      const behind = await place.ccelog([...command, ...common]);
      const before = await place.ccelog([...common, ...command]);
      expect({ command, code: behind.code, stderr: behind.stderr }).toEqual({ command, code: 0, stderr: '' });
      expect(before).toEqual(behind);
      expect(() => JSON.parse(behind.stdout)).not.toThrow();
    }
  });
});

describe.concurrent('common options', () => {
  test('are checked by every command, also where they change nothing', async () => {
    for (const args of [
      ['report', log, '--jobs', '0'],
      ['diff', log, log, '--jobs', 'many'],
      ['explain', 'x', '--jobs', '-1'],
      ['signatures', 'list', '--severity', 'high'],
      ['incidents', 'show', 'x', '--fail-on', 'high'],
    ]) {
      const { code, stdout, stderr } = await place.ccelog(args);
      expect({ args, code, stdout }).toEqual({ args, code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: option '--[a-z-]+ <[a-z]+>' argument '[^']+' is invalid/);
    }
    expect((await place.ccelog(['report', log, '--jobs', '1', '--db', ':memory:'])).code).toBe(0);
  });

  test('that change something stand in the help', async () => {
    for (const command of ['analyze', 'report', 'diff'])
      expect((await place.ccelog([command, '--help'])).stdout).toContain('--jobs <n>');
  });
});
