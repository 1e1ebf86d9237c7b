/**
 * Whose the sources and facts of one analysis are. Names are evidence, never keys, and these are the rules, in their
 * order:
 *
 * 1. A source's own names: the machine of a transcript, the computers of event log entries (of those that tell something,
 *    where any does: a log keeps what was written before the host was renamed), the host of systeminfo,
 *    PSComputerName. The first label of a name counts, in any case. A source that names several hosts belongs to none.
 * 2. A name that an ini declares as one of the four VMs means the appliance of that ini, and that role. So does a name
 *    that Get-VM on a host shows, or that the tenant has as a Mediation Server. What services show to be a VM is one too,
 *    and what lies in files or folders sorted by server; it belongs to the appliance it lies with. Who runs Get-VM or
 *    Get-CcVersion is never a VM.
 * 3. Rows of the tenant (Get-CsHybridPSTNAppliance) name appliances, never the source's own: each row belongs to the
 *    appliance it names, and to its site.
 * 4. A known name in the file's name. Where no source in a folder names a host, what tells `seattle_get-vm.txt` from
 *    `denver_get-vm.txt` is one.
 * 5. A folder that is called like a known host, unless all that is in it names another.
 * 6. A folder in which all that names a host names the same is that appliance. Archives are folders. Folders that tell a
 *    kind, a date, a role or a place of Windows are passed over: `logs/host1` and `config/host1` are one `host1`. A name
 *    that nothing shows to be a host's counts only where no better one stands beside it.
 * 7. Folders are apart where they name different hosts; where at most one is named, if they are numbered alike (`host1`,
 *    `host2`), are archives, or hold ini files that declare different Mediation Servers; those that are only counted (`1`,
 *    `logs2`) where they do.
 * 8. A folder that names nobody but holds a log, an ini or what a host tells is an appliance: called like the folder where
 *    there are others, without a name where it is the only one.
 * 9. The name given with `--appliance`, for all that no source names.
 * 10. What stands above several appliances belongs to none.
 * 11. What a later source says of a thing replaces what an earlier one said, where names of files or folders, or the
 *     times of transcripts, tell which is later.
 *
 * The site is that of the ini, together with the Edge's FQDN where two sites have one name; see sites.ts. Which version
 * is believed is in versions-known.ts, which copy of an ini in ini-copies.ts.
 */
import type { PlacedFact } from '../facts.js';
import { describe, fqdnOf } from './appliance.js';
import { type HomedFact, placeFacts } from './fact-places.js';
import { findHomes, type Homes, type Named } from './homes.js';
import { isSilent, labelOf } from './host-names.js';
import { inOrderOfBelief } from './ini-copies.js';
import { type IniCopy, iniCopyOf, placeOf } from './ini-copy.js';
import { type Machines, readMachines } from './machines.js';
import { nameSites, type SiteKnowledge } from './name-sites.js';
import { below, commonFolders, compareText, readPath } from './path.js';
import { inOrder, roleOfAll } from './role.js';
import { withoutSuperseded } from './superseded.js';
import type { ApplianceContext, Context, ContextOptions, ContextSource, FactPlace } from './types.js';

export { latest } from './appliance.js';
export { namesOf, type ToldName } from './names.js';
export type * from './types.js';

/** Tells whose the sources are. The order in which they come changes nothing. */
export function contextOf(sources: readonly ContextSource[], options: ContextOptions): Context {
  const sorted = sources
    .map((source) => ({ ...source, facts: inOrder(source.facts) }))
    .sort((a, b) => compareText(a.path, b.path));
  const above = commonFolders(sorted.filter((source) => !isSilent(source)).map(({ path }) => readPath(path)));
  const paths = new Map(sorted.map((source) => [source, below(readPath(source.path), above)]));
  const copies = new Map<ContextSource, IniCopy>();
  for (const source of sorted) {
    const copy = iniCopyOf(source);
    if (copy !== null) copies.set(source, copy);
  }
  const machines = readMachines(paths, above, [...copies.values()]);
  const homes = findHomes({ paths, above }, copies, machines, options);
  const around = { homes, machines, copiesOf: copiesByKey(copies, homes), roleAbove: roleOfAll(above) };
  const homed = withoutSuperseded(sorted.flatMap((source) => placeFacts(source, paths.get(source)!, around)));
  const told = new Set(homed.map(({ source }) => source));
  for (const source of copies.keys()) if (!told.has(source)) copies.delete(source);
  const copiesOf = copiesByKey(copies, homes);
  const all = appliancesOf(sorted, homed, homes);
  const sites = nameSites(all, homed, copiesOf);
  const facts = homed.map((one) => placed(one, sites));
  const described = all.map((named) => describeOne(named, { sorted, homed, facts, homes, machines, copiesOf, sites }));
  const byKey = new Map(described.map((appliance) => [appliance.key, appliance]));
  const byPath = new Map(sorted.map((source) => [source.path, byKey.get(homes.of(source)?.key ?? '') ?? null]));
  return { appliances: described, facts, of: (path) => byPath.get(path) ?? null };
}

function copiesByKey(copies: ReadonlyMap<ContextSource, IniCopy>, homes: Homes): (home: Named | null) => IniCopy[] {
  const byKey = new Map<string, IniCopy[]>();
  for (const [source, copy] of copies) {
    const key = homes.of(source)?.key;
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), copy]);
  }
  const sorted = new Map([...byKey].map(([key, list]) => [key, inOrderOfBelief(list)]));
  return (home) => (home === null ? [] : (sorted.get(home.key) ?? []));
}

/** Those that have a source, or a fact that a host told elsewhere; by their keys. */
function appliancesOf(sources: readonly ContextSource[], homed: readonly HomedFact[], homes: Homes): Named[] {
  const all = new Map<string, Named>();
  for (const source of sources) add(homes.of(source));
  for (const { home } of homed) add(home);
  return [...all.values()].sort((a, b) => compareText(a.key, b.key));

  function add(named: Named | null): void {
    if (named !== null) all.set(named.key, named);
  }
}

function placed({ fact, source, home, role }: HomedFact, sites: SiteKnowledge): PlacedFact {
  return { ...fact, source: source.path, appliance: home?.key ?? null, site: sites.ofFact(fact, home), role };
}

interface Everything {
  sorted: readonly ContextSource[];
  homed: readonly HomedFact[];
  facts: readonly PlacedFact[];
  homes: Homes;
  machines: Machines;
  copiesOf(home: Named | null): readonly IniCopy[];
  sites: SiteKnowledge;
}

function describeOne(named: Named, all: Everything): ApplianceContext {
  const { sorted, homed, homes, machines, copiesOf, sites } = all;
  const sources = sorted.filter((source) => homes.of(source)?.key === named.key);
  const ofIt = homed.flatMap((one, at) => (one.home?.key === named.key ? [{ one, placed: all.facts[at]! }] : []));
  const times = new Map(sorted.map(({ path, lastTime }) => [path, lastTime ?? '']));
  const facts = ofIt
    .map((fact) => fact.placed)
    .sort(
      (a, b) =>
        compareText(times.get(b.source)!, times.get(a.source)!) || compareText(b.source, a.source) || b.line - a.line,
    );
  const names = sources.flatMap((source) => machines.names.get(source) ?? []);
  return describe({
    named,
    sources,
    facts,
    copies: copiesOf(named),
    rows: sites.rowsOf(named),
    site: sites.of(named),
    siteSayings: sites.sayingsOf(named),
    nameFrom: named.label === null ? [] : nameFrom(named.label, sources, machines),
    servers: [...new Set(names)].flatMap((name) => {
      const role = machines.servers.get(labelOf(name)!) ?? null;
      return role === null ? [] : [{ role, name: name.split('.')[0]! }];
    }),
    hostFqdn: named.label === null ? null : fqdnOf(names, named.label),
  });
}

/** Where a name is said: by a fact, or by the source as a whole, for which its first line stands. */
function nameFrom(label: string, sources: readonly ContextSource[], machines: Machines): FactPlace[] {
  return sources.flatMap((source): FactPlace[] => {
    if (!machines.names.get(source)!.some((name) => labelOf(name) === label)) return [];
    const fact = source.facts.find(
      ({ about, values, machine }) => labelOf(machine ?? (about === 'machine' ? (values['name'] ?? '') : '')) === label,
    );
    return [fact === undefined ? { source: source.path, line: 1, command: null } : placeOf(source.path, fact)];
  });
}
