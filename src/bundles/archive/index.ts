/**
 * Reads files out of archives (zip, tar, gzip, and those in one another) as streams. Bad content is reported, never
 * thrown; what can be read of it is given.
 */
export { type ArchiveLimits, type Budget, createBudget, DEFAULT_LIMITS, isSpent } from './limits.js';
export type { Member } from './member.js';
export { type ArchiveUnit, findMember, listUnits, openArchive, readUnit } from './open.js';
export { type ArchiveProblem, type ArchiveProblemKind, memberPath, type OnProblem } from './problem.js';
export {
  ARCHIVE_SAMPLE,
  type ArchiveFormat,
  type ForeignFormat,
  isReadable,
  recogniseArchive,
  whyForeign,
} from './recognise.js';
