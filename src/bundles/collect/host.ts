/** The host that is collected from, given from outside: this machine, a copy of another one's disk, or a test's. */
import type { PlaceName } from './items.js';

export interface CollectHost {
  /** Its name; of a copied disk, what the user says it is. */
  name: string;
  /** Such as `win32 6.3.9600`; `copy` for a copied disk. */
  platform: string;
  /** Folders that may be there. Several where it is not known which one counts; the first is taken for the default. */
  places: Readonly<Record<PlaceName, readonly Place[]>>;
  /** Where nothing may lead out of; null on a live host. */
  root: string | null;
  /** A program's full path; null where there is none. */
  findProgram(name: string): string | null;
  /** Null where commands would tell of another machine. */
  run: RunProgram | null;
  now(): Date;
  /** Minutes that local time is ahead of UTC; null where that of the host is not known. */
  zoneOffset: number | null;
}

export interface Place {
  folder: string;
  /** What it is called in the zip; empty where it is the only one. */
  label: string;
  origin: 'default' | 'option' | 'answer';
}

export type RunProgram = (program: string, args: readonly string[], limits: RunLimits) => Promise<Ran>;

export interface RunLimits {
  milliseconds: number;
  bytes: number;
  signal: AbortSignal;
}

export interface Ran {
  ended: 'exit' | 'not-started' | 'too-long' | 'too-much' | 'stopped';
  /** Null where it did not end by itself. */
  code: number | null;
  stdout: Buffer;
  stderr: Buffer;
}
