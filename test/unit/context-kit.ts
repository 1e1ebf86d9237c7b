/** Sources as the parsers would give them; names and addresses are invented. */
import { type Context, type ContextSource, contextOf } from '../../src/context/index.js';
import type { Fact, FactKind } from '../../src/facts.js';
import type { SourceKind } from '../../src/model.js';

let bytes = 0;

export function fact(about: FactKind, values: Record<string, string>, more: Partial<Fact> = {}): Fact {
  bytes += 100;
  const text = Object.values(values).join(' ');
  return {
    about,
    values,
    command: null,
    machine: null,
    line: bytes / 100,
    byteStart: bytes,
    byteEnd: bytes + 99,
    text,
    ...more,
  };
}

export function source(path: string, kind: SourceKind, more: Partial<ContextSource> = {}): ContextSource {
  return { path, kind, machines: [], facts: [], firstTime: null, lastTime: null, ...more };
}

export const log = (path: string, lastTime: string | null = null): ContextSource =>
  source(path, 'trace-log', { lastTime });

export const transcript = (path: string, machine: string, facts: Fact[] = []): ContextSource =>
  source(path, 'console', { machines: [machine], facts });

export const output = (path: string, ...facts: Fact[]): ContextSource => source(path, 'command-output', { facts });

export interface Ini {
  site?: string;
  /** Short names of the VMs end with it. */
  number?: number;
  domain?: string;
  edgePool?: string;
  build?: string;
  keys?: [section: string, key: string, value: string][];
}

export function ini(
  path: string,
  { site = 'Seattle', number = 1, domain = 'contoso.example', ...of }: Ini = {},
): ContextSource {
  const keys: [string, string, string][] = [
    ['Common', 'SIPDomains', `${domain} fabrikam.example`],
    ['Common', 'VirtualMachineDomain', 'cce.local'],
    ['Common', 'ServerName', `CCEAD${number}`],
    ['Common', 'IP', `192.0.2.${number}1`],
    ['Common', 'SiteName', site],
    ['PrimaryCMS', 'ServerName', `CCECMS${number}`],
    ['PrimaryCMS', 'IP', `192.0.2.${number}2`],
    ['MediationServer', 'ServerName', `CCEMS${number}`],
    ['MediationServer', 'IP', `192.0.2.${number}3`],
    ['EdgeServer', 'InternalServerName', `CCEEDGE${number}`],
    ['EdgeServer', 'InternalServerIPs', `192.0.2.${number}4`],
    ['EdgeServer', 'ExternalSIPPoolName', of.edgePool ?? 'ap'],
    ...(of.keys ?? []),
  ];
  const file = {
    file: 'cloud-connector',
    name: 'CloudConnector.ini',
    ...(of.build === undefined ? {} : { build: of.build }),
  };
  return source(path, 'config', {
    facts: [
      fact('ini-file', file),
      ...keys.map(([section, key, value]) => fact('ini-key', { file: 'cloud-connector', section, key, value })),
    ],
  });
}

export const vm = (name: string, state = 'Running'): Fact => fact('vm', { name, state }, { command: 'Get-VM' });

export const service = (name: string, more: Partial<Fact> = {}): Fact =>
  fact('service', { name, status: 'Running' }, { command: 'Get-Service', ...more });

export const running = (version: string): Fact =>
  fact('version', { of: 'running', version }, { command: 'Get-CcRunningVersion' });

export const row = (name: string, number: number, site = 'Seattle'): Fact =>
  fact('pstn-appliance', {
    name,
    site,
    mediationFqdn: `ccems${number}.cce.local`,
    mediationAddress: `192.0.2.${number}3`,
  });

export function context(sources: ContextSource[], appliance: string | null = null): Context {
  return contextOf(sources, { appliance });
}

/** By path, the name of the appliance, its key where it has no name, or nothing. */
export function homes(sources: ContextSource[], appliance: string | null = null): Record<string, string | null> {
  const found = context(sources, appliance);
  return Object.fromEntries(
    sources.map(({ path }) => {
      const of = found.of(path);
      return [path, of === null ? null : (of.name ?? of.key)];
    }),
  );
}
