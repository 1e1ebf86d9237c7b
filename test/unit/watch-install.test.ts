import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { thisHost } from '../../src/watch/install/host.js';
import { install, uninstall } from '../../src/watch/install/install.js';
import { typed } from '../../src/watch/install/plan.js';
import { systemdCommandOf } from './watch-install-decoders.js';
import { expectGolden, failure, fakeLinux, options } from './watch-install-kit.js';

describe('installing on Linux', () => {
  it('shows the unit and what to do with it, and does nothing', async () => {
    const { definition, words } = await install(
      options({ paths: ['logs/a b.log'], user: 'ccelog', metrics: '/var/lib/node_exporter/ccelog.prom' }),
      fakeLinux(),
    );
    expectGolden('watch-install-linux.golden', `${definition}\n${words}`);
  });

  it('uses the store that is named, and lets it be written', async () => {
    const { definition, words } = await install(options({ paths: ['/tmp/a.log'], db: 'store/c.db' }), fakeLinux());
    expect(definition).toContain('\nReadWritePaths="/srv/work/store"\n');
    expect(definition).toContain('\nPrivateTmp=no\n');
    expect(definition).not.toContain('StateDirectory');
    expect(words).toContain('  sudo mkdir -p /srv/work/store\n');
    const [, command = ''] = /^ExecStart=(.*)$/m.exec(definition ?? '') ?? [];
    expect(systemdCommandOf(command).slice(2)).toEqual(['watch', '/tmp/a.log', '--db', '/srv/work/store/c.db']);
  });

  it.each([
    [undefined, 'ccelog-watch.service'],
    ['host 1', 'host-1.service'],
    ['ccelog.service', 'ccelog.service'],
  ])('calls the unit of %s %s', async (taskName, unit) => {
    expect((await install(options({ taskName }), fakeLinux())).words).toContain(`/etc/systemd/system/${unit}`);
    expect((await uninstall({ taskName }, fakeLinux())).words).toContain(`  sudo systemctl disable --now ${unit}\n`);
  });

  it.each(['', '-a', 'a/b', '../a', 'a\nb', 'a$b', 'a%n', 'x'.repeat(250)])('refuses the name %j', async (taskName) => {
    await expect(install(options({ taskName }), fakeLinux())).rejects.toThrow(failure('BAD_USAGE'));
  });
});

it('says where it cannot be installed', async () => {
  const host = fakeLinux({ platform: 'darwin' });
  await expect(install(options(), host)).rejects.toThrow(failure('NOT_AVAILABLE', 'darwin'));
  await expect(uninstall({}, host)).rejects.toThrow(failure('NOT_AVAILABLE', 'darwin'));
});

describe('a command as it is typed', () => {
  it.each([
    ['plain', 'plain'],
    ['C:\\a\\b.db', 'C:\\a\\b.db'],
    ['with blank', '"with blank"'],
    ['C:\\with blank\\', "'C:\\with blank\\'"],
    ['$(calc)', "'$(calc)'"],
    ['a`b', "'a`b'"],
    ["it's $x", "'it''s $x'"],
    ['a\u2019; b $x', "'a\u2019\u2019; b $x'"],
    ['a\u201d; b', "'a\u201d; b'"],
    ['', "''"],
    ['*', '*'],
  ])('%j is %s in PowerShell', (word, shown) => {
    expect(typed({ platform: 'win32' }, [word])).toBe(shown);
  });

  it.skipIf(process.platform === 'win32')('is read by a shell as it was', () => {
    const words = ['', 'a b', "it's", '$(id)', '`id`', '"', '\\', 'a\nb', '*', '~', '-n'];
    const { stdout } = spawnSync('/bin/sh', ['-c', `printf '%s\\0' ${typed({ platform: 'linux' }, words)}`]);
    expect(stdout.toString().split('\0').slice(0, -1)).toEqual(words);
  });
});

describe('this machine', () => {
  const host = thisHost('/opt/ccelog.js');

  it('runs a program, gives what it prints, and says when there is none', async () => {
    const script = 'process.stdout.write("\\u00e9 out"); process.stderr.write("err"); process.exitCode = 3';
    expect(await host.run(process.execPath, ['-e', script])).toEqual({ code: 3, stdout: 'é out', stderr: 'err' });
    expect(await host.run('/none/such', [])).toMatchObject({ code: null, stderr: expect.stringContaining('ENOENT') });
  });

  it('reads the letters of an old code page as something', async () => {
    const script = 'process.stdout.write(Buffer.from([0x46, 0xe9]))';
    expect(await host.run(process.execPath, ['-e', script])).toMatchObject({ stdout: 'Fé' });
  });

  it('gives the terminal to a program that asks', async () => {
    const ran = await host.run(
      process.execPath,
      ['-e', 'process.exitCode = process.stdin.isTTY === undefined ? 0 : 1'],
      {
        asks: true,
      },
    );
    expect(ran).toMatchObject({ stdout: '', stderr: '' });
  });

  it('writes a file that is gone afterwards', async () => {
    const file = await host.writeTemporary(Buffer.from('text'));
    expect(readFileSync(file.path, 'utf8')).toBe('text');
    await file.remove();
    expect(existsSync(file.path)).toBe(false);
  });
});
