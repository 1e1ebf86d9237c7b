/** What many logs in one folder cost, of which none says anything new. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { memoryOf, processorSeconds, removeStore, sleep, startWatch, storeReader } from './watched.mjs';

const RECORDS = 20;
const ASK_MS = 200;
/** Until the start is over. */
const SETTLE_MS = 15_000;
const IDLE_MS = 10_000;

function makeLogs(place, count) {
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  let bytes = 0;
  for (let log = 0; log < count; log++) {
    const record = (number) =>
      `CceService Information: 0 : Cycle ${number} of log ${log} finished.\r\n` +
      `    DateTime=2018-09-07T10:${String(number % 60).padStart(2, '0')}:00.0000000Z\r\n`;
    const text = Array.from({ length: RECORDS }, (_, number) => record(number)).join('');
    writeFileSync(join(place, `${String(log).padStart(5, '0')}-CceManagementService.log`), text);
    bytes += text.length;
  }
  return bytes;
}

/** Seconds to the first position of all, memory then and later, the processor at rest, and how long Ctrl+C takes. */
export async function manyLogs(folder, { count, endings }) {
  const place = join(folder, `many-${process.pid}`);
  const database = join(folder, `many-${process.pid}.db`);
  const bytes = makeLogs(place, count);
  try {
    removeStore(database);
    const watch = startWatch(place, database);
    const store = storeReader(database);
    // Seldom: to add up thousands of positions is work too.
    while (store.position() < bytes) await sleep(ASK_MS);
    const seconds = (performance.now() - watch.startedAt) / 1000;
    store.close();
    await sleep(SETTLE_MS);
    const [before, began] = [processorSeconds(watch.pid), performance.now()];
    await sleep(IDLE_MS);
    const percent = ((processorSeconds(watch.pid) - before) / ((performance.now() - began) / 1000)) * 100;
    const { peak } = memoryOf(watch.pid);
    await watch.end();
    // In the middle of the first look, at moments that are spread over it.
    const times = [];
    for (let ending = 1; ending <= endings; ending++) {
      removeStore(database);
      const begun = startWatch(place, database);
      await begun.begun;
      await sleep(((seconds * 1000) / (endings + 1)) * ending);
      times.push((await begun.end()).ms);
    }
    return { seconds, percent, peak, longest: Math.max(...times) / 1000 };
  } finally {
    rmSync(place, { recursive: true, force: true });
    removeStore(database);
  }
}
