/**
 * Reads files out of archives (zip, tar, gzip, and those in one another) as streams. Bad content is reported, never
 * thrown; what can be read of it is given.
 */
export { type ArchiveLimits, type Budget, createBudget, DEFAULT_LIMITS } from './limits.js';
export { type ArchiveUnit, findMember, listUnits, openArchive, readUnit } from './open.js';
export type { ArchiveProblem } from './problem.js';
export { recogniseArchive } from './recognise.js';
