/** What one copy of CloudConnector.ini says. Its sections share key names, so that a key means nothing without them. */
import type { Fact, ServerRole } from '../facts.js';
import { readPath } from './path.js';
import type { ContextSource, FactPlace, ServerKnown } from './types.js';

export interface IniKey {
  section: string;
  key: string;
  value: string;
  place: FactPlace;
}

export interface IniCopy {
  source: string;
  /** The build that its first comment names. */
  build: { value: string; place: FactPlace } | null;
  /** By section and key in lower case. */
  keys: ReadonlyMap<string, IniKey>;
  /** The servers that it declares, as far as it does. */
  servers: readonly DeclaredServer[];
}

/** The copy of CloudConnector.ini that a source holds; the template that the product writes is none. */
export function iniCopyOf(source: ContextSource): IniCopy | null {
  if (/sample/i.test(readPath(source.path).file)) return null;
  const facts = source.facts.filter(({ values }) => values['file'] === 'cloud-connector');
  const keys = new Map<string, IniKey>();
  for (const fact of facts) {
    const { section, key, value } = fact.values;
    if (fact.about !== 'ini-key' || section === undefined || key === undefined || value === undefined) continue;
    const at = lookUp(section, key);
    // As GetPrivateProfileString does: the first line of a key is the one that holds.
    if (!keys.has(at)) keys.set(at, { section, key, value, place: placeOf(source.path, fact) });
  }
  if (keys.size === 0) return null;
  const build = facts.find((fact) => fact.about === 'ini-file' && fact.values['build'] !== undefined);
  return {
    source: source.path,
    build: build === undefined ? null : { value: build.values['build']!, place: placeOf(source.path, build) },
    keys,
    servers: declaredServers(keys),
  };
}

export function placeOf(source: string, { line, command }: Fact): FactPlace {
  return { source, line, command };
}

/** A key by the names it had over time, in its section; null where it is absent or empty. */
export function iniKey({ keys }: Pick<IniCopy, 'keys'>, section: string, ...names: string[]): IniKey | null {
  for (const name of names) {
    const found = keys.get(lookUp(section, name));
    if (found !== undefined && found.value !== '') return found;
  }
  return null;
}

/** Key names as in 1.4 and later, then as in 1.3. */
const SERVER_KEYS: Readonly<
  Record<Exclude<ServerRole, 'host'>, { section: string; name: string[]; address: string[] }>
> = {
  ad: { section: 'Common', name: ['ServerName'], address: ['IP'] },
  cms: { section: 'PrimaryCMS', name: ['ServerName'], address: ['IP'] },
  mediation: { section: 'MediationServer', name: ['ServerName'], address: ['IP'] },
  edge: {
    section: 'EdgeServer',
    name: ['InternalServerName', 'InternalMachineName'],
    address: ['InternalServerIPs', 'InternalMachineIPs'],
  },
};

/** A server as an ini declares it. */
export interface DeclaredServer extends ServerKnown {
  role: Exclude<ServerRole, 'host'>;
  place: FactPlace | null;
}

function declaredServers(keys: IniCopy['keys']): DeclaredServer[] {
  const copy = { keys };
  const domain = iniKey(copy, 'Common', 'VirtualMachineDomain', 'ADDomain')?.value ?? null;
  return (Object.keys(SERVER_KEYS) as (keyof typeof SERVER_KEYS)[]).flatMap((role) => {
    const { section, name: names, address: addresses } = SERVER_KEYS[role];
    const key = iniKey(copy, section, ...names);
    const address = iniKey(copy, section, ...addresses)?.value.split(/\s+/)[0] ?? null;
    if (key === null && address === null) return [];
    const name = key?.value ?? null;
    return [{ role, name, fqdn: name && domain && `${name}.${domain}`, address, place: key?.place ?? null }];
  });
}

/** The name by which the tenant knows the Edge: the pool in the first SIP domain. */
export function edgeFqdn(copy: IniCopy): { value: string; place: FactPlace } | null {
  const pool = iniKey(copy, 'EdgeServer', 'ExternalSIPPoolName');
  const domains = iniKey(copy, 'Common', 'SIPDomains', 'InternalDomains');
  const domain = domains?.value.split(/\s+/)[0];
  if (pool === null || domain === undefined) return null;
  return { value: pool.value.includes('.') ? pool.value : `${pool.value}.${domain}`, place: pool.place };
}

function lookUp(section: string, key: string): string {
  return `${section.toLowerCase()}\n${key.toLowerCase()}`;
}
