/** What is to be delivered is written with what it tells of, and a backlog is told as it stands at its end. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, expect, it } from 'vitest';
import type { WatchEvent } from '../../src/watch/event.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';

let desk: WatchDesk;
afterEach(() => desk.remove());

const waiting = (channel: string) =>
  (desk.watch.store?.watching.outbox.pending(channel, 100) ?? []).map(({ event }) => JSON.parse(event) as WatchEvent);

it('is there for each channel that was named, and for no other', async () => {
  desk = new WatchDesk({ channels: ['webhook'] });
  writeFileSync(desk.path(), healthy(minute(0)));
  await desk.look();
  appendFileSync(desk.path(), keyError(minute(1)));
  await desk.look();
  expect(waiting('webhook')).toMatchObject([{ event: 'incident.opened', incident: { count: 1 } }]);
  expect(waiting('command')).toEqual([]);
});

it('holds nothing of a transaction that failed, and all of it once it succeeded', async () => {
  desk = new WatchDesk({ channels: ['command'] });
  writeFileSync(desk.path(), keyError(minute(0)));
  await desk.look();
  desk.crash();
  await desk.look();
  await desk.restart();
  await desk.look();
  expect(waiting('command')).toMatchObject([{ event: 'incident.opened' }]);
});

it('has one event for each failure of a backlog, however often it came and went', async () => {
  desk = new WatchDesk({ channels: ['command', 'webhook'] });
  const hours = Array.from(
    { length: 40 },
    (_, index) => keyError(minute(index * 120)) + healthy(minute(index * 120 + 59)),
  );
  writeFileSync(desk.path(), hours.join(''));
  await desk.look();
  for (const channel of ['command', 'webhook'])
    expect(waiting(channel)).toMatchObject([{ event: 'incident.regressed', incident: { status: 'regressed' } }]);
});

it('has nothing of what began and ended in a backlog', async () => {
  desk = new WatchDesk({ channels: ['command'] });
  writeFileSync(desk.path(), keyError(minute(0)) + healthy(minute(30)) + healthy(minute(90)));
  await desk.look();
  expect(waiting('command')).toEqual([]);
  expect(desk.events).toEqual([]);
});

it('is not told of repetitions', async () => {
  desk = new WatchDesk({ channels: ['webhook'] });
  writeFileSync(desk.path(), keyError(minute(0)));
  await desk.look();
  appendFileSync(desk.path(), keyError(minute(1)) + keyError(minute(2)));
  await desk.look();
  expect(waiting('webhook')).toHaveLength(1);
});
