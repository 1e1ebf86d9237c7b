/** How much happened in each hour: failures where the report counts them, else incidents that were under way. */
import type { PageData } from '../data/page-data.js';
import type { Entry, ShownIncident } from '../data/unpack.js';
import { offsetOf, type Zone } from './moment.js';
import type { Range } from './timeline-layout.js';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** Days that show, the last ones with anything in them. */
const DAYS = 62;

export interface HoursOfDays {
  /** Newest last; days with nothing in them are left out. */
  days: { /** Midnight, as seconds of the zone's clock. */ start: number; counts: number[] }[];
  daysLeftOut: boolean;
  /** What is counted. */
  counted: 'failures' | 'incidents';
  most: number;
}

/** Counts by hour and day of the zone. */
export function hoursOf(
  entries: readonly Entry[],
  data: PageData,
  range: Range | null,
  zone: Zone,
  daysShown = DAYS,
): HoursOfDays {
  const incidents = entries.flatMap(({ incident, symptoms, earlier }) => [incident, ...symptoms, ...earlier]);
  const byHour = data.activity === null ? incidentsByHour(incidents, range) : failuresByHour(incidents, data, range);
  const days = new Map<number, number[]>();
  let daysLeftOut = false;
  for (const [hour, count] of byHour) {
    const local = hour + offsetOf(hour, zone) * 60;
    const start = Math.floor(local / DAY) * DAY;
    let counts = days.get(start);
    if (counts === undefined) {
      if (days.size === daysShown) {
        daysLeftOut = true;
        break;
      }
      counts = new Array<number>(24).fill(0);
      days.set(start, counts);
    }
    const place = Math.floor((local - start) / HOUR);
    counts[place] = (counts[place] ?? 0) + count;
  }
  const sorted = [...days].sort(([left], [right]) => left - right).map(([start, counts]) => ({ start, counts }));
  const most = sorted.reduce((max, { counts }) => Math.max(max, ...counts), 0);
  return { days: sorted, daysLeftOut, counted: data.activity === null ? 'incidents' : 'failures', most };
}

/** Hours with their failures, the newest first: those of the appliances and signatures that the incidents have. */
function failuresByHour(incidents: readonly ShownIncident[], data: PageData, range: Range | null): [number, number][] {
  // A site's incident stands for all of its appliances.
  const wanted = new Set(
    incidents.map(({ appliance, signature, members }) => `${members > 0 ? '*' : (appliance ?? '')}\0${signature}`),
  );
  const counts = new Map<number, number>();
  for (const [appliance, signature, hour, count] of data.activity ?? []) {
    if (range !== null && (hour + HOUR <= range.from || hour > range.to)) continue;
    const name = data.strings[signature] ?? '';
    if (!wanted.has(`${data.strings[appliance] ?? ''}\0${name}`) && !wanted.has(`*\0${name}`)) continue;
    counts.set(hour, (counts.get(hour) ?? 0) + count);
  }
  return [...counts].sort(([left], [right]) => right - left);
}

/** Hours with the incidents that were under way in them, the newest first; lazily, for an incident may last for years. */
function* incidentsByHour(incidents: readonly ShownIncident[], range: Range | null): Generator<[number, number]> {
  const changes = new Map<number, number>();
  const change = (hour: number, by: number): void => void changes.set(hour, (changes.get(hour) ?? 0) + by);
  for (const { first, last } of incidents) {
    if (first === null || last === null) continue;
    const from = Math.max(first, range?.from ?? first);
    const to = Math.min(last, range?.to ?? last);
    if (from > to) continue;
    change(Math.floor(to / HOUR) * HOUR, 1);
    change(Math.floor(from / HOUR) * HOUR - HOUR, -1);
  }
  const hours = [...changes.keys()].sort((left, right) => right - left);
  let underWay = 0;
  for (const [place, hour] of hours.entries()) {
    underWay += changes.get(hour) ?? 0;
    const until = hours[place + 1] ?? hour;
    for (let at = hour; at > until && underWay > 0; at -= HOUR) yield [at, underWay];
  }
}
