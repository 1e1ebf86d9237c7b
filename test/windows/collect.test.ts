/** `collect` under Node.js for Windows: documented folders by their variables, a log that its service holds, no PowerShell. */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hostFiles, manifestIn, membersOf, NEVER, rows, SERVICE_FOLDER, writeTree } from '../support/cce-host.js';
import { logWriters } from '../support/log-writer.js';
import { faultyLog } from '../support/synthetic-log.js';
import { hasWindows, windowsMachine } from '../support/wine.js';

describe.skipIf(!hasWindows)('collect under Windows', () => {
  const machine = windowsMachine();
  const startWriter = logWriters(machine);

  test('a Windows machine that is no host is told so', async () => {
    const { code, stderr } = await machine.ccelog(['collect']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: nothing of Cloud Connector was found here\n/);
    expect(readdirSync(machine.driveC).filter((name) => name.endsWith('.zip'))).toEqual([]);
  });

  test('gathers a host with a log that is held open, through %ProgramFiles% and its blanks', async () => {
    const [user] = readdirSync(join(machine.driveC, 'users')).filter((name) => name !== 'Public');
    const { [`${SERVICE_FOLDER}/CceManagementService.log`]: _, ...others } = hostFiles();
    const files = Object.entries(others).map(([name, content]) => [
      name.replace('Users/cce admin', `users/${user}`),
      content,
    ]);
    writeTree(machine.driveC, Object.fromEntries(files));
    mkdirSync(join(machine.driveC, 'collected here'));
    const [service, other] = [startWriter(), startWriter()];
    const log = `C:\\${SERVICE_FOLDER.replaceAll('/', '\\')}\\CceManagementService.log`;
    expect(await service.step('open', log)).toBe('ok');
    expect(await service.append(faultyLog(3))).toBe('ok');
    // The proof that it is held as .NET holds it: 32 is a sharing violation.
    expect(await other.step('open', log)).toBe('error 32');

    const args = ['collect', '-o', 'C:\\collected here', '--appliance', 'CCEHOST1', '--format', 'json'];
    const { code, stdout, stderr } = await machine.ccelog(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await service.append(faultyLog(1, 5))).toBe('ok');

    const [name = ''] = readdirSync(join(machine.driveC, 'collected here'));
    expect(name).toMatch(/^ccelog-CCEHOST1-\d{8}T\d{6}Z\.zip$/);
    const zip = readFileSync(join(machine.driveC, 'collected here', name));
    const members = await membersOf(zip);
    expect(JSON.parse(stdout)).toEqual(manifestIn(members));
    expect(String(members.get('ManagementService/CceManagementService.log'))).toBe(faultyLog(3));
    for (const content of members.values()) expect(content.includes(NEVER)).toBe(false);
    const manifest = manifestIn(members);
    expect(rows(manifest, 'service-log').map(({ source }) => source)).toContain(log);
    expect(rows(manifest, 'user-module-ini')).toMatchObject([
      { source: `C:\\users\\${user}\\CloudConnector\\module.ini`, member: `UserProfile/${user}/module.ini` },
    ]);
    expect(rows(manifest, 'Get-VM')).toMatchObject([
      { state: 'not-run', reason: expect.stringContaining('there is no PowerShell here') },
    ]);
    // Wine has an ipconfig, and no .NET Framework: what is not there is no failure.
    expect(rows(manifest, 'ipconfig')).toMatchObject([{ state: 'gathered', exitCode: 0 }]);
    expect(rows(manifest, 'reg')).toMatchObject([{ state: 'absent' }]);

    const analyzed = await machine.ccelog(['analyze', `C:\\collected here\\${name}`, '--db', ':memory:']);
    expect(analyzed).toMatchObject({ code: 0, stderr: '' });
  });
});
