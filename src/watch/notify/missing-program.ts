/** Whether the program of a command is there, asked before the first incident asks for it. */
import { accessSync, constants, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { t } from '../../texts/texts.js';
import type { Command } from './parse-command.js';

export interface SearchOptions {
  env?: Readonly<Record<string, string | undefined>>;
  platform?: NodeJS.Platform;
  /** Where the command will run. */
  folder?: string;
}

/** Windows tries these where a name has none of its own; Node.js knows no others. */
const WINDOWS_ENDS = ['', '.com', '.exe'];

/**
 * Why a program could not be run now; null where it could, or where only a shell knows. It is looked for where the system
 * will look: a name alone on the PATH, on Windows in the folder of the process first.
 */
export function missingProgram(command: Command, options: SearchOptions = {}): string | null {
  if (command.shell) return null;
  const { env = process.env, platform = process.platform, folder = process.cwd() } = options;
  const { program } = command;
  const isWindows = platform === 'win32';
  const isName = !isAbsolute(program) && !(isWindows ? /[\\/:]/ : /\//).test(program);
  const folders = isName ? [...(isWindows ? [folder] : []), ...pathOf(env, isWindows)] : [''];
  const names = folders.flatMap((one) =>
    (isWindows ? WINDOWS_ENDS : ['']).map((end) => resolve(folder, join(one, `${program}${end}`))),
  );
  const found = names.filter(isFile);
  if (found.length === 0) return isName ? t`no such program on the PATH` : t`no such program`;
  return found.some(isRunnable) ? null : t`it may not be run`;
}

function pathOf(env: Readonly<Record<string, string | undefined>>, isWindows: boolean): string[] {
  const name = Object.keys(env).find((key) => (isWindows ? key.toUpperCase() : key) === 'PATH');
  const value = (name === undefined ? undefined : env[name]) ?? '';
  return value
    .split(isWindows ? ';' : ':')
    .map((folder) => (isWindows ? folder.replace(/^"(.*)"$/, '$1') : folder))
    .filter((folder) => folder !== '');
}

function isFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function isRunnable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
