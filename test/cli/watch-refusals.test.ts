/** What `ccelog watch` refuses before it does anything; installed, it would be refused at a start that nobody sees. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Desk, desk } from '../support/run-ccelog.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

const LOG = 'logs/CceManagementService.log';

function place(): Desk {
  const made = desk();
  made.write(LOG, healthy(minute(0)));
  return made;
}

describe('options that do not go together', { concurrent: true }, () => {
  test.each([
    [['--install', '--uninstall'], '--install and --uninstall do not go together'],
    [['--install', '--status'], '--status and --install do not go together'],
    [['--dry-run'], '--dry-run is for --install or --uninstall only'],
    [['--task-name', 'x'], '--task-name is for --install or --uninstall only'],
    [['--user', 'x'], '--user is for --install only'],
    [['--force'], '--force is for --install only'],
    [['--uninstall', '--user', 'x'], '--user is for --install only'],
  ] as [string[], string][])('%j', async (args, words) => {
    const made = place();
    const { code, stdout, stderr } = await made.ccelog(['watch', 'logs', ...args, '--verbose']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`error: ${words}`);
    expect(stderr).toContain('code: BAD_USAGE');
    expect(existsSync(made.db)).toBe(false);
  });
});

describe('to be watched now or installed, the same is refused', { concurrent: true }, () => {
  test.each([
    [['logs', '--webhook', 'ftp://host/'], 'BAD_USAGE', /must begin with https/],
    [['logs', '--on-incident', '"unbalanced'], 'BAD_USAGE', /command/],
    [['logs', '--shell'], 'BAD_USAGE', /--shell has no command/],
    [['logs', '--cce-version', 'latest'], 'BAD_USAGE', /version/],
    [['logs', '--signatures', 'nowhere'], '', /nowhere/],
    [['logs', '--metrics', LOG], 'OUTPUT_EXISTS', /the metrics would overwrite/],
    [['logs', '--metrics', 'note.txt'], 'OUTPUT_EXISTS', /holds something else/],
    [['logs', '--db', 'store.db', '--metrics', 'store.db'], 'OUTPUT_EXISTS', /the metrics would overwrite/],
    [[''], 'BAD_USAGE', /a path to watch is empty/],
    [['l*gs/x.log'], 'BAD_USAGE', /a pattern may stand for names of files only/],
    [[], 'BAD_USAGE', /no log to watch was named/],
  ] as [string[], string, RegExp][])('%j', async (args, error, words) => {
    const made = place();
    const before = made.write('note.txt', 'dear diary\n');
    for (const installs of [[], ['--install', '--dry-run']]) {
      const { code, stdout, stderr } = await made.ccelog(['watch', ...args, ...installs, '--verbose']);
      expect({ code, stdout }, installs.join(' ')).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(words);
      expect(stderr).toContain(`code: ${error}`);
    }
    expect(readFileSync(before, 'utf8')).toBe('dear diary\n');
    expect(readFileSync(made.path(LOG), 'utf8')).toBe(healthy(minute(0)));
  });
});

test.runIf(process.platform === 'linux')(
  'what is right is printed as a unit, though nothing is there yet',
  async () => {
    const { code, stdout } = await desk().ccelog(['watch', 'later/x.log', '--install', '--cce-version', '2.1']);
    expect(code).toBe(0);
    expect(stdout).toContain('"--cce-version" "2.1"');
  },
);

test.runIf(process.platform === 'linux')(
  'a pipe with the name of a log is one line, and the rest is watched',
  async () => {
    const made = place();
    execFileSync('mkfifo', [made.path('logs/pipe-CceManagementService.log')]);
    const watch = watching(made, ['logs', '--poll', '50ms']);
    await watch.until('the line', () => watch.stderr.includes('it is not a regular file'));
    made.write(LOG, healthy(minute(0)) + keyError(minute(1)));
    await watch.until('the incident', () => watch.lines.length === 1);
    expect(watch.stderr.match(/not a regular file/g)).toHaveLength(1);
    const { stdout } = await made.ccelog(['watch', '--status']);
    expect(stdout).toMatch(/pipe-CceManagementService\.log: it is not a regular file/);
    await watch.end();
  },
);
