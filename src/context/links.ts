/** Which host a VM belongs to, where it is said: by the list of the host's own VMs, else by the tenant's list of appliances. */
import { type Label, labelOf } from './host-names.js';
import { type Machines, teller, vmOf } from './machines.js';
import { holdsName } from './path.js';
import type { ContextSource } from './types.js';

/** The host of each VM; none for a VM of which several hosts are told. */
export function hostsOfServers(sources: readonly ContextSource[], machines: Machines): Map<Label, Label> {
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
  const links = new Map<Label, Label>();
  for (const server of new Set<Label>([...byList.keys(), ...byTenant.keys()])) {
    const told = byList.get(server) ?? byTenant.get(server)!;
    if (told.size === 1) links.set(server, [...told][0]!);
  }
  return links;
}

function add(to: Map<Label, Set<Label>>, server: Label, host: Label): void {
  to.set(server, (to.get(server) ?? new Set()).add(host));
}
