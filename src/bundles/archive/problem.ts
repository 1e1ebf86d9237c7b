/** What could not be read of an archive, or not as it stands, in words for the person who has it before them. */

/**
 * `damaged`: bytes are missing or wrong. `encrypted`: a password is needed. `limit`: reading on would take too much.
 * `unsupported`: a format or method that is not known here. `unsafe-name`: the name was cleaned before it was used.
 * `link`: a link, which is never followed.
 */
export type ArchiveProblemKind = 'damaged' | 'encrypted' | 'limit' | 'unsupported' | 'unsafe-name' | 'link';

export interface ArchiveProblem {
  /** The archive or member it is about, as `outer.zip!/logs/x.log`. */
  path: string;
  kind: ArchiveProblemKind;
  why: string;
  /** Whether content was left out or is not what it was. False for a mere notice: everything was read. */
  lost: boolean;
}

export type OnProblem = (problem: ArchiveProblem) => void;

/** Where a member stands, as every report shows it. */
export function memberPath(archive: string, name: string): string {
  return `${archive}!/${name}`;
}

export function plural(count: number, word: string): string {
  return `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;
}

/** A size in the largest unit that keeps it whole or gives it one digit after the point. */
export function sizeInWords(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  let size = bytes;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  if (unit === 0) return plural(bytes, 'byte');
  return `${Number.isInteger(size) ? size : size.toFixed(1)} ${units[unit]}`;
}
