/** A piece of work that a thread can do by itself, as plain data. */
import type { ArchiveUnit, Budget } from '../bundles/archive/index.js';
import type { SharedFile } from '../bundles/file-blocks.js';
import type { Encoding } from '../parsers/encoding.js';
import type { KindOfSource } from '../parsers/kind.js';

/** A part of a log that begins and ends where records do. */
export interface Range {
  start: number;
  end: number;
  /** The bytes whose digests it gives: whole pages, so that ranges need not be asked twice. */
  pagesFrom: number;
  pagesTo: number;
}

export interface FileTask {
  type: 'file';
  /** As the report names it. */
  path: string;
  /** Open until all of its ranges are taken. A log that is renamed while it is read stays the same log. */
  file: SharedFile;
  encoding: Encoding;
  kind: Pick<KindOfSource, 'kind' | 'sample'>;
  range: Range;
}

export interface ArchiveTask {
  type: 'archive';
  unit: ArchiveUnit;
  budget: Budget;
}

export type Task = FileTask | ArchiveTask;
