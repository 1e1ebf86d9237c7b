/** The names that facts tell, for whoever must not pass them on. */
import type { Fact, FactKind } from '../facts.js';
import type { ApplianceContext, Context } from './types.js';

/** A name and what it is the name of. */
export interface ToldName {
  kind: 'appliance' | 'site' | 'host' | 'user' | 'domain' | 'switch' | 'ip' | 'mac' | 'place' | 'certificate' | 'guid';
  value: string;
}

const OF_FACTS: Partial<Record<FactKind, Record<string, ToldName['kind']>>> = {
  service: { account: 'user' },
  vm: { name: 'host' },
  'vm-adapter': { vm: 'host', switch: 'switch', mac: 'mac' },
  'vm-switch': { name: 'switch' },
  'ip-adapter': { mac: 'mac', address: 'ip', gateway: 'ip' },
  machine: { name: 'host', domain: 'domain' },
  'pstn-site': { name: 'site', edgeFqdn: 'host' },
  'pstn-appliance': { id: 'guid', name: 'appliance', site: 'site', mediationFqdn: 'host', mediationAddress: 'ip' },
  'hybrid-mediation-server': { fqdn: 'host', accessProxy: 'host' },
  certificate: { thumbprint: 'certificate' },
};
/** Keys of CloudConnector.ini whose values are names; those of lists are separated by blanks. */
const OF_INI: Record<string, ToldName['kind']> = {
  sipdomains: 'domain',
  internaldomains: 'domain',
  virtualmachinedomain: 'domain',
  addomain: 'domain',
  servername: 'host',
  poolname: 'host',
  internalservername: 'host',
  internalpoolname: 'host',
  internalmachinename: 'host',
  sitename: 'site',
  city: 'place',
  corpnetswitchname: 'switch',
  internetswitchname: 'switch',
  managementswitchname: 'switch',
};

/** All names that an analysis learned from facts, each once, in the order of the facts; of one appliance where it is given. */
export function namesOf(
  { appliances, facts }: Pick<Context, 'appliances' | 'facts'>,
  of?: ApplianceContext,
): ToldName[] {
  const about = of === undefined ? facts : facts.filter(({ appliance }) => appliance === null || appliance === of.name);
  const names = [...(of === undefined ? appliances : [of]).flatMap(ofAppliance), ...about.flatMap(ofFact)];
  return [...new Map(names.map((name) => [`${name.kind}\0${name.value}`, name])).values()];
}

function ofAppliance({ name, site, servers }: ApplianceContext): ToldName[] {
  const machines = servers.flatMap(({ name: host, fqdn, address }) => [
    told('host', host),
    told('host', fqdn),
    told('ip', address),
  ]);
  return [...told('appliance', name), ...told('site', site), ...machines.flat()];
}

function ofFact({ about, values, machine }: Fact): ToldName[] {
  const kinds = OF_FACTS[about] ?? {};
  const names = Object.entries(kinds).flatMap(([value, kind]) => told(kind, values[value]));
  const key = about === 'ini-key' ? OF_INI[(values['key'] ?? '').toLowerCase()] : undefined;
  if (key === undefined) return [...told('host', machine), ...names];
  const value = values['value'] ?? '';
  const each = key === 'domain' || key === 'host' ? value.split(/\s+/) : [value];
  return each.flatMap((text) => told(key, text));
}

function told(kind: ToldName['kind'], value: string | null | undefined): ToldName[] {
  return value === null || value === undefined || value.trim() === '' ? [] : [{ kind, value: value.trim() }];
}
