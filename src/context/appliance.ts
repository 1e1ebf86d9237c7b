/** What is known of one appliance, from its facts and the copies of its ini. */
import { type PlacedFact, SERVER_ROLES, type ServerRole } from '../facts.js';
import type { Named } from './homes.js';
import { labelOf } from './host-names.js';
import { differences } from './ini-copies.js';
import type { DeclaredServer, IniCopy } from './ini-copy.js';
import { knownFact, type Saying } from './known.js';
import { compareText } from './path.js';
import { edgeSayings, saying, type TenantRow } from './sites.js';
import type { ApplianceContext, ContextSource, FactPlace, KnownFact, ServerKnown } from './types.js';
import { versionsOf } from './versions-known.js';

/** All that belongs to one appliance. */
export interface Belongings {
  named: Named;
  sources: readonly ContextSource[];
  /** What was said last first. */
  facts: readonly PlacedFact[];
  /** The one that is believed first. */
  copies: readonly IniCopy[];
  /** Rows of the tenant's list of appliances that are about it. */
  rows: readonly TenantRow[];
  site: string | null;
  siteSayings: readonly Saying[];
  /** Where its own name stands. */
  nameFrom: readonly FactPlace[];
  /** VMs named by sources that no ini declares. */
  servers: readonly { role: ServerRole; name: string }[];
  /** How its host is written with its domain. */
  hostFqdn: string | null;
}

export function describe(of: Belongings): ApplianceContext {
  const { named, sources, facts, copies, rows } = of;
  const paths = sources.map(({ path }) => path);
  const versions = versionsOf(
    facts.filter((fact) => !isUnderOtherName(fact, named)),
    paths,
    copies,
  );
  const known: (KnownFact | null)[] = [
    nameFact(of),
    knownFact('site', of.siteSayings),
    ...versions.known,
    knownFact('edge-fqdn', edgeSayings(copies, paths)),
    ...(['ad', 'cms', 'mediation'] as const).map((role) =>
      knownFact(`${role}-fqdn`, [
        ...declared(copies, role, ({ fqdn }) => fqdn),
        ...(role === 'mediation' ? rows.flatMap((row) => saying(row, 'mediationFqdn')) : []),
      ]),
    ),
    knownFact('mediation-address', [
      ...declared(copies, 'mediation', ({ address }) => address),
      ...rows.flatMap((row) => saying(row, 'mediationAddress')),
    ]),
    ...differences(copies),
  ];
  return {
    name: named.name,
    key: named.key,
    site: of.site,
    running: versions.running,
    scripts: versions.scripts,
    product: versions.product,
    servers: serversOf(of),
    known: known.filter((fact) => fact !== null),
    // What lists the newest first ends with its oldest time.
    asOf: latest(sources.flatMap(({ firstTime, lastTime }) => [firstTime, lastTime])),
  };
}

/** A registration under another name may be one that was left behind: its version is not this appliance's. */
function isUnderOtherName({ about, values }: PlacedFact, { label }: Named): boolean {
  const name = about === 'pstn-appliance' ? labelOf(values['name'] ?? '') : null;
  return name !== null && label !== null && name !== label;
}

function nameFact({ named, nameFrom }: Belongings): KnownFact | null {
  if (named.name === null) return null;
  return { name: 'appliance', value: named.name, from: [...nameFrom], basis: named.basis, contradictedBy: [] };
}

function declared(
  copies: readonly IniCopy[],
  role: ServerRole,
  value: (server: DeclaredServer) => string | null,
): Saying[] {
  return copies.flatMap((copy) => {
    const server = copy.servers.find((one) => one.role === role);
    const text = server === undefined ? null : value(server);
    const from = server?.place ?? { source: copy.source, line: 1, command: null };
    return text === null ? [] : [{ value: text, basis: 'said' as const, from }];
  });
}

function serversOf({ named, copies, servers, hostFqdn }: Belongings): ServerKnown[] {
  const all = copies.flatMap(({ servers }) => servers);
  return SERVER_ROLES.flatMap((role): ServerKnown[] => {
    if (role === 'host') {
      // A folder's name is nobody's name.
      return named.label === null ? [] : [{ role, name: named.name, fqdn: hostFqdn, address: null }];
    }
    const inIni = all.find((server) => server.role === role);
    if (inIni !== undefined) return [{ role, name: inIni.name, fqdn: inIni.fqdn, address: inIni.address }];
    const names = servers.filter((server) => server.role === role).map(({ name }) => name);
    const name = names.sort(compareText)[0];
    return name === undefined ? [] : [{ role, name, fqdn: null, address: null }];
  });
}

/** A name with a domain, such as an event log writes it. */
export function fqdnOf(names: readonly string[], label: string): string | null {
  const whole = names.map((name) => name.trim()).filter((name) => name.includes('.') && labelOf(name) === label);
  return whole.sort(compareText)[0] ?? null;
}

const ISO_UTC = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d+))?Z$/;

/** The last of some times, as it was written; what is no time in UTC is left out. */
export function latest(times: readonly (string | null)[]): string | null {
  let last: { key: string; time: string } | null = null;
  for (const time of times) {
    const parts = time === null ? null : ISO_UTC.exec(time);
    if (time === null || parts === null) continue;
    const key = `${parts[1]}.${(parts[2] ?? '').padEnd(9, '0')}`;
    if (last === null || key > last.key || (key === last.key && time < last.time)) last = { key, time };
  }
  return last?.time ?? null;
}
