/** Notifications that wait in the store: what is delivered is gone, and what the receiver knows is kept by appliance. */
import { expect, test } from 'vitest';
import type { NewDelivery } from '../../src/store/index.js';
import { connect } from '../../src/store/open.js';
import { OutboxTable } from '../../src/store/outbox.js';

const delivery = (alert: string, more: Partial<NewDelivery> = {}): NewDelivery => ({
  channel: 'webhook',
  alert,
  appliance: 'CCE1',
  event: `{"alert":"${alert}"}`,
  state: 'firing',
  replaces: false,
  ...more,
});

const NOW = '2024-06-01T00:00:00.000Z';

test('what is delivered is gone, and what was told is known, also when the next delivery waits', () => {
  const outbox = new OutboxTable(connect(':memory:'));
  outbox.add(delivery('a'));
  outbox.add(delivery('b', { appliance: null }));
  outbox.add(delivery('a', { channel: 'command' }));
  const waiting = outbox.pending('webhook', 10);
  expect(waiting.map(({ event }) => event)).toEqual(['{"alert":"a"}', '{"alert":"b"}']);
  outbox.done(
    'webhook',
    waiting.map(({ seq }) => seq),
    new Map([
      ['a', 'firing'],
      ['b', 'firing'],
    ]),
    NOW,
  );
  expect([outbox.waiting('webhook'), outbox.waiting('command')]).toEqual([0, 1]);
  expect([outbox.told('webhook', 'a'), outbox.told('command', 'a')]).toEqual(['firing', null]);
  expect(outbox.toldOf('webhook', 'CCE1')).toEqual(new Map([['a', 'firing']]));
  expect(outbox.toldOf('webhook', null)).toEqual(new Map([['b', 'firing']]));
  outbox.done('webhook', [], new Map([['a', 'resolved']]), NOW);
  expect(outbox.toldOf('webhook', 'CCE1')).toEqual(new Map([['a', 'resolved']]));
});

test('what failed stays, with how often it did', () => {
  const outbox = new OutboxTable(connect(':memory:'));
  outbox.add(delivery('a'));
  const [first] = outbox.pending('webhook', 1);
  outbox.failed('webhook', [first?.seq ?? 0], 'refused', NOW);
  expect(outbox.pending('webhook', 1)).toMatchObject([{ seq: first?.seq, attempts: 1 }]);
  outbox.done('webhook', [first?.seq ?? 0], new Map(), '2024-06-02T00:00:00.000Z');
  const record = { channel: 'webhook', lastError: { at: NOW, why: 'refused' }, deliveredAt: null };
  expect(outbox.channels()).toEqual([record]);
  outbox.done('webhook', [], new Map([['a', 'firing']]), '2024-06-03T00:00:00.000Z');
  expect(outbox.channels()).toEqual([{ ...record, deliveredAt: '2024-06-03T00:00:00.000Z' }]);
});

test('only news: left out where the receiver knows it, or will with what waits', () => {
  const outbox = new OutboxTable(connect(':memory:'));
  const news = (state: NewDelivery['state'], event: string) =>
    outbox.add(delivery('a', { state, event, onlyNews: true }));
  news('resolved', '1');
  expect(outbox.waiting('webhook')).toBe(0);
  news('firing', '2');
  news('firing', '3');
  news('resolved', '4');
  news('resolved', '5');
  expect(outbox.pending('webhook', 9).map(({ event }) => event)).toEqual(['2', '4']);
});

test('of a backlog only the newest state waits, and nothing of what both began and ended in it', () => {
  const outbox = new OutboxTable(connect(':memory:'));
  outbox.add(delivery('a', { replaces: true, event: '1' }));
  outbox.add(delivery('a', { replaces: true, event: '2' }));
  expect(outbox.pending('webhook', 9).map(({ event }) => event)).toEqual(['2']);
  outbox.add(delivery('a', { replaces: true, state: 'resolved', event: '3' }));
  expect(outbox.waiting('webhook')).toBe(0);
  // Who was told that it fires is told that it is over.
  outbox.done('webhook', [], new Map([['a', 'firing']]), NOW);
  outbox.add(delivery('a', { replaces: true, state: 'resolved', event: '4' }));
  expect(outbox.pending('webhook', 9).map(({ event }) => event)).toEqual(['4']);
});
