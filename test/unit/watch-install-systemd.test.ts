import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SystemdService, systemdUnit } from '../../src/watch/install/systemd.js';
import { temporaryFolders } from '../support/temporary-folders.js';
import { systemdCommandOf, systemdPathsOf } from './watch-install-decoders.js';
import { expectGolden } from './watch-install-kit.js';

const service: SystemdService = {
  executable: '/usr/bin/node',
  script: '/usr/lib/node_modules/ccelog/dist/cli/ccelog.js',
  args: ['watch', '/srv/logs/a b.log', '--db', '/srv/store/ccelog.db'],
  user: 'ccelog',
  description: 'ccelog watch: follows logs',
  writable: ['/srv/store'],
  keepsState: false,
  needsSharedTemporary: false,
};

const HOSTILE = [
  '"',
  "'",
  '\\',
  '%',
  '$',
  '$\u007bHOME}',
  '$$',
  '%%',
  ';',
  ' ',
  '\t',
  '\n',
  '\r',
  '\x7f',
  '\x01',
  '#',
  '-',
  'é',
  '😀',
];
const pieces = fc.array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ maxLength: 3 })));
const text = pieces.map((parts) => parts.join('').replaceAll('\0', ''));
// What systemd refuses in the path of a program, and what no path in a unit can hold.
const programPath = text.map((name) => `/${name.replace(/[\0-\x1f\x7f"'\\]/g, '')}`);
const folderPath = text.map((name) => `/${name.replace(/[\0-\x1f\x7f]/g, '')}`);

/** All values of a setting. */
function valuesOf(unit: string, name: string): string[] {
  return [...unit.matchAll(new RegExp(`^${name}=(.*)$`, 'gm'))].map(([, value = '']) => value);
}

describe('a unit of systemd', () => {
  it('is this one', () => {
    expectGolden('watch-install.service.golden', systemdUnit(service));
  });

  it.each([
    ['a b', '"a b"'],
    ['"quoted"', '"\\"quoted\\""'],
    ['back\\slash\\', '"back\\\\slash\\\\"'],
    ['100%', '"100%%"'],
    ['$HOME $\u007bHOME}', '"$$HOME $$\u007bHOME}"'],
    ['two\nlines', '"two\\nlines"'],
    ['\x1b[0m', '"\\x1b[0m"'],
    [';', '";"'],
    ['', '""'],
  ])('writes the argument %j so that it stays one', (argument, written) => {
    const [command = ''] = valuesOf(systemdUnit({ ...service, args: [argument] }), 'ExecStart');
    expect(command.endsWith(`.js" ${written}`)).toBe(true);
    expect(systemdCommandOf(command)).toEqual([service.executable, service.script, argument]);
  });

  it('is read back as it was, whatever is in it', () => {
    fc.assert(
      fc.property(programPath, text, fc.array(text), fc.array(folderPath), (executable, script, args, writable) => {
        const unit = systemdUnit({ ...service, executable, script, args, writable });
        const [command = '', ...others] = valuesOf(unit, 'ExecStart');
        expect(others).toEqual([]);
        expect(systemdCommandOf(command)).toEqual([executable, script, ...args]);
        expect(valuesOf(unit, 'ReadWritePaths').flatMap(systemdPathsOf)).toEqual(writable);
        // Nothing became a line of its own.
        expect(unit.split('\n')).toHaveLength(systemdUnit(service).split('\n').length - 1 + writable.length);
      }),
      { numRuns: 2000 },
    );
  });

  it.each<[string, Partial<SystemdService>]>([
    ['a program with a quote', { executable: '/opt/a"b/node' }],
    ['a program with a line feed', { executable: '/opt/a\nb/node' }],
    ['a folder with a line feed', { writable: ['/srv/a\nb'] }],
    ['half of a surrogate pair', { args: ['a\ud800'] }],
    ['a user with a blank', { user: 'a b' }],
    ['a user that begins a setting', { user: 'a\nExecStartPre=/bin/sh' }],
    ['a specifier for a user', { user: '%u' }],
    ['no user', { user: '' }],
  ])('refuses %s', (_, change) => {
    expect(() => systemdUnit({ ...service, ...change })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });

  it('runs as root where no user is named, has a folder for its state and sees /tmp where it must', () => {
    const unit = systemdUnit({ ...service, user: null, keepsState: true, needsSharedTemporary: true });
    expect(valuesOf(unit, 'StateDirectory')).toEqual(['ccelog']);
    expect(valuesOf(unit, 'User')).toEqual([]);
    expect(valuesOf(unit, 'PrivateTmp')).toEqual(['no']);
  });

  const ANALYZE = 'systemd-analyze';
  const hasSystemd = spawnSync(ANALYZE, ['--version']).status === 0;
  const makeFolder = temporaryFolders();

  // Debian's package systemd has it. It needs no running systemd.
  it.skipIf(!hasSystemd)(
    'is what systemd-analyze finds nothing wrong with (skipped where the program is missing)',
    () => {
      const folder = makeFolder({ 'ccelog-watch.service': '' });
      // Had systemd read this path differently, it would not find the program.
      const programs = join(folder, '100%n of $HOME; and blanks');
      mkdirSync(programs, { recursive: true });
      const executable = join(programs, 'node');
      writeFileSync(executable, '#!/bin/sh\n');
      chmodSync(executable, 0o755);
      const unit = systemdUnit({
        ...service,
        executable,
        args: HOSTILE,
        user: 'root',
        writable: ['/srv/a b', '/srv/100%', '/srv/a"b\\c', '/srv/$HOME'],
      });
      const file = join(folder, 'ccelog-watch.service');
      writeFileSync(file, unit);
      const { status, stdout, stderr } = spawnSync(ANALYZE, ['verify', '--man=no', file], {
        encoding: 'utf8',
      });
      const about = `${stdout}${stderr}`.split('\n').filter((line) => line.includes('ccelog-watch'));
      expect({ status, about }).toEqual({ status: 0, about: [] });
    },
  );
});
