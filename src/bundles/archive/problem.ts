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
