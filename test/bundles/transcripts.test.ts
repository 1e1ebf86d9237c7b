/** What people paste and record: one transcript with sessions on the VMs, one table with the VMs of two hosts. */
import { describe, expect, test } from 'vitest';
import { appliance, firewallRule, ini, systemInfo, vmAdapters, vms } from '../fixtures/bundles/appliance.ts';
import { analyzed, states, writeBundle } from '../support/bundle-files.js';
import { desk } from '../support/run-ccelog.js';

const OF = appliance(1);

const transcript = (machine: string, text: string) => {
  const rule = '*'.repeat(22);
  const head = ['Windows PowerShell transcript start', 'Start time: 20180927100000', `Username: ${machine}\\admin`];
  const lines = [
    rule,
    ...head,
    `Machine: ${machine} (Microsoft Windows NT 6.3.9600.0)`,
    rule,
    ...text.split('\n'),
    rule,
  ];
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`, 'utf16le');
};

const session = (vm: string, asked: string) =>
  `PS C:\\> Enter-PSSession -ComputerName ${vm}\n[${vm}]: PS C:\\> ${asked}\n[${vm}]: PS C:\\> exit\n`;

const bundle = (text: string, machine = 'CCEHOST1') =>
  new Map([
    ['CloudConnector.ini', Buffer.from(ini(OF))],
    ['t.txt', transcript(machine, text)],
  ]);

describe.concurrent('a transcript', () => {
  test('of a host with sessions on its VMs shows what is wrong with each', async () => {
    const text = [
      vms(OF).replace(/^(CCEEDGE1-2\.1\.0 +)Running/m, '$1Off    '),
      vmAdapters(OF).replace(/(CCEMS1-2\.1\.0 +)SfB CCE Corpnet Switch/, '$1                      '),
      session('CCEMS1', firewallRule('CS RTCMEDSRV', 'False').slice('PS C:\\> '.length)),
      session('CCECMS1', `systeminfo\n${systemInfo('CCECMS1', 'WORKGROUP')}`),
    ];
    const place = desk();
    const { report } = await analyzed(place, [await writeBundle(place, 'b', bundle(text.join('\n')))]);
    expect(states(report)).toEqual([
      'deploy-domain-join-failed',
      'inbound-firewall-rule-disabled',
      'vm-not-on-switch',
      'vm-saved-or-stopped',
    ]);
    expect(new Set(report.incidents.map((incident) => incident.appliance))).toEqual(new Set(['CCEHOST1']));
    const joined = report.incidents.find(({ signature }) => signature === 'deploy-domain-join-failed');
    expect(joined?.evidence[0]?.excerpt).toMatch(/Domain: +WORKGROUP/);
  });

  test('with the VMs of two hosts in one table says whose VM it is', async () => {
    const rows = ['CCEHOST1     CCEMS1-2.1.0   Running', 'CCEHOST2     CCEMS2-1.4.2   Saved'];
    const head = ['ComputerName Name           State', '------------ ----           -----'];
    const text = [
      'PS C:\\> Get-VM -ComputerName CCEHOST1,CCEHOST2 | ft ComputerName,Name,State',
      '',
      ...head,
      ...rows,
      '',
    ];
    const place = desk();
    const path = await writeBundle(place, 'b', bundle(text.join('\n'), 'ADMINPC'));
    const { report } = await analyzed(place, [path]);
    expect(report.incidents.map(({ signature, appliance: of }) => [signature, of])).toEqual([
      ['vm-saved-or-stopped', 'CCEHOST2'],
    ]);
    for (const { versions, selected } of report.incidents[0]!.fixes)
      if (versions.startsWith('>=2')) expect(selected).toBe(false);
  });

  test('with VMs of another product on the host raises nothing of them', async () => {
    const others = ['DC01', 'FILESRV-DC', 'MS-Project'].map((name) => `${name.padEnd(20)} Off     0           0`);
    const place = desk();
    const text = `${vms(OF).trimEnd()}\n${others.join('\n')}\n\n`.replaceAll(/^CCEAD1.*\n/gm, '');
    const { report } = await analyzed(place, [await writeBundle(place, 'b', bundle(text))]);
    expect(states(report)).toEqual([]);
  });
});
