/** `collect` as a user runs it: on a host with its programs, on a copied disk, and where there is nothing to gather. */
import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  ANSWERS,
  CLOUD_CONNECTOR,
  hostFiles,
  liveHost,
  manifestIn,
  membersOf,
  NEVER,
  PASSWORD,
  PUBLIC_KEY,
  prints,
  rows,
  SERVICE_FOLDER,
  writeTree,
} from '../support/cce-host.js';
import { countsOf, reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { faultyLog, minute, record } from '../support/synthetic-log.js';

const RECOVERY_EVENT = `<Events>\r\n<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='CceService'/><EventID Qualifiers='0'>304</EventID><Level>2</Level><TimeCreated SystemTime='2018-09-07T10:40:37.000000000Z'/><Channel>Application</Channel><Computer>CCEHOST1</Computer></System><EventData><Data>Completed recovery of the appliance, recover result: CannotRecover</Data></EventData></Event>\r\n</Events>`;

const JSON_OUT = ['--format', 'json'];

describe.concurrent('on a host', () => {
  test('gathers logs, configuration, certificates and answers, with a manifest of all of it', async () => {
    const place = desk();
    const { disk, env, program } = liveHost(place);
    program('powershell', ANSWERS);
    program('ipconfig', { '': prints('Windows IP Configuration\r\n\r\n   Host Name . . . . : CCEHOST1\r\n') });
    const { code, stdout, stderr } = await place.ccelog(['collect', '-o', 'b.zip', ...JSON_OUT], { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const members = await membersOf(readFileSync(place.path('b.zip')));
    const manifest = manifestIn(members);
    expect(JSON.parse(stdout)).toEqual(manifest);

    expect([...members.keys()].sort()).toEqual(
      [
        'ApplianceRoot/CceSevicePersistent',
        'ApplianceRoot/CloudConnector.ini',
        'ApplianceRoot/Logs/install.log',
        'ApplianceRoot/certificates/edge.cer',
        'ManagementService/6f1c2e0a-0000-4000-8000-00000000000aCceManagementService.log',
        'ManagementService/CceManagementService (1).log',
        'ManagementService/CceManagementService.log',
        'ProgramData/CloudConnector/ApplianceManager.ini',
        'ProgramData/CloudConnector/module.ini',
        'SiteRoot/Site_ap.contoso.example',
        'UserProfile/cce admin/module.ini',
        'commands/Get-CcRunningVersion.txt',
        'commands/Get-CcVersion.txt',
        'commands/Get-VM.txt',
        'commands/ipconfig.txt',
        'manifest.json',
        'names/ApplianceRoot.txt',
        'names/ProgramData.txt',
        'names/SiteRoot.txt',
      ].sort(),
    );
    // Logs byte for byte, whatever their encoding; certificates too.
    const files = hostFiles();
    for (const name of ['CceManagementService.log', 'CceManagementService (1).log'])
      expect(members.get(`ManagementService/${name}`)).toEqual(Buffer.from(files[`${SERVICE_FOLDER}/${name}`] ?? ''));
    expect(String(members.get('ApplianceRoot/certificates/edge.cer'))).toBe(PUBLIC_KEY);
    // An empty answer is an answer.
    expect(String(members.get('commands/Get-CcRunningVersion.txt'))).toBe('PS C:\\> Get-CcRunningVersion\r\n');
    expect(String(members.get('names/ApplianceRoot.txt'))).toContain('Instances\\2.1.0-default');

    for (const { member, bytes, sha256 } of manifest.items.filter(({ member }) => member !== null)) {
      const content = members.get(member ?? '') as Buffer;
      expect({ bytes, sha256 }).toEqual({
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      });
    }
    const log = rows(manifest, 'service-log').find(({ source }) => source.endsWith('/CceManagementService.log'));
    expect(log).toMatchObject({
      state: 'gathered',
      masked: 0,
      modified: statSync(join(disk, SERVICE_FOLDER, 'CceManagementService.log')).mtime.toISOString(),
    });
    expect(rows(manifest, 'Get-CsHybridPSTNSite')).toMatchObject([{ state: 'absent', member: null }]);
    expect(rows(manifest, 'wevtutil')).toMatchObject([{ state: 'not-run', reason: 'there is no wevtutil here' }]);
    expect(manifest.questions.map(({ command }) => command)).toContainEqual(
      expect.stringMatching(/^Get-CsWindowsService/),
    );
  });

  test('never has credentials, private keys or passwords in it', async () => {
    const place = desk();
    const { env, program } = liveHost(place);
    program('powershell', {
      ...ANSWERS,
      'Get-CcApplianceStatus': prints(`Status : fine\r\nPassword : ${PASSWORD}\r\n`),
    });
    await place.ccelog(['collect', '-o', 'b.zip'], { env });
    const zip = readFileSync(place.path('b.zip'));
    const members = await membersOf(zip);
    for (const secret of [NEVER, PASSWORD])
      for (const [name, content] of [...members, ['the zip', zip] as const])
        for (const encoding of ['utf8', 'utf16le'] as const)
          expect(content.includes(Buffer.from(secret, encoding)), name).toBe(false);
    const original = String(hostFiles()[`${CLOUD_CONNECTOR}/ApplianceRoot/Logs/install.log`]);
    expect(String(members.get('ApplianceRoot/Logs/install.log'))).toBe(
      original.replace(PASSWORD, '*'.repeat(PASSWORD.length)),
    );
    const manifest = manifestIn(members);
    const refused = manifest.items.filter(({ state }) => state === 'refused');
    expect(refused.map(({ source }) => source.replace(/.*\//, '')).sort()).toEqual(
      ['both.crt', 'credentials.copy.xml', 'export.xml', 'old.log.zip', 'renamed.cer'].sort(),
    );
    expect(rows(manifest, 'appliance-logs').find(({ member }) => member !== null)).toMatchObject({ masked: 1 });
    expect(rows(manifest, 'Get-CcApplianceStatus')).toMatchObject([{ state: 'gathered', masked: 1 }]);
  });

  test('gives a bundle that analyze reads whole, with the failures of the logs', async () => {
    const place = desk();
    const { env, program } = liveHost(place);
    program('powershell', {
      ...ANSWERS,
      'Get-CcApplianceStatus': prints('ConvertTo-SecureString : Key not valid for use in specified state.\r\n', 1),
    });
    // As wevtutil writes it: UTF-16 without a mark.
    program('wevtutil', { '': prints(Buffer.from(RECOVERY_EVENT, 'utf16le')) });
    expect((await place.ccelog(['collect', '-o', 'b.zip'], { env })).code).toBe(3);
    const { code, stdout, stderr } = await place.ccelog(['analyze', 'b.zip', ...JSON_OUT]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { sources, incidents } = reportOf(stdout);
    expect(countsOf(incidents)['recovery-cannot-recover']).toBe(1);
    // What a command of the product failed with is evidence too.
    const hits = (end: string) => sources.find(({ path }) => path.endsWith(end))?.hits;
    expect(hits('commands/Get-CcApplianceStatus.txt')).toEqual({ 'credential-key-invalid-state': 1 });
    expect(countsOf(incidents)['credential-key-invalid-state']).toBeGreaterThanOrEqual(3);
  });

  test('goes on where a command hangs, fails, prints garbage or cannot be started', async () => {
    const place = desk();
    const { env, program } = liveHost(place);
    const garbage = Buffer.from(Array.from({ length: 3000 }, (_, index) => (index * 131) % 256));
    program('powershell', {
      ...ANSWERS,
      'Get-VM |': { ...prints('Name : CCE'), hangs: true },
      'Get-VMSwitch': { ...prints('Get-VMSwitch : denied\r\n', 1), stderr: `no rights, Password: ${PASSWORD}` },
      'Get-MpPreference': prints(garbage),
    });
    writeFileSync(join(env.PATH, 'systeminfo'), 'no program', { mode: 0o755 });
    const started = performance.now();
    const { code, stderr } = await place.ccelog(['collect', '-o', 'b.zip', '--time-limit', '2s'], { env });
    expect(performance.now() - started).toBeLessThan(30_000);
    expect(code).toBe(3);
    expect(stderr).toMatch(/^warning: did not work: Get-VM .+: not done within its time/m);
    expect(stderr).not.toContain(PASSWORD);
    const members = await membersOf(readFileSync(place.path('b.zip')));
    const manifest = manifestIn(members);
    expect(rows(manifest, 'Get-VM')).toMatchObject([{ state: 'failed', exitCode: null }]);
    expect(String(members.get('commands/Get-VM.txt'))).toMatch(/Name : CCE$/);
    expect(rows(manifest, 'Get-VMSwitch')).toMatchObject([
      { state: 'failed', exitCode: 1, reason: expect.stringContaining('no rights') },
    ]);
    expect(String(members.get('commands/Get-VMSwitch.txt'))).toContain('denied');
    expect(rows(manifest, 'Get-MpPreference')).toMatchObject([{ state: 'gathered' }]);
    expect(members.get('commands/Get-MpPreference.txt')?.subarray(-garbage.length)).toEqual(garbage);
    expect(rows(manifest, 'systeminfo')).toMatchObject([{ state: 'failed' }]);
    expect(rows(manifest, 'Get-CcVersion')).toMatchObject([{ state: 'gathered' }]);
  });

  test('runs PowerShell without a profile, without questions, and with fixed lines alone', async () => {
    const place = desk();
    const { env, program } = liveHost(place);
    program('powershell', { ...ANSWERS, 'Get-CcSiteDirectory': prints('C:\\x; Remove-Item y\r\n') });
    await place.ccelog(['collect', '-o', 'b.zip', '--appliance', '$(Remove-Item z)'], { env });
    const lines = readFileSync(place.path('powershell.ran'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(10);
    for (const args of lines) {
      expect(args.slice(0, 4)).toEqual(['-NoLogo', '-NoProfile', '-NonInteractive', '-Command']);
      expect(args).toHaveLength(5);
      expect(args[4]).not.toMatch(/Remove-|"|\b(?:Set|New|Stop|Start|Restart)-(?!Object Text\.UTF8Encoding)/);
    }
  });

  test('that has no working PowerShell is gathered without, and the manifest says so', async () => {
    const place = desk();
    const { env, program } = liveHost(place);
    program('powershell', { '': prints('') });
    const run = await place.ccelog(['collect', '-o', 'b.zip', ...JSON_OUT], { env });
    expect(run).toMatchObject({ code: 0, stderr: '' });
    const manifest = JSON.parse(run.stdout);
    expect(rows(manifest, 'Get-VM')).toMatchObject([
      { state: 'not-run', reason: expect.stringContaining('there is no PowerShell here') },
    ]);

    program('powershell', { '': { hangs: true } });
    const broken = await place.ccelog(['collect', '-o', 'c.zip', '--time-limit', '1s'], { env });
    expect(broken.code).toBe(3);
    expect(broken.stderr).toMatch(/^warning: did not work: powershell: PowerShell does not work: not done/);
    expect(broken.stderr.trim().split('\n')).toHaveLength(1);
  });

  test('finds the folders that the product names', async () => {
    const place = desk();
    const { disk, env, program } = liveHost(place);
    const root = writeTree(place.path('elsewhere'), { 'CloudConnector.ini': '[Common]\nSiteName=Else\n' });
    program('powershell', {
      ...ANSWERS,
      'Get-CcApplianceDirectory': prints(`${root}\r\n`),
      'Get-CcSiteDirectory': prints('\\\\OTHER\\SiteRoot\r\n'),
    });
    const { code } = await place.ccelog(['collect', '-o', 'b.zip'], { env });
    expect(code).toBe(0);
    const members = await membersOf(readFileSync(place.path('b.zip')));
    expect(String(members.get('ApplianceRoot/CloudConnector.ini'))).toContain('SiteName=Else');
    expect(rows(manifestIn(members), 'Get-CcSiteDirectory')).toMatchObject([
      { state: 'gathered', reason: expect.stringContaining('on another machine') },
    ]);
    expect(existsSync(disk)).toBe(true);
  });
});

describe.concurrent('logs', () => {
  test('that grow meanwhile are cut at the size they had; the service is not held up', async () => {
    const place = desk();
    const { disk, env } = liveHost(place);
    const path = join(disk, SERVICE_FOLDER, 'CceManagementService.log');
    const begun = faultyLog(60_000);
    writeFileSync(path, begun);
    let over = false;
    let appended = 0;
    const run = place.ccelog(['collect', '-o', 'b.zip'], { env }).finally(() => {
      over = true;
    });
    while (!over) {
      appendFileSync(path, 'CceService Information: 0 : more\r\n');
      appended++;
      await pause(1);
    }
    expect((await run).code).toBe(0);
    expect(appended).toBeGreaterThan(10);
    const copy = (await membersOf(readFileSync(place.path('b.zip')))).get('ManagementService/CceManagementService.log');
    const whole = readFileSync(path);
    expect(copy?.length).toBeGreaterThanOrEqual(begun.length);
    expect(copy?.length).toBeLessThan(whole.length);
    expect(copy?.equals(whole.subarray(0, copy.length))).toBe(true);
  });

  test('that --max-bytes has no room for are left out, the oldest first, and it is said', async () => {
    const place = desk();
    const { disk, env } = liveHost(place);
    const size = statSync(join(disk, SERVICE_FOLDER, 'CceManagementService.log')).size;
    // The newest by far: clocks of file systems are coarse.
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(disk, SERVICE_FOLDER, 'CceManagementService.log'), later, later);
    const { code, stderr } = await place.ccelog(['collect', '-o', 'b.zip', '--max-bytes', String(size + 2)], { env });
    expect(code).toBe(3);
    expect(stderr).toContain('(--max-bytes)');
    const members = await membersOf(readFileSync(place.path('b.zip')));
    expect([...members.keys()].filter((name) => name.startsWith('ManagementService/'))).toEqual([
      'ManagementService/CceManagementService.log',
    ]);
  });

  test('whose passwords were overwritten show the same failures at the same bytes', async () => {
    const place = desk();
    const failure = `Failed to install Windows updates. Please manually update the VM (Password: ${PASSWORD}) and run Convert-CcIsoToVhdx with -GeneralizeOnly`;
    const log = faultyLog(2) + record('Error', failure, minute(3)) + faultyLog(2, 5);
    const name = 'ManagementService/CceManagementService.log';
    const { disk, env } = liveHost(place, { [`${SERVICE_FOLDER}/CceManagementService.log`]: log });
    expect((await place.ccelog(['collect', '-o', 'b.zip'], { env })).code).toBe(0);
    const copy = (await membersOf(readFileSync(place.path('b.zip')))).get(name);
    expect(String(copy)).toBe(log.replace(PASSWORD, '*'.repeat(PASSWORD.length)));

    const seen = async (path: string) => {
      const { stdout } = await place.ccelog(['analyze', path, '--db', ':memory:', ...JSON_OUT]);
      return reportOf(stdout).incidents.map(({ signature, count, evidence }) => ({
        signature,
        count,
        bytes: evidence.map(({ line, byteStart, byteEnd }) => ({ line, byteStart, byteEnd })),
      }));
    };
    const original = await seen(join(disk, SERVICE_FOLDER));
    expect(original.map(({ signature }) => signature)).toContain('base-vm-windows-update-failed');
    expect(await seen('b.zip')).toEqual(original);
  });

  test('that are links are not followed', async () => {
    const place = desk();
    const { disk, env } = liveHost(place);
    symlinkSync(
      join(disk, 'ProgramData/CloudConnector/credentials.admin.xml'),
      join(disk, SERVICE_FOLDER, 'xCceManagementService.log'),
    );
    const { code, stderr } = await place.ccelog(['collect', '-o', 'b.zip'], { env });
    expect(code).toBe(3);
    expect(stderr).toMatch(/^warning: not gathered: .+xCceManagementService\.log: a link is not followed\n$/);
  });

  test('that could not be gathered for one reason are told in one line, with --verbose in a line each', async () => {
    const place = desk();
    const { disk, env } = liveHost(place);
    for (const name of ['x', 'y', 'z'])
      symlinkSync('nowhere', join(disk, SERVICE_FOLDER, `${name}CceManagementService.log`));
    const short = await place.ccelog(['collect', '-o', 'b.zip'], { env });
    expect(short.code).toBe(3);
    expect(short.stderr).toMatch(
      /^warning: not gathered: .+xCceManagementService\.log and 2 more: a link is not followed\n--verbose names .+\n$/,
    );
    const { stdout, stderr } = await place.ccelog(['collect', '-o', 'c.zip', '--verbose'], { env });
    // What would complete the bundle need not be looked up in the zip.
    expect(stdout).toMatch(/output goes to\s+<vm>\/Get-CsWindowsService\.txt\n {6}Get-CsWindowsService \| .+ 4096\n/);
    expect(short.stdout).not.toContain('Get-CsWindowsService');
    expect(stderr).toMatch(
      /^(?:warning: not gathered: .+[xyz]CceManagementService\.log: a link is not followed\n){3}$/,
    );
  });
});

describe.concurrent('the zip', () => {
  test('is not made by --dry-run, which lists what would be, and runs nothing', async () => {
    const place = desk();
    const { env, program } = liveHost(place);
    program('powershell', ANSWERS);
    const before = readdirSync(place.folder);
    const { code, stdout, stderr } = await place.ccelog(['collect', '--dry-run'], { env: { ...env, COLUMNS: '200' } });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/Would gather\n(?: .*\n)* {2}\S.*CceManagementService\.log \(\d/);
    expect(stdout).toMatch(/Would run\n(?: .*\n)* {2}Get-CcVersion\n/);
    expect(stdout).toMatch(/Would leave out\n(?: .*\n)* .*credentials\.copy\.xml: credentials and private keys/);
    expect(stdout).toMatch(/Cannot run\n.*there is no ipconfig here/);
    expect(readdirSync(place.folder)).toEqual(before);
    const json = await place.ccelog(['collect', '--dry-run', ...JSON_OUT], { env });
    expect(rows(JSON.parse(json.stdout), 'Get-CcVersion')).toMatchObject([{ state: 'gathered', sha256: null }]);
  });

  test('is named after host and time, overwrites nothing without --force, and leaves nothing unfinished', async () => {
    const place = desk();
    const { env } = liveHost(place);
    const named = await place.ccelog(['collect', '--appliance', 'CCE HOST/1'], { env });
    expect(named).toMatchObject({ code: 0, stderr: '' });
    const [name] = readdirSync(place.folder).filter((entry) => entry.endsWith('.zip'));
    expect(name).toMatch(/^ccelog-CCE_HOST_1-\d{8}T\d{6}Z\.zip$/);
    expect(named.stdout).toContain(`${name}: 14 files and 0 command outputs`);

    place.write('b.zip', 'mine');
    const refused = await place.ccelog(['collect', '-o', 'b.zip'], { env });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^error: the output file exists\n {2}file: b\.zip\n/);
    expect(readFileSync(place.path('b.zip'), 'utf8')).toBe('mine');
    expect(await place.ccelog(['collect', '-o', 'b.zip', '--force'], { env })).toMatchObject({ code: 0 });
    expect((await membersOf(readFileSync(place.path('b.zip')))).has('manifest.json')).toBe(true);

    const nowhere = await place.ccelog(['collect', '-o', 'no/such/b.zip'], { env });
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toMatch(/^error: cannot write the output\n/);
    expect(readdirSync(place.folder).filter((entry) => entry.includes('unfinished'))).toEqual([]);
  });

  test('is not left in part where it does not fit', async () => {
    const place = desk();
    // What does not compress, as text.
    const bytes = Array.from({ length: 400 }, (_, index) => createHash('sha256').update(String(index)).digest('hex'));
    const log = { [`${SERVICE_FOLDER}/CceManagementService.log`]: bytes.join('\n') };
    const { env } = liveHost(place, { ...hostFiles(), ...log });
    const PATH = process.env['PATH'] ?? '';
    const { code, stdout, stderr } = await place.shell('ulimit -f 10; $CCELOG collect -o b.zip', {
      env: { ...env, PATH },
    });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: cannot write the output\n {2}file: b\.zip\n {2}why: {2}EFBIG/);
    expect(existsSync(place.path('b.zip'))).toBe(false);
  });

  test('is gone after Ctrl+C, and so is the command that ran', async () => {
    const place = desk();
    const { env, program } = liveHost(place);
    program('powershell', { ...ANSWERS, 'Get-CcVersion': { hangs: true } });
    const ran = place.path('powershell.ran');
    const run = await place.ccelog(['collect', '-o', 'b.zip'], {
      env,
      onStart: async (child) => {
        while (!existsSync(ran) || !readFileSync(ran, 'utf8').includes('try{Get-CcVersion|')) await pause(5);
        child.kill('SIGINT');
      },
    });
    expect(run).toEqual({ code: 130, stdout: '', stderr: 'interrupted: nothing was written\n' });
    expect(existsSync(place.path('b.zip'))).toBe(false);
  });
});

describe.concurrent('elsewhere', () => {
  test('a copied disk is gathered in its place, and no command is run', async () => {
    const place = desk();
    const root = writeTree(place.path('copy of C'), hostFiles());
    const { env, program } = liveHost(place);
    program('powershell', ANSWERS);
    const args = ['collect', '--root', root, '--appliance', 'CCEHOST1', '-o', 'b.zip', ...JSON_OUT];
    const { code, stdout, stderr } = await place.ccelog(args, { env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const manifest = JSON.parse(stdout);
    expect(manifest).toMatchObject({ host: 'CCEHOST1', platform: 'copy', zoneOffset: null });
    expect(existsSync(place.path('powershell.ran'))).toBe(false);
    expect(rows(manifest, 'service-log')).toHaveLength(3);
    for (const { source } of rows(manifest, 'service-log')) expect(source).toContain('copy of C');
  });

  test('a bundle of it tells the host by its manifest alone', async () => {
    const place = desk();
    writeTree(place.path('C'), hostFiles());
    await place.ccelog(['collect', '--root', 'C', '--appliance', 'CCEHOST1', '-o', 'b.zip']);
    const { stdout } = await place.ccelog(['analyze', 'b.zip', '--db', ':memory:', ...JSON_OUT]);
    const { sources, appliances } = reportOf(stdout);
    expect(appliances.map(({ name }) => name)).toEqual(['CCEHOST1']);
    expect(sources.find(({ path }) => path.endsWith('manifest.json'))).toMatchObject({ skipped: null });
  });

  test('a copied disk leads nowhere else by links', async () => {
    const place = desk();
    const outside = writeTree(place.path('outside'), { 'CloudConnector/x.ini': '[a]\nb=c\n' });
    const root = writeTree(place.path('root'), { 'Program Files/x': '' });
    symlinkSync(outside, join(root, 'ProgramData'));
    const { code, stderr } = await place.ccelog(['collect', '--root', root, '-o', 'b.zip']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: nothing of Cloud Connector was found here\n/);
  });

  test('a machine that is no host is told so, and nothing is written', async () => {
    const place = desk();
    for (const args of [['collect'], ['collect', '--dry-run']]) {
      const { code, stderr } = await place.ccelog(args);
      expect(code).toBe(2);
      expect(stderr).toMatch(
        /^error: nothing of Cloud Connector was found here\n {2}why: .+\n {2}try: .+--root <folder>\n$/,
      );
    }
    expect(readdirSync(place.folder)).toEqual(['home']);
    const missing = await place.ccelog(['collect', '--root', 'no such']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('why:  no such folder');
  });
});
