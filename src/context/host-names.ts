/** Names of machines as evidence writes them: with a domain before or behind, in any case, or no name at all. */
import type { Fact } from '../facts.js';
import { compareText } from './path.js';
import type { ContextSource } from './types.js';

/** What a name is looked up by: its first label in capitals. Machines of Windows are not told apart by case. */
export type Label = string;

const NO_NAME = new Set(['LOCALHOST', 'UNKNOWN', 'NULL', 'NONE', 'N']);

/** Facts that a tenant answers: the machine they name is one of the tenant's own. */
const OF_TENANT = new Set(['pstn-site', 'pstn-appliance', 'hybrid-mediation-server']);

/** The name of a machine as it was written, without its domain; null for an address and what names no machine. */
export function shortName(name: string): string | null {
  const bare = name.trim().replace(/^.*\\/, '');
  if (/^[\d.]+$/.test(bare) || bare.includes(':')) return null;
  const first = bare.split('.')[0]!;
  return /^[\p{L}\p{N}_-]+$/u.test(first) && !NO_NAME.has(first.toUpperCase()) ? first : null;
}

export function labelOf(name: string): Label | null {
  return shortName(name)?.toUpperCase() ?? null;
}

export function isOfTenant(fact: Fact): boolean {
  return OF_TENANT.has(fact.about);
}

/** The machine that a fact itself names. */
export function machineOf(fact: Fact): string | null {
  if (isOfTenant(fact)) return null;
  return fact.machine ?? (fact.about === 'machine' ? (fact.values['name'] ?? null) : null);
}

/** All names that a source tells of itself, as written: of the whole first, and only where it tells none those of its facts. */
export function ownNames(source: ContextSource): string[] {
  const whole = source.machines.filter((name) => shortName(name) !== null);
  if (whole.length > 0) return whole;
  return source.facts.map(machineOf).filter((name): name is string => name !== null && shortName(name) !== null);
}

/** One spelling for a name that is written in several ways: the same whatever the order they came in. */
export function spelling(names: Iterable<string>): string | null {
  const short = [...names].map(shortName).filter((name) => name !== null);
  return short.sort(compareText)[0] ?? null;
}

/** What says nothing at all: neither it nor how it is called decides where anything else belongs. */
export function isSilent({ kind, machines, facts }: ContextSource): boolean {
  return machines.length === 0 && facts.length === 0 && (kind === 'other' || kind === 'archive');
}
