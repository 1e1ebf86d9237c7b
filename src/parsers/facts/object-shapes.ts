/** Which object a list or table shows, told by its property names; the command before it breaks a tie. */

import type { Answer, Found } from './found.js';
import { certificateOf } from './object-certificate.js';
import { adapterOf, switchOf, vmOf } from './object-hyper-v.js';
import { applianceOf, mediationServerOf, siteOf } from './object-tenant.js';
import { productVersionOf } from './object-version.js';
import { defenderOf, dotnetOf, firewallRuleOf, machineOf, serviceOf } from './object-windows.js';
import { type PrintedObject, Properties } from './printed-object.js';

/** In this order: a VM has properties of its adapters, and a service's State is a VM's too. */
const SHAPES = [
  ...[adapterOf, switchOf, vmOf, firewallRuleOf, siteOf, applianceOf, mediationServerOf, defenderOf],
  ...[certificateOf, dotnetOf, serviceOf, machineOf],
];

/** What an object says; nothing where it is none of those that are known. */
export function factsOfObject(object: PrintedObject, answer: Answer): Found[] {
  const properties = new Properties(object);
  const versions = productVersionOf(properties, answer);
  if (versions.length > 0) return versions;
  for (const shape of SHAPES) {
    const found = shape(properties, answer);
    if (found !== null) return [{ ...found, machine: found.machine ?? machineNamed(properties) }];
  }
  return [];
}

/** What remoting adds; Hyper-V and services name the machine in properties of their own. */
function machineNamed(properties: Properties): string | undefined {
  const name = properties.whole('PSComputerName', '__SERVER', 'Node') ?? '';
  return /^[\w.-]{1,255}$/.test(name) && name !== 'localhost' ? name : undefined;
}
