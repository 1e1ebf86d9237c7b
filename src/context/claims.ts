/** What is claimed for each source before folders are looked at, and what must be known of it there. */
import { hostsByFileName } from './file-name-hosts.js';
import type { Leaf } from './folder-tree.js';
import { isOfTenant, isSilent, type Label, labelOf } from './host-names.js';
import type { IniCopy } from './ini-copy.js';
import { hostsOfServers } from './links.js';
import type { Machines, Paths } from './machines.js';
import { compareText, holdsName } from './path.js';
import type { ContextSource } from './types.js';

export interface Claims {
  leaves: Leaf[];
  /** Hosts that are known by name, whoever says it. */
  known: ReadonlySet<Label>;
  knownIn(name: string): Label | null;
  /** Names of VMs that a source calls itself by, or its path where it calls itself nothing. */
  serversOf(source: ContextSource): Label[];
}

export function claim(paths: Paths, copies: ReadonlyMap<ContextSource, IniCopy>, machines: Machines): Claims {
  const links = hostsOfServers([...paths.keys()], machines);
  const labels = new Map([...paths.keys()].map((source) => [source, labelsOf(source, machines)]));
  const hostsOf = (source: ContextSource): Label[] =>
    labels.get(source)!.filter((label) => !machines.servers.has(label));
  const known = new Set<Label>([...machines.hosts, ...[...paths.keys()].flatMap(hostsOf)]);
  const knownIn = onlyNameIn(known);
  const serverIn = onlyNameIn(new Set(machines.servers.keys()));
  const byFile = fileNameHosts(paths, (source) => hostsOf(source).length > 0);

  const serversOf = (source: ContextSource): Label[] => {
    const own = labels.get(source)!.filter((label) => machines.servers.has(label));
    if (labels.get(source)!.length > 0) return own;
    const { file, folders } = paths.get(source)!;
    const inPath = [file, ...folders.toReversed()].map(serverIn).find((label) => label !== null);
    return inPath === undefined ? [] : [inPath!];
  };
  const leaves = [...paths].map(([source, path]): Leaf => {
    const hosts = hostsOf(source);
    const copy = copies.get(source);
    const mediation = copy === undefined ? null : mediationOf(copy);
    const servers = labels.get(source)!.filter((label) => machines.servers.has(label));
    const named = [...(mediation === null ? [] : [mediation]), ...servers];
    const linked = (to: ReadonlyMap<Label, Label>): Label | null =>
      named.map((label) => to.get(label)).find((label) => label !== undefined) ?? null;
    const byName = (isSilent(source) ? null : knownIn(path.file)) ?? byFile.get(source) ?? linked(links.byList);
    return {
      source,
      path,
      claim: hosts.length === 0 ? byName : (sole(hosts) ?? null),
      registered: hosts.length === 0 && byName === null ? linked(links.byTenant) : null,
      several: hosts.length > 1 ? hosts : [],
      isMaterial: servers.length === 0 && isMaterial(source),
      mediation,
    };
  });
  return { leaves, known, knownIn, serversOf };
}

/** The Mediation Server that an ini declares. */
export function mediationOf(copy: IniCopy): Label | null {
  const name = copy.servers.find(({ role }) => role === 'mediation')?.name ?? null;
  return name === null ? null : labelOf(name);
}

function labelsOf(source: ContextSource, machines: Machines): Label[] {
  return [...new Set(machines.names.get(source)!.map((name) => labelOf(name)!))].sort(compareText);
}

function sole<T>(all: readonly T[]): T | undefined {
  return all.length === 1 ? all[0] : undefined;
}

/** What appliances are made of. Certificates, what the tenant says and what is no evidence lie anywhere. */
function isMaterial({ kind, facts }: ContextSource): boolean {
  if (kind === 'trace-log' || kind === 'console' || kind === 'event-log' || kind === 'config') return true;
  return facts.some((fact) => fact.about !== 'certificate' && !isOfTenant(fact));
}

function onlyNameIn(names: ReadonlySet<Label>): (text: string) => Label | null {
  return (text) => sole([...names].filter((name) => holdsName(text, name))) ?? null;
}

/** Hosts by file names, folder by folder: only where no source in the folder names one. */
function fileNameHosts(paths: Paths, namesHost: (source: ContextSource) => boolean): Map<ContextSource, Label> {
  const folders = new Map<string, ContextSource[]>();
  for (const [source, { folders: at }] of paths) {
    if (isSilent(source)) continue;
    const folder = at.join('/');
    folders.set(folder, [...(folders.get(folder) ?? []), source]);
  }
  const hosts = new Map<ContextSource, Label>();
  for (const sources of folders.values()) {
    if (sources.some(namesHost)) continue;
    const told = hostsByFileName(sources.map((source) => paths.get(source)!.file));
    for (const source of sources) {
      const host = told.get(paths.get(source)!.file);
      if (host !== undefined) hosts.set(source, host);
    }
  }
  return hosts;
}
