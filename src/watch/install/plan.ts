/** What the installed program will be asked to do: the same as on the command line, but for where it is said from. */
import { posix, win32 } from 'node:path';
import { CcelogError, type ErrorDetails } from '../../errors.js';
import { t } from '../../texts/texts.js';
import type { Host } from './host.js';

export interface InstallOptions {
  taskName?: string | undefined;
  user?: string | undefined;
  dryRun?: boolean | undefined;
  force?: boolean | undefined;
  /** What to follow, and the options that name files and folders. */
  paths: readonly string[];
  db?: string | undefined;
  signatures?: readonly string[] | undefined;
  metrics?: string | undefined;
  /** All other options of `watch` with their values, as they were given. */
  others: readonly string[];
}

/** `definition` is what the system reads, where it is only shown; then `words` say what to do with it. */
export interface Installed {
  definition: string | null;
  words: string;
}

export interface Plan {
  /** Behind the script. */
  args: string[];
  paths: string[];
  signatures: string[];
  db: string;
  metrics: string | null;
}

/**
 * Names every file by its full path, for the working folder is another then; and the store, for another user's profile would
 * have another. Throws BAD_USAGE.
 */
export function planWatch(options: InstallOptions, host: Host): Plan {
  const full = (path: string) => pathsOf(host).resolve(host.folder, path);
  const paths = options.paths.map(full);
  const signatures = (options.signatures ?? []).map(full);
  const db = storeOf(options, host);
  const metrics = options.metrics === undefined ? null : full(options.metrics);
  const args = [
    'watch',
    ...paths,
    '--db',
    db,
    ...signatures.flatMap((folder) => ['--signatures', folder]),
    ...(metrics === null ? [] : ['--metrics', metrics]),
    ...options.others,
  ];
  return { args, paths, signatures, db, metrics };
}

/** The full path of the store that it will have. Throws BAD_USAGE. */
export function storeOf({ db }: Pick<InstallOptions, 'db'>, host: Host): string {
  const store = db ?? (host.environment['CCELOG_DB'] || defaultStore(host));
  if (store !== ':memory:') return pathsOf(host).resolve(host.folder, store);
  throw new CcelogError('BAD_USAGE', t`an installed ccelog cannot keep its store in memory`, {
    why: t`what it found would be gone whenever it is started anew, and nobody could look at it`,
    try: t`leave --db out, or name a file`,
  });
}

export function pathsOf({ platform }: Host): typeof win32 {
  return platform === 'win32' ? win32 : posix;
}

/** A place that is the same for whoever looks. */
function defaultStore({ platform, environment: { ProgramData, SystemDrive } }: Host): string {
  if (platform !== 'win32') return '/var/lib/ccelog/ccelog.db';
  return win32.join(ProgramData || `${SystemDrive || 'C:'}\\ProgramData`, 'ccelog', 'ccelog.db');
}

/** A command as it can be typed, in PowerShell or in a shell of Unix, where nothing in it is replaced. */
export function typed({ platform }: Pick<Host, 'platform'>, words: readonly string[]): string {
  return words.map(platform === 'win32' ? inPowerShell : inShell).join(' ');
}

function inPowerShell(word: string): string {
  if (/^(?:[\w.:\\/-]+|\*)$/.test(word)) return word;
  // In double quotes cmd understands it too; where those would not hold, it is PowerShell's own, with its five quotes.
  if (/^[^"$`%!^\u201c-\u201e]+$/.test(word) && !word.endsWith('\\')) return `"${word}"`;
  return `'${word.replace(/['\u2018-\u201b]/g, '$&$&')}'`;
}

function inShell(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What the system refuses. */
export function cannotInstall(message: string, details: ErrorDetails): CcelogError {
  return new CcelogError('INSTALL_FAILED', message, details);
}
