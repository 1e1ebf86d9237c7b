/** Where results go: files that are not overwritten, full disks, closed pipes, colours. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { reportOf } from '../support/report.js';
import { desk, needs, ROOT, SAMPLE_BUNDLE } from '../support/run-ccelog.js';
import { faultyLog } from '../support/synthetic-log.js';

describe.concurrent('--output', () => {
  const place = desk();
  const log = place.write('CceManagementService.log', faultyLog(2));
  const to = (file: string, ...more: string[]) => place.ccelog(['analyze', log, '-o', file, ...more]);

  test('writes what standard output would show, and nothing there', async () => {
    const { code, stdout, stderr } = await to(place.path('new.txt'));
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(place.path('new.txt'), 'utf8')).toBe((await place.ccelog(['analyze', log])).stdout);
  });

  test('never overwrites without --force', async () => {
    const file = place.write('kept.json', 'mine');
    const refused = await to(file, '--format', 'json');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/^error: the output file exists\n {2}file: .*kept\.json\n {2}try: {2}.*--force\n$/);
    expect(readFileSync(file, 'utf8')).toBe('mine');
    expect(await to(file, '--format', 'json', '--force')).toMatchObject({ code: 0, stderr: '' });
    expect(reportOf(readFileSync(file, 'utf8')).incidents).toHaveLength(1);
  });

  test('never overwrites what it analyzes, --force or not', async () => {
    const only = place.write('only.log', faultyLog(1));
    const { code } = await place.ccelog(['analyze', only, '-o', only, '--force']);
    expect({ code, intact: readFileSync(only, 'utf8') === faultyLog(1) }).toEqual({ code: 2, intact: true });
  });

  test('an existing file is refused before the work, not after it', async () => {
    const db = place.path('untouched.db');
    await to(place.write('there.json', 'mine'), '--db', db);
    expect(existsSync(db)).toBe(false);
  });

  test('the extension of the file names the format, for every command', async () => {
    expect(await to(place.path('a.ndjson'))).toMatchObject({ code: 0 });
    expect(readFileSync(place.path('a.ndjson'), 'utf8').trimEnd().split('\n')).toHaveLength(2);
    expect(await place.ccelog(['incidents', 'list', '-o', place.path('b.json')])).toMatchObject({ code: 0 });
    expect(() => JSON.parse(readFileSync(place.path('b.json'), 'utf8'))).not.toThrow();
  });

  test('a folder that is missing: 2', async () => {
    const { code, stderr } = await to(place.path('missing/out.txt'));
    expect(code).toBe(2);
    expect(stderr).toMatch(/^error: cannot write the output\n {2}file: .*out\.txt\n {2}why: {2}.+\n {2}try: {2}.+\n$/);
  });

  test.runIf(needs('/dev/full', existsSync('/dev/full')))('a full disk: 2, and it says so', async () => {
    const { code, stderr } = await to('/dev/full', '--force');
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^error: no space is left/) });
    const redirected = await place.shell(`$CCELOG analyze '${log}' > /dev/full`);
    expect(redirected.code).toBe(2);
    expect(redirected.stderr).toMatch(/^error: no space is left/);
    expect(redirected.stderr).not.toMatch(/\n {4}at /);
  });
});

describe.runIf(needs('a POSIX shell', process.platform !== 'win32'))('standard output', { concurrent: true }, () => {
  const place = desk();

  test.each(['table', 'json'])('a reader that has seen enough ends it without a word (%s)', async (format) => {
    const line = `($CCELOG analyze ${SAMPLE_BUNDLE} --db :memory: --format ${format}; echo "code $?" >&2) | head -1`;
    const { stdout, stderr } = await place.shell(line, { cwd: ROOT });
    expect(stdout.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^code (0|141)\n$/);
  });

  test('a reader that was never there', async () => {
    const { stderr } = await place.shell(
      `($CCELOG analyze ${SAMPLE_BUNDLE} --db :memory:; echo "code $?" >&2) | true`,
      {
        cwd: ROOT,
      },
    );
    expect(stderr).toMatch(/^code (0|141)\n$/);
  });

  test('has no colours in a file or a pipe, and colours on a terminal unless NO_COLOR or --no-color', async () => {
    const args = `analyze ${SAMPLE_BUNDLE} --db :memory:`;
    const piped = await place.shell(`$CCELOG ${args}`, { cwd: ROOT });
    expect(piped.stdout).not.toContain('\x1b');
    // `script` of util-linux gives a command a terminal.
    const terminal = (more: string) => place.shell(`script -qec "$CCELOG ${args} ${more}" /dev/null`, { cwd: ROOT });
    if (!needs('script(1), for a terminal', existsSync('/usr/bin/script'))) return;
    expect((await terminal('')).stdout).toContain('\x1b[');
    expect((await terminal('--no-color')).stdout).not.toContain('\x1b[');
    const noColour = await place.shell(`script -qec "$CCELOG ${args}" /dev/null`, {
      cwd: ROOT,
      env: { NO_COLOR: '1' },
    });
    expect(noColour.stdout).not.toContain('\x1b[');
  });
});
