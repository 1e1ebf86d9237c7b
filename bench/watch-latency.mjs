/** From a record that was flushed to the incident in the store, seen from outside. */
import { closeSync, fsyncSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { removeStore, sleep, startWatch, storeReader, until } from './watched.mjs';

const HEALTHY = 'CceService Information: 0 : Detection cycle finished, all monitored services are running.\r\n';
const FAILURE = 'CceService Error: 0 : ConvertTo-SecureString : Key not valid for use in specified state.\r\n';

/**
 * Milliseconds of each sample, sorted. A sample is one failure, written and flushed at a random moment of the poll.
 *
 * @param isLast nothing is written behind the failure; else it comes with other records around it
 */
export async function latencies(folder, { samples, isLast, env, random }) {
  const place = join(folder, `latency-${process.pid}`);
  mkdirSync(place, { recursive: true });
  const database = join(place, 'store.db');
  removeStore(database);
  const log = join(place, 'CceManagementService.log');
  const file = openSync(log, 'w');
  writeSync(file, HEALTHY);
  const watch = startWatch(place, database, { env });
  const store = storeReader(database);
  try {
    await until('the first look', () => store.position() > 0);
    const times = [];
    for (let sample = 1; sample <= samples; sample++) {
      await sleep(random() * 1500);
      writeSync(file, isLast ? FAILURE : HEALTHY + FAILURE + HEALTHY);
      fsyncSync(file);
      const flushed = performance.now();
      times.push((await until('the incident', () => store.hits() >= sample)) - flushed);
    }
    return times.sort((a, b) => a - b);
  } finally {
    store.close();
    await watch.end();
    closeSync(file);
    rmSync(place, { recursive: true });
  }
}

/** The smallest value that so many of a sorted list do not exceed. */
export function quantile(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)];
}
