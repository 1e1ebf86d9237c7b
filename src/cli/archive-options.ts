/** What an archive may make the program do. */
import { type Command, InvalidArgumentError } from 'commander';
import type { ArchiveLimits } from '../bundles/archive/limits.js';
import { t } from '../texts/texts.js';

export interface ArchiveOptions {
  maxMembers?: number;
  maxBytes?: number;
  maxRatio?: number;
  maxDepth?: number;
}

export function archiveOptions(command: Command): Command {
  return command
    .option('--max-members <n>', t`members of an archive that are read (default: 100000)`, count)
    .option('--max-bytes <size>', t`bytes that all archives may unpack to, such as 200G (default: 64G)`, size)
    .option('--max-ratio <n>', t`times its packed size that a member may unpack to (default: 1000)`, count)
    .option('--max-depth <n>', t`archives inside archives (default: 3)`, count);
}

/** The limits that were given. */
export function archiveLimits(options: ArchiveOptions): Partial<ArchiveLimits> {
  const { maxMembers, maxBytes, maxRatio, maxDepth } = options;
  const given = { members: maxMembers, bytes: maxBytes, ratio: maxRatio, depth: maxDepth };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function count(text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new InvalidArgumentError(t`must be a whole number from 1 on (found "${text}")`);
}

/** A size in bytes, or with K, M, G or T behind it: powers of 1024. */
export function size(text: string): number {
  const [, digits, unit = ''] = /^(\d{1,12})([KMGT]?)$/i.exec(text) ?? [];
  const value = Number(digits) * 1024 ** ('KMGT'.indexOf(unit.toUpperCase()) + (unit === '' ? 0 : 1));
  if (!(value > 0)) throw new InvalidArgumentError(t`must be a number of bytes, such as 200G (found "${text}")`);
  return value;
}
