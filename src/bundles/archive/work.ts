/** What every part of one reading shares. */
import { plural } from '../../texts/texts.js';
import type { Budget } from './limits.js';
import { type ArchiveProblemKind, memberPath, type OnProblem } from './problem.js';

export interface Work {
  budget: Budget;
  onProblem: OnProblem;
  /** Where only one member is looked for: its path. Archives that do not hold it are not entered. */
  wanted: string | null;
}

/** Content on its way out of an archive. */
export interface Reading {
  blocks: AsyncGenerator<Buffer, void>;
  /** How many times its packed size it is, all levels taken together. */
  expansion: () => number;
  /** Why it ended early, or what it comes out of did; null while nothing has. It was reported then. */
  broken: () => ArchiveProblemKind | null;
}

/** An archive, or the place inside one, that is being read. */
export interface Place extends Pick<Reading, 'expansion' | 'broken'> {
  path: string;
  /** 1 for the outer archive. */
  depth: number;
}

export function outerPlace(path: string): Place {
  return { path, depth: 1, expansion: () => 1, broken: () => null };
}

/** An archive that is a member of another one. */
export function innerPlace(path: string, outer: Place, { expansion, broken }: Omit<Reading, 'blocks'>): Place {
  return { path, depth: outer.depth + 1, expansion, broken };
}

export function report(work: Work, path: string, kind: ArchiveProblemKind, why: string, lost = true): void {
  work.onProblem({ path, kind, why, lost });
}

/** Whether a member is what is looked for, or an archive on the way to it. */
export function isWanted({ wanted }: Work, path: string): boolean {
  return wanted === null || wanted === path || wanted.startsWith(memberPath(path, ''));
}

export function reportTooManyMembers(work: Work, path: string): void {
  const why = plural(
    work.budget.limits.members,
    'holds more than {0} member; the rest was left out: raise the limit with --max-members, or unpack it and analyze the folder',
    'holds more than {0} members; the rest was left out: raise the limit with --max-members, or unpack it and analyze the folder',
  );
  report(work, path, 'limit', why);
}
