/** Services, firewall rules, Defender, .NET and the machine, as Windows' cmdlets and classes print them. */
import { OWN_SERVICE } from '../../facts.js';
import { type Answer, type Found, found } from './found.js';
import type { Properties } from './printed-object.js';

/** ServiceControllerStatus, as ConvertTo-Json writes it. */
const STATUS = ['', 'Stopped', 'StartPending', 'StopPending', 'Running', 'ContinuePending', 'PausePending', 'Paused'];
const STATUSES = new Set(STATUS.slice(1));
/** States of Win32_Service. */
const STATES = new Map(
  [...STATUS.slice(1), 'Start Pending', 'Stop Pending', 'Continue Pending', 'Pause Pending', 'Unknown'].map((state) => [
    state.toLowerCase(),
    state.replace(' ', ''),
  ]),
);
const START_MODES = new Map([
  ...(['auto', 'automatic', '2', 'automaticdelayedstart'] as const).map((mode) => [mode, 'Auto'] as const),
  ...(['manual', '3'] as const).map((mode) => [mode, 'Manual'] as const),
  ...(['disabled', '4'] as const).map((mode) => [mode, 'Disabled'] as const),
  ['boot', 'Boot'],
  ['system', 'System'],
]);
const SERVICE_ALONE = new Set([
  ...[
    'name',
    'status',
    'displayname',
    'starttype',
    'startmode',
    'state',
    'machinename',
    'pscomputername',
    'runspaceid',
  ],
  ...['psshowcomputername', 'servicename', 'activitylevel', 'rolename'],
]);

/** Where a table leaves the names out; those are of English Windows, and whole. */
const DISPLAY_NAMES = new Map(
  Object.entries({
    REPLICA: 'Replica Replicator Agent',
    MASTER: 'Master Replicator Agent',
    RTCSRV: 'Access Edge',
    RTCMEDSRV: 'Mediation',
    RTCDATAPROXY: 'Web Conferencing Edge',
    RTCMRAUTH: 'Audio/Video Authentication',
    RTCMEDIARELAY: 'Audio/Video Edge',
  }).map(([name, called]) => [`Skype for Business Server ${called}`, name]),
);

/** Get-Service, Get-CsWindowsService, Win32_Service. */
export function serviceOf(properties: Properties, answer: Answer): Found | null {
  const name = properties.text('Name', 'ServiceName') ?? DISPLAY_NAMES.get(properties.text('DisplayName') ?? '');
  if (name === undefined || !/^[^\s"<>|]{1,256}$/.test(name)) return null;
  const isClass = properties.has('State') && properties.has('StartMode', 'StartName', 'PathName', 'ExitCode');
  const text = (isClass ? properties.whole('State') : properties.whole('Status', 'State')) ?? '';
  const status = isClass ? STATES.get(text.toLowerCase()) : statusOf(text);
  const isMarked =
    isClass ||
    properties.has('ActivityLevel', 'RoleName', 'CanStop', 'CanPauseAndContinue', 'ServiceType', 'DependentServices');
  const isAsked =
    answer.command === 'Get-Service' ||
    answer.command === 'Get-CsWindowsService' ||
    /Win32_Service/i.test(answer.typed);
  const isAlone =
    (properties.has('Status') || OWN_SERVICE.test(name)) &&
    [...properties.object.properties.keys()].every((key) => SERVICE_ALONE.has(key));
  // A status that is none of a service's tells that it is something else; only a start mode may stand alone.
  if (status === undefined && !(text === '' && (isMarked || isAsked) && properties.has('StartType', 'StartMode')))
    return null;
  if (!isMarked && !isAsked && !isAlone) return null;
  const values = {
    name,
    displayName: properties.text('DisplayName', 'Caption'),
    status,
    startMode: START_MODES.get((properties.whole('StartMode', 'StartType') ?? '').toLowerCase()),
    account: properties.whole('StartName', 'UserName'),
    path: properties.whole('PathName', 'BinaryPathName'),
  };
  const machine = properties.whole('PSComputerName', 'SystemName', '__SERVER', 'MachineName', 'Node');
  return { ...found('service', values, properties.object.lines), machine: isOther(machine) ? machine : undefined };
}

function statusOf(text: string): string | undefined {
  if (/^[1-7]$/.test(text)) return STATUS[Number(text)];
  return STATUSES.has(text) ? text : undefined;
}

/** MachineName is a dot for the machine itself. */
function isOther(machine: string | undefined): boolean {
  return machine !== undefined && /^[\w-][\w.-]{0,254}$/.test(machine) && machine !== 'localhost';
}

/** Numbers of the enumerations in JSON: Enabled, Direction and Action of MSFT_NetFirewallRule. */
const ENABLED: Record<string, string> = { true: 'True', false: 'False', 1: 'True', 2: 'False' };
const DIRECTION: Record<string, string> = { inbound: 'Inbound', outbound: 'Outbound', 1: 'Inbound', 2: 'Outbound' };
const ACTION: Record<string, string> = { allow: 'Allow', block: 'Block', 2: 'Allow', 4: 'Block' };
const PROFILES: Record<string, string> = { 0: 'Any', 1: 'Domain', 2: 'Private', 4: 'Public' };

/** Get-NetFirewallRule; its display name, for that is what the product's rules are known by. */
export function firewallRuleOf(properties: Properties, answer: Answer): Found | null {
  const name = properties.text('DisplayName') || properties.text('Name', 'InstanceID');
  const enabled = ENABLED[(properties.whole('Enabled') ?? '').toLowerCase()];
  const direction = DIRECTION[(properties.whole('Direction') ?? '').toLowerCase()];
  const action = ACTION[(properties.whole('Action') ?? '').toLowerCase()];
  const isMarked = [enabled, direction, action].filter((value) => value !== undefined).length >= 2;
  if (!name || enabled === undefined || !(isMarked || answer.command === 'Get-NetFirewallRule')) return null;
  const profile = properties.whole('Profile', 'Profiles');
  const values = { name, enabled, direction, action, profile: PROFILES[profile ?? ''] ?? profile };
  return found('firewall-rule', values, properties.object.lines);
}

/** Get-MpPreference. Exclusions that may not be seen show as a sentence that begins with N/A. */
export function defenderOf(properties: Properties): Found | null {
  const isThere = properties.has('ExclusionPath', 'ExclusionProcess');
  if (!isThere && !properties.has('DisableRealtimeMonitoring')) return null;
  const off = properties.whole('DisableRealtimeMonitoring');
  // Text right below a table looks like rows of it.
  if (off !== undefined && off !== '' && !/^(?:True|False)$/i.test(off)) return null;
  const isHidden = /^\{?N\/A\b/i.test(properties.text('ExclusionPath', 'ExclusionProcess') ?? '');
  const paths = isHidden ? undefined : properties.items('ExclusionPath');
  const processes = isHidden ? undefined : properties.items('ExclusionProcess');
  const isCut = paths?.isCut === true || processes?.isCut === true;
  const values = {
    paths: paths?.items.join('|'),
    processes: processes?.items.join('|'),
    realtimeOff: off === '' ? undefined : off,
    isCut: isThere && !isHidden ? yesNo(isCut) : undefined,
    hidden: isThere ? yesNo(isHidden) : undefined,
  };
  return found('defender', values, properties.object.lines);
}

/** Get-ItemProperty of the key NDP\v4\Full: its number is in decimal there. */
export function dotnetOf(properties: Properties, answer: Answer): Found | null {
  const release = properties.whole('Release') ?? '';
  const isKey = /NDP\\v4/i.test(properties.text('PSPath', 'PSParentPath', 'PSChildName') ?? '');
  const isMarked = isKey || properties.has('TargetVersion') || /NET Framework Setup|NDP\\v4/i.test(answer.typed);
  if (!/^[3-9]\d{5}$/.test(release) || !isMarked) return null;
  return found('dotnet', { release }, properties.object.lines);
}

/** Win32_ComputerSystem, Win32_OperatingSystem and Get-ComputerInfo. */
export function machineOf(properties: Properties, answer: Answer): Found | null {
  const isSystem =
    properties.has('Domain') &&
    (/^\d{6,}$/.test(properties.whole('TotalPhysicalMemory') ?? '') ||
      /^(?:True|False)$/i.test(properties.whole('PartOfDomain') ?? '') ||
      (/Win32_ComputerSystem/i.test(answer.typed) && properties.has('Name')));
  const isInfo = properties.has('CsName') && properties.has('OsVersion', 'CsDomain', 'OsName');
  const isOs =
    properties.has('BuildNumber') && (properties.has('SystemDirectory') || /Win32_OperatingSystem/i.test(answer.typed));
  if (!isSystem && !isInfo && !isOs) return null;
  const os = properties.whole('OsVersion', 'Version') ?? '';
  const values = {
    name: isSystem ? properties.whole('Name') : properties.whole('CsName', 'CSName', 'PSComputerName'),
    os: /^\d{1,2}\.\d\.\d{4,5}/.exec(os)?.[0],
    domain: properties.whole('CsDomain', 'Domain'),
    timeZone: properties.whole('TimeZone'),
  };
  const isNamed = values.name === undefined ? values.os !== undefined : /^[\w-]{1,63}$/.test(values.name);
  return !isNamed ? null : { ...found('machine', values, properties.object.lines), machine: values.name };
}

/** As the values of a fact say it. */
export function yesNo(value: boolean): string {
  return value ? 'yes' : 'no';
}
