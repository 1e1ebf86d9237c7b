/** Whether a list of folders, as an anti-virus program has it, leaves a path out. */

/** Folders of Windows, on whatever drive it is. */
const FOLDERS: Record<string, string> = {
  '%programfiles%': '?:\\program files',
  '%programw6432%': '?:\\program files',
  '%programdata%': '?:\\programdata',
  '%allusersprofile%': '?:\\programdata',
  '%systemdrive%': '?:',
};

/** Whether one entry is the path or a folder around it; null where an entry cannot be told, as one with wildcards. */
export function isCovered(entries: readonly string[], path: string): boolean | null {
  const wanted = written(path);
  const known = entries.filter((entry) => entry.trim() !== '').map(written);
  if (known.some((entry) => entry !== null && wanted !== null && isAround(entry, wanted))) return true;
  return wanted === null || known.includes(null) ? null : false;
}

function isAround(entry: string, path: string): boolean {
  const [outer, inner] = isOfAnyDrive(entry) || isOfAnyDrive(path) ? [entry.slice(1), path.slice(1)] : [entry, path];
  return inner === outer || inner.startsWith(`${outer}\\`);
}

function isOfAnyDrive(path: string): boolean {
  return path.startsWith('?:');
}

/** A path in one spelling; null where it has variables or wildcards that nobody knows here. */
function written(path: string): string | null {
  const plain = path
    .trim()
    .toLowerCase()
    .replace(/^"|"$/g, '')
    .replace(/^%[a-z0-9]+%/, (name) => FOLDERS[name] ?? name)
    .replace(/\\\*?$/, '');
  return /[%*]/.test(plain) ? null : plain;
}
