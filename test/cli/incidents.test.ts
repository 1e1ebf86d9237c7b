/** `incidents`: list, show, and the life of an incident under the hands of a user. */
import { appendFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Incident } from '../../src/model.js';
import { incidentsOf } from '../support/report.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { faultyLog, logonFailure, minute, routeWarning } from '../support/synthetic-log.js';

async function listed(place: Desk, ...args: string[]): Promise<Incident[]> {
  const { code, stdout, stderr } = await place.ccelog(['incidents', 'list', '--format', 'json', ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const document = JSON.parse(stdout) as { schemaVersion: number; incidents: unknown[] };
  expect(document.schemaVersion).toBe(1);
  return incidentsOf(document.incidents);
}

describe.concurrent('incidents list', () => {
  test('holds what was analyzed, the worst first, in every format', async () => {
    const place = desk();
    await place.ccelog(['analyze', place.write('a.log', routeWarning(minute(0)) + faultyLog(2, 5))]);
    const incidents = await listed(place);
    expect(incidents.map(({ severity, count }) => [severity, count])).toEqual([
      ['critical', 2],
      ['info', 1],
    ]);
    const table = await place.ccelog(['incidents', 'list']);
    expect(table.code).toBe(0);
    for (const { id } of incidents) expect(table.stdout).toContain(id);
    expect(Math.max(...table.stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    const lines = (await place.ccelog(['incidents', 'list', '--format', 'ndjson'])).stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[2] as string)).toEqual({ summary: { critical: 1, error: 0, warning: 0, info: 1 } });
  });

  test('fits 80 columns with symptoms too', async () => {
    const place = desk();
    await place.ccelog(['analyze', place.write('a.log', faultyLog(1) + logonFailure(minute(2)))]);
    const { stdout } = await place.ccelog(['incidents', 'list']);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  test('takes the filters', async () => {
    const place = desk();
    await place.ccelog(['analyze', place.write('a.log', faultyLog(2)), '--appliance', 'HOSTA']);
    await place.ccelog(['analyze', place.write('b.log', routeWarning(minute(300))), '--appliance', 'HOSTB']);
    expect(await listed(place, '--appliance', 'hosta')).toMatchObject([{ severity: 'critical', appliance: 'HOSTA' }]);
    expect(await listed(place, '--severity', 'warning')).toHaveLength(1);
    expect(await listed(place, '--since', minute(200))).toMatchObject([{ appliance: 'HOSTB' }]);
    expect(await listed(place, '--until', minute(200))).toMatchObject([{ appliance: 'HOSTA' }]);
  });

  test('of an empty store is empty, and makes no store in passing', async () => {
    const place = desk();
    expect(await listed(place)).toEqual([]);
    expect((await place.ccelog(['incidents', 'list'])).stdout).toMatch(/^No incident/);
  });
});

describe.concurrent('incidents show', () => {
  test('takes the beginning of an id, and refuses one that is unknown or stands for several', async () => {
    const place = desk();
    await place.ccelog(['analyze', place.write('a.log', faultyLog(2) + logonFailure(minute(9)))]);
    const [cause, symptom] = await listed(place);
    const shown = await place.ccelog(['incidents', 'show', (cause as Incident).id.slice(0, 6), '--cce-version', '2.1']);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toContain('Register-CcAppliance -Local');
    expect(shown.stdout).toContain((cause as Incident).evidence[0]?.id);
    expect(shown.stdout).toContain((symptom as Incident).id);
    for (const id of ['ffffffffffff', '', 'zz', "' OR 1=1 --", '%']) {
      const { code, stdout, stderr } = await place.ccelog(['incidents', 'show', id]);
      expect({ id, code, stdout }).toEqual({ id, code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: .+\n(?: {2}why: {2}.+\n)? {2}try: {2}.+\n$/);
    }
  });

  test('as JSON is the incident with its history', async () => {
    const place = desk();
    await place.ccelog(['analyze', place.write('a.log', faultyLog(2))]);
    const [{ id }] = (await listed(place)) as [Incident];
    await place.ccelog(['incidents', 'resolve', id]);
    const { stdout } = await place.ccelog(['incidents', 'show', id, '--format', 'json']);
    const document = JSON.parse(stdout) as { incident: unknown; history: { event: string }[] };
    expect(incidentsOf([document.incident])[0]).toMatchObject({ id, status: 'resolved' });
    expect(document.history).toMatchObject([{ event: 'resolved' }]);
  });

  test('tells of the incidents before it: when each was, and how it ended', async () => {
    const place = desk();
    const log = place.write('a.log', faultyLog(2));
    await place.ccelog(['analyze', log]);
    const [{ id: first }] = (await listed(place)) as [Incident];
    await place.ccelog(['incidents', 'resolve', first]);
    for (const at of [300, 600]) {
      appendFileSync(log, faultyLog(1, at));
      await place.ccelog(['analyze', log]);
    }
    const episodes = await listed(place);
    const [second, third] = episodes
      .sort((a, b) => ((a.firstSeen ?? '') < (b.firstSeen ?? '') ? -1 : 1))
      .slice(1)
      .map(({ id }) => id) as [string, string];
    const shown = await place.ccelog(['incidents', 'show', third, '--format', 'json']);
    expect(JSON.parse(shown.stdout).earlier).toMatchObject([
      { id: first, count: 2, ended: { by: 'user', at: expect.any(String), why: 'a user resolved it' } },
      { id: second, count: 1, ended: { by: 'silence', at: null } },
    ]);
    const { stdout } = await place.ccelog(['incidents', 'show', third]);
    expect(stdout).toMatch(
      new RegExp(
        `Before\\n   ${first}  [-\\d]+ [\\d:]+ to [-\\d]+ [\\d:]+ UTC, 2 times\\n      over .+ UTC: a user resolved it\\n   ${second}  .+, 1 time\\n      over: it was not seen for`,
      ),
    );
    expect((await place.ccelog(['incidents', 'show', first])).stdout).not.toContain('Before');
  });
});

describe.concurrent('the life of an incident', () => {
  test('resolved, then seen again: regressed; reopened: open', async () => {
    const place = desk();
    const log = place.write('a.log', faultyLog(2));
    await place.ccelog(['analyze', log]);
    const [{ id }] = (await listed(place)) as [Incident];
    const resolve = await place.ccelog(['incidents', 'resolve', id.slice(0, 8)]);
    expect(resolve).toMatchObject({ code: 0, stdout: `${id} is resolved\n`, stderr: '' });
    await place.ccelog(['analyze', log]);
    expect(await listed(place)).toMatchObject([{ id, status: 'resolved', count: 2 }]);
    appendFileSync(log, faultyLog(1, 6));
    expect((await place.ccelog(['analyze', log, '--fail-on', 'critical'])).code).toBe(1);
    expect(await listed(place)).toMatchObject([{ id, status: 'regressed', count: 3 }]);
    expect((await place.ccelog(['incidents', 'show', id])).stdout).toMatch(/History\n.*resolved\n.*regressed/);
    await place.ccelog(['incidents', 'reopen', id]);
    expect(await listed(place)).toMatchObject([{ id, status: 'open' }]);
  });

  test('resolved does not fail a script', async () => {
    const place = desk();
    const log = place.write('a.log', faultyLog(2));
    expect((await place.ccelog(['analyze', log, '--fail-on', 'error'])).code).toBe(1);
    const [{ id }] = (await listed(place)) as [Incident];
    await place.ccelog(['incidents', 'resolve', id]);
    expect((await place.ccelog(['analyze', log, '--fail-on', 'error'])).code).toBe(0);
  });

  test('a resolved cause does not hide a symptom that still fails a script', async () => {
    const place = desk();
    const log = place.write('a.log', faultyLog(1) + logonFailure(minute(2)));
    await place.ccelog(['analyze', log]);
    const [cause, symptom] = (await listed(place)) as [Incident, Incident];
    await place.ccelog(['incidents', 'resolve', cause.id]);
    const { code } = await place.ccelog(['analyze', log, '--fail-on', 'error']);
    const { status } = (await listed(place)).find(({ id }) => id === symptom.id) as Incident;
    // Either it is over with its cause, or the list says that it is not.
    if (status === 'resolved') expect(code).toBe(0);
    else expect((await place.ccelog(['incidents', 'list'])).stdout).toMatch(new RegExp(`${symptom.id}.*\\[open\\]`));
  });

  test('silenced stays silenced when it is seen again, and does not fail a script', async () => {
    const place = desk();
    const log = place.write('a.log', faultyLog(2));
    await place.ccelog(['analyze', log]);
    const [{ id }] = (await listed(place)) as [Incident];
    expect(await place.ccelog(['incidents', 'silence', id])).toMatchObject({ code: 0, stdout: `${id} is silenced\n` });
    appendFileSync(log, faultyLog(1, 6));
    expect((await place.ccelog(['analyze', log, '--fail-on', 'critical'])).code).toBe(0);
    expect(await listed(place)).toMatchObject([{ id, status: 'silenced', count: 3 }]);
    await place.ccelog(['incidents', 'reopen', id]);
    expect(await listed(place)).toMatchObject([{ id, status: 'open', count: 3 }]);
  });

  test('of an unknown incident cannot be changed: 2', async () => {
    const place = desk();
    await place.ccelog(['analyze', place.write('a.log', faultyLog(2))]);
    for (const action of ['resolve', 'reopen', 'silence']) {
      const { code, stderr } = await place.ccelog(['incidents', action, 'ffffffffffff']);
      expect(code).toBe(2);
      expect(stderr).toMatch(/^error: .+\n(?: {2}why: {2}.+\n)? {2}try: {2}.+\n$/);
    }
  });
});
