/** `ccelog watch` beside a genuine .NET trace listener: what that wrote is what is stored. */
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { buildMono, hasMono, LiveWriter } from '../support/mono.js';
import { type Desk, desk } from '../support/run-ccelog.js';
import { factsOf, streamOf } from '../support/store-facts.js';
import { LOG } from '../support/watch-desk.js';
import { type WatchProcess, watching } from '../support/watch-process.js';

const installed = hasMono();
const program = installed ? buildMono('LiveWriter') : '';

const QUIET_MS = 300;
/** So that two stores name the place of the incidents alike. */
const APPLIANCE = ['--appliance', 'edge-test'];
const WATCH = ['logs', '--poll', '50ms', '--quiet-period', `${QUIET_MS}ms`, '--format', 'ndjson', ...APPLIANCE];
/** Characters that the listener holds back until it is told to flush. */
const BUFFER = 4096;

const HEALTHY = 'Detection cycle finished, all monitored services are running.';
const KEY_ERROR =
  'ConvertTo-SecureString : Key not valid for use in specified state.\n' +
  '   at Microsoft.Rtc.CCE.ManagementService.Detection.DetectionLoop.RunOnce(CancellationToken token)';
const logonFailure = (user: string) =>
  'Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: ' +
  `Logon failed for the user ${user}. Please create a new credential object, making sure that you have used the ` +
  'correct user name and password. ---> System.Exception: refused';
/** What the listener makes of a record without footers, where lines end as they do on Linux. */
const written = (type: string, text: string) => `CceService ${type}: 0 : ${text}\n`;

describe.skipIf(!installed)('beside a genuine trace listener', { concurrent: true }, () => {
  it.each([
    ['autoflush', []],
    ['autoflush', ['footers=DateTime']],
    ['autoflush', ['footers=ProcessId, DateTime']],
    ['no autoflush', ['footers=ProcessId, DateTime']],
  ])('with %s and %j stores each record once', async (mode, footers) => {
    const { place, watch } = await begin();
    const writer = new LiveWriter(program, place.path(`logs/${LOG}`), mode, ...footers);
    const counts = { 'credential-key-invalid-state': 0, 'tenant-admin-logon-failed': 0 };
    for (let number = 0; number < 120; number++) {
      if (number % 10 === 3) {
        await writer.trace('Error', KEY_ERROR);
        counts['credential-key-invalid-state']++;
      } else if (number % 15 === 7) {
        await writer.trace('Error', logonFailure(`user${number % 2}@contoso.example`));
        counts['tenant-admin-logon-failed']++;
      } else await writer.trace('Information', `${HEALTHY} ${number}`);
      await sleep(10);
    }
    await writer.end();
    const [log] = await allStored(place, watch);
    expect(log!.toString('latin1').match(/^CceService \w+: 0 : /gm)).toHaveLength(120);
    const found = await sameAsAnalyzed(place);
    expect(countsOf(found['hits']!)).toEqual(counts);
  });

  it('keeps half a line that its buffer left, for however long, and completes it once', async () => {
    const { place, watch } = await begin();
    const path = place.path(`logs/${LOG}`);
    const writer = new LiveWriter(program, path);
    // The buffer ends within the words that make the failure known.
    const failure = written('Error', KEY_ERROR);
    const cut = failure.indexOf('not valid for');
    await writeBuffer(writer, path, BUFFER - cut);
    expect(readFileSync(path, 'latin1').endsWith(failure.slice(0, cut))).toBe(true);
    await watch.until('that it is read', () => positionIn(place) === BUFFER);
    await sleep(3 * QUIET_MS);
    expect(hitsIn(place)).toEqual([]);
    expect(watch.lines).toEqual([]);

    await writer.flush();
    await watch.until('the failure', () => watch.lines.length > 0);
    await writer.end();
    await allStored(place, watch);
    expect(watch.lines.map((line) => JSON.parse(line).event)).toEqual(['incident.opened']);
    const [hit] = (await sameAsAnalyzed(place))['hits']!;
    expect(
      readFileSync(path)
        .subarray(hit!['byte_start'] as number, hit!['byte_end'] as number)
        .toString(),
    ).toBe(failure.trimEnd());
  });

  it('tells a failure whose record was cut behind its words once, and knows the whole record in the end', async () => {
    const { place, watch } = await begin();
    const path = place.path(`logs/${LOG}`);
    const writer = new LiveWriter(program, path);
    const failure = written('Error', KEY_ERROR);
    await writeBuffer(writer, path, BUFFER - failure.indexOf('DetectionLoop'));
    await watch.until('the failure', () => watch.lines.length > 0);
    expect(statSync(path).size).toBe(BUFFER);
    expect(hitsIn(place)).toMatchObject([{ byte_end: BUFFER }]);

    await writer.trace('Information', HEALTHY);
    await writer.end();
    await allStored(place, watch);
    expect(watch.lines.map((line) => JSON.parse(line).event)).toEqual(['incident.opened']);
    const hits = (await sameAsAnalyzed(place))['hits']!;
    expect(hits).toHaveLength(1);
    expect((hits[0]!['byte_end'] as number) - (hits[0]!['byte_start'] as number)).toBe(failure.trimEnd().length);
  });

  it('finds the sibling that a second process makes while it watches, and follows both', async () => {
    const { place, watch } = await begin();
    const path = place.path(`logs/${LOG}`);
    const first = new LiveWriter(program, path, 'autoflush');
    await first.trace('Error', KEY_ERROR);
    await watch.until('the first failure', () => watch.lines.length === 1);
    const second = new LiveWriter(program, path, 'autoflush', 'busy', 'footers=DateTime');
    for (let number = 0; number < 20; number++) {
      await first.trace('Information', HEALTHY);
      await second.trace('Error', logonFailure('cceadmin@contoso.example'));
      await sleep(20);
    }
    await watch.until('the failure in the sibling', () => watch.lines.length === 2);
    await Promise.all([first.end(), second.end()]);
    const siblings = readdirSync(place.path('logs')).filter((name) => name !== LOG);
    expect(siblings).toEqual([
      expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}CceManagementService.log$/),
    ]);
    await allStored(place, watch);
    const found = await sameAsAnalyzed(place);
    expect(countsOf(found['hits']!)).toEqual({ 'credential-key-invalid-state': 1, 'tenant-admin-logon-failed': 20 });
  });
});

async function begin(): Promise<{ place: Desk; watch: WatchProcess }> {
  const place = desk();
  mkdirSync(place.path('logs'));
  const watch = watching(place, WATCH);
  await watch.begun();
  return { place, watch };
}

/** Traces healthy records of so many bytes, a failure, and others until the listener lets the first buffer go. */
async function writeBuffer(writer: LiveWriter, path: string, bytes: number): Promise<void> {
  const one = written('Information', HEALTHY).length;
  let left = bytes;
  for (; left >= 3 * one; left -= one) await writer.trace('Information', HEALTHY);
  await writer.trace('Information', HEALTHY.padEnd(left - one + HEALTHY.length, '.'));
  await writer.trace('Error', KEY_ERROR);
  while (statSync(path).size === 0) await writer.trace('Information', HEALTHY);
  expect(statSync(path).size).toBe(BUFFER);
}

/** Waits until the logs are stored as they are, and ends watching. Gives what they hold. */
async function allStored(place: Desk, watch: WatchProcess): Promise<Buffer[]> {
  const logs = logsOf(place);
  await watch.until('all of the logs', () => reading(place, (store) => logs.every((log) => streamOf(store, log))));
  expect((await watch.end()).code).toBe(130);
  return logs.map(({ bytes }) => bytes);
}

/** The store is the same as one that an analysis makes of the same files. Gives what is in it. */
async function sameAsAnalyzed(place: Desk) {
  const fresh = place.path('analyzed.db');
  const { code, stderr } = await place.ccelog(['analyze', 'logs', '--db', fresh, '--quiet', ...APPLIANCE]);
  expect(code, stderr).toBeLessThan(2);
  const found = reading(place, (store) => factsOf(store, logsOf(place)));
  expect(found).toEqual(reading(place, (store) => factsOf(store, logsOf(place)), fresh));
  return found;
}

function logsOf(place: Desk): { name: string; bytes: Buffer }[] {
  const names = readdirSync(place.path('logs')).sort();
  return names.map((name) => ({ name, bytes: readFileSync(join(place.path('logs'), name)) }));
}

function hitsIn(place: Desk) {
  return reading(place, (store) => factsOf(store, []))['hits'];
}

function positionIn(place: Desk): number | undefined {
  return reading(place, (store) => store.watching.all()[0]?.length);
}

function reading<T>(place: Desk, read: (store: ReturnType<typeof openStore>) => T, path = place.db): T {
  const store = openStore(path, { readOnly: true });
  try {
    return read(store);
  } finally {
    store.close();
  }
}

function countsOf(hits: readonly Record<string, unknown>[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { signature } of hits) counts[signature as string] = (counts[signature as string] ?? 0) + 1;
  return counts;
}
