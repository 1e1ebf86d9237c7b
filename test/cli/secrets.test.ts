/** Passwords are in no output and in no byte of the store. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { logonFailure, minute, record } from '../support/synthetic-log.js';

/** Each secret in the form in which a record carries it; the records are found by a signature, or as unknown errors. */
const SECRETS: Record<string, (secret: string) => string> = {
  'Vm1!adminPa55': (secret) =>
    `Failed to install Windows updates. Please manually update the VM (Password: ${secret}) and run Convert-CcIsoToVhdx with -GeneralizeOnly`,
  Sett1ngPa55word: (secret) => `Cannot connect: Server=sql;Password=${secret};Database=x`,
  'Arg-Pa55word': (secret) => `Set-CcCredential -AccountType TenantAdmin -Password ${secret} failed`,
  'Two Words Pa55': (secret) => `New-Thing -VMAdminPassword "${secret}" failed`,
  urlPa55word: (secret) => `Cannot reach https://admin:${secret}@proxy.contoso.example:8080/`,
  'QWxhZGRpbjpvcGVuIHNlc2FtZQ==': (secret) => `Request failed. Authorization: Basic ${secret}`,
  'eyJhbGciOiJIUzI1NiJ9.e30.abc': (secret) => `Request failed. Authorization: Bearer ${secret}`,
  JsonPa55word: (secret) => `Refused: {"user":"admin","password":"${secret}"}`,
  XmlPa55word: (secret) => `Refused: <Password>${secret}</Password>`,
  PlainPa55word: (secret) => `ConvertTo-SecureString '${secret}' -AsPlainText -Force failed`,
  DeutschPa55: (secret) => `Anmeldung fehlgeschlagen. Kennwort: ${secret}`,
};

const log =
  Object.entries(SECRETS)
    .map(([secret, sentence], index) => record('Error', sentence(secret), minute(index)))
    .join('') +
  // Beside a failure that is stored with the record's text around it.
  logonFailure(minute(50)).replace('refused', `refused, -Password ${'Nested-Pa55word'} "password": "Nested-Pa55word"`);
/** Where a signature looks for a name stands a secret with it: names are kept without their blanks. */
const NAMED: Record<string, string> = {
  'EntityPa55.1': 'who0@contoso.example -Password EntityPa55.1',
  'EntityPa55.2': 'who -Password EntityPa55.2',
  'EntityPa55.3': 'pass\u200bword: EntityPa55.3',
  'EntityPa55.4': 'who4@contoso.example pass\x1bword: EntityPa55.4',
  'EntityPa55.5': 'https://who5:EntityPa55.5@contoso.example',
};
const USER = 'admin@contoso.example';
const named = Object.values(NAMED)
  .map((user, index) => logonFailure(minute(51 + index), USER).replaceAll(USER, user))
  .join('');
const secrets = [...Object.keys(SECRETS), 'Nested-Pa55word', ...Object.keys(NAMED)];
const leaks = (text: string) =>
  secrets.filter(
    (secret) => text.includes(secret) || text.toLowerCase().includes(secret.replaceAll(' ', '').toLowerCase()),
  );

describe.concurrent('secrets', () => {
  const place = desk();
  const file = place.write('CceManagementService.log', log + named);

  test('are in no output of any command, and in no byte of the store or of its log', async () => {
    const json = await place.ccelog(['analyze', file, '--format', 'json']);
    const { incidents, unknown } = reportOf(json.stdout);
    expect(incidents.map(({ signature }) => signature).sort()).toEqual([
      'base-vm-windows-update-failed',
      ...Array(1 + Object.keys(NAMED).length).fill('tenant-admin-logon-failed'),
    ]);
    expect(incidents.filter(({ entities }) => entities.user?.includes('********'))).toHaveLength(
      Object.keys(NAMED).length,
    );
    expect(unknown.length).toBeGreaterThan(0);
    const runs = [
      json,
      await place.ccelog(['analyze', file]),
      await place.ccelog(['analyze', file, '--format', 'ndjson', '--verbose']),
      await place.ccelog(['incidents', 'list', '--format', 'json']),
      ...(await Promise.all(incidents.map(({ id }) => place.ccelog(['incidents', 'show', id])))),
      ...(await Promise.all(
        incidents.map(({ evidence }) => place.ccelog(['show', evidence[0]?.id ?? '', '-C', '100'])),
      )),
      await place.ccelog(['show', incidents[0]?.evidence[0]?.id ?? '', '-C', '100', '--format', 'json']),
      await place.ccelog(['explain', named, '--format', 'json']),
      await place.ccelog(['explain', log, '--format', 'json']),
      await place.ccelog(['explain'], { input: log }),
    ];
    expect(runs.map(({ stdout, stderr }) => leaks(stdout + stderr))).toEqual(runs.map(() => []));
    const files = readdirSync(place.home).filter((name) => name.startsWith('store.db'));
    expect(files).toContain('store.db');
    for (const name of files) expect(leaks(readFileSync(join(place.home, name), 'latin1'))).toEqual([]);
  });

  test('do not come out when the analysis fails, or the console wraps them', async () => {
    const wrapped =
      'Failed to install Windows updates. Please manually update the VM (Password: Vm1!\r\nadminPa55) and run Convert-CcIsoToVhdx with -GeneralizeOnly\r\n';
    const { code, stdout } = await place.ccelog(['explain'], { input: wrapped });
    expect(code).toBe(0);
    expect(stdout).toContain('base-vm-windows-update-failed');
    const console = place.write('console.txt', `PS C:\\> Convert-CcIsoToVhdx\r\n${wrapped}PS C:\\> \r\n`);
    const analyzed = await place.ccelog(['analyze', console, '--format', 'json']);
    expect(reportOf(analyzed.stdout).incidents).toHaveLength(1);
    expect(analyzed.stdout).not.toMatch(/Vm1!|adminPa55/);
    expect(stdout).not.toMatch(/Vm1!|adminPa55/);
  });
});
