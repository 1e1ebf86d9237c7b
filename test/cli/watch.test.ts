/** `ccelog watch` from the command line: what it prints, how it begins and ends, and what it refuses. */
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { type Desk, desk } from '../support/run-ccelog.js';
import { healthy, keyError, logonFailure, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

const LOG = 'logs/CceManagementService.log';
const FAST = ['logs', '--poll', '50ms'];

/** A folder with a log in it. */
function place(content = healthy(minute(0))): Desk {
  const made = desk();
  made.write(LOG, content);
  return made;
}

const eventsOf = (lines: string[]) => lines.map((line) => JSON.parse(line) as Record<string, never>);
const status = async (made: Desk) => (await made.ccelog(['watch', '--status'])).stdout;

describe('what it tells', { concurrent: true }, () => {
  test('a line when an incident opens, one when it comes back after it was resolved', async () => {
    const made = place();
    const watch = watching(made, FAST);
    await watch.begun();
    appendFileSync(made.path(LOG), keyError(minute(1)));
    await watch.until('the incident', () => watch.lines.length === 1);
    expect(watch.lines[0]).toMatch(
      /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ {2}opened +critical +Stored credentials cannot be decrypted .+ [0-9a-f]{12}$/,
    );
    const id = (watch.lines[0] as string).slice(-12);
    await made.ccelog(['incidents', 'resolve', id]);
    await watch.until('that it is resolved', () => watch.lines.length === 2);
    expect(watch.lines[1]).toMatch(/^.+Z {2}resolved +critical .+: a user resolved it {2}[0-9a-f]{12}$/);
    appendFileSync(made.path(LOG), healthy(minute(2)) + keyError(minute(3)));
    await watch.until('that it came back', () => watch.lines.length === 3);
    expect(watch.lines[2]).toMatch(/^.+Z {2}regressed critical .+$/);
    expect((await watch.end()).code).toBe(130);
    const { stdout } = await made.ccelog(['incidents', 'show', id]);
    expect(stdout).toMatch(/History[\s\S]+resolved[\s\S]+regressed/);
  });

  test('ndjson: one event a line, with the incident as the contract has it', async () => {
    const made = place(healthy(minute(0)) + logonFailure(minute(1)));
    const watch = watching(made, [...FAST, '--format', 'ndjson', '--cce-version', '2.1']);
    await watch.until('the event', () => watch.lines.length === 1);
    const [event] = eventsOf(watch.lines);
    expect(event).toMatchObject({
      schemaVersion: 1,
      event: 'incident.opened',
      repeats: { count: 1 },
      incident: { signature: 'tenant-admin-logon-failed', status: 'open', count: 1, firstSeen: minute(1) },
    });
    await watch.end();
  });

  test('a fault of the past is told once, however often it came and went', async () => {
    const hours = Array.from({ length: 30 }, (_, index) => keyError(minute(index * 120))).join('');
    const made = place(hours + healthy(minute(3500)));
    const watch = watching(made, [...FAST, '--format', 'ndjson']);
    await watch.until('the event', () => watch.lines.length > 0);
    await watch.end();
    expect(eventsOf(watch.lines)).toMatchObject([{ event: 'incident.regressed', incident: { count: 1 } }]);
  });

  test('a fault of the past that is over, by the times of the log, is not told at all', async () => {
    const made = place(keyError(minute(0)) + healthy(minute(10)) + healthy(minute(200)));
    const watch = watching(made, [...FAST, '--format', 'ndjson']);
    await watch.begun();
    await watch.until('that it was read', async () => /lag 0 bytes/.test(await status(made)));
    await watch.end();
    expect(watch.stdout).toBe('');
    const { stdout } = await made.ccelog(['incidents', 'list']);
    expect(stdout).toContain('[resolved]');
  });
});

describe('how it ends', { concurrent: true }, () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s: within a second, with 130 and all in the store',
    async (signal) => {
      const made = place();
      const watch = watching(made, ['logs']);
      await watch.begun();
      await watch.until('that it was read', async () => /lag 0 bytes/.test(await status(made)));
      const { code, ms } = await watch.end(signal);
      expect(code).toBe(130);
      expect(ms).toBeLessThan(1000);
      expect(await status(made)).toContain('No watch is running');
    },
  );

  test('killed, it leaves nothing that keeps the next from beginning', async () => {
    const made = place(keyError(minute(0)));
    const first = watching(made, FAST);
    await first.until('the incident', () => first.lines.length === 1);
    await first.end('SIGKILL');
    appendFileSync(made.path(LOG), keyError(minute(1)));
    const second = watching(made, FAST);
    await second.begun();
    await second.until(
      'both',
      async () => /2 records/.test(await status(made)) || /lag 0 bytes/.test(await status(made)),
    );
    await second.end();
    const { stdout } = await made.ccelog(['incidents', 'list', '--format', 'json']);
    expect(JSON.parse(stdout).incidents).toMatchObject([{ count: 2 }]);
  });
});

describe('a second one on the same store', { concurrent: true }, () => {
  test('ends with a line that names the first', async () => {
    const made = place();
    const first = watching(made, FAST);
    await first.begun();
    const { code, stderr } = await made.ccelog(['watch', 'logs']);
    expect(code).toBe(2);
    expect(stderr).toMatch(new RegExp(`another ccelog watch uses this store[\\s\\S]+process ${first.child.pid} on`));
    await first.end();
  });

  test('waits for its turn with --wait', async () => {
    const made = place();
    const first = watching(made, FAST);
    await first.begun();
    const second = watching(made, [...FAST, '--wait']);
    await second.until('that it waits', () => second.stderr.includes('waiting for its turn'));
    await first.end();
    await second.begun();
    expect(await status(made)).toContain(`process ${second.child.pid}`);
    await second.end();
  });
});

describe('what is not there', { concurrent: true }, () => {
  test('a folder: a clear end, or waiting', async () => {
    const made = desk();
    const refused = await made.ccelog(['watch', 'nowhere/CceManagementService.log']);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/there is nothing to watch[\s\S]+nowhere[\s\S]+--wait/);
    const watch = watching(made, [...FAST, '--wait']);
    await watch.until('that it waits', () => watch.stderr.includes('it is waited for'));
    made.write(LOG, keyError(minute(0)));
    await watch.until('the incident', () => watch.lines.length === 1);
    expect(watch.stderr).toContain('no longer a problem: ');
    await watch.end();
    // What was not seen, and from when to when, is told wherever the store is asked.
    expect(await status(made)).toMatch(/\S+Z to \S+ \S+Z {2}.+logs: it is not there; it is waited for/);
    const listed = await made.ccelog(['incidents', 'list', '--format', 'json']);
    expect(JSON.parse(listed.stdout).problems).toMatchObject([{ kind: 'source', path: made.path('logs') }]);
    expect((await made.ccelog(['incidents', 'list'])).stderr).toContain('watching could not see everything');
  });

  test('a log: new ones are found while it runs, siblings of .NET among them', async () => {
    const made = desk();
    mkdirSync(made.path('logs'));
    const watch = watching(made, FAST);
    await watch.begun();
    made.write(LOG, keyError(minute(0)));
    await watch.until('the incident', () => watch.lines.length === 1);
    made.write('logs/936d337e-d8ca-437d-9d17-07fb73cbc703CceManagementService.log', logonFailure(minute(1)));
    await watch.until('the sibling', () => watch.lines.length === 2);
    made.write('logs/other.log', logonFailure(minute(2), 'other@contoso.example'));
    await watch.end();
    expect(watch.lines).toHaveLength(2);
  });

  test('no path and no host: what to name', async () => {
    const { code, stderr } = await desk().ccelog(['watch']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/no log to watch was named[\s\S]+ccelog watch <file, folder or pattern>/);
  });

  test('the documented folder, where %ProgramFiles% says so', async () => {
    const made = desk();
    const { code, stderr } = await made.ccelog(['watch'], { env: { ProgramFiles: 'C:\\Program Files' } });
    expect(code).toBe(2);
    expect(stderr).toContain('C:\\Program Files\\Skype for Business Cloud Connector Edition\\ManagementService');
  });
});

test('a store that cannot be used, a format, a pattern, a duration that cannot be', async () => {
  const made = place();
  mkdirSync(made.path('folder.db'));
  for (const [args, words] of [
    [['logs', '--db', 'folder.db'], /it is a folder, not a file/],
    [['logs', '--format', 'html'], /Allowed choices are table, ndjson/],
    [['l*gs/x.log'], /a pattern may stand for names of files only/],
    [['logs', '--poll', 'often'], /must be a duration/],
    [['logs', '--poll', '30d'], /up to 1h/],
    [['logs', '--on-incident', '"unbalanced'], /on-incident|command/],
    [['logs', '--webhook', 'ftp://host/'], /must begin with https/],
    [['logs', '--signatures', 'logs'], /signature/],
  ] as [string[], RegExp][]) {
    const { code, stderr } = await made.ccelog(['watch', ...args]);
    expect(code, args.join(' ')).toBe(2);
    expect(stderr).toMatch(words);
  }
});

test('its store may be deleted while it runs: it is made anew, and all is in it', async () => {
  const made = place(keyError(minute(0)));
  const watch = watching(made, FAST);
  await watch.until('the incident', () => watch.lines.length === 1);
  for (const end of ['', '-wal', '-shm']) rmSync(`${made.db}${end}`, { force: true });
  await watch.until('the warning', () => watch.stderr.includes('was deleted or replaced'));
  await watch.until('a new store', () => existsSync(made.db) && watch.stderr.includes('no longer a problem: '));
  await watch.end();
  const { stdout } = await made.ccelog(['incidents', 'list', '--format', 'json']);
  expect(JSON.parse(stdout).incidents).toMatchObject([{ count: 1 }]);
});

test('metrics, a command and a webhook are told, and a log is never changed', async () => {
  const made = place();
  const bodies: Record<string, unknown>[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      bodies.push(JSON.parse(body));
      response.end();
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const script = made.write(
    'notify.mjs',
    `import { readFileSync, appendFileSync } from 'node:fs';
appendFileSync('told.txt', readFileSync(0));`,
  );
  const { port } = server.address() as AddressInfo;
  const watch = watching(made, [
    ...FAST,
    ...['--metrics', 'ccelog.prom', '--webhook', `http://127.0.0.1:${port}/hook`],
    ...['--on-incident', `"${process.execPath}" "${script}"`],
  ]);
  await watch.begun();
  const before = readFileSync(made.path(LOG));
  appendFileSync(made.path(LOG), keyError(minute(1)));
  const after = statSync(made.path(LOG));
  await watch.until('the post', () => bodies.length === 1);
  await watch.until('the command', () => existsSync(made.path('told.txt')) && statSync(made.path('told.txt')).size > 0);
  await watch.end();
  server.close();
  expect(bodies[0]).toMatchObject({ version: '4', status: 'firing', alerts: [{ status: 'firing' }] });
  const [told] = eventsOf(readFileSync(made.path('told.txt'), 'utf8').trim().split('\n'));
  expect(told).toMatchObject({ event: 'incident.opened', incident: { signature: 'credential-key-invalid-state' } });
  const metrics = readFileSync(made.path('ccelog.prom'), 'utf8');
  expect(metrics).toMatch(/ccelog_watch_hits_total\{signature="credential-key-invalid-state"\} 1\n/);
  expect(metrics).toMatch(/# EOF\n$/);
  expect(statSync(made.path(LOG)).mtimeMs).toBe(after.mtimeMs);
  expect(readFileSync(made.path(LOG)).subarray(0, before.length)).toEqual(before);
});
