/** `ccelog incidents resolve`, `silence` and `reopen` beside a watch: its receivers hear of it. */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { desk } from '../support/run-ccelog.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';
import { watching } from '../support/watch-process.js';

interface Post {
  status: string;
  alerts: { status: string; endsAt: string; fingerprint: string; annotations: Record<string, string> }[];
}

const servers: Server[] = [];
afterAll(() => {
  for (const server of servers) server.close();
});

/** A receiver that keeps what it is told. */
async function receiver(): Promise<{ url: string; posts: Post[] }> {
  const posts: Post[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (text) => {
      body += text;
    });
    request.on('end', () => {
      posts.push(JSON.parse(body));
      response.end();
    });
  });
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`, posts };
}

test('the webhook, the command and the stream of events are told, also of what was decided while no watch ran', async () => {
  const made = desk();
  const log = made.write('logs/CceManagementService.log', healthy(minute(0)));
  const script = made.write(
    'notify.mjs',
    `import { appendFileSync } from 'node:fs';
appendFileSync('told.txt', process.env.CCELOG_EVENT + ' ' + process.env.CCELOG_STATUS + '\\n');`,
  );
  const { url, posts } = await receiver();
  const args = ['logs', '--poll', '50ms', '--format', 'ndjson', '--webhook', url];
  args.push('--on-incident', `"${process.execPath}" "${script}"`);
  const told = () => (existsSync(made.path('told.txt')) ? readFileSync(made.path('told.txt'), 'utf8') : '');
  const events = (lines: string[]) => lines.map((line) => JSON.parse(line));
  const first = watching(made, args);
  await first.begun();
  appendFileSync(log, keyError(minute(1)));
  await first.until('that it fires', () => posts.length === 1);
  const { id } = events(first.lines)[0].incident;

  await made.ccelog(['incidents', 'resolve', id]);
  await first.until('that it is resolved', () => posts.length === 2 && told().includes('resolved'));
  const [fired, resolved] = posts.map(({ alerts }) => alerts[0]) as [Post['alerts'][0], Post['alerts'][0]];
  expect(resolved).toMatchObject({ status: 'resolved', fingerprint: fired.fingerprint });
  expect(resolved.annotations['resolved_because']).toBe('a user resolved it');
  expect(Date.parse(resolved.endsAt)).toBeGreaterThan(Date.parse('2018-09-07'));
  expect(posts[1]?.status).toBe('resolved');

  appendFileSync(log, keyError(minute(3)));
  await first.until('that it fires anew', () => posts.length === 3);
  await first.end();

  await made.ccelog(['incidents', 'silence', id]);
  const second = watching(made, args);
  await second.until('that it is silent', () => posts.length === 4);
  await made.ccelog(['incidents', 'reopen', id]);
  await second.until('that it fires again', () => posts.length === 5 && told().includes('reopened'));
  await second.end();

  expect(posts.map(({ status }) => status)).toEqual(['firing', 'resolved', 'firing', 'resolved', 'firing']);
  expect(told()).toBe(
    ['opened open', 'resolved resolved', 'regressed regressed', 'silenced silenced', 'reopened open']
      .map((line) => `incident.${line}\n`)
      .join(''),
  );
  expect(events([...first.lines, ...second.lines]).map(({ event }) => event)).toEqual([
    'incident.opened',
    'incident.resolved',
    'incident.regressed',
    'incident.silenced',
    'incident.reopened',
  ]);
});
