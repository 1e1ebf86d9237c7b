/** Moments that an axis of time names: full hours, days or months, as d3-time finds them. */
import { timeTicks, utcTicks } from 'd3-time';
import { clockText, dayText, type Zone } from './moment.js';
import type { Range } from './timeline-layout.js';

export interface Tick {
  seconds: number;
  text: string;
}

export function ticks({ from, to }: Range, count: number, zone: Zone): Tick[] {
  const dates = (zone === 'utc' ? utcTicks : timeTicks)(new Date(from * 1000), new Date(to * 1000), count);
  return dates.map((date) => {
    const seconds = Math.round(date.getTime() / 1000);
    const clock = clockText(seconds, zone);
    if (clock === '00:00:00') return { seconds, text: dayText(seconds, zone) };
    return { seconds, text: clock.endsWith(':00') ? clock.slice(0, 5) : clock };
  });
}
