import type { ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { CcelogError } from '../../src/errors.js';
import type { Fix } from '../../src/model.js';
import type { DeliveryError } from '../../src/watch/notify/delivery-error.js';
import { type Payload, payloadOf } from '../../src/watch/notify/payload.js';
import { deliveryKey, postWebhook } from '../../src/watch/notify/webhook.js';
import { parseWebhook, shownUrl } from '../../src/watch/notify/webhook-address.js';
import { eventOf, HOSTILE, serve } from './notify-kit.js';

const NOBODY = new Map<string, 'firing' | 'resolved'>();

const fix: Fix = {
  id: 'renew',
  title: 'Create the credentials anew',
  versions: '>=2.0.0',
  selected: true,
  reason: 'version',
  why: 'product version 2.1.0 (given with --cce-version) is in >=2.0.0',
  steps: [
    { text: 'Have the passwords ready.', command: null, where: null },
    { text: 'Reset them.', command: 'Reset-CcCredential\nTest-Synthetic', where: 'host' },
  ],
  references: [],
};
const unknown: Fix = {
  ...fix,
  selected: false,
  reason: 'unknown',
  why: 'for product versions >=2.0.0; the version is not known here. Run Get-CcVersion.',
};

const firing = eventOf(
  { id: 'event-7', alert: '00112233445566aa', event: 'incident.regressed' },
  { entities: { user: 'CONTOSO\\svc' }, fixes: [fix], status: 'regressed' },
);
const resolved = eventOf(
  {
    id: 'event-8',
    alert: 'ffeeddccbbaa9988',
    event: 'incident.resolved',
    at: '2024-03-01T09:30:00.000Z',
    why: 'quiet',
  },
  {
    id: 'inc-ba9876543210',
    signature: 'av-exclusions-missing',
    title: 'Exclusions are missing',
    cause: 'A scanner locks files.',
    severity: 'warning',
    status: 'resolved',
    count: 1,
    firstSeen: '2024-03-01T07:00:00Z',
    lastSeen: '2024-03-01T07:00:00Z',
    fixes: [unknown],
  },
);

describe('the payload', () => {
  it('is what Alertmanager sends, in version 4', () => {
    const golden: Payload = {
      receiver: 'ccelog',
      status: 'firing',
      alerts: [
        {
          status: 'firing',
          labels: {
            alertname: 'credential-key-invalid-state',
            appliance: 'CCE-ONE',
            job: 'ccelog',
            severity: 'error',
            entity_user: 'CONTOSO\\svc',
          },
          annotations: {
            summary: 'Stored credentials cannot be read',
            description: 'The key that protects them belongs to another user.',
            fix: 'Create the credentials anew\n1. Have the passwords ready.\n2. Reset them. (on the host)\n   Reset-CcCredential\n   Test-Synthetic',
            incident: 'inc-0123456789ab',
            count: '3',
            first_seen: '2024-03-01T08:00:00.1234567Z',
            last_seen: '2024-03-01T08:05:00.0000000Z',
            event_id: 'event-7',
          },
          startsAt: '2024-03-01T08:00:00.1234567Z',
          endsAt: '0001-01-01T00:00:00Z',
          generatorURL: '',
          fingerprint: '00112233445566aa',
        },
        {
          status: 'resolved',
          labels: {
            alertname: 'av-exclusions-missing',
            appliance: 'CCE-ONE',
            job: 'ccelog',
            severity: 'warning',
          },
          annotations: {
            summary: 'Exclusions are missing',
            description: 'A scanner locks files.',
            fix: 'The fix depends on the product version, which is not known here: Create the credentials anew (>=2.0.0). Run Get-CcVersion.',
            incident: 'inc-ba9876543210',
            count: '1',
            first_seen: '2024-03-01T07:00:00Z',
            last_seen: '2024-03-01T07:00:00Z',
            resolved_because: 'quiet',
            event_id: 'event-8',
          },
          startsAt: '2024-03-01T07:00:00Z',
          endsAt: '2024-03-01T09:30:00.000Z',
          generatorURL: '',
          fingerprint: 'ffeeddccbbaa9988',
        },
      ],
      groupLabels: { appliance: 'CCE-ONE' },
      commonLabels: { appliance: 'CCE-ONE', job: 'ccelog' },
      commonAnnotations: {},
      externalURL: '',
      version: '4',
      groupKey: '{}:{appliance="CCE-ONE"}',
      truncatedAlerts: 0,
    };
    const payload = payloadOf([firing, resolved], NOBODY);
    expect(payload).toEqual(golden);
    expect(Object.keys(payload)).toEqual(Object.keys(golden));
    expect(payloadOf([firing], NOBODY).commonAnnotations).toEqual(golden.alerts[0]!.annotations);
  });

  it('fires as long as any alert of the appliance does, also one that it does not hold', () => {
    const other = '0000000000000001';
    expect(payloadOf([resolved], NOBODY).status).toBe('resolved');
    expect(payloadOf([resolved], new Map([[other, 'resolved']])).status).toBe('resolved');
    expect(payloadOf([resolved], new Map([[other, 'firing']])).status).toBe('firing');
    expect(payloadOf([resolved], new Map([[resolved.alert, 'firing']])).status).toBe('resolved');
  });

  it('has no group label where the appliance is not known, and a time where the log tells none', () => {
    const event = eventOf({ event: 'incident.resolved' }, { appliance: null, firstSeen: null, lastSeen: null });
    const { groupKey, groupLabels, alerts } = payloadOf([event], NOBODY);
    expect({ groupKey, groupLabels }).toEqual({ groupKey: '{}:{}', groupLabels: {} });
    expect(alerts[0]).toMatchObject({ startsAt: event.at, endsAt: event.at });
    expect(alerts[0]!.labels).not.toHaveProperty('appliance');
    expect(alerts[0]!.annotations).not.toHaveProperty('first_seen');
  });

  it('ends nothing before it began, though the clock of the log is ahead', () => {
    const firstSeen = '2024-03-01T10:00:00.0000001Z';
    const [alert] = payloadOf([eventOf({ event: 'incident.resolved' }, { firstSeen })], NOBODY).alerts;
    expect(alert).toMatchObject({ startsAt: firstSeen, endsAt: firstSeen });
  });

  it('says which fixes there are where none is for this version, and nothing where there is none', () => {
    const others = [{ ...unknown, reason: 'other-version' as const, why: 'for product versions >=2.0.0; this is 1.4' }];
    const fixText = (fixes: Fix[]) => payloadOf([eventOf({}, { fixes })], NOBODY).alerts[0]!.annotations['fix'];
    expect(fixText(others)).toBe(
      'No fix is known for this product version, only: Create the credentials anew (>=2.0.0).',
    );
    expect(fixText([])).toBeUndefined();
  });

  it('shows hostile text and obeys none of it', () => {
    const steps = [{ text: HOSTILE, command: HOSTILE, where: null }];
    const event = eventOf(
      { why: HOSTILE, event: 'incident.resolved' },
      {
        title: HOSTILE,
        cause: HOSTILE,
        appliance: HOSTILE,
        entities: { 'user name': HOSTILE, empty: '' },
        fixes: [{ ...fix, title: HOSTILE, steps }],
      },
    );
    const payload = payloadOf([event], NOBODY);
    const [alert] = payload.alerts;
    const texts = [...Object.values(alert!.labels), ...Object.values(alert!.annotations), payload.groupKey];
    for (const text of texts) {
      expect(text).toMatch(/^[^\0-\x09\x0b-\x1f\x7f-\x9f\u202e\u2028]*$/);
      expect(text.isWellFormed()).toBe(true);
    }
    for (const name of Object.keys(alert!.labels)) expect(name).toMatch(/^[a-zA-Z_]\w*$/);
    expect(alert!.labels).not.toHaveProperty('entity_empty');
    expect(Object.values(alert!.labels).join('')).not.toContain('\n');
    expect(payload.groupKey.startsWith('{}:{appliance="a\\"b')).toBe(true);
    expect(JSON.parse(JSON.stringify(payload))).toEqual(payload);
  });
});

describe('the address', () => {
  it.each([
    ['alerts', 'it is no URL'],
    ['', 'it is no URL'],
    ['//secret-host/x', 'it is no URL'],
    ['ftp://user:secret-pass@alerts.example/', 'it must begin with https:// or http://, not ftp:'],
    ['file:///secret-file', 'it must begin with https:// or http://, not file:'],
    ['https://user:secret-pass@', 'it is no URL'],
  ])('is told at once where it cannot be used: %s', (text, why) => {
    const error = (() => {
      try {
        return parseWebhook(text);
      } catch (thrown) {
        return thrown;
      }
    })() as CcelogError;
    expect(error).toBeInstanceOf(CcelogError);
    expect(error).toMatchObject({ code: 'BAD_USAGE', details: { why } });
    expect(`${error.message}${JSON.stringify(error.details)}`).not.toContain('secret');
  });

  it('is shown without anything that may be secret', () => {
    const webhook = parseWebhook('https://us%65r:p%40ss@hooks.example:8443/services/T0SYNTH00/x?token=abcdefghij#part');
    expect(shownUrl(webhook)).toBe('https://hooks.example:8443');
    expect(webhook.url).toBe('https://hooks.example:8443/services/T0SYNTH00/x?token=abcdefghij');
    expect(webhook.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`);
    expect(parseWebhook('http://[::1]:9/').authorization).toBeNull();
    expect(parseWebhook('http://u%ZZ@h/').authorization).toBe(`Basic ${Buffer.from('u%ZZ:').toString('base64')}`);
  });
});

describe('a post', () => {
  const payload = payloadOf([firing, resolved], NOBODY);
  const key = deliveryKey([firing, resolved], payload);
  const post = (url: string, changes: { timeoutMs?: number; signal?: AbortSignal } = {}) =>
    postWebhook(parseWebhook(url), payload, { version: '1.2.3', key, timeoutMs: 5000, ...changes });
  const failureOf = (run: Promise<void>) =>
    run.then(
      () => expect.fail('was delivered'),
      (error: unknown) => error as DeliveryError,
    );
  const answering = (status: number, body: string, headers: Record<string, string> = {}) =>
    serve((response) => void response.writeHead(status, headers).end(body));

  it('says what it is, and the same key again for the same content', async () => {
    const { url, requests } = await serve();
    await post(`${url}/alerts?x=1`);
    await post(`${url}/alerts?x=1`);
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/alerts?x=1',
      headers: { 'content-type': 'application/json', 'user-agent': 'ccelog/1.2.3', 'idempotency-key': key },
    });
    expect(JSON.parse(requests[0]!.body)).toEqual(payload);
    expect(requests[0]!.headers).not.toHaveProperty('authorization');
    expect(requests[1]).toEqual(requests[0]);
    expect(deliveryKey([firing], payload)).not.toBe(key);
    expect(deliveryKey([firing, resolved], { ...payload, status: 'resolved' })).not.toBe(key);
  });

  it('brings the credentials in a header', async () => {
    const { url, requests } = await serve();
    await post(url.replace('//', '//user:p%C3%A4ss@'));
    expect(requests[0]!.headers.authorization).toBe(`Basic ${Buffer.from('user:päss').toString('base64')}`);
  });

  it.each([200, 201, 202, 204])('is delivered by an answer of %d', async (status) => {
    const { url } = await answering(status, '');
    await post(url);
  });

  it.each([
    [400, 'notification', false],
    [401, 'receiver', false],
    [404, 'receiver', false],
    [413, 'notification', false],
    [429, 'receiver', false],
    [500, 'either', true],
    [503, 'receiver', true],
  ])('is not delivered by an answer of %d', async (status, blame, mayHaveArrived) => {
    const { url, port } = await answering(status, 'not\r\nnow \u001b[2J');
    const error = await failureOf(post(url));
    expect(error.message).toBe(`webhook http://127.0.0.1:${port}: HTTP ${status}: not now \\x1b[2J`);
    expect(error).toMatchObject({ blame, mayHaveArrived });
  });

  it('tells nothing of the address that the server repeats', async () => {
    const { url } = await serve((response, { path, headers }) => {
      const echo = `Cannot POST ${path} ${decodeURIComponent(path)} ${headers.authorization} user p@ss`;
      response.writeHead(404).end(`${echo} token=other password=Synth-Pa55`);
    });
    const { message } = await failureOf(
      post(`${url.replace('//', '//user:p%40ss@')}/services/T0SYNTH00/B%C3%A9SYNTH00?token=abcdefghij`),
    );
    expect(message).toContain('Cannot POST');
    for (const secret of ['T0SYNTH00', 'SYNTH00', 'abcdefghij', 'p@ss', 'dXNlcj', 'Pa55', 'other'])
      expect(message).not.toContain(secret);
  });

  it('follows no redirect, and says where it leads', async () => {
    const other = await serve();
    const { url, port, requests } = await serve((response, { path }) =>
      path === '/here'
        ? response.writeHead(308, { Location: '/there?token=abcdefghij' }).end()
        : response.writeHead(302, { Location: `${other.url}/secret-path?token=abcdefghij` }).end('x'),
    );
    const start = `webhook http://127.0.0.1:${port}: HTTP`;
    const end = 'which is not followed: name the final address';
    expect((await failureOf(post(url))).message).toBe(`${start} 302, a redirect to ${other.url}, ${end}`);
    expect((await failureOf(post(`${url}/here`))).message).toBe(`${start} 308, a redirect to another path, ${end}`);
    expect(other.requests).toEqual([]);
    expect(requests).toHaveLength(2);
  });

  it('reads little of an answer that has no end', async () => {
    let closed = 0;
    const endless = (response: ServerResponse) => {
      const more = () => {
        while (!response.destroyed && response.write('lorem ipsum '.repeat(1000)));
      };
      response.on('drain', more);
      response.on('close', () => closed++);
      more();
    };
    const good = await serve((response) => endless(response.writeHead(200)));
    await post(good.url);
    const bad = await serve((response) => endless(response.writeHead(500)));
    const { message } = await failureOf(post(bad.url));
    expect(message).toMatch(/HTTP 500: lorem ipsum .*…$/);
    expect(message.length).toBeLessThan(400);
    await expect.poll(() => closed).toBe(2);
  });

  it('does not wait for ever', async () => {
    const silent = await serve(() => undefined);
    const error = await failureOf(post(silent.url, { timeoutMs: 100 }));
    expect(error).toMatchObject({
      message: `webhook ${silent.url}: no answer within 0.1 s`,
      blame: 'receiver',
      mayHaveArrived: true,
    });
    const slow = await serve((response) => void response.writeHead(500).write('half an ans'));
    expect((await failureOf(post(slow.url, { timeoutMs: 200 }))).message).toMatch(/HTTP 500: half an ans$/);
    const stop = new AbortController();
    const stopped = failureOf(post(silent.url, { signal: stop.signal }));
    setTimeout(() => stop.abort(), 50);
    expect((await stopped).message).toMatch(/: stopped$/);
    expect((await failureOf(post(silent.url, { signal: stop.signal }))).message).toMatch(/: stopped$/);
  });

  it('tells an unknown host, and one that takes no connection', async () => {
    const secret = 'https://user:secret-pass@nowhere.invalid/secret-path?x=secret-query';
    // Some resolvers take their time to say no.
    const unknown = await failureOf(post(secret, { timeoutMs: 40_000 }));
    expect(unknown.message).toMatch(
      /^webhook https:\/\/nowhere\.invalid: (?:unknown host|the name of the host cannot be looked up now)$/,
    );
    expect(unknown).toMatchObject({ blame: 'receiver', mayHaveArrived: false });
    const gone = await serve();
    await gone.close();
    expect(await failureOf(post(gone.url))).toMatchObject({
      message: `webhook ${gone.url}: connection refused`,
      mayHaveArrived: false,
    });
  });

  it('may have arrived where the connection ends without an answer', async () => {
    const rude = await serve((response) => response.socket?.destroy());
    expect(await failureOf(post(rude.url))).toMatchObject({
      message: `webhook ${rude.url}: the connection was closed`,
      mayHaveArrived: true,
    });
    const odd = await serve((response) => response.socket?.end('SSH-2.0-Synthetic\r\n'));
    expect(await failureOf(post(odd.url))).toMatchObject({ blame: 'receiver', mayHaveArrived: true });
  });
});
