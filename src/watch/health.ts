/** How a watch gets on, for metrics and the line at the bottom of a terminal. */
import type { Severity, Signature } from '../model.js';
import type { WatchHealth } from './metrics.js';
import type { Watch } from './watch.js';

export interface HealthOptions {
  version: string;
  startedAt: Date;
  signatures: ReadonlyMap<string, Signature>;
  deliveries: WatchHealth['deliveries'];
  /** By the same clock that the watch has. */
  now: number;
}

export function healthOf(watch: Watch, options: HealthOptions): WatchHealth {
  const { version, startedAt, signatures, deliveries, now } = options;
  const open: Record<Severity, number> = { critical: 0, error: 0, warning: 0, info: 0 };
  for (const [signature, count] of watch.recovery.open) open[signatures.get(signature)?.severity ?? 'warning'] += count;
  const sources = [...watch.files]
    // A copy is no source of its own.
    .filter(({ passedOver }) => passedOver === null)
    .map(({ path, size, tail, unreadSince, lastReadAt }) => ({
      path,
      size,
      position: Math.min(size, tail?.offset ?? 0),
      lagSeconds: unreadSince === null ? 0 : Math.max(0, (now - unreadSince) / 1000),
      lastReadAt,
    }));
  return {
    version,
    startedAt,
    sources,
    records: watch.found.records,
    hits: watch.found.hits,
    unknownErrors: watch.found.unknown,
    open,
    problems: watch.problems.counts,
    deliveries,
  };
}
