/** What will be gathered, before anything is: which folders there are, which files in them, which logs have room. */
import { win32 } from 'node:path';
import { kept } from '../../texts/texts.js';
import { FILE_ITEMS } from './file-items.js';
import { type FoundFile, filesOf, foldersOf } from './find-files.js';
import type { CollectHost } from './host.js';
import type { FileItem, ListingItem, PlaceName } from './items.js';

export interface PlannedFile {
  item: FileItem;
  found: FoundFile;
  /** Whether it is a log for which the limit has no room. */
  isLeftOut: boolean;
}

export interface PlannedListing {
  item: ListingItem;
  folder: string;
  member: string;
}

export interface FilePlan {
  files: PlannedFile[];
  listings: PlannedListing[];
  /** Entries that nothing was found for, with where it was looked for. */
  absent: { item: FileItem | ListingItem; source: string }[];
}

/** Looks for all files. @param logBytes how many bytes of logs there may be; the newest have the first right to them */
export function planFiles(host: CollectHost, logBytes: number): FilePlan {
  const plan: FilePlan = { files: [], listings: [], absent: [] };
  const taken = new Set<string>();
  const members = new Set<string>();
  for (const item of FILE_ITEMS) {
    const before = plan.files.length + plan.listings.length;
    if (item.kind === 'listing') {
      for (const { path, place } of foldersOf(item, host))
        plan.listings.push({ item, folder: path, member: free(labelled(item.member, place.label), members) });
    } else {
      for (const found of filesOf(item, host)) {
        if (taken.has(found.path)) continue;
        taken.add(found.path);
        if (found.state === 'found') found.member = free(found.member, members);
        plan.files.push({ item, found, isLeftOut: false });
      }
    }
    if (plan.files.length + plan.listings.length === before) plan.absent.push({ item, source: wanted(item, host) });
  }
  leaveOut(plan.files, logBytes);
  return plan;
}

/** Whether anything of the product is there. */
export function isEmpty({ files, listings }: FilePlan): boolean {
  return files.length === 0 && listings.length === 0;
}

function leaveOut(files: readonly PlannedFile[], logBytes: number): void {
  let left = logBytes;
  const newestFirst = files
    .filter(({ item, found }) => item.holds === 'log' && found.state === 'found')
    .sort((one, other) => other.found.modified.getTime() - one.found.modified.getTime());
  for (const file of newestFirst) {
    file.isLeftOut = file.found.bytes > left;
    if (!file.isLeftOut) left -= file.found.bytes;
  }
}

/** Where it was looked for, as Windows would write it. */
function wanted(item: FileItem | ListingItem, { places }: CollectHost): string {
  const name = item.kind === 'file' ? item.names.join(', ') : '';
  const roots = places[item.place].map(({ folder }) => folder);
  const [root = `%${item.place}%`] = roots;
  return [root, ...item.folder, ...(name === '' ? [] : [name])].join(root.includes('/') ? '/' : '\\');
}

/** `names/SiteRoot.txt` becomes `names/SiteRoot admin.txt` where there are several. */
function labelled(member: string, label: string): string {
  return label === '' ? member : member.replace(/\.txt$/, ` ${label}.txt`);
}

/** Names of a zip that Windows can unpack, each once. */
function free(member: string, taken: Set<string>): string {
  const clean = member.replace(/[\\\0-\x1f:*?"<>|]/g, '_');
  let name = clean;
  for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = clean.replace(/(\.[^./]*)?$/, ` (${copy})$1`);
  taken.add(name.toLowerCase());
  return name;
}

/**
 * The host with a folder that the product itself named. A share of another machine is not read: nobody named that as a
 * destination. Gives the reason in its place.
 */
export function withAnswer(host: CollectHost, place: PlaceName, answer: string): CollectHost | string {
  if (host.places[place].some(({ origin }) => origin === 'option')) return host;
  if (!win32.isAbsolute(answer)) return kept`it did not answer with a folder`;
  const server = /^[\\/]{2}(?:[?.][\\/]UNC[\\/])?(?![?.][\\/])([^\\/]+)/i.exec(answer)?.[1];
  if (server !== undefined && server.split('.')[0]?.toLowerCase() !== host.name.toLowerCase())
    return kept`${answer} is on another machine, and is read only where it is named with an option`;
  const places = { ...host.places, [place]: [{ folder: answer, label: '', origin: 'answer' as const }] };
  return { ...host, places };
}

/** Why a log is not in the zip. */
export function overLimit(logBytes: number): string {
  return kept`the limit of ${logBytes} bytes for logs has no room for it (--max-bytes)`;
}
