/** When an incident opens, is over and comes back: by evidence, whatever the clocks say. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { healthy, keyError, logonFailure, minute, record } from '../support/synthetic-log.js';
import { WatchDesk } from '../support/watch-desk.js';

const MINUTE = 60_000;
let desk: WatchDesk;
beforeEach(() => {
  desk = new WatchDesk();
});
afterEach(() => desk.remove());

const write = (text: string) => appendFileSync(desk.path(), text);
/** Time goes by, with a record in the log each minute or in silence. */
const pass = async (minutes: number, text: string | null) => {
  for (let count = 0; count < minutes; count++) {
    if (text !== null) write(text);
    await desk.look(MINUTE);
  }
};
const statuses = () =>
  (desk.watch.store?.incidents() ?? []).map(({ signature, status, count }) => `${signature} ${status} ${count}`);

describe.each([
  ['with times', minute(0)],
  ['without times', null],
])('a log %s', (_, time) => {
  beforeEach(async () => {
    writeFileSync(desk.path(), healthy(time));
    await desk.look();
    write(keyError(time));
    await desk.look();
    expect(desk.told()).toEqual(['incident.opened credential-key-invalid-state']);
  });

  it('that goes on for an hour without the failure: it is over, and comes back as regressed', async () => {
    await pass(59, healthy(time));
    expect(statuses()).toEqual(['credential-key-invalid-state open 1']);
    await pass(3, healthy(time));
    expect(statuses()).toEqual(['credential-key-invalid-state resolved 1']);
    expect(desk.told().at(-1)).toBe('incident.resolved credential-key-invalid-state');
    expect(desk.events.at(-1)?.why).toBe('the log went on for an hour without it');
    write(keyError(time));
    await desk.look();
    expect(statuses()).toEqual(['credential-key-invalid-state regressed 2']);
    expect(desk.told().at(-1)).toBe('incident.regressed credential-key-invalid-state');
    const history = desk.watch.store?.incident(desk.events.at(-1)?.incident.id ?? '').history;
    expect(history?.map(({ event }) => event)).toEqual(['resolved', 'regressed']);
  });

  it('that is silent proves nothing', async () => {
    await pass(600, null);
    write(healthy(time));
    await desk.look();
    write(healthy(time));
    await desk.look(MINUTE);
    expect(statuses()).toEqual(['credential-key-invalid-state open 1']);
  });

  it('in which it comes again and again is not over', async () => {
    for (let hour = 0; hour < 5; hour++) {
      await pass(50, healthy(time));
      write(keyError(time));
      await desk.look(MINUTE);
    }
    expect(statuses()).toEqual(['credential-key-invalid-state open 6']);
  });

  it('whatever is done to the clock of the machine', async () => {
    await pass(30, healthy(time));
    desk.clock.offset += 24 * 60 * MINUTE;
    await pass(20, healthy(time));
    desk.clock.offset -= 48 * 60 * MINUTE;
    expect(statuses()).toEqual(['credential-key-invalid-state open 1']);
    await pass(12, healthy(time));
    expect(statuses()).toEqual(['credential-key-invalid-state resolved 1']);
  });

  it('after a restart the hour begins anew', async () => {
    await pass(50, healthy(time));
    await desk.restart();
    await pass(50, healthy(time));
    expect(statuses()).toEqual(['credential-key-invalid-state open 1']);
    await pass(13, healthy(time));
    expect(statuses()).toEqual(['credential-key-invalid-state resolved 1']);
  });
});

it('a record that says so ends it at once; one that comes after it opens it again', async () => {
  const failed = record('Error', 'Completed recovery of the appliance, recover result: CannotRecover', minute(1));
  const done = record('Information', 'Completed recovery of the appliance, recover result: Recovered', minute(5));
  writeFileSync(desk.path(), healthy(minute(0)) + failed);
  await desk.look();
  write(done + healthy(minute(6)));
  await desk.look();
  expect(statuses()).toEqual(['recovery-cannot-recover resolved 1']);
  expect(desk.events.at(-1)).toMatchObject({ event: 'incident.resolved', why: expect.stringContaining('a record') });
  const { history } = desk.watch.store?.incident(desk.events.at(-1)?.incident.id ?? '') ?? { history: [] };
  expect(history).toMatchObject([{ event: 'resolved', detail: expect.stringMatching(/^r[0-9a-f]{12}$/) }]);
  expect(desk.watch.store?.evidence(history[0]?.detail ?? '').evidence.excerpt).toContain('Recovered');
  write(failed);
  await desk.look();
  expect(statuses()).toEqual(['recovery-cannot-recover regressed 2']);
});

it('the incident that follows tells what ended the one before: a record, or the time that its log went on', async () => {
  const [failed, done] = ['CannotRecover', 'Recovered'].map(
    (result) => (time: string) =>
      record('Error', `Completed recovery of the appliance, recover result: ${result}`, time),
  ) as [typeof healthy, typeof healthy];
  writeFileSync(desk.path(), healthy(minute(0)));
  await desk.look();
  write(failed(minute(1)) + done(minute(5)) + keyError(minute(6)));
  await pass(62, healthy(minute(7)));
  write(failed(minute(200)) + keyError(minute(200)));
  await desk.look();
  const ends = desk.events.slice(-2).map(({ incident }) => desk.watch.store?.incident(incident.id).earlier);
  expect(ends).toMatchObject([
    [{ ended: { by: 'record', at: minute(5), evidence: expect.stringMatching(/^r[0-9a-f]{12}$/) } }],
    [{ ended: { by: 'time', at: expect.any(String), why: 'the log went on for an hour without it', evidence: null } }],
  ]);
});

it('a silenced failure stays silent; one of another user is told', async () => {
  writeFileSync(desk.path(), logonFailure(minute(0)));
  await desk.look();
  desk.watch.store?.setStatus(desk.events[0]?.incident.id ?? '', 'silenced', minute(0));
  write(logonFailure(minute(1)) + logonFailure(minute(2), 'other@contoso.example') + healthy(minute(3)));
  await desk.look();
  expect(desk.told()[1]).toMatch(/^incident.silenced/);
  expect(desk.events.slice(2).map(({ incident }) => incident.entities['user'])).toEqual(['other@contoso.example']);
});

it('repetitions are folded: after a minute, after ten more, then once an hour', async () => {
  writeFileSync(desk.path(), keyError(minute(0)));
  await desk.look();
  await pass(200, keyError(minute(0)));
  const repeats = desk.events.filter(({ event }) => event === 'incident.repeated');
  expect(repeats.map(({ repeats }) => repeats)).toEqual([
    { count: 1, seconds: 60 },
    { count: 10, seconds: 600 },
    { count: 60, seconds: 3600 },
    { count: 60, seconds: 3600 },
    { count: 60, seconds: 3600 },
  ]);
  expect(repeats.at(-1)?.incident.count).toBe(192);
});

it('every event has an id of its own, and an alert that stays', async () => {
  writeFileSync(desk.path(), keyError(minute(0)));
  await desk.look();
  await pass(70, healthy(minute(0)));
  write(keyError(minute(300)) + healthy(minute(301)));
  await desk.look();
  expect(desk.told()).toEqual([
    'incident.opened credential-key-invalid-state',
    'incident.resolved credential-key-invalid-state',
    'incident.regressed credential-key-invalid-state',
  ]);
  expect(new Set(desk.events.map(({ id }) => id)).size).toBe(3);
  expect(new Set(desk.events.map(({ alert }) => alert)).size).toBe(1);
  // More than an hour between the two, by the times of the log: another incident of the same failure.
  expect(new Set(desk.events.map(({ incident }) => incident.id)).size).toBe(2);
});
