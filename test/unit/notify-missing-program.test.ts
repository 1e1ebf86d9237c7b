/** A program that is not there is known before the first incident. */
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/watch/clock.js';
import { notifications } from '../../src/watch/notifications.js';
import { missingProgram } from '../../src/watch/notify/missing-program.js';

const root = mkdtempSync(join(tmpdir(), 'ccelog-program-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

mkdirSync(join(root, 'bin'));
for (const [name, mode] of [
  ['ticket', 0o755],
  ['notes', 0o644],
  ['tool.exe', 0o755],
] as const) {
  writeFileSync(join(root, 'bin', name), '#!/bin/sh\n');
  chmodSync(join(root, 'bin', name), mode);
}

const why = (program: string, platform: NodeJS.Platform = 'linux', env: Record<string, string> = {}) =>
  missingProgram({ shell: false, program, args: [] }, { env, platform, folder: root });

describe.skipIf(process.platform === 'win32')('a program', () => {
  test('is looked for by its path, from the folder of the process', () => {
    for (const program of [join(root, 'bin/ticket'), 'bin/ticket', './bin/ticket']) expect(why(program)).toBeNull();
    for (const program of [join(root, 'ticket'), './ticket', 'bin/none']) expect(why(program)).toBe('no such program');
    expect(why('bin')).toMatch(/^no such program/);
  });

  test('that is only a name is looked for on the PATH', () => {
    const env = { PATH: `/nowhere::${join(root, 'bin')}` };
    expect(why('ticket', 'linux', env)).toBeNull();
    expect(why('none', 'linux', env)).toBe('no such program on the PATH');
    expect(why('ticket')).toBe('no such program on the PATH');
  });

  test('has to be one', () => expect(why('bin/notes')).toBe('it may not be run'));

  test('has an end on Windows, which may be left out', () => {
    const env = { Path: `"${join(root, 'bin')}"` };
    expect(why('tool', 'win32', env)).toBeNull();
    expect(why('ticket2', 'win32', env)).toBe('no such program on the PATH');
    expect(why(join(root, 'bin/tool'), 'win32')).toBeNull();
  });

  test('of a shell is its own affair', () => expect(missingProgram({ shell: true, line: 'none | none' })).toBeNull());
});

test('one line says so when watching begins, without the arguments, which may hold a secret', () => {
  const lines: string[] = [];
  const options = { version: '1', clock: systemClock, warn: (line: string) => lines.push(line) };
  notifications({ ...options, onIncident: '/nowhere/ticket --token hush' });
  expect(lines).toEqual(['command ticket: no such program; watching begins all the same']);
  notifications({ ...options, onIncident: `"${process.execPath}"` });
  notifications({ ...options, onIncident: '/nowhere/ticket', shell: true });
  expect(lines).toHaveLength(1);
});
