/** Lines of a watch as people read them. */
import { expect, test } from 'vitest';
import { coloursFor } from '../../src/reports/layout.js';
import { eventLine, pulseLine } from '../../src/reports/watch-text.js';
import { eventOf } from './notify-kit.js';

const line = (count: number, seconds: number) =>
  eventLine(eventOf({ event: 'incident.repeated', repeats: { count, seconds } }), coloursFor(false));

test.each([
  [1, 60, '1 time in 60 seconds (1 a minute)'],
  [700, 60, '700 times in 60 seconds (700 a minute)'],
  [12, 600, '12 times in 10 minutes (1.2 a minute)'],
  [3, 3600, '3 times in 60 minutes (3 an hour)'],
  [1, 600, '1 time in 10 minutes (6 an hour)'],
  [1, 5 * 3600, '1 time in 5 hours (4.8 a day)'],
  [1, 86_401, '1 time in 24 hours (less than once a day)'],
  [2, 0, '2 times in 1 second (120 a minute)'],
])('%i in %i seconds', (count, seconds, words) => {
  expect(line(count, seconds)).toContain(`: ${words}, 3 in all`);
});

test.each([
  [0, 'quiet'],
  [0.04, 'under 1 record/s'],
  [1.04, '1 record/s'],
  [2.5, '2.5 records/s'],
  [12_345.6, '12,346 records/s'],
])('%f records a second', (recordsPerSecond, words) => {
  const open = { critical: 0, error: 0, warning: 0, info: 0 };
  const pulse = pulseLine({ logs: 1, lagBytes: 0, recordsPerSecond, open, problems: 0 }, 80);
  expect(pulse).toBe(`watching 1 log · lag 0 B · ${words} · nothing open`);
});
