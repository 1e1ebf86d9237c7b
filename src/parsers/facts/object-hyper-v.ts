/** VMs, their adapters and virtual switches, as Hyper-V's cmdlets print them. Their Status is localised and never used. */
import { type Answer, type Found, found } from './found.js';
import type { Properties } from './printed-object.js';

/** VMState of Microsoft.HyperV.PowerShell, as ConvertTo-Json writes it. */
const STATES: Record<string, string> = {
  ...{ 2: 'Running', 3: 'Off', 4: 'Stopping', 6: 'Saved', 9: 'Paused', 10: 'Starting', 11: 'Reset' },
  ...{ 32773: 'Saving', 32776: 'Pausing', 32777: 'Resuming', 32779: 'FastSaved', 32780: 'FastSaving' },
};
const SWITCH_TYPES: Record<string, string> = { 0: 'Private', 1: 'Internal', 2: 'External' };
const BOOLEANS = /^(?:True|False)$/i;
const ADDRESS = /^[0-9A-Fa-f.:]{2,45}(?:%\w{1,20})?$/;

/** Get-VM. */
export function vmOf(properties: Properties, answer: Answer): Found | null {
  const name = properties.text('Name', 'VMName');
  const state = properties.whole('State') ?? '';
  const isMarked = properties.has(
    'CPUUsage',
    'MemoryAssigned',
    'Uptime',
    'IntegrationServicesState',
    'CheckpointFileLocation',
  );
  // A service has a State too, and what asks for it is another command.
  const isVm = isMarked || (answer.command === 'Get-VM' && !properties.has('StartMode'));
  if (!name || !isVm) return null;
  const known = STATES[state] ?? (/^[A-Z][A-Za-z]{1,30}$/.test(state) ? state : undefined);
  if (known === undefined) return null;
  const uptime = properties.whole('Uptime') ?? '';
  const values = {
    name,
    state: known,
    uptime: /^(?:\d+\.)?\d\d:\d\d:\d\d(?:\.\d+)?$/.test(uptime) ? uptime : undefined,
  };
  return { ...found('vm', values, properties.object.lines), machine: hostOf(properties) };
}

/** Get-VMNetworkAdapter. An adapter of the host itself has no VMName. */
export function adapterOf(properties: Properties, answer: Answer): Found | null {
  const isAsked = answer.command === 'Get-VMNetworkAdapter';
  const isMarked = properties.has('IsManagementOs') || (properties.has('SwitchName') && properties.has('VMName'));
  const isAdapter = properties.has('VMName') && properties.has('MacAddress', 'IPAddresses');
  if (!isMarked && !isAdapter && !(isAsked && properties.has('SwitchName', 'MacAddress', 'IPAddresses'))) return null;
  // Get-VM | fl * has a VMName and a State; its adapters are a property of it.
  if (properties.has('State') && !properties.has('SwitchName', 'MacAddress')) return null;
  const addresses = properties.items('IPAddresses');
  const mac = properties.whole('MacAddress');
  const values = {
    vm: properties.text('VMName'),
    adapter: properties.text('Name'),
    switch: properties.whole('SwitchName'),
    mac:
      mac !== undefined && /^(?:[0-9A-Fa-f]{12}|(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2})$/.test(mac) ? mac : undefined,
    status: properties.single('Status'),
    addresses: addresses?.isCut === true ? undefined : addresses?.items.join(' '),
  };
  // Text right below a table looks like rows of it.
  const isManaged = properties.text('IsManagementOs');
  const isRow = isManaged === undefined || BOOLEANS.test(isManaged);
  const isAddressed = addresses === undefined || addresses.items.every((item) => ADDRESS.test(item));
  if (!isRow || !isAddressed || (mac !== undefined && mac !== '' && values.mac === undefined)) return null;
  if (!values.vm && !values.adapter) return null;
  return { ...found('vm-adapter', values, properties.object.lines), machine: hostOf(properties) };
}

/** Get-VMSwitch. */
export function switchOf(properties: Properties, answer: Answer): Found | null {
  const name = properties.text('Name');
  const type = properties.whole('SwitchType') ?? '';
  const known = SWITCH_TYPES[type] ?? (/^(?:External|Internal|Private)$/.test(type) ? type : undefined);
  const allow = properties.whole('AllowManagementOS') ?? '';
  const isMarked = known !== undefined || (properties.has('AllowManagementOS') && !properties.has('VMName'));
  if (!name || !(isMarked || answer.command === 'Get-VMSwitch')) return null;
  if (known === undefined && !BOOLEANS.test(allow) && properties.object.properties.size > 1) return null;
  const values = { name, type: known, allowManagementOs: BOOLEANS.test(allow) ? allow : undefined };
  return { ...found('vm-switch', values, properties.object.lines), machine: hostOf(properties) };
}

/** ComputerName is the host that answers. */
function hostOf(properties: Properties): string | undefined {
  const name = properties.whole('PSComputerName', 'ComputerName') ?? '';
  return /^[\w-][\w.-]{0,254}$/.test(name) && name !== 'localhost' ? name : undefined;
}
