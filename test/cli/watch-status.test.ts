/** `ccelog watch --status`: what it tells of a watch to those who ask from outside, whoever they are. */
import { appendFileSync, chmodSync, readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { CLI, type Desk, desk, isRoot, needs, runProgram } from '../support/run-ccelog.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

const FAST = ['logs', '--poll', '50ms'];

function place(): Desk {
  const made = desk();
  made.write('logs/CceManagementService.log', healthy(minute(0)));
  return made;
}

const status = async (made: Desk, ...args: string[]) => (await made.ccelog(['watch', '--status', ...args])).stdout;

/** As another user, who may read everything here and write nothing. */
async function strangersStatus(made: Desk): Promise<string> {
  const line = [process.execPath, CLI, 'watch', '--status', '--db', made.db].map((word) => `'${word}'`).join(' ');
  const options = { env: made.env, cwd: '/' };
  const { stdout, stderr } = await runProgram('su', ['nobody', '-s', '/bin/sh', '-c', line], options);
  return stdout + stderr;
}

const isPossible = isRoot && process.platform !== 'win32';
if (!isPossible && process.env['CI']) throw new Error('these tests have to run as root: they ask as another user');

describe.runIf(needs('root, to ask as another user', isPossible))('to a user who may only read', () => {
  test('a watch that runs is seen, one that was killed is not, and what cannot be told is not made up', async () => {
    const made = place();
    for (const folder of [made.folder, made.home]) chmodSync(folder, 0o755);
    const watch = watching(made, FAST);
    await watch.begun();
    await watch.until('that it was read', async () => /lag 0 bytes/.test(await status(made)));
    // Stores are private; this one was opened to others.
    for (const name of readdirSync(made.home)) if (name.startsWith('store.db')) chmodSync(join(made.home, name), 0o644);
    expect(await strangersStatus(made)).toContain(`Running: process ${watch.child.pid} on `);
    chmodSync(`${made.db}.watch`, 0);
    expect(await strangersStatus(made)).toMatch(/^It cannot be told whether a watch is running: .+store\.db\.watch: /);
    chmodSync(`${made.db}.watch`, 0o644);
    await watch.end('SIGKILL');
    expect(await strangersStatus(made)).toContain('No watch is running on this store.');
    expect(await status(made)).toContain('No watch is running on this store.');
  });
});

describe('for programs', { concurrent: true }, () => {
  test.each(['ndjson', 'json'])('%s: a document, also where nothing was watched yet', async (format) => {
    const made = desk();
    expect(await status(made)).toMatch(/^Nothing was watched yet/);
    expect(JSON.parse(await status(made, '--format', format))).toEqual({
      schemaVersion: 1,
      store: { path: made.db, exists: false },
      running: null,
      runningUnknown: null,
      logs: [],
      problems: [],
      waiting: { command: 0, webhook: 0 },
      channels: [],
      open: 0,
    });
  });

  test('json is for what has an end', async () => {
    const { code, stderr } = await place().ccelog(['watch', 'logs', '--format', 'json']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/watching has no end[\s\S]+--format ndjson/);
  });
});

test('a path that is named twice is watched and told once', async () => {
  const made = place();
  const folder = made.path('logs');
  const watch = watching(made, [...FAST, folder, `${folder}/`, join(folder, '*CceManagementService.log')]);
  await watch.begun();
  const one = join(folder, '*CceManagementService.log');
  expect(watch.stderr).toContain(`watching ${one}; Ctrl+C`);
  expect(JSON.parse(await status(made, '--format', 'json')).running.paths).toEqual([one]);
  await watch.end();
});

const servers: ReturnType<typeof createServer>[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

test('the last error of the command and of the webhook, and what waits though nobody delivers it now', async () => {
  const made = place();
  const server = createServer((_, response) => {
    response.statusCode = 503;
    response.end('not today');
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
  const program = join(dirname(made.folder), 'no-such-program');
  const first = watching(made, [...FAST, '--webhook', url, '--on-incident', program]);
  await first.begun();
  appendFileSync(made.path('logs/CceManagementService.log'), keyError(minute(1)));
  await first.until('both errors', async () => (await status(made)).match(/last error/g)?.length === 2);
  const text = await status(made);
  expect(text).toMatch(
    /^Command: 1 notification waits, nothing was delivered yet\n {2}last error [\d-]+ [\d:]+Z {2}command no-such-program: no such program$/m,
  );
  expect(text).toMatch(
    /^Webhook: 1 notification waits, .+\n {2}last error .+Z {2}webhook http:.+HTTP 503: not today$/m,
  );
  // One way to write a time, and no other.
  expect(text.match(/\d{4}-\d\d-\d\d\S*( [\d:.]+Z?)?/g)?.filter((time) => !/^[\d-]{10} [\d:]{8}Z$/.test(time))).toEqual(
    [],
  );
  await first.end();
  expect(await status(made)).toContain('1 notification waits until a watch with --on-incident runs');
  const second = watching(made, FAST);
  await second.begun();
  expect(await status(made)).toContain('1 notification waits and the watch that runs has no --webhook');
  expect(JSON.parse(await status(made, '--format', 'ndjson')).channels).toMatchObject([
    { channel: 'command', waiting: 1, isNamed: false, lastError: { why: 'command no-such-program: no such program' } },
    { channel: 'webhook', waiting: 1, isNamed: false, deliveredAt: null },
  ]);
  await second.end();
});
