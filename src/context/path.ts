/**
 * A source's path as a list of folders and a file name. An archive is a folder: what is in it stands behind `!/`. Both
 * slashes separate, as a path may be one of Windows that was written down elsewhere.
 */

export interface SourcePath {
  /** As they are written; an archive ends with `!`. */
  folders: string[];
  file: string;
}

export function readPath(path: string): SourcePath {
  const segments = path.replaceAll('\\', '/').split('/');
  return { folders: segments.slice(0, -1), file: segments.at(-1) ?? '' };
}

/** A folder's name as one would say it: an archive without what only tells its format. */
export function plainName(folder: string): string {
  return isArchive(folder) ? folder.slice(0, -1).replace(/\.(?:zip|tar|tgz|tar\.gz|gz)$/i, '') : folder;
}

export function isArchive(folder: string): boolean {
  return folder.endsWith('!');
}

/** Whether it is a compressed file, not a collection of files. */
export function isSingle(folder: string): boolean {
  return /(?<!\.tar)\.gz!$/i.test(folder);
}

/** The folders that all paths begin with. */
export function commonFolders(paths: readonly SourcePath[]): string[] {
  const first = paths[0]?.folders ?? [];
  const end = first.findIndex((folder, at) => paths.some(({ folders }) => folders[at] !== folder));
  return end === -1 ? first : first.slice(0, end);
}

/** A path without the folders that it has in common with others; what lies elsewhere lies at their top. */
export function below({ folders, file }: SourcePath, above: readonly string[]): SourcePath {
  return { folders: above.every((folder, at) => folders[at] === folder) ? folders.slice(above.length) : [], file };
}

/** Words of a name, in lower case: `CCEHOST1_get-vm.txt` has `ccehost1`, `get`, `vm`, `txt`. */
export function wordsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

/** Whether a name holds another as a word of its own: `ccehost1` in `get-vm_CCEHOST1.txt`, not in `ccehost10.txt`. */
export function holdsName(text: string, name: string): boolean {
  const whole = text.toLowerCase();
  const part = name.toLowerCase();
  for (let at = whole.indexOf(part); part !== '' && at !== -1; at = whole.indexOf(part, at + 1)) {
    if (!isPartOfWord(whole[at - 1]) && !isPartOfWord(whole[at + part.length])) return true;
  }
  return false;
}

/** An order that is the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function isPartOfWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
