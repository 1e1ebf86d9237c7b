import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import { CcelogError } from '../../src/errors.js';
import { runCommand } from '../../src/watch/notify/command.js';
import { DeliveryError } from '../../src/watch/notify/delivery-error.js';
import { type Command, parseCommand } from '../../src/watch/notify/parse-command.js';
import { temporaryFolders } from '../support/temporary-folders.js';
import { eventOf, HOSTILE } from './notify-kit.js';

const folderOf = temporaryFolders();
const isWindows = process.platform === 'win32';

/** A program of this one line. */
function script(code: string, ...args: string[]): Command {
  const folder = folderOf({ 'notify.mjs': `import fs from 'node:fs';\nimport cp from 'node:child_process';\n${code}` });
  return { shell: false, program: process.execPath, args: [join(folder, 'notify.mjs'), ...args] };
}

async function failureOf(run: Promise<void>): Promise<DeliveryError> {
  const error = await run.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(DeliveryError);
  return error as DeliveryError;
}

/** The child's pid that a script wrote, once it did. */
async function pidIn(file: string): Promise<number> {
  await vi.waitFor(() => expect(readFileSync(file, 'utf8')).toMatch(/^\d+$/), { timeout: 10_000 });
  return Number(readFileSync(file, 'utf8'));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Killed, and nobody asked for its end yet: a container may have no process that does.
  const stat = `/proc/${pid}/stat`;
  return !(existsSync(stat) && /\) Z /.test(readFileSync(stat, 'utf8')));
}

describe('a command is read', () => {
  it.each([
    ['notify', ['notify']],
    ['  notify\t --to  ops \n', ['notify', '--to', 'ops']],
    ['notify "a b" \'c d\'', ['notify', 'a b', 'c d']],
    ['/opt/my\\ tools/notify x', ['/opt/my tools/notify', 'x']],
    ['"/opt/my tools/notify" ""', ['/opt/my tools/notify', '']],
    ['say --text=\'it is "so"\'', ['say', '--text=it is "so"']],
    ['say "a \\"b\\" \\\\ \\$c \\n"', ['say', 'a "b" \\ $c \\n']],
    ['say a\'b\'"c"d', ['say', 'abcd']],
    ['say $HOME `id` $(id) * ~ a|b "|"', ['say', '$HOME', '`id`', '$(id)', '*', '~', 'a|b', '|']],
    ["say '日本 é'", ['say', '日本 é']],
  ])('on POSIX as a shell has it, but nothing is expanded: %s', (text, words) => {
    const [program, ...args] = words;
    expect(parseCommand(text, { platform: 'linux' })).toEqual({ shell: false, program, args });
  });

  it.each([
    ['"C:\\Program Files\\tool\\notify.exe" --flag', ['C:\\Program Files\\tool\\notify.exe', '--flag']],
    [
      'C:\\tools\\notify.exe "C:\\my logs\\" \\\\server\\share',
      ['C:\\tools\\notify.exe', 'C:\\my logs\\', '\\\\server\\share'],
    ],
    ['notify "say ""hi"" now" ""', ['notify', 'say "hi" now', '']],
    ["notify O'Brien 'a b'", ['notify', "O'Brien", "'a", "b'"]],
    ['notify --path="C:\\a b"\\c', ['notify', '--path=C:\\a b\\c']],
    ['notify %PATH% ^', ['notify', '%PATH%', '^']],
  ])('on Windows with its paths whole: %s', (text, words) => {
    const [program, ...args] = words;
    expect(parseCommand(text, { platform: 'win32' })).toEqual({ shell: false, program, args });
  });

  it.each([
    ['', 'linux', 'it is empty'],
    [' \t ', 'win32', 'it is empty'],
    ['""', 'linux', 'it names no program'],
    ['notify "secret-argument', 'linux', 'a double quote has no end'],
    ["notify 'secret-argument", 'linux', 'a single quote has no end'],
    ['notify secret-argument\\', 'linux', 'a backslash has no end'],
    ['notify "secret-argument', 'win32', 'a double quote has no end'],
    ['notify "say ""secret-argument', 'win32', 'a double quote has no end'],
    ['notify secret-argument | mail ops', 'linux', '| means something to a shell only'],
    ['notify secret-argument 2>&1', 'linux', '2>&1 means something to a shell only'],
    ['notify secret-argument > log.txt', 'win32', '> means something to a shell only'],
    ['notify.cmd secret-argument', 'win32', 'a batch file is run by the shell'],
    ['"C:\\my tools\\notify.BAT"', 'win32', 'a batch file is run by the shell'],
    ['.\\notify.ps1', 'win32', 'a script is run by PowerShell'],
    ['notify \0', 'linux', 'it holds a NUL character'],
  ] as const)('and a wrong one is told at once: %s', (text, platform, why) => {
    const error = (() => {
      try {
        return parseCommand(text, { platform });
      } catch (thrown) {
        return thrown;
      }
    })() as CcelogError;
    expect(error).toBeInstanceOf(CcelogError);
    expect(error).toMatchObject({ code: 'BAD_USAGE', details: { why } });
    expect(`${error.message} ${JSON.stringify(error.details)}`).not.toContain('secret-argument');
  });

  it('with a shell, as it is', () => {
    expect(parseCommand('a | "b', { shell: true })).toEqual({ shell: true, line: 'a | "b' });
    expect(() => parseCommand('  ', { shell: true })).toThrow(CcelogError);
  });
});

describe('a command', () => {
  const save =
    'fs.writeFileSync(process.argv[2], fs.readFileSync(0)); fs.writeFileSync(process.argv[3], JSON.stringify(process.env));';

  it('has the event on its standard input, on one line, and a little in its environment', async () => {
    const folder = folderOf({});
    const [input, environment] = [join(folderOf({ x: '' }), 'input'), join(folderOf({ x: '' }), 'env')];
    const event = eventOf(
      { event: 'incident.regressed', why: HOSTILE },
      { title: HOSTILE, cause: HOSTILE, appliance: HOSTILE, entities: { user: HOSTILE }, status: 'regressed' },
    );
    await runCommand(script(save, input, environment), event);
    const text = readFileSync(input, 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    expect(text.slice(0, -1)).not.toContain('\n');
    expect(JSON.parse(text)).toEqual(event);
    const values = JSON.parse(readFileSync(environment, 'utf8'));
    expect(values).toMatchObject({
      CCELOG_EVENT: 'incident.regressed',
      CCELOG_INCIDENT: 'inc-0123456789ab',
      CCELOG_SIGNATURE: 'credential-key-invalid-state',
      CCELOG_SEVERITY: 'error',
      CCELOG_STATUS: 'regressed',
    });
    expect(values.CCELOG_APPLIANCE).toMatch(/^[\p{L}\p{N}._: -]+$/u);
    expect(values.PATH).toBe(process.env['PATH']);
    expect(existsSync(join(folder, 'owned'))).toBe(false);
  });

  it('has an empty appliance where none is known, and a long one is cut', async () => {
    const [input, environment] = [join(folderOf({ x: '' }), 'input'), join(folderOf({ x: '' }), 'env')];
    await runCommand(script(save, input, environment), eventOf({}, { appliance: null }));
    expect(JSON.parse(readFileSync(environment, 'utf8')).CCELOG_APPLIANCE).toBe('');
    await runCommand(script(save, input, environment), eventOf({}, { appliance: `-${'x'.repeat(5000)}` }));
    expect(JSON.parse(readFileSync(environment, 'utf8')).CCELOG_APPLIANCE).toBe(`_${'x'.repeat(255)}`);
  });

  it.skipIf(isWindows)('is run by a shell only where that is asked for', async () => {
    const folder = folderOf({ x: '' });
    const out = join(folder, 'out');
    const line = `cd '${folder}' && cat >/dev/null; echo $CCELOG_APPLIANCE > out`;
    await runCommand(parseCommand(line, { shell: true }), eventOf({}, { appliance: HOSTILE }));
    expect(readFileSync(out, 'utf8')).toContain('touch owned');
    expect(existsSync(join(folder, 'owned'))).toBe(false);
    const marker = join(folder, 'marker');
    await runCommand(script('process.exit(process.argv[2].startsWith("$(") ? 0 : 1)', `$(touch ${marker})`), eventOf());
    expect(existsSync(marker)).toBe(false);
  });

  it('need not read what it is given', async () => {
    const large = eventOf({}, { cause: 'x'.repeat(8 << 20) });
    await runCommand(script('process.exit(0)'), large);
    await runCommand(script('process.stdin.destroy(); setTimeout(() => process.exit(0), 100)'), large);
  });

  it('may say much, and what is shown of it is the end, printable and without secrets', async () => {
    const code = `
      const say = (text) => { for (let at = 0; at < text.length; ) at += fs.writeSync(2, text.slice(at)); };
      say('x'.repeat(1 << 20) + '\\nfirst\\n');
      fs.writeSync(1, 'password=Synth-Pa55w0rd!x \\u001b[2J\\u202e the pager is off' + ' '.repeat(50) + '\\n');
      process.exitCode = 3;`;
    const error = await failureOf(runCommand(script(code), eventOf()));
    expect(error.message).toMatch(/^command node.*: exit code 3: /);
    expect(error.message).toContain('the pager is off');
    expect(error.message).not.toContain('Pa55');
    expect(error.message.length).toBeLessThan(400);
    expect(error.message).toMatch(/^[^\0-\x1f\u202e]*$/);
    expect(error).toMatchObject({ blame: 'either', mayHaveArrived: true });
  });

  it('does not show half a secret where its output is cut', async () => {
    const code = `fs.writeSync(2, 'password="' + 'Secret-Synth '.repeat(24) + '"' + ' end'.repeat(20)); process.exitCode = 1;`;
    const { message } = await failureOf(runCommand(script(code), eventOf()));
    expect(message).not.toContain('Secret-Synth');
    expect(message).toContain('end end');
  });

  it('fails with what it ends by', async () => {
    expect((await failureOf(runCommand(script('process.exit(7)'), eventOf()))).message).toMatch(/: exit code 7$/);
    if (isWindows) return;
    const killed = runCommand(script("process.kill(process.pid, 'SIGTERM'); setInterval(() => 0, 1000)"), eventOf());
    expect((await failureOf(killed)).message).toMatch(/: ended by SIGTERM$/);
  });

  it('that is not there is told as such, without its arguments', async () => {
    const folder = folderOf({ 'plain.txt': 'no program' });
    const missing: Command = { shell: false, program: join(folder, 'missing-tool'), args: ['secret-argument'] };
    const error = await failureOf(runCommand(missing, eventOf()));
    expect(error).toMatchObject({
      message: 'command missing-tool: no such program',
      blame: 'receiver',
      mayHaveArrived: false,
    });
    if (isWindows) return;
    const plain: Command = { shell: false, program: join(folder, 'plain.txt'), args: [] };
    expect((await failureOf(runCommand(plain, eventOf()))).message).toBe('command plain.txt: it may not be run');
  });

  it('is killed with all it started when it takes too long', async () => {
    const file = join(folderOf({ x: '' }), 'pid');
    const code = `
      const child = cp.spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'inherit' });
      fs.writeFileSync(process.argv[2], String(child.pid));
      setInterval(() => 0, 1000);`;
    const run = failureOf(runCommand(script(code, file), eventOf(), { timeoutMs: 2000 }));
    const pid = await pidIn(file);
    expect(isAlive(pid)).toBe(true);
    expect((await run).message).toMatch(/: not done after 2 s, and killed$/);
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });
  });

  it('is killed when the watch ends', async () => {
    const file = join(folderOf({ x: '' }), 'pid');
    const code = 'fs.writeFileSync(process.argv[2], String(process.pid)); setInterval(() => 0, 1000);';
    const stop = new AbortController();
    const run = failureOf(runCommand(script(code, file), eventOf(), { signal: stop.signal }));
    const pid = await pidIn(file);
    stop.abort();
    expect((await run).message).toMatch(/: stopped$/);
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });
    expect(await failureOf(runCommand(script(code, file), eventOf(), { signal: stop.signal }))).toMatchObject({
      mayHaveArrived: false,
    });
  });

  it.skipIf(isWindows)('may leave something running, which is neither waited for nor ended', async () => {
    const file = join(folderOf({ x: '' }), 'pid');
    const line = `sleep 30 & echo $! | tr -d '\\n' > '${file}'`;
    const begin = performance.now();
    await runCommand({ shell: true, line }, eventOf());
    const failed = await failureOf(runCommand({ shell: true, line: `sleep 5 & echo no >&2; exit 1` }, eventOf()));
    expect(failed.message).toBe('shell command: exit code 1: no');
    expect(performance.now() - begin).toBeLessThan(4000);
    const pid = await pidIn(file);
    await setTimeout(50);
    expect(isAlive(pid)).toBe(true);
    process.kill(pid);
  });
});
