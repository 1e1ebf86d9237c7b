/** What users decide in other processes, at any time: told once, to everybody who was told of the incident. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import type { WatchEvent } from '../../src/watch/event.js';
import { analyzePaths } from '../support/analyze-files.js';
import { healthy, keyError, minute, record } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';

let desk: WatchDesk;
afterEach(() => desk.remove());

const DECIDED_AT = '2018-09-07T12:34:56.000Z';

/** As `ccelog incidents` does it, with a store of its own. */
function decide(status: 'resolved' | 'open' | 'silenced', id = desk.events[0]?.incident.id ?? ''): void {
  const store = openStore(desk.db);
  store.setStatus(id, status, DECIDED_AT);
  store.close();
}

const waiting = (channel = 'webhook') =>
  (desk.watch.store?.watching.outbox.pending(channel, 100) ?? []).map(({ seq, event }) => ({
    ...(JSON.parse(event) as WatchEvent),
    seq,
  }));

/** All that waits arrives. */
function deliver(channel = 'webhook'): string[] {
  const sent = waiting(channel);
  desk.watch.store?.watching.outbox.done(
    channel,
    sent.map(({ seq }) => seq),
    new Map(sent.map(({ alert, event }) => [alert, /resolved|silenced/.test(event) ? 'resolved' : 'firing'])),
    DECIDED_AT,
  );
  return sent.map(({ event }) => event);
}

/** A watch that told of one incident. */
async function oneTold(...channels: string[]): Promise<void> {
  desk = new WatchDesk({ channels });
  writeFileSync(desk.path(), healthy(minute(0)));
  await desk.look();
  appendFileSync(desk.path(), keyError(minute(1)));
  await desk.look();
  for (const channel of channels) expect(deliver(channel)).toEqual(['incident.opened']);
}

it('resolved: told at the next look with the time of the decision; what comes back later is told anew', async () => {
  await oneTold('webhook', 'command');
  decide('resolved');
  await desk.look();
  const alert = desk.events[0]?.alert;
  const resolved = { event: 'incident.resolved', alert, at: DECIDED_AT, why: 'a user resolved it' };
  expect(desk.events[1]).toMatchObject({ ...resolved, incident: { status: 'resolved' } });
  expect(waiting()).toMatchObject([resolved]);
  expect(desk.watch.recovery.open.size).toBe(0);
  await desk.look();
  expect(desk.events).toHaveLength(2);
  for (const channel of ['webhook', 'command']) expect(deliver(channel)).toEqual(['incident.resolved']);
  appendFileSync(desk.path(), keyError(minute(3)));
  await desk.look();
  for (const channel of ['webhook', 'command']) expect(deliver(channel)).toEqual(['incident.regressed']);
});

it('silenced: over for who is told, and nothing follows until it is reopened', async () => {
  await oneTold('webhook');
  decide('silenced');
  await desk.look();
  expect(desk.events.at(-1)).toMatchObject({ event: 'incident.silenced', incident: { status: 'silenced' } });
  expect(deliver()).toEqual(['incident.silenced']);
  expect(desk.watch.recovery.open.size).toBe(0);
  appendFileSync(desk.path(), keyError(minute(3)) + keyError(minute(4)));
  for (let looks = 0; looks < 120; looks++) await desk.look();
  expect(desk.events).toHaveLength(2);
  // It is over already for who is told.
  decide('resolved');
  await desk.look();
  expect(waiting()).toEqual([]);
  decide('open');
  await desk.look();
  expect(desk.events.at(-1)).toMatchObject({ event: 'incident.reopened', incident: { status: 'open' } });
  expect(deliver()).toEqual(['incident.reopened']);
  expect(desk.watch.recovery.open.size).toBe(1);
});

it('who changed their mind before anybody was told: nothing is sent', async () => {
  await oneTold('webhook', 'command');
  decide('resolved');
  decide('open');
  await desk.look();
  expect([...waiting('webhook'), ...waiting('command')]).toEqual([]);
});

it('made while no watch runs: told by the next one, and once, however it ends', async () => {
  await oneTold('webhook');
  desk.crash();
  decide('resolved');
  await desk.look();
  expect(desk.told().at(-1)).toMatch(/^incident.resolved/);
  const [first] = waiting();
  // Killed before it was delivered.
  desk.crash();
  await desk.look();
  expect(waiting()).toEqual([first]);
  expect(desk.events.filter(({ event }) => event === 'incident.resolved')).toHaveLength(1);
});

it('a failure that came back before the watch looked was never over for who is told', async () => {
  await oneTold('webhook');
  desk.crash();
  decide('resolved');
  appendFileSync(desk.path(), keyError(minute(3)));
  await desk.look();
  // The newest state counts, and the receiver knows it.
  const { event } = waiting().at(-1) as WatchEvent;
  expect(event).toBe('incident.regressed');
});

it('of an earlier incident changes nothing for who is told: the later one tells how it stands', async () => {
  await oneTold('webhook');
  appendFileSync(desk.path(), keyError(minute(200)));
  await desk.look();
  deliver();
  const told = desk.events.length;
  for (const status of ['resolved', 'open', 'silenced'] as const) {
    decide(status);
    await desk.look();
  }
  expect(desk.events).toHaveLength(told);
  expect(waiting()).toEqual([]);
});

it('of one of several without times: it is over when the last of them is', async () => {
  await oneTold('webhook');
  for (const count of [1, 2]) {
    writeFileSync(desk.path(`${count}-CceManagementService.log`), healthy(null).repeat(count) + keyError(null));
    for (let looks = 0; looks < 8; looks++) await desk.look();
  }
  const ids = [...new Set(desk.events.map(({ incident }) => incident.id))];
  expect(ids).toHaveLength(3);
  for (const id of ids) {
    expect(desk.told().filter((line) => line.startsWith('incident.resolved'))).toEqual([]);
    decide('resolved', id);
    await desk.look();
  }
  expect(desk.told().at(-1)).toMatch(/^incident.resolved/);
});

it('a receiver that was not named meanwhile is told when it is named again, and only of what it does not know', async () => {
  await oneTold('webhook', 'command');
  await desk.stop();
  desk.start({ channels: ['command'] });
  decide('resolved');
  await desk.look();
  expect(deliver('command')).toEqual(['incident.resolved']);
  const told = desk.events.length;
  await desk.stop();
  desk.start({ channels: ['webhook', 'command'] });
  await desk.look();
  await desk.look();
  expect(waiting('command')).toEqual([]);
  expect(deliver('webhook')).toEqual(['incident.resolved']);
  expect(desk.events).toHaveLength(told);
  await desk.restart();
  await desk.look();
  expect(waiting('webhook')).toEqual([]);
});

it('what an analysis ends is over for receivers too, at the next start; what is open stays as they know it', async () => {
  const recovery = (result: string, at: string) =>
    record('Error', `Completed recovery of the appliance, recover result: ${result}`, at);
  desk = new WatchDesk({ channels: ['webhook'] });
  writeFileSync(desk.path(), recovery('CannotRecover', minute(1)) + keyError(minute(2)));
  await desk.look();
  expect(deliver()).toHaveLength(2);
  await desk.stop();
  appendFileSync(desk.path(), recovery('Recovered', minute(5)) + healthy(minute(6)));
  const store = openStore(desk.db);
  await analyzePaths([desk.path()], store);
  store.close();
  desk.start();
  await desk.look();
  expect(waiting()).toMatchObject([{ event: 'incident.resolved', incident: { signature: 'recovery-cannot-recover' } }]);
});
