/** The appliance of each source. The rules stand in index.ts; here is their order. */
import { type Claims, claim } from './claims.js';
import { folderHomes, type Home } from './folder-homes.js';
import { type Folder, folderTree } from './folder-tree.js';
import { isOfTenant, isSilent, type Label, labelOf, shortName, spelling } from './host-names.js';
import type { IniCopy } from './ini-copy.js';
import type { Machines, Paths } from './machines.js';
import { compareText } from './path.js';
import type { Basis, ContextOptions, ContextSource } from './types.js';

/** An appliance by what names it. */
export interface Named {
  key: string;
  name: string | null;
  label: Label | null;
  basis: Basis;
}

export interface Homes {
  of(source: ContextSource): Named | null;
  /** The appliance of a host, where a source or a fact of this analysis is its own. */
  ofHost(label: Label): Named | null;
  /** The appliance whose ini declares a VM of this name, where one alone does. */
  ofServer(label: Label): Named | null;
}

/** Folders above all sources, which their keys begin with. */
export interface Ground {
  paths: Paths;
  above: readonly string[];
}

export function findHomes(
  { paths, above }: Ground,
  copies: ReadonlyMap<ContextSource, IniCopy>,
  machines: Machines,
  options: ContextOptions,
): Homes {
  const claims = claim(paths, copies, machines);
  const top = folderTree(claims.leaves, { ...claims, ...machines, hosts: sureHosts(claims, machines) });
  const byFolder = folderHomes(top);
  const bySource = new Map(claims.leaves.map((leaf) => [leaf.source, byFolder.get(leaf) ?? null]));
  const given = options.appliance === null ? null : shortName(options.appliance);
  const name = naming(paths, machines, above, given ?? options.appliance);
  const declarers = declarersOf(copies, (source) => name(bySource.get(source) ?? null));

  const claimed = new Set(claims.leaves.filter((leaf) => leaf.claim !== null).map(({ source }) => source));
  const of = new Map<ContextSource, Named | null>();
  for (const source of paths.keys()) {
    const home = bySource.get(source) ?? null;
    const owners = claims.serversOf(source).flatMap((label) => [...(declarers.get(label)?.values() ?? [])]);
    const owner = new Set(owners.map(({ key }) => key)).size === 1 ? owners[0]! : null;
    const isOwned = owner !== null && !claimed.has(source);
    of.set(source, isOwned ? owner : (name(home) ?? (isForTheGiven(source) ? name('given') : null)));
  }
  // What says nothing makes no appliance of a folder.
  const keys = new Set([...of].flatMap(([source, named]) => (isSilent(source) ? [] : [named?.key])));
  for (const [source, named] of of) if (named !== null && !keys.has(named.key)) of.set(source, null);
  const hosts = new Map([...of.values()].filter((one) => one !== null).map((one) => [one.label, one]));
  return {
    of: (source) => of.get(source) ?? null,
    ofHost: (label) => hosts.get(label) ?? (machines.proven.has(label) ? name({ label }) : null),
    ofServer: (label) => {
      const owners = [...(declarers.get(label)?.values() ?? [])];
      return owners.length === 1 ? owners[0]! : null;
    },
  };
}

/** Hosts for certain: what shows it, and names that several things agree on. */
function sureHosts({ leaves, known }: Claims, { hosts, names }: Machines): Set<Label> {
  const byName = leaves.filter(({ source, claim: label }) => label !== null && names.get(source)!.length === 0);
  const unknown = byName.map((leaf) => leaf.claim!).filter((label) => !known.has(label));
  return new Set([...hosts, ...unknown]);
}

/** What the tenant says is nobody's own, whatever name is given for the rest. */
function isForTheGiven({ facts }: ContextSource): boolean {
  return facts.length === 0 || !facts.every(isOfTenant);
}

type Naming = (home: Home | 'given' | null) => Named | null;

function naming(paths: Paths, machines: Machines, above: readonly string[], given: string | null): Naming {
  const spellings = new Map<Label, string[]>();
  for (const source of paths.keys()) {
    const listed = source.facts
      .filter((fact) => fact.about === 'pstn-appliance')
      .map(({ values }) => values['name'] ?? '');
    const machineNames = source.facts.map(({ machine }) => machine ?? '');
    for (const name of [...machines.names.get(source)!, ...machineNames, ...listed]) {
      const label = labelOf(name);
      if (label !== null) spellings.set(label, [...(spellings.get(label) ?? []), name]);
    }
  }
  const said = new Set(
    [...paths.keys()].flatMap((source) => machines.names.get(source)!.map((name) => labelOf(name)!)),
  );
  const named = (label: Label): Named => {
    const name = spelling(spellings.get(label) ?? []) ?? label;
    return { key: name, name, label, basis: said.has(label) ? 'said' : 'inferred' };
  };
  const byGiven = given === null ? null : givenName(given, named, spellings);
  return (home) => {
    if (home === null) return null;
    if (home === 'given') return byGiven;
    if ('label' in home) return named(home.label);
    if (byGiven !== null) return byGiven;
    const name = home.isNamed ? home.folder.name : null;
    return { key: keyOf(home.folder, above), name, label: null, basis: 'inferred' };
  };
}

/** The name that the user gave is said; one that a source says too is the same appliance, written as there. */
function givenName(given: string, named: (label: Label) => Named, spellings: ReadonlyMap<Label, string[]>): Named {
  const label = labelOf(given) ?? given.toUpperCase();
  if (spellings.has(label)) return { ...named(label), basis: 'said' };
  return { key: given, name: given, label, basis: 'said' };
}

/** The folder that all its sources lie in; where several stand for it, the first. */
function keyOf(folder: Folder, above: readonly string[]): string {
  const place = [...folder.places].sort(compareText)[0];
  const folders = [...above, ...(place === undefined ? [] : place.split('/'))];
  return folders.length === 0 ? './' : `${folders.join('/')}/`;
}

/** By VM name: the appliances whose ini declares it, by their keys. */
function declarersOf(
  copies: ReadonlyMap<ContextSource, IniCopy>,
  of: (source: ContextSource) => Named | null,
): Map<Label, Map<string, Named>> {
  const declarers = new Map<Label, Map<string, Named>>();
  for (const [source, copy] of copies) {
    const owner = of(source);
    if (owner === null) continue;
    for (const { name } of copy.servers) {
      const label = name === null ? null : labelOf(name);
      if (label === null) continue;
      declarers.set(label, (declarers.get(label) ?? new Map<string, Named>()).set(owner.key, owner));
    }
  }
  return declarers;
}
