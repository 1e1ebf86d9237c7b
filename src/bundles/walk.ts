/** Which files a path holds, in a stable order. A path that is named may be a link; links inside a folder are not followed, so that no loop and no way out exists. */
import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { CcelogError } from '../errors.js';
import type { InputProblem } from '../model.js';
import { t } from '../texts/texts.js';

export interface FoundFile {
  path: string;
  bytes: number;
}

export interface Walk {
  files: FoundFile[];
  problems: InputProblem[];
}

/** Deeper folders are reported, not entered. */
const DEPTH_LIMIT = 64;

/**
 * Lists the files that the given paths hold. A path that does not exist is a problem beside others that do; throws
 * INPUT_MISSING where none does.
 */
export function walk(paths: readonly string[]): Walk {
  const found: Walk = { files: [], problems: [] };
  const missing: { path: string; error: unknown }[] = [];
  for (const path of paths) {
    try {
      const stats = statSync(path);
      if (stats.isDirectory()) enter(path, 0, found);
      else add(path, stats, found);
    } catch (error) {
      if (reasonOf(error) === 'ENOENT' || reasonOf(error) === 'ENOTDIR') missing.push({ path, error });
      else found.problems.push({ path, why: describe(error) });
    }
  }
  const [first] = missing;
  if (first && missing.length === paths.length)
    throw new CcelogError('INPUT_MISSING', t`cannot read the input`, {
      file: first.path,
      why: t`no such file or folder`,
      try: t`check the path; quote it where it holds spaces`,
      cause: first.error,
    });
  for (const { path } of missing) found.problems.push({ path, why: t`no such file or folder` });
  const seen = new Set<string>();
  found.files = found.files.filter(({ path }) => !seen.has(resolve(path)) && seen.add(resolve(path)));
  return found;
}

function enter(folder: string, depth: number, found: Walk): void {
  if (depth > DEPTH_LIMIT) {
    found.problems.push({ path: folder, why: t`deeper than ${DEPTH_LIMIT} folders` });
    return;
  }
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    found.problems.push({ path: folder, why: whyUnlisted(folder, error) });
    return;
  }
  // By code unit, so that the order is the same on every system and in every language.
  entries.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    try {
      if (entry.isDirectory()) enter(path, depth + 1, found);
      else if (!entry.isSymbolicLink()) add(path, lstatSync(path), found);
      else found.problems.push({ path, why: t`a link inside the folder is not followed` });
    } catch (error) {
      found.problems.push({ path, why: whyUnlisted(path, error) });
    }
  }
}

function add(path: string, stats: { isFile(): boolean; size: number }, found: Walk): void {
  if (stats.isFile()) found.files.push({ path, bytes: stats.size });
  else found.problems.push({ path, why: t`neither a file nor a folder` });
}

/** A name that is no UTF-8 comes from its folder with U+FFFD in it, under which nothing stands. */
function whyUnlisted(path: string, error: unknown): string {
  if (reasonOf(error) === 'ENOENT' && basename(path).includes('\ufffd')) return t`its name is not UTF-8: rename it`;
  return describe(error);
}

function reasonOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

/** A file system's refusal in words. */
export function describe(error: unknown): string {
  const code = reasonOf(error);
  if (code === 'EACCES' || code === 'EPERM') return t`no permission to read it`;
  if (code === 'ENOENT') return t`it is gone`;
  if (code === 'EBUSY') return t`another program has it locked`;
  if (code === 'ELOOP') return t`a link that leads back to itself`;
  if (code === 'EISDIR') return t`it is a folder`;
  return (error as Error).message;
}
