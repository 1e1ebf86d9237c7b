/** A machine to install on that is none: its schtasks keeps a list of tasks, and does what the real one is documented to do. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Host, Ran } from '../../src/watch/install/host.js';
import type { InstallOptions } from '../../src/watch/install/plan.js';

export const LOG = 'C:\\Program Files\\Example Product\\ManagementService\\CceManagementService.log';

export function options(changes: Partial<InstallOptions> = {}): InstallOptions {
  return { paths: [LOG], others: [], ...changes };
}

/** An error with this code, and with this in what it says of the reason. */
export function failure(code: string, why = ''): Error {
  return expect.objectContaining({ code, details: expect.objectContaining({ why: expect.stringContaining(why) }) });
}

interface FakeTask {
  definition: string;
  account: string | null;
  isRunning: boolean;
  isEnabled: boolean;
}

export interface FakeHost extends Host {
  /** What was run, as it would be typed. */
  ran: string[];
  /** What had the terminal. */
  asked: string[];
  tasks: Map<string, FakeTask>;
  /** Temporary files that were not removed. */
  files: Map<string, Buffer>;
}

interface FakeWindows extends Partial<Omit<Host, 'run' | 'writeTemporary'>> {
  isAdministrator?: boolean;
  machineVariables?: Record<string, string>;
  /** Answers in place of schtasks, for the verb that is named. */
  refuses?: Record<string, Partial<Ran>>;
}

const OK: Ran = { code: 0, stdout: '', stderr: '' };
const SYSTEM32 = 'C:\\Windows\\System32\\';

export function fakeWindows({
  isAdministrator = true,
  machineVariables = {},
  refuses = {},
  ...given
}: FakeWindows = {}): FakeHost {
  const host: FakeHost = {
    platform: 'win32',
    release: '10.0.17763',
    environment: { SystemRoot: 'C:\\Windows', ProgramData: 'C:\\ProgramData', COMPUTERNAME: 'HOST1', TEMP: 'C:\\Temp' },
    folder: 'C:\\work',
    executable: 'C:\\Program Files\\nodejs\\node.exe',
    script: 'C:\\Program Files\\ccelog\\dist\\cli\\ccelog.js',
    ran: [],
    asked: [],
    tasks: new Map(),
    files: new Map(),
    ...given,
    async run(program, args, { asks = false } = {}) {
      expect(program.startsWith(SYSTEM32), `${program} is called by its full path`).toBe(true);
      const name = program.slice(SYSTEM32.length);
      host.ran.push([name.replace('.exe', ''), ...args].join(' '));
      if (asks) host.asked.push(host.ran.at(-1) ?? '');
      if (name === 'whoami.exe') {
        const level = isAdministrator ? 'High Mandatory Level  Label  S-1-16-12288' : 'Medium  Label  S-1-16-8192';
        return { ...OK, stdout: `\r\nGROUP INFORMATION\r\nMandatory Label\\${level}\r\n` };
      }
      if (name === 'reg.exe') {
        const value = machineVariables[args.at(-1) ?? ''];
        if (value === undefined) return { ...OK, code: 1, stderr: 'ERROR: The system was unable to find the key.' };
        return { ...OK, stdout: `\r\n${args[1]}\r\n    ${args.at(-1)}    REG_SZ    ${value}\r\n\r\n` };
      }
      expect(name).toBe('schtasks.exe');
      const refused = refuses[args[0] ?? ''];
      return refused ? { ...OK, code: 1, ...refused } : fakeSchtasks(host, args);
    },
    async writeTemporary(content) {
      const path = 'C:\\Temp\\ccelog-install-x\\task.xml';
      host.files.set(path, Buffer.from(content));
      return { path, remove: async () => void host.files.delete(path) };
    },
  };
  return host;
}

function fakeSchtasks(host: FakeHost, [verb, ...args]: readonly string[]): Ran {
  const option = (name: string) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? null) : null);
  const name = option('/tn') ?? '';
  const task = host.tasks.get(name);
  const fails = (stderr: string): Ran => ({ code: 1, stdout: '', stderr: `ERROR: ${stderr}\r\n` });
  if (verb === '/create') {
    // The real one would ask whether to replace it, and wait for an answer.
    if (task && !args.includes('/f')) throw new Error('it waits for an answer');
    const file = host.files.get(option('/xml') ?? '');
    if (file === undefined) return fails('The system cannot find the file specified.');
    if (file.readUInt16LE(0) !== 0xfeff)
      return fails('The task XML is malformed. (1,40)::ERROR: unable to switch the encoding');
    const definition = file.subarray(2).toString('utf16le');
    if (definition.includes('<LogonType>Password') && option('/rp') === null)
      return fails('The user name or password is incorrect.');
    host.tasks.set(name, { definition, account: option('/ru'), isRunning: false, isEnabled: true });
    return { ...OK, stdout: `SUCCESS: The scheduled task "${name}" has successfully been created.\r\n` };
  }
  if (!task) return fails('The system cannot find the file specified.');
  if (verb === '/delete') host.tasks.delete(name);
  if (verb === '/change') task.isEnabled = !args.includes('/disable');
  if (verb === '/end' && !task.isRunning) return fails('There is no running instance of the task.');
  if (verb === '/end') task.isRunning = false;
  if (verb === '/run') task.isRunning = true;
  return OK;
}

export function fakeLinux(given: Partial<Host> = {}): Host {
  const nothing = () => {
    throw new Error('nothing is run and written on Linux');
  };
  return {
    platform: 'linux',
    release: '6.1.0',
    environment: {},
    folder: '/srv/work',
    executable: '/usr/bin/node',
    script: '/usr/lib/node_modules/ccelog/dist/cli/ccelog.js',
    run: nothing,
    writeTemporary: nothing,
    ...given,
  };
}

/** `UPDATE_GOLDEN=1` writes the golden texts anew: read the difference before you commit. */
export function expectGolden(name: string, text: string): void {
  const file = join(fileURLToPath(new URL('../golden', import.meta.url)), name);
  if (process.env['UPDATE_GOLDEN'] || !existsSync(file)) {
    if (process.env['CI'] && !process.env['UPDATE_GOLDEN']) throw new Error(`${file} is missing`);
    writeFileSync(file, text);
  }
  expect(text.split('\n')).toEqual(readFileSync(file, 'utf8').split(/\r?\n/));
}
