/** The page's data of a report: folded, safe to show, each text once. */
import type { ApplianceReport } from '../../../appliance.js';
import type { Fix, Incident, Report } from '../../../model.js';
import { printable, printableLine } from '../../../redaction/printable.js';
import { language, t } from '../../../texts/texts.js';
import { fold } from '../../fold.js';
import { evidenceRows } from './evidence-rows.js';
import type { IncidentRow, KindRow, PageData, RecoveryRow } from './page-data.js';
import { StringTable } from './string-table.js';

/** Moments of recovery that the timeline can show; the newest. */
const RECOVERY_MOMENTS = 2000;

export function pageData(report: Report, texts: Record<string, string>): PageData {
  const folded = fold(report.incidents);
  // Roots first: where room is short, they get it.
  const ordered = [
    ...folded.map(({ incident }) => incident),
    ...folded.flatMap(({ symptoms, earlier }) => [...symptoms, ...earlier]),
  ];
  const places = new Map(ordered.map((incident, place) => [incident.id, place]));
  const placesOf = (incidents: readonly Incident[]) => incidents.map(({ id }) => places.get(id) as number);
  const under = new Map(folded.map(({ incident, symptoms, earlier }) => [incident.id, { symptoms, earlier }]));

  const strings = new StringTable();
  const kinds = new Numbered<KindRow, KindRow>((row) => row);
  const plans = new Numbered<readonly Fix[], Fix[]>((fixes) => fixes.map(shownFix));
  const evidence = evidenceRows(ordered, strings);
  const line = (text: string | null) => strings.of(text === null ? null : printableLine(text));
  const incidents = ordered.map((incident, place): IncidentRow => {
    const { rows, leftOut } = evidence[place] as (typeof evidence)[number];
    const folds = under.get(incident.id);
    return [
      incident.id,
      kinds.of([line(incident.signature), line(incident.title), line(incident.cause), incident.severity]),
      incident.status,
      line(incident.appliance),
      line(incident.site),
      incident.scope === 'site' ? Math.max(1, incident.members.length) : 0,
      line(incident.suggests),
      Object.entries(incident.entities).flatMap(([name, value]) => [line(name), line(value)]),
      incident.count,
      secondsOf(incident.firstSeen),
      secondsOf(incident.lastSeen),
      incident.timeBasis,
      plans.of(incident.fixes),
      rows,
      leftOut,
      placesOf(folds?.symptoms ?? []),
      placesOf(folds?.earlier ?? []),
    ];
  });
  const activity = report.activity?.flatMap(({ appliance, signature, hour, count }) => {
    const seconds = secondsOf(hour);
    return seconds === null
      ? []
      : [[line(appliance), line(signature), seconds, count] satisfies [number, number, number, number]];
  });
  return {
    language: language(),
    texts,
    strings: strings.strings,
    kinds: kinds.values,
    plans: plans.values,
    incidents,
    roots: folded.map((_, place) => place),
    activity: activity ?? null,
    recovery: (report.appliances ?? []).flatMap(recoveryRows).slice(-RECOVERY_MOMENTS),
  };
}

/** Whole seconds since 1970 of an ISO time: what the page shows is no finer. Null where there is none. */
export function secondsOf(time: string | null): number | null {
  const milliseconds = time === null ? Number.NaN : Date.parse(time.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(milliseconds) ? null : Math.floor(milliseconds / 1000);
}

function shownFix(fix: Fix): Fix {
  return {
    id: fix.id,
    title: printableLine(fix.title),
    versions: printableLine(fix.versions),
    selected: fix.selected,
    reason: fix.reason,
    why: printableLine(fix.why),
    steps: fix.steps.map(({ text, command, where }) => ({
      text: printableLine(text),
      command: command === null ? null : printable(command),
      where,
    })),
    references: fix.references.map(printableLine),
  };
}

function recoveryRows({ name, recovery }: ApplianceReport): RecoveryRow[] {
  return (recovery?.points ?? []).flatMap((point) => {
    const time = secondsOf(point.time);
    if (time === null) return [];
    return [
      {
        appliance: printableLine(name ?? t`the appliance`),
        kind: point.kind,
        outcome: 'outcome' in point ? point.outcome : null,
        number: 'number' in point ? point.number : null,
        due: 'due' in point ? point.due : null,
        time,
        until: 'until' in point ? secondsOf(point.until) : null,
      },
    ];
  });
}

/** Values by number, each made and kept once; what they are made of is equal where its JSON is. */
class Numbered<From, To> {
  readonly values: To[] = [];
  readonly #places = new Map<string, number>();
  readonly #make: (from: From) => To;

  constructor(make: (from: From) => To) {
    this.#make = make;
  }

  of(from: From): number {
    const key = JSON.stringify(from);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.#places.set(key, this.values.length);
    return this.values.push(this.#make(from)) - 1;
  }
}
