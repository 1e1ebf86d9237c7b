/** What a watch is to do, checked before anything is done: now, or by a service at a start that nobody sees. */
import { Detector } from '../detectors/detector.js';
import type { KnownVersion } from '../incidents/fixes.js';
import { systemClock } from '../watch/clock.js';
import { checkMetricsPlace } from '../watch/metrics-place.js';
import { type Notifications, notifications } from '../watch/notifications.js';
import { serviceFolder, type Target, targetsOf } from '../watch/targets.js';
import { defaultStorePath, scannerKind, toolVersion } from './environment.js';
import { knownVersion } from './options.js';
import { loadSignatures } from './session.js';
import type { WatchCommandOptions } from './watch-options.js';

export interface WatchPlan {
  /** Asked again and again: what is a folder and what a file may change. */
  targets: () => readonly Target[];
  store: string;
  version: KnownVersion | null;
  detector: Detector;
  told: Notifications;
}

/** Throws the error of the first thing that cannot be. */
export async function planOf(
  paths: readonly string[],
  options: WatchCommandOptions,
  { warn, store = options.db ?? defaultStorePath() }: { warn: (line: string) => void; store?: string },
): Promise<WatchPlan> {
  const named = paths.length > 0 ? paths : [serviceFolder(process.env)];
  const targets = () => targetsOf(named, process.platform === 'win32');
  const first = targets();
  if (options.metrics !== undefined) checkMetricsPlace(options.metrics, first, store);
  const version = await knownVersion(options.cceVersion);
  const told = notifications({ ...options, version: toolVersion(), clock: systemClock, warn });
  const detector = new Detector(await loadSignatures(options), scannerKind());
  return { targets, store, version, detector, told };
}
