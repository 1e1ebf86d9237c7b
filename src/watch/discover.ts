/**
 * Which files there are to follow. The folder is read, again and again: that is the truth. chokidar only says when to
 * look sooner, because no system tells of every change: Windows says nothing of a log that a service holds open, and
 * network shares say little of anything (nodejs/node#36888).
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FSWatcher } from 'chokidar';
import { t } from '../texts/texts.js';
import { type Look, lookAt } from './live-file.js';
import type { Target } from './targets.js';

export interface FoundLog extends Look {
  path: string;
  isRemote: boolean;
}

export interface Scan {
  /** By name in each folder; a file that has several names once. */
  logs: FoundLog[];
  /** What could not be looked at. */
  refused: { path: string; error: unknown }[];
}

/** Reads the folders. */
export function scan(targets: readonly Target[]): Scan {
  const found: Scan = { logs: [], refused: [] };
  const ids = new Set<string>();
  for (const { folder, matches, isRemote } of targets) {
    for (const name of namesIn(folder, found)) {
      if (!matches(name)) continue;
      const path = join(folder, name);
      try {
        const { isFile, isFolder, ...look } = lookAt(path);
        if (isFolder) continue;
        // A pipe or a device has no size and no end: nothing in it could be read again.
        if (!isFile) {
          found.refused.push({ path, error: new Error(t`it is not a regular file; it cannot be followed`) });
          continue;
        }
        // Two names of one file, a link among them: its content is read once.
        if (hasNumber(look.id) && ids.has(look.id)) continue;
        ids.add(look.id);
        found.logs.push({ ...look, path, isRemote });
      } catch (error) {
        // Gone since the folder was read, a link to nothing, or about to be deleted: the next look will tell.
        if (!isGone(error)) found.refused.push({ path, error });
      }
    }
  }
  return found;
}

function namesIn(folder: string, found: Scan): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    found.refused.push({ path: folder, error });
    return [];
  }
}

/** Some network file systems give no numbers. */
function hasNumber(id: string): boolean {
  return !id.endsWith(':0');
}

export function isGone(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP';
}

/** How often chokidar looks where nothing tells it of changes: the folder is read by us anyway. */
const REMOTE_POLL_MS = 10_000;

/** Calls `wake` when something happens in the folders. Failures are no matter: the folders are read all the same. */
export class FolderWatch {
  readonly #wake: () => void;
  #watchers: FSWatcher[] = [];
  /** What is watched now. */
  #watched = '';

  constructor(wake: () => void) {
    this.#wake = wake;
  }

  /** Watches these folders and no others. */
  async watch(targets: readonly Target[]): Promise<void> {
    const wanted = targets.map(({ folder, pattern }) => `${folder}\0${pattern}`).join('\0');
    if (wanted === this.#watched) return;
    await this.close();
    this.#watched = wanted;
    const chokidar = await import('chokidar').catch(() => null);
    if (chokidar === null) {
      // It cannot be loaded just now, with too many files open: it is tried again.
      this.#watched = '';
      return;
    }
    for (const { folder, matches, isRemote } of targets) {
      const watcher = chokidar.watch(folder, {
        // Handles on folders further down would keep others from renaming them.
        depth: 0,
        ignoreInitial: true,
        usePolling: isRemote,
        interval: REMOTE_POLL_MS,
        ignored: (path, stats) => stats?.isFile() === true && !matches(path.replace(/^.*[\\/]/, '')),
      });
      watcher.on('all', () => this.#wake());
      // What came before it began to watch, and after the folder was read.
      watcher.on('ready', () => this.#wake());
      watcher.on('error', () => {});
      this.#watchers.push(watcher);
    }
  }

  async close(): Promise<void> {
    const watchers = this.#watchers;
    this.#watchers = [];
    this.#watched = '';
    await Promise.all(watchers.map((watcher) => watcher.close().catch(() => {})));
  }
}
