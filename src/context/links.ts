/** Which host a VM belongs to, where it is said: by the list of the host's own VMs, else by the tenant's list of appliances. */
import { type Label, labelOf } from './host-names.js';
import { type Machines, teller, vmOf } from './machines.js';
import { holdsName } from './path.js';
import type { ContextSource } from './types.js';

export interface Links {
  byList: ReadonlyMap<Label, Label>;
  /** Only of VMs that no list has. */
  byTenant: ReadonlyMap<Label, Label>;
}

/** The host of each VM; none for a VM of which several hosts are told. */
export function hostsOfServers(sources: readonly ContextSource[], machines: Machines): Links {
  const byList = new Map<Label, Set<Label>>();
  const byTenant = new Map<Label, Set<Label>>();
  for (const source of sources) {
    for (const fact of source.facts) {
      const vm = vmOf(fact);
      const host = teller(source, fact);
      if (vm !== null && host !== null && machines.hosts.has(host)) {
        for (const server of machines.servers.keys()) if (holdsName(vm, server)) add(byList, server, host);
      }
      if (fact.about !== 'pstn-appliance') continue;
      const named = labelOf(fact.values['name'] ?? '');
      const server = labelOf(fact.values['mediationFqdn'] ?? '');
      if (named !== null && server !== null) add(byTenant, server, named);
    }
  }
  for (const server of byList.keys()) byTenant.delete(server);
  return { byList: sole(byList), byTenant: sole(byTenant) };
}

function sole(told: ReadonlyMap<Label, ReadonlySet<Label>>): Map<Label, Label> {
  return new Map([...told].flatMap(([server, hosts]) => (hosts.size === 1 ? [[server, [...hosts][0]!] as const] : [])));
}

function add(to: Map<Label, Set<Label>>, server: Label, host: Label): void {
  to.set(server, (to.get(server) ?? new Set()).add(host));
}
