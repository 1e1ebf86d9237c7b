/**
 * What was collected twice, before a repair and after it: what the later source says of a thing replaces what the
 * earlier one said. Which is later names of files and folders tell, such as `2018-09-26` or `before`, or the time at which a
 * transcript begins; where neither does, nobody knows, and both count.
 */
import type { FactKind } from '../facts.js';
import type { HomedFact } from './fact-places.js';
import { labelOf, machineOf } from './host-names.js';
import { readPath } from './path.js';
import type { ContextSource } from './types.js';

/** Year, month and day, and the time of day where it is told: `20180926`, `2018-09-26_1015`, `20180926T101500Z`. */
const STAMP =
  /(?<!\d)((?:19|20)\d\d)([-_.]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?:[T_. -]?([01]\d|2[0-3])[:h._-]?([0-5]\d)(?:[:._-]?([0-5]\d))?)?(?!\d)/gi;
const PHASE = /(?<!\p{L})(?:(before|vorher|avant)|after|nachher|apr[eè]s)(?!\p{L})/giu;

/** When a source was made, by its path or as a transcript tells: digits, or which of two it is. */
interface Moment {
  stamp: string | null;
  phase: 'before' | 'after' | null;
  /** The path without what tells that. */
  rest: string;
}

function momentOf({ path, kind, lastTime }: ContextSource): Moment {
  const begun = kind === 'console' && lastTime !== null ? lastTime.replaceAll(/\D/g, '').slice(0, 14) : null;
  const stamp = [...path.matchAll(STAMP)].at(-1);
  const phase = [...path.matchAll(PHASE)].at(-1);
  return {
    stamp: stamp === undefined ? begun : [1, 3, 4, 5, 6, 7].map((part) => stamp[part] ?? '').join(''),
    phase: phase === undefined ? null : phase[1] === undefined ? 'after' : 'before',
    rest: path.replaceAll(STAMP, '*').replaceAll(PHASE, '*').toLowerCase(),
  };
}

/** A day and an hour of it are in no order. */
function isLater(one: Moment, other: Moment): boolean {
  if (one.stamp !== null && other.stamp !== null && one.stamp !== other.stamp)
    return one.stamp > other.stamp && !one.stamp.startsWith(other.stamp);
  return one.phase === 'after' && other.phase === 'before';
}

/**
 * What tells a thing from others of its kind on one server. Where it is empty, a later answer replaces all of an earlier
 * one; kinds that are not here are replaced by the file of the same name.
 */
const IDENTITY: Partial<Record<FactKind, readonly string[]>> = {
  service: ['name'],
  vm: ['name'],
  'vm-adapter': ['vm'],
  'vm-switch': [],
  'firewall-rule': ['name'],
  'ip-adapter': [],
  machine: ['name'],
  version: ['of'],
  directory: ['of'],
  'pstn-site': ['name'],
  'pstn-appliance': ['id', 'name'],
  'hybrid-mediation-server': ['fqdn'],
  defender: [],
  dotnet: [],
};

/** The facts without those that a later source tells anew, and without old copies of an ini; in the order given. */
export function withoutSuperseded(all: readonly HomedFact[]): HomedFact[] {
  return withoutEarlier(withoutOldCopies(all));
}

/** Words in the name of a file that somebody kept before a change: nobody reads it any more. */
const OLD = /(?<!\p{L})(?:old|bak|backup|copy|orig(?:inal)?|alt|kopie|copie|ancien)(?!\p{L})/iu;

/** A copy counts where there is no other. */
function withoutOldCopies(all: readonly HomedFact[]): HomedFact[] {
  const inUse = new Set(all.flatMap((one) => (isIni(one) && !isOld(one) ? [iniOf(one)] : [])));
  return all.filter((one) => !isIni(one) || !isOld(one) || !inUse.has(iniOf(one)));
}

function isIni({ fact }: HomedFact): boolean {
  return fact.about.startsWith('ini-');
}

function isOld({ source }: HomedFact): boolean {
  return OLD.test(readPath(source.path).file);
}

function iniOf({ fact, home }: HomedFact): string {
  return `${fact.values['file']}\n${home?.key}`;
}

function withoutEarlier(all: readonly HomedFact[]): HomedFact[] {
  const moments = new Map([...new Set(all.map(({ source }) => source))].map((one) => [one, momentOf(one)]));
  if (![...moments.values()].some(({ stamp, phase }) => stamp !== null || phase !== null)) return [...all];
  const tellers = new Map<string, Set<ContextSource>>();
  const things = all.map((one) => thingOf(one, moments.get(one.source)!));
  for (const [at, { source }] of all.entries())
    tellers.set(things[at]!, (tellers.get(things[at]!) ?? new Set()).add(source));
  return all.filter(
    ({ source }, at) =>
      ![...tellers.get(things[at]!)!].some((other) => isLater(moments.get(other)!, moments.get(source)!)),
  );
}

function thingOf({ fact, home, role }: HomedFact, { rest }: Moment): string {
  const identity = IDENTITY[fact.about];
  const machine = labelOf(machineOf(fact) ?? '');
  const values = identity?.map((name) => fact.values[name]?.toLowerCase());
  // A service of an unknown server is that of another one as likely as not.
  const isSure = values !== undefined && (role !== null || machine !== null || fact.about.startsWith('pstn-'));
  return JSON.stringify([fact.about, home?.key, role, machine, isSure ? values : rest]);
}
