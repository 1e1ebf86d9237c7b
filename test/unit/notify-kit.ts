/** What tests of notifications share: events, an outbox in memory, clocks that tests move, and a server that listens. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Incident } from '../../src/model.js';
import type { Clock } from '../../src/watch/clock.js';
import type { EventName, WatchEvent } from '../../src/watch/event.js';
import type { AlertState, ChannelName, Delivery, Outbox } from '../../src/watch/notify/outbox.js';

/** Text as a hostile log may have it, for any place that a log can fill. */
export const HOSTILE =
  'a"b\'c\\d`e`$(touch owned)%PATH%&|;<>\r\nX-Injected: yes\u001b]0;title\u0007\0\u202e\u2028\ud800 \u{1f4a5} -rf *';

export function incidentOf(changes: Partial<Incident> = {}): Incident {
  return {
    id: 'inc-0123456789ab',
    fingerprint: 'v1:0123456789abcdef01234567',
    signature: 'credential-key-invalid-state',
    title: 'Stored credentials cannot be read',
    cause: 'The key that protects them belongs to another user.',
    severity: 'error',
    status: 'open',
    appliance: 'CCE-ONE',
    site: null,
    scope: 'appliance',
    members: [],
    appliances: [],
    suggests: null,
    entities: {},
    count: 3,
    firstSeen: '2024-03-01T08:00:00.1234567Z',
    lastSeen: '2024-03-01T08:05:00.0000000Z',
    timeBasis: 'explicit',
    symptomOf: null,
    evidence: [],
    fixes: [],
    ...changes,
  };
}

export function eventOf(changes: Partial<WatchEvent> = {}, incident: Partial<Incident> = {}): WatchEvent {
  return {
    schemaVersion: 1,
    id: 'event-1',
    event: 'incident.opened',
    at: '2024-03-01T08:05:01.000Z',
    alert: '00112233445566aa',
    why: null,
    repeats: { count: 1, seconds: 0 },
    incident: incidentOf(incident),
    ...changes,
  };
}

export class MemoryOutbox implements Outbox {
  rows: (Delivery & { channel: ChannelName; why: string | null })[] = [];
  readonly known = new Map<string, AlertState>();
  #seq = 0;
  /** Throws this, as a store does that another process is writing to. */
  trouble: Error | null = null;

  add(channel: ChannelName, event: WatchEvent): void {
    this.rows.push({ channel, seq: ++this.#seq, event, attempts: 0, why: null });
  }

  pending(channel: ChannelName, limit: number): Delivery[] {
    this.#check();
    const own = this.rows.filter((row) => row.channel === channel).slice(0, limit);
    return own.map(({ seq, event, attempts }) => ({ seq, event, attempts }));
  }

  told(channel: ChannelName, alert: string): AlertState | null {
    this.#check();
    return this.known.get(`${channel} ${alert}`) ?? null;
  }

  done(channel: ChannelName, seqs: readonly number[], told: ReadonlyMap<string, AlertState>): void {
    this.#check();
    this.rows = this.rows.filter(({ seq }) => !seqs.includes(seq));
    for (const [alert, state] of told) this.known.set(`${channel} ${alert}`, state);
  }

  failed(_channel: ChannelName, seqs: readonly number[], why: string): void {
    this.#check();
    for (const row of this.rows) if (seqs.includes(row.seq)) Object.assign(row, { attempts: row.attempts + 1, why });
  }

  #check(): void {
    if (this.trouble !== null) throw this.trouble;
  }
}

/** A clock that stands until it is moved. */
export class ManualClock implements Clock {
  #now = 0;
  readonly #sleepers = new Set<{ at: number; wake: () => void }>();

  monotonic(): number {
    return this.#now;
  }

  wall(): Date {
    return new Date(Date.parse('2024-03-01T09:00:00Z') + this.#now);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted || ms <= 0) return Promise.resolve();
    return new Promise((done) => {
      const sleeper = {
        at: this.#now + ms,
        wake: () => {
          this.#sleepers.delete(sleeper);
          done();
        },
      };
      this.#sleepers.add(sleeper);
      signal?.addEventListener('abort', sleeper.wake, { once: true });
    });
  }

  /** Lets time pass, and everything happen that happens in it. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      await quiet();
      const next = [...this.#sleepers].sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#now = next.at;
      next.wake();
    }
    this.#now = end;
  }
}

/** Until nothing is left to do but to wait. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await setImmediate();
}

/** The clock of the system, in which waiting takes a hundredth of the time. */
export const hastyClock: Clock = {
  monotonic: () => performance.now() * 100,
  wall: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((done) => {
      if (signal?.aborted) return done();
      const timer = setTimeout(done, ms / 100);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        done();
      });
    }),
};

export interface Request {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server on this machine that answers as the test says, 200 where it says nothing; it is gone with the test. */
export async function serve(answer: (response: ServerResponse, request: Request, number: number) => void = ok) {
  const requests: Request[] = [];
  const server = createServer((message: IncomingMessage, response) => {
    const pieces: Buffer[] = [];
    message.on('data', (piece: Buffer) => pieces.push(piece));
    message.on('end', () => {
      const { method = '', url: path = '', headers } = message;
      const request = { method, path, headers, body: Buffer.concat(pieces).toString('utf8') };
      requests.push(request);
      answer(response, request, requests.length);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = () => {
    server.closeAllConnections();
    return new Promise<void>((done) => server.close(() => done()));
  };
  onTestFinished(close);
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, requests, close };
}

function ok(response: ServerResponse): void {
  response.end('ok');
}

export const NAMES: Record<AlertState, EventName> = { firing: 'incident.opened', resolved: 'incident.resolved' };
