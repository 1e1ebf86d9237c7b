/** Finds what the file entries name. Names are compared without regard to case, as Windows does, wherever the disk is. */
import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { kept } from '../../texts/texts.js';
import { describe } from '../walk.js';
import type { CollectHost, Place } from './host.js';
import type { FileItem, ListingItem } from './items.js';
import { refusalOfName } from './never-read.js';

export interface FoundFile {
  path: string;
  /** Path in the zip. */
  member: string;
  bytes: number;
  modified: Date;
  state: 'found' | 'refused' | 'unreadable';
  reason: string | null;
}

export interface FoundFolder {
  path: string;
  place: Place;
}

/** A tree that grew over all bounds is not walked to its end. */
const ENTRY_LIMIT = 20_000;

/** The folders that an entry means and that are there. One that leads out of a copied disk is none. */
export function foldersOf({ place, folder }: FileItem | ListingItem, host: CollectHost): FoundFolder[] {
  return host.places[place].flatMap((candidate) => {
    let path: string | null = candidate.folder;
    for (const name of folder) path = path === null ? null : childOf(path, name);
    return path !== null && isFolder(path) && (candidate.origin === 'option' || isInside(path, host.root))
      ? [{ path, place: candidate }]
      : [];
  });
}

/** The files of an entry, by path. */
export function filesOf(item: FileItem, host: CollectHost): FoundFile[] {
  const fits = item.names.map(patternOf);
  return foldersOf(item, host).flatMap(({ path, place }) => {
    const found: FoundFile[] = [];
    const unread = (at: string, reason: string) =>
      found.push({ path: at, member: '', bytes: 0, modified: new Date(0), state: 'unreadable', reason });
    for (const { at, entry, failure } of entriesOf(path, item.depth)) {
      if (failure !== undefined) unread(at, failure);
      else if (entry && !entry.isDirectory() && fits.some((fit) => fit.test(entry.name)))
        found.push(look(at, entry, [item.member, place.label, ...relative(path, at).split(sep)]));
    }
    return found;
  });
}

function look(path: string, entry: Dirent, names: string[]): FoundFile {
  const file = { path, member: names.filter((name) => name !== '').join('/'), bytes: 0, modified: new Date(0) };
  const refusal = refusalOfName(entry.name);
  if (refusal !== null) return { ...file, state: 'refused', reason: refusal };
  // A link may lead to what is never read.
  if (!entry.isFile()) return { ...file, state: 'unreadable', reason: kept`a link is not followed` };
  try {
    const { size, mtime } = lstatSync(path);
    return { ...file, bytes: size, modified: mtime, state: 'found', reason: null };
  } catch (error) {
    return { ...file, state: 'unreadable', reason: describe(error) };
  }
}

/** One line for each name: `2018-09-07T10:40:37.000Z        1234  Instances\2.1.0-default`. */
export function listingOf(folder: string, depth: number): string {
  const lines = [`${folder}`, ''];
  for (const { at, entry, failure } of entriesOf(folder, depth)) {
    const stats = entry && statsOf(at);
    const name = relative(folder, at).split(sep).join('\\') || '.';
    const size = entry?.isDirectory() ? '<folder>' : String(stats?.size ?? '?');
    const time = stats ? stats.mtime.toISOString() : '?';
    lines.push(`${time.padEnd(24)}  ${size.padStart(15)}  ${name}${failure === undefined ? '' : `  (${failure})`}`);
  }
  return `${lines.join('\r\n')}\r\n`;
}

interface Entry {
  at: string;
  entry?: Dirent;
  failure?: string;
}

/** All names below a folder down to a depth, by code unit; what may not be listed as a failure. */
function* entriesOf(folder: string, depth: number, count = { left: ENTRY_LIMIT }): Generator<Entry> {
  let entries: Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    yield { at: folder, failure: describe(error) };
    return;
  }
  entries.sort((left, right) => (left.name < right.name ? -1 : left.name > right.name ? 1 : 0));
  for (const entry of entries) {
    if (count.left === 0) return;
    if (--count.left === 0)
      yield { at: folder, failure: kept`more than ${ENTRY_LIMIT} names: the rest is not looked at` };
    const at = join(folder, entry.name);
    yield { at, entry };
    if (entry.isDirectory() && depth > 0) yield* entriesOf(at, depth - 1, count);
  }
}

/** The child of that name, or of one that differs in case alone. */
function childOf(folder: string, name: string): string | null {
  const direct = join(folder, name);
  if (statsOf(direct)) return direct;
  try {
    const other = readdirSync(folder).find((entry) => entry.toLowerCase() === name.toLowerCase());
    return other === undefined ? null : join(folder, other);
  } catch {
    return null;
  }
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(realpathSync(path)).isDirectory();
  } catch {
    return false;
  }
}

function isInside(path: string, root: string | null): boolean {
  if (root === null) return true;
  const way = relative(realpathSync(root), realpathSync(path));
  return way !== '..' && !way.startsWith(`..${sep}`);
}

function statsOf(path: string): Stats | undefined {
  return lstatSync(path, { throwIfNoEntry: false });
}

function patternOf(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'isu');
}
