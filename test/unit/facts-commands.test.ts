import { describe, expect, it } from 'vitest';
import { factsOf, utf16, valuesOf } from '../support/facts-of.js';
import { convertToJson, exportCsv, formatList, formatTable } from '../support/powershell-forms.js';

interface Command {
  command: string;
  names: string[];
  rows: string[][];
  /** Numbers, which tables align to the right. */
  isRight?: boolean[];
  expected: Record<string, string>[];
}

const COMMANDS: Command[] = [
  {
    command: 'Get-Service',
    names: ['Status', 'Name', 'DisplayName'],
    rows: [
      ['Running', 'REPLICA', 'Skype for Business Server Replica Replicator Agent'],
      ['StopPending', 'RTCMEDSRV', 'Skype for Business Server Mediation'],
    ],
    expected: [
      {
        about: 'service',
        name: 'REPLICA',
        displayName: 'Skype for Business Server Replica Replicator Agent',
        status: 'Running',
      },
      {
        about: 'service',
        name: 'RTCMEDSRV',
        displayName: 'Skype for Business Server Mediation',
        status: 'StopPending',
      },
    ],
  },
  {
    command: 'Get-CsWindowsService',
    names: ['Status', 'Name', 'ActivityLevel'],
    rows: [['Running', 'RTCMEDSRV', 'Concurrent Calls=0']],
    expected: [{ about: 'service', name: 'RTCMEDSRV', status: 'Running' }],
  },
  {
    command: 'Get-WmiObject Win32_Service',
    names: ['Name', 'State', 'StartMode', 'StartName', 'ProcessId'],
    rows: [['RTCSRV', 'Start Pending', 'Manual', 'NT AUTHORITY\\NetworkService', '12']],
    isRight: [false, false, false, false, true],
    expected: [
      {
        about: 'service',
        name: 'RTCSRV',
        status: 'StartPending',
        startMode: 'Manual',
        account: 'NT AUTHORITY\\NetworkService',
      },
    ],
  },
  {
    command: 'Get-VM',
    names: ['Name', 'State', 'CPUUsage(%)', 'MemoryAssigned(M)', 'Uptime', 'Status', 'Version'],
    rows: [
      ['CCEMS1-2.1.0', 'Saved', '0', '0', '00:00:00', 'Operating normally', '8.0'],
      ['CCEAD 1', 'Running', '12', '123456789012345678901', '2.15:30:45.1230000', '正常動作', '8.0'],
    ],
    isRight: [false, false, true, true],
    expected: [
      { about: 'vm', name: 'CCEMS1-2.1.0', state: 'Saved', uptime: '00:00:00' },
      { about: 'vm', name: 'CCEAD 1', state: 'Running', uptime: '2.15:30:45.1230000' },
    ],
  },
  {
    command: 'Get-VMNetworkAdapter *',
    names: ['Name', 'IsManagementOs', 'VMName', 'SwitchName', 'MacAddress', 'Status', 'IPAddresses'],
    rows: [
      ['Network Adapter', 'False', 'CCEMS1', 'SfB CCE Corpnet Switch', '00155D000411', '{Ok}', '{192.0.2.13, fe80::1}'],
      ['Network Adapter', 'False', 'CCEAD1', '', '00155D000412', '', '{}'],
    ],
    expected: [
      {
        about: 'vm-adapter',
        vm: 'CCEMS1',
        adapter: 'Network Adapter',
        switch: 'SfB CCE Corpnet Switch',
        mac: '00155D000411',
        status: 'Ok',
        addresses: '192.0.2.13 fe80::1',
      },
      {
        about: 'vm-adapter',
        vm: 'CCEAD1',
        adapter: 'Network Adapter',
        switch: '',
        mac: '00155D000412',
        status: '',
        addresses: '',
      },
    ],
  },
  {
    command: 'Get-VMSwitch',
    names: ['Name', 'SwitchType', 'AllowManagementOS'],
    rows: [['SfB CCE Internet Switch', 'External', 'False']],
    expected: [{ about: 'vm-switch', name: 'SfB CCE Internet Switch', type: 'External', allowManagementOs: 'False' }],
  },
  {
    command: 'Get-NetFirewallRule',
    names: ['DisplayName', 'Enabled', 'Profile', 'Direction', 'Action'],
    rows: [['CS RTCMEDSRV', 'False', 'Any', 'Inbound', 'Allow']],
    expected: [
      {
        about: 'firewall-rule',
        name: 'CS RTCMEDSRV',
        enabled: 'False',
        direction: 'Inbound',
        action: 'Allow',
        profile: 'Any',
      },
    ],
  },
  {
    command: 'Get-CsHybridPSTNAppliance',
    names: [
      'Identity',
      'Name',
      'MediationServerFqdn',
      'MediationServerIPAddress',
      'MaintenanceMode',
      'Status',
      'Error',
    ],
    rows: [['7af7dc1c', 'CCEHOST1', 'ccems1.cce.local', '192.0.2.13', 'True', 'Error', 'Port: 5061 is {closed}']],
    expected: [
      {
        about: 'pstn-appliance',
        id: '7af7dc1c',
        name: 'CCEHOST1',
        mediationFqdn: 'ccems1.cce.local',
        mediationAddress: '192.0.2.13',
        maintenance: 'True',
        status: 'Error',
        error: 'Port: 5061 is {closed}',
      },
    ],
  },
  {
    command: 'Get-MpPreference',
    names: ['DisableRealtimeMonitoring', 'ExclusionPath', 'ExclusionProcess'],
    rows: [['False', '{C:\\Program Files\\Microsoft Hyper-V, C:\\ProgramData\\CloudConnector}', '']],
    expected: [
      {
        about: 'defender',
        paths: 'C:\\Program Files\\Microsoft Hyper-V|C:\\ProgramData\\CloudConnector',
        processes: '',
        realtimeOff: 'False',
        isCut: 'no',
        hidden: 'no',
      },
    ],
  },
];

/** Only what names the command: its form is lost where a console cuts it. */
const cmdlet = (command: string) => command.split(' ')[0]!;

describe.each(COMMANDS)('$command', ({ command, names, rows, isRight, expected }) => {
  const asked = (lines: string[]) => ['PS C:\\> cls', `PS C:\\> ${command}`, ...lines, 'PS C:\\>'].join('\n');
  const forms: [string, string[]][] = [
    ...[80, 100, 120, 200].map((width): [string, string[]] => [
      `a list of ${width} columns`,
      formatList(names, rows, width),
    ]),
    ['a list that lost blanks', formatList(names, rows, 80, false)],
    ['a table', formatTable(names, rows, isRight)],
  ];
  // A label of a table, such as CPUUsage(%), is no property.
  const properties = names.map((name) => name.replace(/\(.*/, ''));
  const exports: [string, string[]][] = [
    ['CSV', exportCsv(properties, rows)],
    ['CSV of another culture', exportCsv(properties, rows, ';')],
    ['JSON', convertToJson(properties, rows)],
  ];

  it.each([...forms, ...exports])('is read as %s, in a console and in a file of either encoding', (_, lines) => {
    expect(valuesOf(asked(lines))).toEqual(expected);
    expect(factsOf(asked(lines))[0]!.command).toBe(cmdlet(command));
    const file = { path: `x/${cmdlet(command)}.txt`, kind: 'command-output' as const };
    expect(valuesOf(lines.join('\n'), file)).toEqual(expected);
    expect(valuesOf(utf16(lines.join('\n')), file)).toEqual(expected);
  });

  it.each([40, 60, 80, 100, 120])('says nothing else in a table of %i columns', (width) => {
    const found = valuesOf(asked(formatTable(names, rows, isRight, width)));
    for (const fact of found) {
      const { displayName: _, name, ...values } = fact;
      const stem = name?.replace(/\.\.\.$/, '') ?? '';
      expect(expected.some((one) => (one['name'] ?? '').startsWith(stem) && isPart(values, one))).toBe(true);
    }
  });
});

function isPart(values: Record<string, string>, whole: Record<string, string>): boolean {
  // A name may be cut, and what is known of a list is less in a narrow console.
  return Object.entries(values).every(
    ([name, value]) =>
      whole[name] === value ||
      value.endsWith('...') ||
      (name === 'isCut' && value === 'yes') ||
      whole[name]?.startsWith(value),
  );
}

describe('a console of cmd', () => {
  it('has prompts too', () => {
    const text =
      'C:\\Windows\\system32>hostname\r\nCCEHOST1\r\n\r\nC:\\>sc \\\\CCEMS1 query REPLICA\r\n\r\nSERVICE_NAME: REPLICA\r\n        STATE              : 4  RUNNING\r\n';
    expect(factsOf(text)).toMatchObject([
      { about: 'machine', values: { name: 'CCEHOST1' } },
      { about: 'service', values: { name: 'REPLICA', status: 'Running' }, machine: 'CCEMS1' },
    ]);
  });
});
