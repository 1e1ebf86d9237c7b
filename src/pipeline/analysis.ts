/** What an analysis is asked, and what it answers. */

import type { ApplianceReport } from '../appliance.js';
import type { ArchiveLimits } from '../bundles/archive/limits.js';
import type { ToldName } from '../context/index.js';
import type { Detector } from '../detectors/detector.js';
import type { Question } from '../detectors/state/finding.js';
import type { KnownVersion } from '../incidents/fixes.js';
import type { InputProblem, SourceReport, UnknownError } from '../model.js';
import type { Store } from '../store/index.js';
import type { Threads } from './threads.js';

export interface AnalyzeOptions {
  paths: readonly string[];
  store: Store;
  detector: Detector;
  /** Name of the appliance for sources that do not tell it themselves. */
  appliance?: string | null;
  /** The product version, where the user names it: it stands above what the sources tell. */
  version?: KnownVersion | null;
  /** The moment that states are looked at from, ISO in UTC, where the user names it. */
  asOf?: string | null;
  /** The time now, ISO in UTC: counts for appliances whose sources tell no time at all. */
  now?: string | null;
  /** Threads that read, from `beginThreads`; this one alone where there are none. The result does not depend on it. */
  threads?: Threads | null;
  /** What an archive may make the program do, where it differs from the defaults. */
  limits?: Partial<ArchiveLimits>;
  /** Ends the work at the next part; what was read until then is in the store. */
  signal?: AbortSignal;
  /** Bytes read so far, and in all. */
  onProgress?: (done: number, total: number) => void;
}

export interface Analysis {
  sources: SourceReport[];
  /** The streams of the store that the sources are. */
  streams: number[];
  unknown: UnknownError[];
  /** The appliances behind the sources, in the order of their keys. */
  appliances: ApplianceReport[];
  /** What the sources cannot tell. */
  questions: Question[];
  /** All names that the sources tell, for whoever must not pass them on. */
  names: ToldName[];
  /** Inputs that could not be read, or not whole. */
  problems: InputProblem[];
  interrupted: boolean;
}
