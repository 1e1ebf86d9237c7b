import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/watch/clock.js';
import { statesAfter } from '../../src/watch/notify/alert-state.js';
import { type Channel, commandChannel, webhookChannel } from '../../src/watch/notify/channels.js';
import { type Blame, DeliveryError } from '../../src/watch/notify/delivery-error.js';
import { Dispatcher } from '../../src/watch/notify/dispatcher.js';
import type { AlertState, ChannelName, Delivery } from '../../src/watch/notify/outbox.js';
import { parseWebhook } from '../../src/watch/notify/webhook-address.js';
import { temporaryFolders } from '../support/temporary-folders.js';
import { eventOf, HOSTILE, hastyClock, ManualClock, MemoryOutbox, NAMES, serve } from './notify-kit.js';

const folderOf = temporaryFolders();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A dispatcher with one channel, on a clock that the test moves, and what became of it. */
function setUp(
  name: ChannelName,
  send?: (deliveries: readonly Delivery[], signal: AbortSignal) => Promise<void> | void,
) {
  const outbox = new MemoryOutbox();
  const clock = new ManualClock();
  const lines: string[] = [];
  const sent: string[] = [];
  const channel: Channel = {
    name,
    async send(deliveries, signal) {
      await send?.(deliveries, signal);
      sent.push(deliveries.map(({ event }) => event.id).join('+'));
      return statesAfter(deliveries);
    },
  };
  const begin = () => new Dispatcher({ outbox, channels: [channel], clock, warn: (line) => lines.push(line) });
  let count = 0;
  const add = (alert: string, state: AlertState = 'firing', appliance: string | null = 'ONE') => {
    const at = clock.wall().toISOString();
    outbox.add(name, eventOf({ id: `${alert}${++count}`, alert, event: NAMES[state], at }, { appliance }));
  };
  return { outbox, clock, lines, sent, begin, add };
}

function failing(blame: Blame, mayHaveArrived = false): never {
  throw new DeliveryError('synthetic receiver: no', { blame, mayHaveArrived });
}

describe('events for a command', () => {
  it('are run one by one, in order, also those that an earlier run left', async () => {
    let running = 0;
    const { clock, sent, begin, add, outbox } = setUp('command', async () => {
      expect(++running).toBe(1);
      await clock.sleep(10);
      running--;
    });
    add('a');
    add('a', 'resolved');
    const dispatcher = begin();
    await clock.pass(100);
    add('b');
    dispatcher.wake();
    dispatcher.wake();
    await clock.pass(100);
    expect(sent).toEqual(['a1', 'a2', 'b3']);
    expect(outbox.rows).toEqual([]);
    expect(dispatcher.status()).toEqual([
      { channel: 'command', delivered: 3, failed: 0, givenUp: 0, pending: 0, lastError: null },
    ]);
  });

  it('wait behind one that fails, and pass it in the end', async () => {
    const tries: number[] = [];
    const { clock, sent, begin, add, lines } = setUp('command', ([first]) => {
      if (first?.event.alert !== 'bad') return;
      tries.push(clock.monotonic());
      failing('either');
    });
    const dispatcher = begin();
    add('bad');
    add('a');
    add('b');
    dispatcher.wake();
    await clock.pass(14_999);
    expect(sent).toEqual([]);
    await clock.pass(1);
    expect(sent).toEqual(['a2', 'b3']);
    expect(tries).toEqual([0, 1000, 3000, 7000, 15_000]);
    await clock.pass(60 * MINUTE);
    // It is tried again by itself, ever less often, and what comes later does not wait for it.
    expect(tries.slice(5, 10)).toEqual([31_000, 63_000, 127_000, 255_000, 511_000]);
    expect(tries[11]! - tries[10]!).toBe(5 * MINUTE);
    add('c');
    dispatcher.wake();
    await clock.pass(0);
    expect(sent).toEqual(['a2', 'b3', 'c4']);
    expect(lines[0]).toBe('synthetic receiver: no; it is tried again until it works');
    expect(lines.filter((line) => line.includes('delivered again'))).toHaveLength(1);
  });

  it('are given up after days, with a line for each', async () => {
    const { clock, sent, begin, add, lines, outbox } = setUp('command', ([first]) => {
      if (first?.event.alert !== 'good') failing('either');
    });
    const dispatcher = begin();
    add('bad');
    add('worse', 'resolved');
    dispatcher.wake();
    await clock.pass(2.9 * DAY);
    expect(outbox.rows).toHaveLength(2);
    await clock.pass(0.2 * DAY);
    expect(outbox.rows).toEqual([]);
    expect(lines.filter((line) => line.includes('given up'))).toEqual([
      'synthetic receiver: no; incident.opened of incident inc-0123456789ab is given up: it failed for days',
      'synthetic receiver: no; incident.resolved of incident inc-0123456789ab is given up: it failed for days',
    ]);
    expect(dispatcher.status()).toMatchObject([{ givenUp: 2, pending: 0, delivered: 0 }]);
    add('good');
    dispatcher.wake();
    await clock.pass(1000);
    expect(sent).toEqual(['good3']);
  });

  it('are kept for ever where the command is not there', async () => {
    let isThere = false;
    const { clock, sent, begin, add } = setUp('command', () => {
      if (!isThere) failing('receiver');
    });
    add('a');
    add('b');
    begin();
    await clock.pass(5 * DAY);
    isThere = true;
    await clock.pass(5 * MINUTE);
    expect(sent).toEqual(['a1', 'b2']);
  });
});

describe('states for a webhook', () => {
  it('are collected and told together, an appliance in each post, and only the newest', async () => {
    const { clock, sent, begin, add, outbox } = setUp('webhook');
    const dispatcher = begin();
    await clock.pass(5000);
    add('a');
    dispatcher.wake();
    await clock.pass(900);
    add('b', 'firing', 'TWO');
    add('a', 'resolved');
    add('c');
    dispatcher.wake();
    await clock.pass(99);
    expect(sent).toEqual([]);
    await clock.pass(1);
    expect(sent).toEqual(['b2', 'a3+c4']);
    expect(outbox.rows).toEqual([]);
    expect(Object.fromEntries(outbox.known)).toEqual({
      'webhook a': 'resolved',
      'webhook b': 'firing',
      'webhook c': 'firing',
    });
  });

  it('are not told again, nor that a failure goes on', async () => {
    const { clock, sent, begin, add, outbox } = setUp('webhook');
    const dispatcher = begin();
    add('a');
    dispatcher.wake();
    await clock.pass(2000);
    add('a', 'resolved');
    add('a');
    outbox.add('webhook', eventOf({ alert: 'a', event: 'incident.repeated' }));
    outbox.add('webhook', eventOf({ alert: 'never-told', event: 'incident.repeated' }));
    dispatcher.wake();
    await clock.pass(2000);
    expect(sent).toEqual(['a1']);
    expect(outbox.rows).toEqual([]);
  });

  it('are told as over though they came and went unseen', async () => {
    const { clock, sent, begin, add } = setUp('webhook');
    add('a');
    add('a', 'resolved');
    begin();
    await clock.pass(2000);
    expect(sent).toEqual(['a2']);
  });

  it('are told again where it is not certain what was understood', async () => {
    let mode: 'ok' | 'lost' | 'unclear' = 'ok';
    const { clock, sent, begin, add } = setUp('webhook', () => {
      if (mode !== 'ok') failing('receiver', mode === 'unclear');
    });
    const dispatcher = begin();
    add('a');
    add('b');
    dispatcher.wake();
    await clock.pass(2000);
    for (const [alert, how] of [
      ['a', 'lost'],
      ['b', 'unclear'],
    ] as const) {
      mode = how;
      add(alert, 'resolved');
      dispatcher.wake();
      await clock.pass(1000);
      add(alert, 'firing');
      mode = 'ok';
      await clock.pass(10_000);
    }
    // The receiver cannot have heard that a was over. It may have heard so of b.
    expect(sent).toEqual(['a1+b2', 'b6']);
  });

  it('go to other appliances though one is refused, and alone after that', async () => {
    const { clock, sent, begin, add, outbox } = setUp('webhook', (deliveries) => {
      if (deliveries.some(({ event }) => event.alert === 'bad')) failing('notification');
    });
    const dispatcher = begin();
    for (const alert of ['a', 'bad', 'b']) add(alert);
    add('c', 'firing', 'TWO');
    dispatcher.wake();
    await clock.pass(1000);
    expect(sent).toEqual(['c4']);
    await clock.pass(1000);
    expect(sent).toEqual(['c4', 'a1', 'b3']);
    await clock.pass(10 * DAY);
    expect(outbox.rows.map(({ event }) => event.id)).toEqual(['bad2']);
    add('d');
    dispatcher.wake();
    await clock.pass(1000);
    expect(sent).toEqual(['c4', 'a1', 'b3', 'd5']);
    expect(dispatcher.status()).toMatchObject([{ givenUp: 0, pending: 1 }]);
  });

  it('pass one over which the receiver stumbles, once that is likely to be its own fault', async () => {
    const { clock, sent, begin, add } = setUp('webhook', (deliveries) => {
      if (deliveries.some(({ event }) => event.alert === 'bad')) failing('either');
    });
    for (const alert of ['a', 'bad', 'b']) add(alert);
    begin();
    await clock.pass(16_000);
    expect(sent).toEqual([]);
    await clock.pass(20_000);
    expect(sent).toEqual(['a1', 'b3']);
  });

  it('are never given up, and many waiting ones come to a few posts', async () => {
    let isThere = false;
    const { clock, sent, begin, add, outbox } = setUp('webhook', () => {
      if (!isThere) failing('receiver');
    });
    const dispatcher = begin();
    for (let turn = 0; turn < 20; turn++) for (let alert = 0; alert < 120; alert++) add(`x${alert}-`);
    dispatcher.wake();
    await clock.pass(5 * DAY);
    expect(outbox.rows).toHaveLength(120);
    isThere = true;
    await clock.pass(5 * MINUTE);
    expect(sent.map((ids) => ids.split('+').length)).toEqual([50, 50, 20]);
    expect(sent[0]).toMatch(/^x0-2281\+x1-2282\+/);
    expect(outbox.rows).toEqual([]);
  });
});

describe('trouble', () => {
  it('is told once, then every ten minutes, and when it is over', async () => {
    let isThere = false;
    const { clock, begin, add, lines } = setUp('webhook', () => {
      if (!isThere) failing('receiver');
    });
    const dispatcher = begin();
    add('a');
    dispatcher.wake();
    await clock.pass(MINUTE);
    const line = 'synthetic receiver: no; it is tried again until it works';
    expect(lines).toEqual([line]);
    expect(dispatcher.status()[0]?.lastError?.why).toBe('synthetic receiver: no');
    await clock.pass(60 * MINUTE);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.length).toBeLessThan(8);
    isThere = true;
    await clock.pass(5 * MINUTE);
    expect(lines.at(-1)).toBe('webhook: notifications are delivered again');
    const before = lines.length;
    for (let turn = 0; turn < 50; turn++) {
      isThere = turn % 2 === 1;
      add('a', isThere ? 'resolved' : 'firing');
      dispatcher.wake();
      await clock.pass(2000);
    }
    expect(lines.length - before).toBeLessThanOrEqual(2);
    expect(dispatcher.status()[0]?.lastError?.at).toMatch(/^2024-03-01T/);
  });

  it('of the store is like any other, and what was sent is not sent again', async () => {
    const { clock, sent, begin, add, lines, outbox } = setUp('webhook', () => {
      outbox.trouble = new Error('another process is writing to the store');
    });
    const dispatcher = begin();
    add('a');
    dispatcher.wake();
    await clock.pass(10_000);
    expect(lines).toEqual([
      'webhook: the store cannot be used: another process is writing to the store; it is tried again until it works',
    ]);
    expect(dispatcher.status()).toMatchObject([{ pending: null }]);
    outbox.trouble = null;
    await clock.pass(10_000);
    expect(sent).toEqual(['a1']);
    expect(outbox.rows).toEqual([]);
  });

  it('of the program itself keeps neither others nor the caller from going on', async () => {
    const { clock, sent, begin, add, lines } = setUp('webhook', (deliveries) => {
      if (deliveries.some(({ event }) => event.alert === 'odd')) throw new TypeError(`password=Synth-Pa55 ${HOSTILE}`);
    });
    const dispatcher = begin();
    add('odd');
    add('a');
    dispatcher.wake();
    await clock.pass(5000);
    expect(sent).toEqual(['a2']);
    expect(lines[0]).toMatch(/^webhook: password=\*{8}.*; this one is tried again, and the others go on$/);
    expect(lines[0]).toMatch(/^[^\0-\x1f]*$/);
  });

  it('with telling it changes nothing', async () => {
    const clock = new ManualClock();
    const outbox = new MemoryOutbox();
    outbox.add('command', eventOf());
    let isThere = false;
    const channel: Channel = {
      name: 'command',
      send: (deliveries) => (isThere ? Promise.resolve(statesAfter(deliveries)) : failing('receiver')),
    };
    const warn = () => {
      throw new Error('the terminal is gone');
    };
    const dispatcher = new Dispatcher({ outbox, channels: [channel], clock, warn });
    await clock.pass(5000);
    isThere = true;
    await clock.pass(5000);
    expect(dispatcher.status()).toMatchObject([{ delivered: 1, pending: 0 }]);
  });
});

describe('the end', () => {
  it('brings out what waits, and does not try what fails', async () => {
    const { clock, sent, begin, add } = setUp('webhook');
    const dispatcher = begin();
    await clock.pass(2000);
    add('a');
    dispatcher.wake();
    await clock.pass(10);
    await dispatcher.stop(5000);
    expect(sent).toEqual(['a1']);
    add('b');
    dispatcher.wake();
    await clock.pass(DAY);
    expect(sent).toEqual(['a1']);

    let tries = 0;
    const bad = setUp('webhook', () => {
      tries++;
      failing('receiver');
    });
    bad.add('a');
    const failingOne = bad.begin();
    await bad.clock.pass(2000);
    const before = tries;
    await failingOne.stop(5000);
    expect(tries).toBe(before);
    expect(bad.outbox.rows).toHaveLength(1);
  });

  it('comes in time, aborts what is under way and leaves it for the next run', async () => {
    const { outbox, clock, lines, begin, add, sent } = setUp(
      'command',
      (_, signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted')))),
    );
    add('a');
    const dispatcher = begin();
    await clock.pass(10);
    const begun = clock.monotonic();
    let endedAt = 0;
    const ended = dispatcher.stop(3000).then(() => {
      endedAt = clock.monotonic();
    });
    await clock.pass(10_000);
    await ended;
    expect(endedAt - begun).toBeLessThanOrEqual(3000);
    expect(lines).toEqual([]);
    expect(sent).toEqual([]);
    expect(outbox.rows).toMatchObject([{ attempts: 0 }]);
    expect(dispatcher.status()).toMatchObject([{ failed: 0, pending: null }]);
  });

  it('comes in time though a channel does not listen, and the store is left alone then', async () => {
    let finish = () => {};
    const { outbox, clock, begin, add } = setUp('webhook', () => new Promise<void>((done) => (finish = done)));
    add('a');
    const dispatcher = begin();
    await clock.pass(2000);
    const ended = dispatcher.stop(1000);
    await clock.pass(1000);
    await ended;
    outbox.trouble = new Error('the store is closed');
    finish();
    await clock.pass(DAY);
    expect(outbox.rows).toHaveLength(1);
    await dispatcher.stop(0);
  });
});

describe('the state that a receiver has in the end', () => {
  const ALERTS = ['a', 'b', 'c'];
  type Outcome = 'ok' | 'lost' | 'unclear' | 'refused' | 'unrecorded';
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ alert: fc.constantFrom(...ALERTS), firing: fc.boolean() }) },
    { weight: 3, arbitrary: fc.record({ pass: fc.constantFrom(1, 500, 1000, 4000, 400_000) }) },
    {
      weight: 2,
      arbitrary: fc.record({
        next: fc.array(fc.constantFrom<Outcome>('ok', 'lost', 'unclear', 'refused', 'unrecorded'), { maxLength: 6 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ restart: fc.constantFrom('killed' as const, 'stopped' as const) }) },
  );

  it('is that of the newest event, whatever fails, and nothing is told twice without need', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60, size: 'max' }), async (steps) => {
        const clock = new ManualClock();
        const outbox = new MemoryOutbox();
        const heard = new Map<string, AlertState>();
        /** Alerts that may be told once more, though the receiver has heard the state. */
        const excused = new Set<string>();
        const newest = new Map<string, AlertState>();
        const repeats: string[] = [];
        let outcomes: Outcome[] = [];
        const begin = () => {
          /** A process that was killed does nothing any more, and what it was waiting for never comes. */
          let isAlive = true;
          const own = new MemoryOutbox();
          own.pending = (...args) => (isAlive ? outbox.pending(...args) : []);
          own.told = (...args) => outbox.told(...args);
          own.failed = (...args) => isAlive && outbox.failed(...args);
          let isUnrecorded = false;
          own.done = (...args) => {
            if (!isAlive) return;
            if (isUnrecorded && args[2].size > 0) {
              isUnrecorded = false;
              throw new Error('another process is writing to the store');
            }
            outbox.done(...args);
          };
          const channel: Channel = {
            name: 'webhook',
            async send(deliveries) {
              if (!isAlive) return new Promise<never>(() => {});
              await clock.sleep(100);
              const outcome = outcomes.shift() ?? 'ok';
              if (outcome === 'refused') failing('notification');
              if (outcome === 'lost') failing('receiver');
              for (const [alert, state] of statesAfter(deliveries)) {
                if (heard.get(alert) === state && !excused.has(alert)) repeats.push(alert);
                heard.set(alert, state);
                if (outcome === 'unclear') excused.add(alert);
                else if (isAlive) excused.delete(alert);
              }
              await clock.sleep(100);
              if (outcome === 'unclear') failing('either', true);
              isUnrecorded = outcome === 'unrecorded';
              return statesAfter(deliveries);
            },
          };
          const dispatcher = new Dispatcher({ outbox: own, channels: [channel], clock, warn: () => {} });
          const kill = () => {
            isAlive = false;
            // What waits at a restart is told again, for it may have been under way.
            for (const { event } of outbox.rows) excused.add(event.alert);
          };
          return { dispatcher, kill };
        };
        let { dispatcher, kill } = begin();
        let count = 0;
        for (const what of steps) {
          if ('alert' in what) {
            const state = what.firing ? 'firing' : 'resolved';
            newest.set(what.alert, state);
            const appliance = what.alert === 'c' ? 'TWO' : 'ONE';
            const event = eventOf({ id: `e${++count}`, alert: what.alert, event: NAMES[state] }, { appliance });
            // As the store does: what was never tried is replaced.
            outbox.rows = outbox.rows.filter((row) => row.event.alert !== what.alert || row.attempts > 0);
            outbox.add('webhook', event);
            dispatcher.wake();
          } else if ('pass' in what) await clock.pass(what.pass);
          else if ('next' in what) outcomes = [...what.next];
          else {
            if (what.restart === 'stopped') {
              const ended = dispatcher.stop(1000);
              await clock.pass(1000);
              await ended;
            }
            kill();
            void dispatcher.stop(0);
            ({ dispatcher, kill } = begin());
          }
        }
        outcomes = [];
        await clock.pass(60 * MINUTE);
        expect(outbox.rows).toEqual([]);
        expect(Object.fromEntries(heard)).toEqual(Object.fromEntries(newest));
        expect(repeats).toEqual([]);
        await dispatcher.stop(0);
      }),
      { numRuns: 400 },
    );
  });
});

describe('with real receivers', () => {
  const watch = (outbox: MemoryOutbox, channels: Channel[], lines: string[] = []) => {
    const warn = (line: string) => lines.push(line);
    const dispatcher = new Dispatcher({ outbox, channels, clock: hastyClock, warn });
    onTestFinished(() => dispatcher.stop(0));
    return dispatcher;
  };
  const toWebhook = (url: string, outbox: MemoryOutbox, timeoutMs = 2000) =>
    webhookChannel(parseWebhook(url), {
      version: '1.2.3',
      timeoutMs,
      told: () => new Map([...outbox.known].map(([key, state]) => [key.replace('webhook ', ''), state])),
    });

  it('a server that fails at first is told the same again, with the same key', async () => {
    const server = await serve((response, _, number) => response.writeHead(number < 4 ? 500 : 200).end('oops'));
    const outbox = new MemoryOutbox();
    const lines: string[] = [];
    outbox.add('webhook', eventOf({}, { title: HOSTILE, appliance: HOSTILE }));
    const dispatcher = watch(outbox, [toWebhook(server.url, outbox)], lines);
    await vi.waitFor(() => expect(outbox.rows).toEqual([]), { timeout: 10_000 });
    expect(new Set(server.requests.map(({ headers, body }) => `${headers['idempotency-key']} ${body}`)).size).toBe(1);
    expect(server.requests).toHaveLength(4);
    expect(dispatcher.status()).toMatchObject([{ delivered: 1, failed: 3, pending: 0 }]);
    expect(lines).toEqual([
      `webhook ${server.url}: HTTP 500: oops; it is tried again until it works`,
      'webhook: notifications are delivered again',
    ]);
  });

  it('a store that is in use is waited for', async () => {
    const server = await serve();
    const outbox = new MemoryOutbox();
    const lines: string[] = [];
    outbox.add('webhook', eventOf());
    let tries = 0;
    const told = () => {
      if (++tries < 3) throw new Error('another process is writing to the store');
      return new Map();
    };
    watch(outbox, [webhookChannel(parseWebhook(server.url), { version: '1.2.3', told })], lines);
    await vi.waitFor(() => expect(outbox.rows).toEqual([]), { timeout: 5000 });
    expect(server.requests).toHaveLength(1);
    expect(lines[0]).toMatch(/^webhook: the store cannot be used: another process is writing to the store; /);
  });

  it('a server that hangs is tried again, and does not delay the command', async () => {
    const server = await serve((response, _, number) => void (number > 1 && response.end()));
    const out = join(folderOf({ x: '' }), 'out');
    const outbox = new MemoryOutbox();
    outbox.add('webhook', eventOf());
    outbox.add('command', eventOf());
    const code = 'process.stdin.pipe(require("node:fs").createWriteStream(process.argv[1]))';
    const command = commandChannel({ shell: false, program: process.execPath, args: ['-e', code, out] });
    watch(outbox, [toWebhook(server.url, outbox, 3000), command]);
    await vi.waitFor(() => expect(existsSync(out) && JSON.parse(readFileSync(out, 'utf8'))).toEqual(eventOf()), {
      timeout: 10_000,
    });
    await vi.waitFor(() => expect(outbox.rows.filter(({ channel }) => channel === 'command')).toEqual([]));
    expect(outbox.rows).toHaveLength(1);
    await vi.waitFor(() => expect(outbox.rows).toEqual([]), { timeout: 10_000 });
    expect(server.requests).toHaveLength(2);
  });

  it('an unknown host is one line, and the rest goes on', async () => {
    const outbox = new MemoryOutbox();
    const lines: string[] = [];
    outbox.add('webhook', eventOf());
    const dispatcher = watch(outbox, [toWebhook('https://u:secret@nowhere.invalid/secret', outbox, 40_000)], lines);
    await vi.waitFor(() => expect(dispatcher.status()[0]?.failed).toBeGreaterThan(2), { timeout: 50_000 });
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^webhook https:\/\/nowhere\.invalid: .*; it is tried again until it works$/);
    expect(outbox.rows).toHaveLength(1);
  });

  it('an end in the middle of a post leaves it for the next run', async () => {
    const server = await serve((response, _, number) => void (number > 1 && response.end()));
    const outbox = new MemoryOutbox();
    outbox.add('webhook', eventOf({ event: 'incident.resolved' }));
    const first = new Dispatcher({
      outbox,
      channels: [toWebhook(server.url, outbox)],
      clock: systemClock,
      warn: () => expect.fail('an end is no failure'),
      groupWaitMs: 10,
    });
    await vi.waitFor(() => expect(server.requests).toHaveLength(1));
    const begin = performance.now();
    await first.stop(300);
    expect(performance.now() - begin).toBeLessThan(600);
    expect(outbox.rows).toHaveLength(1);
    watch(outbox, [toWebhook(server.url, outbox)]);
    await vi.waitFor(() => expect(outbox.rows).toEqual([]), { timeout: 5000 });
    expect(server.requests[1]?.body).toBe(server.requests[0]?.body);
  });
});
