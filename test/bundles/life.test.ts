/** States of one appliance in the store, from bundle to bundle: found, over, back. */
import { describe, expect, test } from 'vitest';
import type { Incident, Report } from '../../src/model.js';
import { appliance, type Files, healthy, serviceLog, services } from '../fixtures/bundles/appliance.ts';
import { pack } from '../fixtures/bundles/bundle.ts';
import { analyzed, writeBundle } from '../support/bundle-files.js';
import { incidentsOf } from '../support/report.js';
import { type Desk, desk } from '../support/run-ccelog.js';

const DOWN = services(['REPLICA', 'RTCMEDSRV'], { RTCMEDSRV: ['Stopped', 'Auto'] });

/** What was collected on a day of September 2018; the log grows, nothing else differs but what `change` says. */
function collected(day: number, change: (files: Files) => void, number = 1): Map<string, Buffer> {
  const of = appliance(number);
  const files = healthy(of);
  const days = Array.from({ length: day - 9 }, (_, index) => `2018-09-${10 + index}T12:00:00Z`);
  files.set('host/CceManagementService.log', days.map((end) => serviceLog('', end)).join(''));
  change(files);
  return pack([[of, files]], 'roles', 'utf-16le');
}

const faulty = (files: Files) => void files.set('mediation/Win32_Service.txt', DOWN);
const well = () => {};

async function stored(place: Desk): Promise<Incident[]> {
  const { stdout } = await place.ccelog(['incidents', 'list', '--format', 'json']);
  return incidentsOf((JSON.parse(stdout) as { incidents: Incident[] }).incidents);
}

async function statusAfter(place: Desk, name: string, files?: Map<string, Buffer>) {
  const path = files === undefined ? place.path(name) : await writeBundle(place, name, files);
  await analyzed(place, [path]);
  const found = await stored(place);
  return found.map(({ signature, status, count, appliance: of }) => [signature, of, status, count]);
}

const ID = 'service-down-mediation';

describe.concurrent('a state in the store', () => {
  test('is resolved by a look that does not find it, regresses with one that does, and each look counts once', async () => {
    const place = desk();
    expect(await statusAfter(place, 'first', collected(10, faulty))).toEqual([[ID, 'CCEHOST1', 'open', 1]]);
    // Nobody asked the Mediation Server.
    const unasked = collected(11, (files) => void files.delete('mediation/Win32_Service.txt'));
    expect(await statusAfter(place, 'unasked', unasked)).toEqual([[ID, 'CCEHOST1', 'open', 1]]);
    expect(await statusAfter(place, 'second', collected(12, well))).toEqual([[ID, 'CCEHOST1', 'resolved', 1]]);
    expect(await statusAfter(place, 'first')).toEqual([[ID, 'CCEHOST1', 'resolved', 1]]);
    // The same bytes of the same server, two days later, are news.
    expect(await statusAfter(place, 'third', collected(14, faulty))).toEqual([[ID, 'CCEHOST1', 'regressed', 2]]);
    for (const name of ['first', 'second', 'third'])
      expect(await statusAfter(place, name)).toEqual([[ID, 'CCEHOST1', 'regressed', 2]]);

    const [incident] = await stored(place);
    const { stdout } = await place.ccelog(['incidents', 'show', incident!.id]);
    const told = stdout.slice(stdout.indexOf('History'));
    expect(told).toMatch(/2018-09-12 12:00.*resolved/);
    expect(told.replaceAll(/\s+/g, ' ')).toMatch(/a later look at the appliance does not show it/);
    expect(told).toMatch(/2018-09-14 12:00.*regressed/);
  });

  test('is not touched by another appliance that answers with the same bytes', async () => {
    const place = desk();
    await statusAfter(place, 'first', collected(10, faulty));
    expect(await statusAfter(place, 'other', collected(12, faulty, 2))).toEqual([
      // Both appliances of the site have it: one incident of the site.
      [ID, null, 'open', 2],
    ]);
    expect(await statusAfter(place, 'well', collected(13, well, 2))).toEqual([
      [ID, 'CCEHOST1', 'open', 1],
      [ID, 'CCEHOST2', 'resolved', 1],
    ]);
  });

  test('moves nowhere when its bundle lies elsewhere, and its evidence is found there', async () => {
    const place = desk();
    await statusAfter(place, 'first', collected(10, faulty));
    const [before] = await stored(place);
    expect(await statusAfter(place, 'a/copy', collected(10, faulty))).toEqual([[ID, 'CCEHOST1', 'open', 1]]);
    const [after] = await stored(place);
    expect(after?.id).toBe(before?.id);
    const { code, stdout } = await place.ccelog(['show', after?.evidence[0]?.id ?? '']);
    expect(code).toBe(0);
    expect(stdout).toContain('RTCMEDSRV');
  });

  test('has the fix for the version that its bundle told, unless another is named', async () => {
    const place = desk();
    await statusAfter(place, 'first', collected(10, faulty));
    const [incident] = await stored(place);
    const show = async (...more: string[]) => {
      const { stdout } = await place.ccelog(['incidents', 'show', incident!.id, '--format', 'json', ...more]);
      const { incident: shown } = JSON.parse(stdout) as { incident: Incident };
      return shown.fixes.filter(({ selected }) => selected).map(({ id, why }) => `${id}: ${why}`);
    };
    expect(await show()).toEqual([
      expect.stringMatching(/^help-recovery-2: product version 2\.1\.0 \(Get-CcRunningVersion\)/),
      expect.stringMatching(/^start-services-by-hand-2: /),
    ]);
    expect(await show('--cce-version', '1.4.2')).toEqual([
      expect.stringMatching(/^recover-appliance-1-4: product version 1\.4\.2 \(given with --cce-version\)/),
    ]);
    const selected = (await stored(place))[0]?.fixes.filter((fix) => fix.selected).map(({ id }) => id);
    expect(selected).toEqual(['help-recovery-2', 'start-services-by-hand-2']);
  });

  test('leaves the questions of its last bundle open, in the language of who reads them', async () => {
    const place = desk();
    const unasked = collected(10, (files) => void files.delete('mediation/Win32_Service.txt'));
    const { report } = await analyzed(place, [await writeBundle(place, 'unasked', unasked)], ['--lang', 'fr']);
    const kept = async (...more: string[]) => {
      const { stdout } = await place.ccelog(['report', '--format', 'json', ...more]);
      return (JSON.parse(stdout) as Report).questions;
    };
    const questions = await kept();
    expect(questions.map(({ signature, command, appliance: of }) => [signature, command, of])).toEqual(
      report.questions.map(({ signature, command, appliance: of }) => [signature, command, of]),
    );
    expect(questions.map(({ signature }) => signature)).toContain(ID);
    expect(questions.find(({ signature }) => signature === ID)?.text).toMatch(/^Do the services/);
    expect(await kept('--lang', 'fr')).toEqual(report.questions);
    expect(await kept('--appliance', 'CCEHOST2')).toEqual([]);
    await analyzed(place, [await writeBundle(place, 'asked', collected(11, well))]);
    expect((await kept()).map(({ signature }) => signature)).toEqual(['ca-compromised-single']);
  });
});
