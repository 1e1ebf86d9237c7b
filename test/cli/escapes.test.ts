/** Whoever writes into a log must not command the terminal of the one who reads the report. */
import { describe, expect, test } from 'vitest';
import { reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { keyError, logonFailure, minute, record } from '../support/synthetic-log.js';

/** Screen and title sequences, bell, backspace, C1 controls, bidi overrides and isolates, line separators. */
const HOSTILE = '\x1b[2J\x1b]0;owned\x07\b\x7f\x9b31m\u202Egnp.exe\u2066\u200f\u2028X\u0085';
const RAW = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/;

const log =
  keyError(minute(1)).replace('   at ', `   at ${HOSTILE}`) +
  logonFailure(minute(2), `ad${HOSTILE}min@contoso.example`) +
  record('Error', `Failed to query the gateway: ${HOSTILE} went wrong`, minute(3));

describe.concurrent('control characters, terminal escapes and bidi overrides', () => {
  const place = desk();
  // A name that Windows allows too where it can; controls in names exist on other systems only.
  const name = process.platform === 'win32' ? 'log\u202Egpj.log' : 'log\u202Egpj\x1b[31m\n.log';
  const file = place.write(`hostile/${name}`, log);

  test('of the log and of its name are shown escaped in the table', async () => {
    const { code, stdout, stderr } = await place.ccelog(['analyze', file]);
    expect(code).toBe(0);
    expect(stdout).not.toMatch(RAW);
    expect(stderr).not.toMatch(RAW);
    expect(stdout).toMatch(/\\x1b|\\u001b|\\e|␛/i);
    expect(stdout).toMatch(/u\{?202e/i);
  });

  test('do not hide a failure, and JSON keeps what the log says', async () => {
    const { stdout } = await place.ccelog(['analyze', file, '--format', 'json']);
    expect(stdout).not.toMatch(/[\x00-\x09\x0b-\x1f]/);
    const { incidents, unknown } = reportOf(stdout);
    expect(incidents.map(({ signature }) => signature)).toEqual([
      'credential-key-invalid-state',
      'tenant-admin-logon-failed',
    ]);
    expect(unknown).toHaveLength(1);
  });

  test('are escaped in the lists, in one incident, in evidence and in explanations', async () => {
    await place.ccelog(['analyze', file]);
    const { stdout } = await place.ccelog(['incidents', 'list', '--format', 'json']);
    const { incidents } = JSON.parse(stdout) as { incidents: { id: string; evidence: { id: string }[] }[] };
    const shown = [
      await place.ccelog(['incidents', 'list']),
      ...(await Promise.all(incidents.map(({ id }) => place.ccelog(['incidents', 'show', id])))),
      ...(await Promise.all(incidents.map(({ evidence }) => place.ccelog(['show', evidence[0]?.id ?? ''])))),
      await place.ccelog(['explain', log]),
    ];
    for (const run of shown) {
      expect(run.code).toBe(0);
      expect(run.stdout).not.toMatch(RAW);
    }
  });

  test('are escaped in errors and warnings', async () => {
    const cut = place.write(`hostile/${HOSTILE}.zip`, 'PK\x03\x04xxxxxxxxxx');
    const runs = [
      await place.ccelog(['analyze', `missing${HOSTILE}.log`]),
      await place.ccelog(['analyze', file, '--since', HOSTILE]),
      await place.ccelog(['analyze', file, '--cce-version', HOSTILE]),
      await place.ccelog(['analyze', file, '--format', HOSTILE]),
      await place.ccelog(['analyze', file, `--${HOSTILE}`]),
      await place.ccelog([HOSTILE]),
      await place.ccelog(['analyze', cut]),
      await place.ccelog(['diff', place.path('hostile'), file]),
      await place.ccelog(['incidents', 'show', HOSTILE]),
      await place.ccelog(['show', HOSTILE]),
      await place.ccelog(['signatures', 'show', HOSTILE]),
    ];
    const named = 'no\tsuch\r\n  try:  rm -rf /\n.log';
    const block = (await place.ccelog(['analyze', named])).stderr;
    expect(block).toContain('no\\x09such\\x0d\\x0a  try:  rm -rf /\\x0a.log');
    expect(block.split('\n').filter((line) => line.startsWith('  try:'))).toHaveLength(1);
    const folder = 'new\nwhere';
    runs.push(await place.ccelog(['watch', `${folder}/a.log`]));
    expect(runs.at(-1)?.stderr).toMatch(/\n {2}file: .+new\\x0awhere\n {2}why: /);
    for (const { stderr } of runs) {
      expect(stderr).not.toBe('');
      expect(stderr).not.toMatch(RAW);
    }
  });
});
