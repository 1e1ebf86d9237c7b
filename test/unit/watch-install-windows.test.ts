import { describe, expect, it } from 'vitest';
import { install, uninstall } from '../../src/watch/install/install.js';
import type { InstallOptions } from '../../src/watch/install/plan.js';
import { parseXml, textAt, windowsArgumentsOf } from './watch-install-decoders.js';
import { expectGolden, failure, fakeWindows, LOG, options } from './watch-install-kit.js';

const STORE = 'C:\\ProgramData\\ccelog\\ccelog.db';

/** What the task runs, as Node.js gets it. */
function argumentsOf(definition: string | undefined): string[] {
  return windowsArgumentsOf(textAt(parseXml(definition ?? ''), 'Actions', 'Exec', 'Arguments') ?? '');
}

describe('installing on Windows', () => {
  it('creates the task, starts it and says how to look at it', async () => {
    const host = fakeWindows();
    const { definition, words } = await install(options(), host);
    expect(host.ran).toEqual([
      'whoami /groups',
      'schtasks /query /tn ccelog watch',
      'schtasks /create /tn ccelog watch /xml C:\\Temp\\ccelog-install-x\\task.xml',
      'schtasks /run /tn ccelog watch',
    ]);
    expect(host.tasks.get('ccelog watch')).toMatchObject({ isRunning: true, account: null });
    expect(host.files.size).toBe(0);
    expect(host.asked).toEqual([]);
    expect(definition).toBeNull();
    expectGolden('watch-install-words.golden', words);
  });

  it('names everything by its full path, and the store of the machine', async () => {
    const host = fakeWindows();
    await install(
      options({
        paths: ['logs\\a b.log', '..\\other\\', 'D:\\x.log', '\\\\host2\\share\\y.log'],
        signatures: ['mine', 'C:\\theirs'],
        metrics: 'C:\\Program Files\\windows_exporter\\textfile_inputs\\ccelog.prom',
        others: ['--cce-version', '2.1', '--on-incident', 'tool "a b"'],
      }),
      host,
    );
    expect(argumentsOf(host.tasks.get('ccelog watch')?.definition)).toEqual([
      'C:\\Program Files\\ccelog\\dist\\cli\\ccelog.js',
      'watch',
      ...['C:\\work\\logs\\a b.log', 'C:\\other', 'D:\\x.log', '\\\\host2\\share\\y.log'],
      ...['--db', STORE],
      ...['--signatures', 'C:\\work\\mine', '--signatures', 'C:\\theirs'],
      ...['--metrics', 'C:\\Program Files\\windows_exporter\\textfile_inputs\\ccelog.prom'],
      ...['--cce-version', '2.1', '--on-incident', 'tool "a b"'],
    ]);
  });

  it.each<[string, Partial<InstallOptions>, Record<string, string>, string]>([
    ['--db', { db: 'my store.db' }, {}, 'C:\\work\\my store.db'],
    ['CCELOG_DB', {}, { CCELOG_DB: 'E:\\store.db' }, 'E:\\store.db'],
    ['%ProgramData%', {}, { ProgramData: 'E:\\Data' }, 'E:\\Data\\ccelog\\ccelog.db'],
    ['the drive of the system', {}, { SystemDrive: 'E:' }, 'E:\\ProgramData\\ccelog\\ccelog.db'],
  ])('takes the store from %s', async (_, given, environment, store) => {
    const { definition } = await install(options({ ...given, dryRun: true }), fakeWindows({ environment }));
    const args = argumentsOf(definition ?? undefined);
    expect(args[args.indexOf('--db') + 1]).toBe(store);
  });

  it('leaves the question for a password to schtasks', async () => {
    const host = fakeWindows();
    const { words } = await install(options({ user: '.\\svc watch' }), host);
    expect(host.asked).toEqual([
      'schtasks /create /tn ccelog watch /xml C:\\Temp\\ccelog-install-x\\task.xml /ru HOST1\\svc watch /rp *',
    ]);
    expect(host.tasks.get('ccelog watch')?.account).toBe('HOST1\\svc watch');
    expect(words).toContain('schtasks /change /tn "ccelog watch" /ru "HOST1\\svc watch" /rp *\n');
  });

  it('does nothing in a dry run, and needs no rights for it', async () => {
    const host = fakeWindows({ isAdministrator: false, release: '6.3.9600' });
    const { definition, words } = await install(options({ dryRun: true, user: 'EXAMPLE\\svc', force: true }), host);
    expect(host.ran).toEqual([]);
    expect(argumentsOf(definition ?? undefined)).toContain(LOG);
    expect(words).toContain('Nothing was done.');
    expect(words).toContain('  schtasks /create /tn "ccelog watch" /xml task.xml /ru EXAMPLE\\svc /rp * /f\n');
    expect(words).toContain('  schtasks /run /tn "ccelog watch"\n');
  });

  it('asks for the rights of an administrator before anything else', async () => {
    const host = fakeWindows({ isAdministrator: false });
    await expect(install(options(), host)).rejects.toThrow(failure('INSTALL_FAILED', 'without the rights'));
    await expect(uninstall({}, host)).rejects.toThrow(failure('INSTALL_FAILED', 'without the rights'));
    expect(host.ran).toEqual(['whoami /groups', 'whoami /groups']);
  });

  it('replaces a task only when told, and ends the one that runs', async () => {
    const host = fakeWindows();
    await install(options(), host);
    await expect(install(options(), host)).rejects.toThrow(failure('OUTPUT_EXISTS'));
    host.ran.length = 0;
    await install(options({ force: true, db: 'D:\\other.db' }), host);
    expect(host.ran.filter((command) => command.startsWith('schtasks'))).toEqual([
      'schtasks /query /tn ccelog watch',
      'schtasks /end /tn ccelog watch',
      'schtasks /create /tn ccelog watch /xml C:\\Temp\\ccelog-install-x\\task.xml /f',
      'schtasks /run /tn ccelog watch',
    ]);
    expect(argumentsOf(host.tasks.get('ccelog watch')?.definition)).toContain('D:\\other.db');
  });

  it('tells what schtasks says, and leaves no file', async () => {
    const refuses = { '/create': { stderr: 'FEHLER: Zugriff verweigert\r\n' } };
    const host = fakeWindows({ refuses });
    await expect(install(options(), host)).rejects.toThrow(failure('INSTALL_FAILED', 'schtasks says: FEHLER: Zugriff'));
    expect(host.files.size).toBe(0);
    const silent = fakeWindows({ refuses: { '/create': { code: 1 } } });
    await expect(install(options({ user: 'svc' }), silent)).rejects.toThrow(failure('INSTALL_FAILED', 'code 1'));
    const started = fakeWindows({ refuses: { '/run': { stderr: 'ERROR: no\r\n' } } });
    await expect(install(options(), started)).rejects.toThrow(/was created, but Windows did not start it/);
  });

  describe('on Windows Server 2012 R2', () => {
    const release = '6.3.9600';

    it('refuses where Node.js would not start, and says what to set', async () => {
      const host = fakeWindows({ release });
      const expected = expect.objectContaining({
        details: expect.objectContaining({ try: expect.stringContaining('setx NODE_SKIP_PLATFORM_CHECK 1 /M') }),
      });
      await expect(install(options(), host)).rejects.toThrow(expected);
      expect(host.tasks.size).toBe(0);
      const off = fakeWindows({ release, machineVariables: { NODE_SKIP_PLATFORM_CHECK: '10' } });
      await expect(install(options(), off)).rejects.toThrow(expected);
    });

    it('installs where it is set, and says what a result of 216 means', async () => {
      const host = fakeWindows({ release, machineVariables: { NODE_SKIP_PLATFORM_CHECK: '1' } });
      const { words } = await install(options(), host);
      expect(words).toContain('216');
      expect(host.tasks.size).toBe(1);
    });
  });

  it.each([
    ['a variable', 'C:\\%temp%\\a.log', '%temp%'],
    ['a variable after a percent sign', 'C:\\5% of %TEMP%\\a.log', '%TEMP%'],
    ['an argument of a task', 'C:\\$(Arg0)\\a.log', '$(Arg0)'],
  ])('refuses a path with %s, which Windows would replace', async (_, path, found) => {
    const refused = install(options({ paths: [path] }), fakeWindows());
    await expect(refused).rejects.toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    await expect(refused).rejects.toMatchObject({ details: { why: expect.stringContaining(found) } });
  });

  it('takes percent signs that are no variable', async () => {
    const others = ['--webhook', 'https://example.test/a%20b%20c'];
    const { definition } = await install(options({ paths: ['C:\\100%\\a.log'], others, dryRun: true }), fakeWindows());
    expect(argumentsOf(definition ?? undefined)).toEqual(expect.arrayContaining(['C:\\100%\\a.log', ...others]));
  });

  it.each(['', ' a', 'a ', 'a/b', 'a:b', 'a"b', 'a\nb', 'a<b', '\\', 'a\\\\b', '..', 'a\\..\\b', 'x'.repeat(239)])(
    'refuses %j as the name of a task',
    async (taskName) => {
      await expect(install(options({ taskName, dryRun: true }), fakeWindows())).rejects.toThrow(failure('BAD_USAGE'));
      await expect(uninstall({ taskName, dryRun: true }, fakeWindows())).rejects.toThrow(failure('BAD_USAGE'));
    },
  );

  it.each(['ccelog watch', '\\ccelog\\host 1', "it's & more", 'Überwachung'])('takes %j', async (taskName) => {
    const host = fakeWindows();
    await install(options({ taskName }), host);
    expect([...host.tasks.keys()]).toEqual([taskName]);
    await uninstall({ taskName }, host);
    expect(host.tasks.size).toBe(0);
  });

  it('warns of what fails later, where nobody looks', async () => {
    const script = 'C:\\Users\\admin\\AppData\\Roaming\\npm\\node_modules\\ccelog\\dist\\cli\\ccelog.js';
    const asSystem = await install(options(), fakeWindows({ script }));
    expect(asSystem.words).toMatch(/profile of one user: whoever may change it there may do anything here, as SYSTEM/);
    const asService = await install(options({ user: 'LocalService' }), fakeWindows({ script }));
    expect(asService.words).toMatch(/make sure that LocalService may read it/);
    const onShare = await install(options({ paths: ['\\\\host2\\logs\\a.log'] }), fakeWindows());
    expect(onShare.words).toMatch(/is on another machine/);
  });

  it('keeps no store in memory', async () => {
    await expect(install(options({ db: ':memory:' }), fakeWindows())).rejects.toThrow(failure('BAD_USAGE', 'gone'));
  });
});

describe('uninstalling on Windows', () => {
  it('ends the task and deletes it, whether it runs or not', async () => {
    const host = fakeWindows();
    await install(options(), host);
    host.ran.length = 0;
    const { words } = await uninstall({}, host);
    expect(host.ran).toEqual([
      'whoami /groups',
      'schtasks /query /tn ccelog watch',
      'schtasks /change /tn ccelog watch /disable',
      'schtasks /end /tn ccelog watch',
      'schtasks /delete /tn ccelog watch /f',
    ]);
    expect(host.tasks.size).toBe(0);
    expect(words).toContain('was ended and deleted');
    await install(options(), host);
    host.tasks.get('ccelog watch')!.isRunning = false;
    await uninstall({}, host);
    expect(host.tasks.size).toBe(0);
  });

  it('says so where there is none, and where it is refused', async () => {
    await expect(uninstall({}, fakeWindows())).rejects.toThrow(/there is no scheduled task "ccelog watch"/);
    const host = fakeWindows({ refuses: { '/delete': { stderr: 'ERROR: no\r\n' } } });
    await install(options(), host);
    await expect(uninstall({}, host)).rejects.toThrow(failure('INSTALL_FAILED', 'ERROR: no'));
  });

  it('does nothing in a dry run', async () => {
    const host = fakeWindows();
    const { words } = await uninstall({ dryRun: true }, host);
    expect(host.ran).toEqual([]);
    expect(words).toContain('  schtasks /delete /tn "ccelog watch" /f\n');
  });
});
