/** `analyze`: the three formats, the same bytes for the same input, and the order of the list. */
import { describe, expect, test } from 'vitest';
import { countsOf, incidentsOf, reportOf } from '../support/report.js';
import { desk, ROOT, SAMPLE_BUNDLE } from '../support/run-ccelog.js';
import { faultyLog, logonFailure, minute, routeWarning, updateWarning } from '../support/synthetic-log.js';

const TEXT_SIGNATURES = [
  'appliance-manual-recovery-required',
  'base-vm-windows-update-failed',
  'cloudconnector-module-not-loaded',
  'credential-key-invalid-state',
  'dismount-image-0xc1550115',
  'dotnet-461-required',
  'download-file-failed',
  'ini-state-missing',
  'management-switch-in-use',
  'recovery-cannot-recover',
  'register-appliance-conflict',
  'route-no-gateway-warning',
  'rtcmrauth-start-failed',
  'stop-cswindowsservice-not-recognized',
  'tenant-admin-logon-failed',
  'windows-update-not-enabled-warning',
];

const mixedLog = faultyLog(3) + logonFailure(minute(6)) + updateWarning(minute(7)) + routeWarning(minute(8));

describe.concurrent('analyze', () => {
  const place = desk();

  test('json follows the public schema and holds every text signature of the sample bundle', async () => {
    const { code, stdout, stderr } = await place.ccelog(['analyze', SAMPLE_BUNDLE, '--format', 'json'], { cwd: ROOT });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const report = reportOf(stdout);
    expect(Object.keys(countsOf(report.incidents)).sort()).toEqual(TEXT_SIGNATURES);
    expect(report.tool.signatures).toBe(42);
    expect(report.sources.map(({ path }) => path)).toContain(`${SAMPLE_BUNDLE}/README.txt`);
  });

  test('json counts what the log holds, per source and per incident', async () => {
    const log = place.write('counts/CceManagementService.log', mixedLog);
    const { stdout } = await place.ccelog(['analyze', log, '--format', 'json', '--db', ':memory:']);
    const { sources, incidents, summary } = reportOf(stdout);
    expect(sources).toMatchObject([
      {
        path: log,
        kind: 'trace-log',
        encoding: 'utf-8',
        bytes: Buffer.byteLength(mixedLog),
        records: 9,
        levels: { critical: 0, error: 4, warning: 2, information: 3, verbose: 0, other: 0 },
        firstTime: minute(0),
        lastTime: minute(8),
        hits: { 'credential-key-invalid-state': 3, 'tenant-admin-logon-failed': 1 },
        skipped: null,
      },
    ]);
    expect(summary).toEqual({ critical: 1, error: 1, warning: 1, info: 1 });
    const [cause, symptom] = incidents;
    expect(cause).toMatchObject({ severity: 'critical', count: 3, firstSeen: minute(1), lastSeen: minute(5) });
    expect(symptom).toMatchObject({ symptomOf: cause?.id, entities: { user: 'cceadmin@contoso.example' } });
  });

  test('evidence names the exact bytes and the line of the record', async () => {
    const log = place.write('evidence/CceManagementService.log', mixedLog);
    const { stdout } = await place.ccelog(['analyze', log, '--format', 'json', '--db', ':memory:']);
    const [piece] = reportOf(stdout).incidents[0]?.evidence ?? [];
    expect(piece).toMatchObject({ source: log, line: 4 });
    const bytes = Buffer.from(mixedLog).subarray(piece?.byteStart, piece?.byteEnd).toString();
    expect(bytes).toMatch(/^CceService Error: 0 : ConvertTo-SecureString[\s\S]*DateTime=2018-09-07T09:01:00.0000000Z$/);
  });

  test('ndjson is one incident per line and the summary last', async () => {
    const log = place.write('ndjson/CceManagementService.log', mixedLog);
    const { code, stdout } = await place.ccelog(['analyze', log, '--format', 'ndjson']);
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(incidentsOf(lines.slice(0, -1))).toHaveLength(4);
    expect(lines.at(-1)).toEqual({ summary: { critical: 1, error: 1, warning: 1, info: 1 } });
  });

  test.each([80, 120])('the table fits %i columns, commands apart, which are never cut', async (columns) => {
    const { code, stdout } = await place.ccelog(['analyze', SAMPLE_BUNDLE, '--db', ':memory:'], {
      cwd: ROOT,
      env: { COLUMNS: `${columns}` },
    });
    expect(code).toBe(0);
    const tooWide = stdout.split('\n').filter((line) => line.length > columns && !/^ {9}\S/.test(line));
    expect(tooWide).toEqual([]);
    expect(stdout).toMatch(/14 incidents/);
    expect(stdout).toContain('Register-CcAppliance -Local');
  });

  test('the worst stands first, and what is over last', async () => {
    const { stdout } = await place.ccelog(['analyze', SAMPLE_BUNDLE, '--format', 'json'], { cwd: ROOT });
    const order = reportOf(stdout).incidents.filter(({ symptomOf }) => symptomOf === null);
    const ranks = order.map(
      ({ severity, status }) =>
        `${status === 'resolved'} ${['critical', 'error', 'warning', 'info'].indexOf(severity)}`,
    );
    expect(ranks).toEqual([...ranks].sort());
    expect(order.at(-1)).toMatchObject({ signature: 'recovery-cannot-recover', status: 'resolved' });
  });

  test.each(['table', 'json'])('%s is the same to the byte: again, and with a fresh store', async (format) => {
    const args = ['analyze', SAMPLE_BUNDLE, '--format', format, '--cce-version', '2.1'];
    const outputs = [
      await place.ccelog([...args, '--db', ':memory:'], { cwd: ROOT }),
      await place.ccelog(args, { cwd: ROOT }),
      await place.ccelog(args, { cwd: ROOT, env: { TZ: 'Asia/Tokyo', LANG: 'de_DE.UTF-8' } }),
    ];
    expect(new Set(outputs.map(({ stdout }) => stdout)).size).toBe(1);
  });

  test('a log without failures says so and ends with 0', async () => {
    const log = place.write('good/CceManagementService.log', 'CceService Information: 0 : all is well\r\n');
    const { code, stdout, stderr } = await place.ccelog(['analyze', log, '--db', ':memory:']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/no (known )?(failure|incident)/i);
  });
});
