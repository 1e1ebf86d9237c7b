/** A record that tells its time twice: the last one counts, wherever in it watching looked. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';
import { analyzedAlone, incidentsAnalyzed, incidentsOf } from '../support/watch-reference.js';

let desk: WatchDesk;
afterEach(() => desk.remove());

const second = (value: string) => `    DateTime=${value}\r\n`;
const HOURS = 60;

it.each([
  ['another minute', keyError(minute(1)) + second(minute(2))],
  ['an earlier minute', keyError(minute(2)) + second(minute(1))],
  ['hours later, another incident', keyError(minute(1)) + second(minute(9 * HOURS))],
  ['hours earlier', keyError(minute(9 * HOURS)) + second(minute(1))],
  ['what is no time', keyError(minute(1)) + second('yesterday')],
  ['a time behind what is none', keyError('yesterday') + second(minute(2))],
])('%s, with a look at any place', async (_, twice) => {
  const before = healthy(minute(0)) + keyError(minute(0));
  const log = before + twice + healthy(minute(10 * HOURS)) + keyError(minute(10 * HOURS + 1));
  desk = new WatchDesk();
  writeFileSync(desk.path(), log);
  const { hits } = await analyzedAlone(desk.path());
  const incidents = await incidentsAnalyzed(desk.path());
  await desk.remove();
  // The message is passed over: what comes of one that is cut is told elsewhere.
  const from = before.length + twice.indexOf('ProcessId') - 8;
  for (let at = from; at <= before.length + twice.length + 40; at++) {
    desk = new WatchDesk();
    writeFileSync(desk.path(), log.slice(0, at));
    await desk.look(3000);
    await desk.look(3000);
    if (at % 2 === 0) desk.crash();
    appendFileSync(desk.path(), log.slice(at));
    await desk.look(3000);
    const stored = desk.query(
      `SELECT s.name, h.byte_start, h.byte_end, h.line, h.time, h.time_basis, h.digest
       FROM hits h JOIN signatures s ON s.id = h.signature ORDER BY 2, 1`,
    );
    expect(stored, `a look after ${at} bytes`).toEqual(hits.map((hit) => Object.values(hit)));
    const seen = incidentsOf(desk.watch.store as NonNullable<typeof desk.watch.store>);
    expect(seen, `a look after ${at} bytes`).toEqual(incidents);
    await desk.remove();
  }
});
