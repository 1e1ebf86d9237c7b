/** How much an archive may make this program do. */

export interface ArchiveLimits {
  /** Members of the archive and of the archives inside it, folders included (`--max-members`). */
  members: number;
  /** Bytes that come out of compression, over all members and levels (`--max-bytes`). A plain tar adds nothing. */
  bytes: number;
  /**
   * How many times its packed size a member may unpack to, all levels taken together (`--max-ratio`). Logs reach 200,
   * one exception repeated without end several hundred; deflate itself ends at 1,032, where nothing but one repeated
   * byte gets to.
   */
  ratio: number;
  /** The ratio counts once this much has come out: small texts of one line cannot do harm. */
  ratioFrom: number;
  /** Archives within one another, the outer one included (`--max-depth`). A `.tar.gz` is one. */
  depth: number;
  /** A compressed zip inside another archive is held in memory up to this size, as it has to be read back and forth. */
  innerZip: number;
}

export const DEFAULT_LIMITS: ArchiveLimits = {
  members: 100_000,
  bytes: 64 * 2 ** 30,
  ratio: 1000,
  ratioFrom: 64 * 2 ** 20,
  depth: 3,
  innerZip: 256 * 2 ** 20,
};

/** What of the limits is used up; one too many is counted as well. */
export interface Used {
  members: number;
  bytes: number;
}

/** The limits and what of them is used up, as plain data: who is given a copy counts in that. */
export interface Budget {
  limits: ArchiveLimits;
  used: Used;
}

export function createBudget(limits: Partial<ArchiveLimits> = {}, used: Used = { members: 0, bytes: 0 }): Budget {
  return { limits: { ...DEFAULT_LIMITS, ...limits }, used: { ...used } };
}

/** Counts a member; false where it is one too many. */
export function takeMember({ limits, used }: Budget): boolean {
  used.members += 1;
  return used.members <= limits.members;
}

/** Counts bytes that came out, and gives how many of them are within the limit. */
export function takeBytes({ limits, used }: Budget, count: number): number {
  const left = limits.bytes - used.bytes;
  used.bytes += count;
  return Math.max(0, Math.min(count, left));
}

/** Whether the bytes are used up, so that no further member needs to be opened. */
export function isSpent({ limits, used }: Budget): boolean {
  return used.bytes >= limits.bytes;
}
