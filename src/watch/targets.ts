/** What is watched: files by name or pattern, each in one folder. */

import { realpathSync, statfsSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';

/** The service's log, and the siblings that .NET makes where another process has it open: a GUID stands before the name. */
export const SERVICE_LOG = '*CceManagementService.log';
/** Where the service writes, below the folder of programs. */
const SERVICE_FOLDER = ['Skype for Business Cloud Connector Edition', 'ManagementService'];

export interface Target {
  folder: string;
  /** The pattern that names have to fit. */
  pattern: string;
  matches: (name: string) => boolean;
  /** A network share: no handle stays open there, and nothing tells of changes. */
  isRemote: boolean;
}

/** The documented folder of the host's log. Throws BAD_USAGE where this is no Windows host. */
export function serviceFolder(env: Readonly<Record<string, string | undefined>>): string {
  const programs = env['ProgramW6432'] ?? env['ProgramFiles'];
  if (programs) return [programs, ...SERVICE_FOLDER].join('\\');
  throw new CcelogError('BAD_USAGE', t`no log to watch was named`, {
    why: t`the log of the management service is looked for below %ProgramFiles%, and this machine has none`,
    try: t`ccelog watch <file, folder or pattern>`,
  });
}

/**
 * What a path means: a folder stands for the service's logs in it, a name with * or ? for all that fit, anything else for
 * itself. Throws BAD_USAGE for nothing, and for a pattern in the name of a folder.
 */
export function targetOf(path: string, isCaseless: boolean): Target {
  // Node takes it for the working folder; it is rather a variable of a script that was empty.
  if (path === '')
    throw new CcelogError('BAD_USAGE', t`a path to watch is empty`, {
      try: t`name the file or folder; . is the one that you are in`,
    });
  const full = resolve(path);
  // What is not there yet is a folder, unless its name has an extension or stands for others: what it is will show.
  const isFile = /[*?]|.\.[^.]+$/.test(basename(full)) && !/[\\/]$/.test(path);
  const isFolder = isFolderNow(full) ?? !isFile;
  const folder = isFolder ? full : dirname(full);
  const pattern = isFolder ? SERVICE_LOG : basename(full);
  if (/[*?]/.test(folder))
    throw new CcelogError('BAD_USAGE', t`a pattern may stand for names of files only`, {
      file: path,
      why: t`there is a * or ? in the name of a folder`,
      try: t`name the folders one by one`,
    });
  return { folder, pattern, matches: nameMatcher(pattern, isCaseless), isRemote: isRemote(folder) };
}

/** What several paths mean, each thing once: who names a log twice has one. */
export function targetsOf(paths: readonly string[], isCaseless: boolean): Target[] {
  const found = new Map<string, Target>();
  for (const path of paths) {
    const target = targetOf(path, isCaseless);
    const key = `${target.folder}\0${target.pattern}`;
    const name = isCaseless ? key.toLowerCase() : key;
    if (!found.has(name)) found.set(name, target);
  }
  return [...found.values()];
}

/** Null where nothing can be seen of it: it is not there, or may not be looked at just now. */
function isFolderNow(path: string): boolean | null {
  try {
    return statSync(path).isDirectory();
  } catch {
    return null;
  }
}

/** File systems of Linux that are on another machine, by the numbers of statfs(2): NFS, CIFS, SMB2, 9P, FUSE (sshfs). */
const REMOTE_TYPES = new Set([0x6969, 0xff534d42, 0xfe534d42, 0x01021997, 0x65735546]);

/** Whether a folder is on another machine: by its name, by what a mapped drive leads to, or by its file system. */
function isRemote(folder: string): boolean {
  if (isShare(folder)) return true;
  try {
    return process.platform === 'win32'
      ? isShare(realpathSync.native(folder))
      : REMOTE_TYPES.has(statfsSync(folder).type >>> 0);
  } catch {
    return false;
  }
}

/** `\\\\server\\share`, also in its long form; not `\\\\?\\C:\\` and the like, which are local. */
function isShare(path: string): boolean {
  return /^[\\/]{2}(?![?.][\\/])|^[\\/]{2}\?[\\/]UNC[\\/]/i.test(path);
}

/** `*` stands for any characters, `?` for one; everything else for itself. */
export function nameMatcher(pattern: string, isCaseless: boolean): (name: string) => boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replace(/\?/g, '.');
  const expression = new RegExp(`^${source}$`, isCaseless ? 'isu' : 'su');
  return (name) => expression.test(name);
}
