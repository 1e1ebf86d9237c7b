/**
 * The body of a webhook, as Alertmanager sends it in version 4 (`template.Data` and `webhook.Message` of its source), so
 * that what receives its alerts receives these. One payload is about one appliance.
 */
import type { FixStep, Incident } from '../../model.js';
import { printable, printableLine } from '../../redaction/printable.js';
import { kept, t, translated } from '../../texts/texts.js';
import type { WatchEvent } from '../event.js';
import { stateOf } from './alert-state.js';
import type { AlertState } from './outbox.js';

type Texts = Record<string, string>;

export interface PayloadAlert {
  status: AlertState;
  labels: Texts;
  annotations: Texts;
  startsAt: string;
  endsAt: string;
  generatorURL: string;
  fingerprint: string;
}

export interface Payload {
  receiver: 'ccelog';
  status: AlertState;
  alerts: PayloadAlert[];
  groupLabels: Texts;
  commonLabels: Texts;
  commonAnnotations: Texts;
  externalURL: string;
  version: '4';
  groupKey: string;
  truncatedAlerts: number;
}

/** Go's zero time: Alertmanager ends what still fires at it. */
const NO_END = '0001-01-01T00:00:00Z';

const PLACE = {
  host: kept`on the host`,
  vm: kept`in the VM`,
  tenant: kept`in a tenant PowerShell session`,
} as const;

/**
 * The payload for events of one appliance, one per alert. `told` is what the receiver knows of the appliance's alerts: a
 * group fires while any of them does, and a receiver that closes a case with its group must not do so too early.
 */
export function payloadOf(events: readonly WatchEvent[], told: ReadonlyMap<string, AlertState>): Payload {
  const alerts = events.map(alertOf);
  const states = new Map([...told, ...events.map((event) => [event.alert, stateOf(event)] as const)]);
  const appliance = events[0]?.incident.appliance ?? null;
  const groupLabels = appliance === null ? {} : withoutEmpty({ appliance: printableLine(appliance) });
  return {
    receiver: 'ccelog',
    status: [...states.values()].includes('firing') ? 'firing' : 'resolved',
    alerts,
    groupLabels,
    commonLabels: common(alerts.map(({ labels }) => labels)),
    commonAnnotations: common(alerts.map(({ annotations }) => annotations)),
    externalURL: '',
    version: '4',
    groupKey: `{}:${labelSet(groupLabels)}`,
    truncatedAlerts: 0,
  };
}

function alertOf(event: WatchEvent): PayloadAlert {
  const { incident, at } = event;
  const status = stateOf(event);
  const startsAt = incident.firstSeen ?? at;
  // The clock of a log may be ahead of this machine's, and nothing ends before it begins.
  const end = Date.parse(at) < Date.parse(startsAt) ? startsAt : at;
  return {
    status,
    labels: labelsOf(incident),
    annotations: annotationsOf(event),
    startsAt,
    endsAt: status === 'firing' ? NO_END : end,
    generatorURL: '',
    fingerprint: event.alert,
  };
}

/** What makes it the same alert: the same when it fires and when it is over. */
function labelsOf({ signature, severity, appliance, entities }: Incident): Texts {
  const named = Object.entries(entities).map(([name, value]) => [
    `entity_${name.replace(/[^A-Za-z0-9_]/g, '_')}`,
    printableLine(value),
  ]);
  return withoutEmpty({
    alertname: signature,
    appliance: printableLine(appliance ?? ''),
    job: 'ccelog',
    severity,
    ...Object.fromEntries(named),
  });
}

function annotationsOf({ id, incident, why }: WatchEvent): Texts {
  return withoutEmpty({
    summary: printableLine(incident.title),
    description: printable(incident.cause),
    fix: fixText(incident),
    incident: incident.id,
    count: String(incident.count),
    first_seen: incident.firstSeen ?? '',
    last_seen: incident.lastSeen ?? '',
    resolved_because: printableLine(translated(why ?? '')),
    event_id: id,
  });
}

/** The steps of the fix that is right; where none is chosen, why not. */
function fixText({ fixes }: Incident): string {
  const selected = fixes.filter((fix) => fix.selected);
  if (selected.length > 0)
    return selected.map(({ title, steps }) => [printableLine(title), ...steps.map(stepText)].join('\n')).join('\n\n');
  const list = fixes.map(({ title, versions }) => `${title} (${versions})`).join('; ');
  const unknown = fixes.find(({ reason }) => reason === 'unknown');
  if (unknown !== undefined) {
    const known = t`for product versions ${unknown.versions}; the version is not known here`;
    const howToFind = unknown.why.startsWith(`${known}.`) ? unknown.why.slice(known.length + 1).trim() : '';
    return printable(t`The fix depends on the product version, which is not known here: ${list}. ${howToFind}`).trim();
  }
  return list === '' ? '' : printable(t`No fix is known for this product version, only: ${list}.`);
}

function stepText({ text, command, where }: FixStep, index: number): string {
  const head = `${index + 1}. ${printable(text)}`;
  if (command === null) return head;
  const place = where === null ? '' : ` (${translated(PLACE[where])})`;
  return `${head}${place}\n   ${printable(command).replaceAll('\n', '\n   ')}`;
}

/** To Prometheus, a label without a value is none. */
function withoutEmpty(texts: Texts): Texts {
  return Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== ''));
}

function common([first = {}, ...others]: readonly Texts[]): Texts {
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((texts) => texts[name] === value)),
  );
}

/** As Prometheus writes labels. Their values are printable, so that its quotes and those of JSON are the same. */
function labelSet(labels: Texts): string {
  return `{${Object.entries(labels)
    .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
    .join(', ')}}`;
}
