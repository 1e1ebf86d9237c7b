/**
 * Which names are those of hosts, and which those of the VMs on them. An appliance is called like its host; a VM's name
 * means the appliance whose ini declares it.
 */
import { type Fact, OWN_SERVICE, type ServerRole } from '../facts.js';
import { isOfTenant, type Label, labelOf, machineOf, ownNames } from './host-names.js';
import type { IniCopy } from './ini-copy.js';
import { compareText, holdsName, type SourcePath } from './path.js';
import { isOfHost, roleOfAll, roleOfFact, roleOfName, roleOfPath } from './role.js';
import type { ContextSource } from './types.js';

export interface Machines {
  /** What each source calls itself, as written. */
  names: ReadonlyMap<ContextSource, string[]>;
  /** Names of VMs, with the role where it is known. */
  servers: ReadonlyMap<Label, ServerRole | null>;
  /** Hosts by what only a host can tell. */
  proven: ReadonlySet<Label>;
  /** What the tenant lists as appliances. */
  listed: ReadonlySet<Label>;
  /** Both. */
  hosts: ReadonlySet<Label>;
}

/** Paths are those below the folder that all sources lie in: how that one is called says nothing of them. */
export type Paths = ReadonlyMap<ContextSource, SourcePath>;

export function readMachines(paths: Paths, above: readonly string[], copies: readonly IniCopy[]): Machines {
  const sources = [...paths.keys()];
  const names = new Map(sources.map((source) => [source, namesOf(source)]));
  const proven = new Set(
    sources.flatMap((source) => source.facts.filter(isOfHost).map((fact) => teller(source, fact))),
  );
  const listed = tenantNames(sources, 'pstn-appliance', 'name');
  const servers = new Map<Label, ServerRole | null>();
  for (const { role, label } of declared(copies)) addRole(servers, label, role);
  for (const label of mediationLabels(sources)) if (!servers.has(label)) servers.set(label, 'mediation');
  for (const [label, role] of undeclared(paths, above, names)) {
    if (!proven.has(label) && !listed.has(label) && !servers.has(label)) servers.set(label, role);
  }
  const isHost = (label: Label | null): label is Label => label !== null && !servers.has(label);
  return {
    names,
    servers,
    proven: new Set([...proven].filter(isHost)),
    listed: new Set([...listed].filter(isHost)),
    hosts: new Set([...proven, ...listed].filter(isHost)),
  };
}

/** The machine whose word a fact is: its own, else the only one its source names. */
export function teller(source: ContextSource, fact: Fact): Label | null {
  const own = machineOf(fact);
  if (own !== null) return labelOf(own);
  const labels = new Set(source.machines.map(labelOf));
  return labels.size === 1 ? [...labels][0]! : null;
}

/** Windows calls a machine so until it gets its name: an event log begins with it. */
const BEFORE_NAMED = /^WIN-[A-Z0-9]{11}$|^MINWINPC$/i;

function namesOf(source: ContextSource): string[] {
  const names = ownNames(source);
  const given = names.filter((name) => !BEFORE_NAMED.test(labelOf(name) ?? ''));
  return given.length > 0 ? given : names;
}

function* declared(copies: readonly IniCopy[]): Iterable<{ role: ServerRole; label: Label }> {
  for (const copy of copies) {
    for (const { role, name } of copy.servers) {
      const label = name === null ? null : labelOf(name);
      if (label !== null) yield { role, label };
    }
  }
}

/** VMs that no ini declares: named by the VMs of another, or told by their services or the folder they lie in. */
function undeclared(
  paths: Paths,
  above: readonly string[],
  names: ReadonlyMap<ContextSource, string[]>,
): Map<Label, ServerRole | null> {
  // How the folder is called that all lies in says little: no more than what a machine's name says too, and only of VMs.
  const roleAbove = roleOfAll(above);
  const sources = [...paths.keys()];
  const vms = [...new Set(sources.flatMap(({ facts }) => facts.map(vmOf).filter((vm) => vm !== null)))].sort(
    compareText,
  );
  const bySource = new Map<Label, Set<ServerRole | null>>();
  const shownToBe = new Set<Label>();
  const onlyByPath = new Map<Label, ServerRole>();
  const found = new Map<Label, ServerRole | null>();
  for (const source of sources) {
    const own = new Set(names.get(source)!.map((name) => labelOf(name)!));
    for (const label of new Set([...own, ...labelsOfFacts(source)])) {
      const vm = vms.find((name) => holdsName(name, label));
      if (vm !== undefined) found.set(label, roleOfName(vm));
      const roles = source.facts.filter((fact) => teller(source, fact) === label).map(roleOfFact);
      const ofServices = roles.find((role) => role !== null) ?? null;
      const isGuest = source.facts.some((fact) => isOfVm(fact) && teller(source, fact) === label);
      const shown = ofServices ?? (isGuest ? guestRole(label, paths.get(source)!) : null);
      const told = roleOfPath(paths.get(source)!) ?? (roleOfName(label) === roleAbove ? roleAbove : null);
      const byPath = own.has(label) ? told : null;
      if (shown !== null) shownToBe.add(label);
      else if (byPath !== null) onlyByPath.set(label, byPath);
      bySource.set(label, (bySource.get(label) ?? new Set()).add(shown ?? byPath));
    }
  }
  for (const label of shownToBe) onlyByPath.delete(label);
  const isSorted = new Set(onlyByPath.values()).size > 1;
  for (const [label, roles] of bySource) {
    const role = roles.size === 1 ? [...roles][0]! : null;
    // One file called after a server may be the host's own, of a session with it; several are sorted by server.
    const isDoubtful = onlyByPath.has(label) && !isSorted && roleOfName(label) !== role;
    if (role !== null && role !== 'host' && !isDoubtful) found.set(label, role);
  }
  return found;
}

/** What only a VM has: services of Skype for Business, and an adapter that no host calls so (`Hyper-V Virtual Ethernet Adapter`). */
function isOfVm({ about, values }: Fact): boolean {
  if (about === 'service') return OWN_SERVICE.test(values['name'] ?? '');
  return about === 'ip-adapter' && /^Microsoft Hyper-V[ -]Net\w{2,10}[ -]?adapter\b/i.test(values['description'] ?? '');
}

/** What is certainly a VM is the one that its name tells, or the place where its output was put. */
function guestRole(label: Label, path: SourcePath): ServerRole | null {
  const role = roleOfName(label) ?? roleOfPath(path);
  return role === 'host' ? null : role;
}

function labelsOfFacts({ facts }: ContextSource): Label[] {
  return facts.map((fact) => labelOf(machineOf(fact) ?? '')).filter((label) => label !== null);
}

/** The VM that a fact is about. */
export function vmOf(fact: Fact): string | null {
  if (fact.about === 'vm') return fact.values['name'] ?? null;
  return fact.about === 'vm-adapter' ? (fact.values['vm'] ?? null) : null;
}

function mediationLabels(sources: readonly ContextSource[]): Set<Label> {
  return new Set([
    ...tenantNames(sources, 'pstn-appliance', 'mediationFqdn'),
    ...tenantNames(sources, 'hybrid-mediation-server', 'fqdn'),
  ]);
}

function tenantNames(sources: readonly ContextSource[], about: Fact['about'], value: string): Set<Label> {
  const facts = sources.flatMap((source) => source.facts.filter((fact) => isOfTenant(fact) && fact.about === about));
  return new Set(facts.map(({ values }) => labelOf(values[value] ?? '')).filter((label) => label !== null));
}

/** A name that is declared for two roles has none. */
function addRole(servers: Map<Label, ServerRole | null>, label: Label, role: ServerRole): void {
  servers.set(label, servers.has(label) && servers.get(label) !== role ? null : role);
}
