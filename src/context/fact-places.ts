/** The appliance and the server of each fact. */
import type { Fact, ServerRole } from '../facts.js';
import type { Homes, Named } from './homes.js';
import { type Label, labelOf, machineOf } from './host-names.js';
import { type DeclaredServer, edgeFqdn, type IniCopy } from './ini-copy.js';
import { type Machines, vmOf } from './machines.js';
import { holdsName, type SourcePath } from './path.js';
import { isOfHost, roleOfFact, roleOfName, roleOfPath, rolesOfListings } from './role.js';
import type { ContextSource } from './types.js';
import { versionIn } from './version.js';

/** A fact with the appliance and the server it is about. */
export interface HomedFact {
  fact: Fact;
  source: ContextSource;
  home: Named | null;
  role: ServerRole | null;
}

export interface Surroundings {
  homes: Homes;
  machines: Machines;
  /** The copies of the ini that an appliance has. */
  copiesOf(home: Named | null): readonly IniCopy[];
  /** The VM that the folder of all is called after. */
  roleAbove: ServerRole | null;
}

export function placeFacts(source: ContextSource, path: SourcePath, around: Surroundings): HomedFact[] {
  const listings = rolesOfListings(source.facts);
  return source.facts.map((fact) => {
    const home = homeOf(fact, source, around);
    const role = isOfSite(fact) ? null : roleOf(fact, { source, path, home, listings }, around);
    return { fact, source, home, role: fact.about === 'hybrid-mediation-server' ? 'mediation' : role };
  });
}

/** What is about an appliance or its site as a whole. */
function isOfSite({ about }: Fact): boolean {
  return about.startsWith('pstn-') || about.startsWith('ini-') || about === 'hybrid-mediation-server';
}

/** A row of the tenant belongs to the appliance it names, not to the one in whose folder it was found. */
function homeOf(fact: Fact, source: ContextSource, { homes, machines }: Surroundings): Named | null {
  const { name, mediationFqdn, fqdn } = fact.values;
  if (fact.about === 'pstn-site') return null;
  if (fact.about === 'pstn-appliance') return homes.ofHost(labelOf(name ?? '') ?? '') ?? ofServer(mediationFqdn, homes);
  if (fact.about === 'hybrid-mediation-server') return ofServer(fqdn, homes);
  const own = labelOf(machineOf(fact) ?? '');
  if (own === null) return homes.of(source);
  if (machines.servers.has(own)) return homes.ofServer(own) ?? homes.of(source);
  return homes.ofHost(own);
}

function ofServer(fqdn: string | undefined, homes: Homes): Named | null {
  const label = labelOf(fqdn ?? '');
  return label === null ? null : homes.ofServer(label);
}

interface Where {
  source: ContextSource;
  path: SourcePath;
  home: Named | null;
  listings: ReadonlyMap<Fact, ServerRole>;
}

/** The fact's own word first, then what it shows, then the source's word, then names of files and folders. */
function roleOf(fact: Fact, { source, path, home, listings }: Where, around: Surroundings): ServerRole | null {
  const { machines } = around;
  const copies = around.copiesOf(home);
  const declared = copies.flatMap(({ servers }) => servers);
  // A row of the host's list is about the VM in it, not about the machine that prints the list.
  const vm = vmOf(fact);
  if (vm !== null) return roleOfVm(vm, declared);
  const own = labelOf(machineOf(fact) ?? '');
  if (own !== null) return serverRole(own, home, machines);
  if (isOfHost(fact)) return 'host';
  const shown =
    listings.get(fact) ??
    roleOfFact(fact) ??
    roleOfCertificate(fact, copies, declared) ??
    roleOfAddress(fact, declared);
  if (shown !== null) return shown;
  const names = new Set(source.machines.map(labelOf));
  const told = names.size === 1 ? serverRole([...names][0]!, home, machines) : null;
  return told ?? roleOfPath(path) ?? (names.size === 0 ? (around.roleAbove ?? likelyRole(fact)) : null);
}

/** Pages list RTCSRV on the Mediation Server too; none was ever seen there, so where nothing tells a server it is the Edge. */
function likelyRole({ about, values }: Fact): ServerRole | null {
  const isLikely = about === 'service' && values['name']?.toUpperCase() === 'RTCSRV';
  // What an organisation runs beside the appliance.
  return isLikely && !/Front.?End/i.test(values['displayName'] ?? '') ? 'edge' : null;
}

function serverRole(label: Label | null, home: Named | null, machines: Machines): ServerRole | null {
  if (label === null) return null;
  return machines.servers.get(label) ?? (home?.label === label ? 'host' : null);
}

/** What a table leaves of a name that is too long for its column. */
const CUT_NAME = /^(.{3,}?)(?:\.{3}|…)$/;

function roleOfVm(vm: string, declared: readonly DeclaredServer[]): ServerRole | null {
  const beginning = CUT_NAME.exec(vm)?.[1]?.toLowerCase();
  if (beginning !== undefined) {
    const fitting = declared.filter(({ name }) => name?.toLowerCase().startsWith(beginning));
    return fitting.length === 1 ? fitting[0]!.role : null;
  }
  const server = declared.find(({ name }) => name !== null && holdsName(vm, name));
  if (server !== undefined) return server.role;
  // Beside the product's own, which carry its version or a name of the ini, a host may run any other.
  return declared.length === 0 || versionIn(vm) !== null ? roleOfName(vm) : null;
}

/** A certificate is that of the server in its subject, or that of the Edge where it has the name the tenant knows. */
function roleOfCertificate(
  fact: Fact,
  copies: readonly IniCopy[],
  declared: readonly DeclaredServer[],
): ServerRole | null {
  if (fact.about !== 'certificate' || fact.values['isAuthority'] === 'yes') return null;
  const subject = /(?:^|,\s*)CN\s*=\s*"?([^",]+)/i
    .exec(fact.values['subject'] ?? '')?.[1]
    ?.trim()
    .toLowerCase();
  if (subject === undefined) return null;
  const label = labelOf(subject);
  const server = declared.find(({ name, fqdn }) => [name, fqdn].some((known) => known?.toLowerCase() === subject));
  if (server !== undefined) return server.role;
  if (copies.some((copy) => edgeFqdn(copy)?.value.toLowerCase() === subject)) return 'edge';
  return declared.find(({ name }) => name !== null && labelOf(name) === label && subject.includes('.'))?.role ?? null;
}

/** An address that the ini gives to one server alone. */
function roleOfAddress(fact: Fact, declared: readonly DeclaredServer[]): ServerRole | null {
  if (fact.about !== 'ip-adapter') return null;
  const roles = new Set(
    declared.filter(({ address }) => address !== null && address === fact.values['address']).map(({ role }) => role),
  );
  return roles.size === 1 ? [...roles][0]! : null;
}
