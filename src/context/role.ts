/** Which of an appliance's servers something is about. */
import type { Fact, ServerRole } from '../facts.js';
import { roleOfWord } from './folder-words.js';
import { type SourcePath, wordsOf } from './path.js';

/** Services that run on one of the servers alone. RTCSRV is not among them: documents put it on two, and REPLICA is on three. */
const SERVICE_ROLES: Readonly<Record<string, ServerRole>> = {
  rtcmedsrv: 'mediation',
  // As the pages call it; what is typed by hand may have it from there.
  medsvc: 'mediation',
  rtcdataproxy: 'edge',
  rtcmrauth: 'edge',
  rtcmediarelay: 'edge',
  master: 'cms',
  ntds: 'ad',
  vmms: 'host',
  cceservice: 'host',
};

/** Where a service that several servers have is called after one of them; a table cuts long names. */
const DISPLAY_ROLES: readonly [RegExp, ServerRole][] = [
  [/\bServer (?:Access E|Web Conf|Audio\/V)/i, 'edge'],
  [/\bServer Media/i, 'mediation'],
];

/** Rules of the firewall by the service they are for. */
const RULE_ROLES: readonly [RegExp, ServerRole][] = [
  [/RTCMEDSRV/i, 'mediation'],
  [/RTCSRV/i, 'edge'],
];

/** What only the host of an appliance can tell. */
const OF_HOST = new Set(['vm', 'vm-adapter', 'vm-switch', 'version', 'directory', 'appliance-status']);

/** Rows of a listing follow one another; a list of objects has some lines for each. */
const LINES_BETWEEN_SERVICES = 20;

/** The role that a fact gives away by what it is about; null where it might be any. */
export function roleOfFact(fact: Fact): ServerRole | null {
  const name = fact.values['name'] ?? '';
  if (fact.about === 'service') {
    const isManagementService = /Microsoft\.Rtc\.CCE\.ManagementService/i.test(fact.values['path'] ?? '');
    if (isManagementService) return 'host';
    const shown = fact.values['displayName'] ?? '';
    return SERVICE_ROLES[name.toLowerCase()] ?? DISPLAY_ROLES.find(([pattern]) => pattern.test(shown))?.[1] ?? null;
  }
  if (fact.about === 'firewall-rule') return RULE_ROLES.find(([pattern]) => pattern.test(name))?.[1] ?? null;
  return null;
}

/** Whether only the host tells such a thing: who does is no VM. */
export function isOfHost(fact: Fact): boolean {
  // A copied disk has no zone, and is called as who copied it likes.
  if (fact.about === 'collection') return (fact.values['zoneOffset'] ?? '') !== '';
  return OF_HOST.has(fact.about) || roleOfFact(fact) === 'host';
}

/** The role by names of file and folders, the nearest first; a name that tells two roles tells none. */
export function roleOfPath({ folders, file }: SourcePath): ServerRole | null {
  for (const name of [file, ...folders.toReversed()]) {
    const role = roleOfName(name);
    if (role !== null) return role;
  }
  return null;
}

/** The VM by the folder that all lies in, which may be called after anything: the last word, and never that it is the host. */
export function roleOfAll(above: readonly string[]): ServerRole | null {
  const role = roleOfName(above.at(-1) ?? '');
  return role === 'host' ? null : role;
}

/** The role that a name tells by its words, such as `CCEMS1-2.1.0`. */
export function roleOfName(name: string): ServerRole | null {
  const roles = new Set(wordsOf(name).map(roleOfWord));
  roles.delete(null);
  return roles.size === 1 ? [...roles][0]! : null;
}

/**
 * Roles of the service listings in a source: one service that only one server has tells whose the whole listing is. A
 * service that comes again begins another listing.
 */
export function rolesOfListings(facts: readonly Fact[]): Map<Fact, ServerRole> {
  const roles = new Map<Fact, ServerRole>();
  let listing: Fact[] = [];
  const close = (): void => {
    const told = new Set(listing.map(roleOfFact));
    told.delete(null);
    if (told.size === 1) for (const fact of listing) roles.set(fact, [...told][0]!);
    listing = [];
  };
  for (const fact of inOrder(facts.filter(({ about }) => about === 'service'))) {
    if (listing.length > 0 && !continues(listing, fact)) close();
    listing.push(fact);
  }
  close();
  return roles;
}

/** Facts of one source in the order in which they stand there. */
export function inOrder(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => a.byteStart - b.byteStart || a.line - b.line);
}

function continues(listing: readonly Fact[], fact: Fact): boolean {
  const last = listing.at(-1)!;
  const name = fact.values['name']?.toLowerCase();
  return (
    fact.machine === last.machine &&
    fact.command === last.command &&
    fact.line - last.line <= LINES_BETWEEN_SERVICES &&
    !listing.some(({ values }) => values['name']?.toLowerCase() === name)
  );
}
