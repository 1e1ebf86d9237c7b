/** What watching costs while nothing happens, and while a healthy service writes. */
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryOf, processorSeconds, removeStore, sleep, startWatch, storeReader, until } from './watched.mjs';

const HEALTHY = 'CceService Information: 0 : Detection cycle finished, all monitored services are running.\r\n';
/** Until the start is over: code that was compiled for it is let go. */
const SETTLE_MS = 5000;

/** Share of one core over so many seconds, in percent, and resident memory in MB at the end of them. */
export async function idleCost(folder, { seconds, writesEverySecond }) {
  const place = join(folder, `idle-${process.pid}-${writesEverySecond}`);
  mkdirSync(place, { recursive: true });
  const database = join(place, 'store.db');
  removeStore(database);
  const log = join(place, 'CceManagementService.log');
  writeFileSync(log, HEALTHY.repeat(10_000));
  const watch = startWatch(place, database);
  const store = storeReader(database);
  try {
    await until('the first look', () => store.position() > 0);
    store.close();
    await sleep(SETTLE_MS);
    const before = processorSeconds(watch.pid);
    const began = performance.now();
    while (performance.now() - began < seconds * 1000) {
      if (writesEverySecond) appendFileSync(log, HEALTHY);
      await sleep(1000);
    }
    const share = (processorSeconds(watch.pid) - before) / ((performance.now() - began) / 1000);
    return { percent: share * 100, megabytes: memoryOf(watch.pid).resident };
  } finally {
    await watch.end();
    rmSync(place, { recursive: true });
  }
}
