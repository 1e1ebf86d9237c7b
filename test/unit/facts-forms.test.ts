import { describe, expect, it } from 'vitest';
import { factsOf, utf16, valuesOf } from '../support/facts-of.js';

describe('lists', () => {
  it('may have lost the blanks before their colons in a page or a mail', () => {
    const text = `Name : REPLICA
DisplayName : Skype for Business Server Replica Replicator Agent
Status : Stopped

Name : RTCMEDSRV
Status : Running
DisplayName : Skype for Business Server Mediation
`;
    expect(valuesOf(text)).toMatchObject([
      { about: 'service', name: 'REPLICA', status: 'Stopped' },
      { about: 'service', name: 'RTCMEDSRV', status: 'Running' },
    ]);
  });
});

describe('tables', () => {
  it('may be padded by characters although they have wide ones', () => {
    const text = `Name           State   CPUUsage(%) Uptime   Status
----           -----   ----------- ------   ------
仮想マシン CCEMS1   Saved             0 00:00:00 正常動作
CCECMS1        Running           5 00:00:01 正常動作
`;
    expect(valuesOf(text)).toEqual([
      { about: 'vm', name: '仮想マシン CCEMS1', state: 'Saved', uptime: '00:00:00' },
      { about: 'vm', name: 'CCECMS1', state: 'Running', uptime: '00:00:01' },
    ]);
  });

  it('go on in further lines with -Wrap, and an empty cell is no such line', () => {
    const text = `PS C:\\> Get-VMNetworkAdapter * | ft -Wrap
Name     IsManagementOs VMName SwitchName MacAddress   Status IPAddresses
----     -------------- ------ ---------- ----------   ------ -----------
Network  False          CCEMS1 SfB CCE    00155D000411 {Ok}   {192.0.2.13,
Adapter                        Corpnet                        fe80::1}
                               Switch
Network  False          CCEAD1            00155D000412        {}
Adapter
`;
    expect(valuesOf(text)).toEqual([
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
    ]);
    expect(factsOf(text)[0]!.line).toBe(4);
  });

  it('lose columns and ends of values in a narrow console', () => {
    const text = `PS C:\\> Get-VMNetworkAdapter -VMName *

Name            IsManagementOs VMName SwitchName             MacAddress   Status IPAddresses
----            -------------- ------ ----------             ----------   ------ -----------
Network Adapter False          CCEMS1 SfB CCE Corpnet Swi... 00155D000411 {Ok}   {192.0.2.13, f...
Network Adapter False          CCEAD1                        00155D000412 {Ok}   {192.0.2.11}


PS C:\\> Get-VM

Name         State
----         -----
CCEMS1-2.1.0 Off
`;
    expect(valuesOf(text)).toEqual([
      { about: 'vm-adapter', vm: 'CCEMS1', adapter: 'Network Adapter', mac: '00155D000411', status: 'Ok' },
      {
        about: 'vm-adapter',
        vm: 'CCEAD1',
        adapter: 'Network Adapter',
        switch: '',
        mac: '00155D000412',
        status: 'Ok',
        addresses: '192.0.2.11',
      },
      { about: 'vm', name: 'CCEMS1-2.1.0', state: 'Off' },
    ]);
  });

  it('are over where other text stands below them', () => {
    const junk = 'Some text right below the table, with 12 words, that has nothing to do with it at all: {a, b}\n```\n';
    const tables = [
      'Name            IsManagementOs VMName SwitchName             MacAddress   Status IPAddresses',
      'Identity Name EdgeFQDN EnableAutoUpdate',
      'Identity Name MediationServerFqdn MediationServerIPAddress MaintenanceMode',
      'Identity Fqdn AccessProxyExternalFqdn',
      'DisableRealtimeMonitoring ExclusionPath ExclusionProcess',
      'Status   Name               DisplayName',
      'Name State CPUUsage(%) Uptime',
      'Name SwitchType AllowManagementOS',
      'DisplayName Enabled Direction Action',
      'Thumbprint Subject',
      'Name Domain PrimaryOwnerName',
    ];
    for (const header of tables) {
      const ruler = header.replace(/\S/g, '-');
      expect(valuesOf(`${header}\n${ruler}\n${junk}`)).toEqual([]);
    }
  });

  it('have a folder in common', () => {
    const text = `PS C:\\> dir Cert:\\LocalMachine\\My

   PSParentPath: Microsoft.PowerShell.Security\\Certificate::LocalMachine\\My

Thumbprint                                Subject
----------                                -------
00112233445566778899AABBCCDDEEFF00112233  CN=ap.contoso.example, O=Con...
`;
    expect(valuesOf(text)).toEqual([
      { about: 'certificate', thumbprint: '00112233445566778899AABBCCDDEEFF00112233', store: 'My' },
    ]);
  });

  it('end with errors among them, which are no rows', () => {
    const text = `[CCEEDGE1]: PS C:\\> Get-CsWindowsService
Get-CsWindowsService : Something failed
    + CategoryInfo          : NotSpecified: (:) [Get-CsWindowsService], Exception

Status   Name            ActivityLevel
------   ----            -------------
Running  REPLICA
Stopped  RTCMRAUTH       Concurrent Calls=0
[CCEEDGE1]: PS C:\\> exit
PS C:\\> hostname
CCEHOST1
`;
    expect(factsOf(text).map(({ values, machine }) => ({ ...values, machine }))).toEqual([
      { name: 'REPLICA', status: 'Running', machine: 'CCEEDGE1' },
      { name: 'RTCMRAUTH', status: 'Stopped', machine: 'CCEEDGE1' },
      { name: 'CCEHOST1', machine: 'CCEHOST1' },
    ]);
  });
});

describe('the forms of one object', () => {
  const site = {
    about: 'pstn-site',
    name: 'Seattle',
    edgeFqdn: 'ap.contoso.example',
    autoUpdate: 'True',
    bitsWindow: 'Night',
    osWindow: 'Night',
  };
  it('a site as list, CSV, JSON and CLIXML', () => {
    const list = `RunspaceId               : 00000000-0000-4000-8000-000000000001
Identity                 : Seattle
EdgeFQDN                 : ap.contoso.example
Index                    : 1
EnableAutoUpdate         : True
LastTopologyUpdateTime   : 8/30/2018 11:39:09 AM
BitsUpdateTimeWindowList : {Night}
OsUpdateTimeWindowList   : {Night}
`;
    expect(valuesOf(list)).toEqual([site]);
    expect(valuesOf(utf16(list))).toEqual([site]);
    const csv = `#TYPE Deserialized.X
"Identity";"EdgeFQDN";"EnableAutoUpdate";"BitsUpdateTimeWindowList";"OsUpdateTimeWindow"
"Seattle";"ap.contoso.example";"True";"System.Collections.Generic.List\`1[System.String]";"Night"
`;
    const { bitsWindow: _, ...withoutBits } = site;
    expect(valuesOf(csv)).toEqual([withoutBits]);
    const json = `[
    {
        "Identity":  "Seattle",
        "EdgeFQDN":  "ap.contoso.example",
        "EnableAutoUpdate":  true,
        "BitsUpdateTimeWindowList":  [
                                         "Night"
                                     ],
        "OsUpdateTimeWindowList":  ["Night"]
    }
]
`;
    expect(valuesOf(json)).toEqual([site]);
    expect(factsOf(json)[0]).toMatchObject({ line: 2 });
    const clixml = `<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04">
  <Obj RefId="0"><TN RefId="0"><T>Deserialized.X</T></TN>
    <Props>
      <S N="Identity">Seattle</S>
      <S N="EdgeFQDN">ap.contoso.example</S>
      <B N="EnableAutoUpdate">true</B>
      <Obj N="BitsUpdateTimeWindowList" RefId="1"><TN RefId="1"><T>System.Object[]</T></TN><LST><S>Night</S></LST></Obj>
      <Obj N="OsUpdateTimeWindowList" RefId="2"><TNRef RefId="1" /><LST><S>Night</S></LST></Obj>
    </Props>
  </Obj>
</Objs>
`;
    expect(valuesOf(clixml)).toEqual([{ ...site, autoUpdate: 'True' }]);
  });

  it('an appliance and a mediation server, whose properties are inferred', () => {
    const text = `PS C:\\> Get-CsHybridPSTNAppliance
Identity                 : 7af7dc1c-0000-4000-8000-000000000002
Name                     : CCEHOST1
SiteName                 : Seattle
MediationServerFqdn      : ccems1.cce.local
MediationServerIPAddress : 192.0.2.13
MaintenanceMode          : False

PS C:\\> Get-CsHybridMediationServer -Identity x
Identity                : sip:ccems1.cce.local@contoso.example
Fqdn                    : ccems1.cce.local
AccessProxyExternalFqdn : ap.contoso.example
`;
    expect(valuesOf(text)).toEqual([
      {
        about: 'pstn-appliance',
        id: '7af7dc1c-0000-4000-8000-000000000002',
        name: 'CCEHOST1',
        site: 'Seattle',
        mediationFqdn: 'ccems1.cce.local',
        mediationAddress: '192.0.2.13',
        maintenance: 'False',
      },
      {
        about: 'hybrid-mediation-server',
        id: 'sip:ccems1.cce.local@contoso.example',
        fqdn: 'ccems1.cce.local',
        accessProxy: 'ap.contoso.example',
      },
    ]);
  });

  it('enumerations are numbers in JSON', () => {
    const text = `{ "Name": "RTCSRV", "Status": 1, "StartType": 3, "CanStop": false }
{ "Name": "CCEMS1", "State": 6, "Uptime": {} }
{ "Name": "SfB CCE Corpnet Switch", "SwitchType": 2, "AllowManagementOS": true }
{ "DisplayName": "CS RTCSRV", "Enabled": 2, "Direction": 1, "Action": 2, "Profile": 0 }
`;
    expect(valuesOf(text)).toEqual([
      { about: 'service', name: 'RTCSRV', status: 'Stopped', startMode: 'Manual' },
      { about: 'vm', name: 'CCEMS1', state: 'Saved' },
      { about: 'vm-switch', name: 'SfB CCE Corpnet Switch', type: 'External', allowManagementOs: 'True' },
      {
        about: 'firewall-rule',
        name: 'CS RTCSRV',
        enabled: 'False',
        direction: 'Inbound',
        action: 'Allow',
        profile: 'Any',
      },
    ]);
  });

  it('firewall rules go by their display name, Defender by its lists', () => {
    const text = `Name                  : {0000}
DisplayName           : CS RTCMEDSRV
Enabled               : False
Profile               : Domain, Private
Direction             : Inbound
Action                : Allow
Status                : Die Regel wurde analysiert

DisableRealtimeMonitoring : False
ExclusionPath             : {C:\\Program Files\\Microsoft Hyper-V, C:\\ProgramData\\CloudConnector, D:\\a, D:\\b...}
ExclusionProcess          :

DisableRealtimeMonitoring : True
ExclusionPath             : {N/A: Must be an administrator to view exclusions}
ExclusionProcess          : {N/A: Must be an administrator to view exclusions}
`;
    expect(valuesOf(text)).toEqual([
      {
        about: 'firewall-rule',
        name: 'CS RTCMEDSRV',
        enabled: 'False',
        direction: 'Inbound',
        action: 'Allow',
        profile: 'Domain, Private',
      },
      {
        about: 'defender',
        paths: 'C:\\Program Files\\Microsoft Hyper-V|C:\\ProgramData\\CloudConnector|D:\\a|D:\\b',
        processes: '',
        realtimeOff: 'False',
        isCut: 'yes',
        hidden: 'no',
      },
      { about: 'defender', realtimeOff: 'True', hidden: 'yes' },
    ]);
  });

  it('certificates as lists have times where they cannot be mistaken', () => {
    const text = `Subject      : CN=CCE Root
Issuer       : CN=CCE Root
Thumbprint   : 00112233445566778899aabbccddeeff00112233
FriendlyName :
NotBefore    : 5/31/2016 5:37:00 PM
NotAfter     : 5/6/2021 5:37:00 PM
DnsNameList  : {ap.contoso.example, sip.contoso.example}
PSParentPath : Microsoft.PowerShell.Security\\Certificate::LocalMachine\\Root
`;
    expect(valuesOf(text)).toEqual([
      {
        about: 'certificate',
        subject: 'CN=CCE Root',
        issuer: 'CN=CCE Root',
        notBefore: '2016-05-31T17:37:00',
        isSelfSigned: 'yes',
        thumbprint: '00112233445566778899AABBCCDDEEFF00112233',
        names: 'ap.contoso.example sip.contoso.example',
        store: 'Root',
      },
    ]);
  });
});

describe('consoles', () => {
  it('a transcript names the machine; remote prompts, Invoke-Command and PSComputerName name another', () => {
    const text = `**********************
Windows PowerShell transcript start
Start time: 20180907104037
Username: CCEHOST1\\Admin
Machine: CCEHOST1 (Microsoft Windows NT 6.3.9600.0)
**********************
Transcript started, output file is C:\\x.txt
PS C:\\> Get-CcVersion
2.1.0
PS C:\\> Invoke-Command -ComputerName CCEMS1 {Get-Service REPLICA}

Status   Name               DisplayName                            PSComputerName
------   ----               -----------                            --------------
Running  REPLICA            Replica                                CCEMS1.cce.local

[CCEEDGE1]: PS C:\\Users> gsv RTCSRV | select Name,Status

Name   Status
----   ------
RTCSRV Running

**********************
Windows PowerShell transcript end
End time: 20180907105037
**********************
`;
    expect(factsOf(text).map(({ about, machine, command }) => [about, machine, command])).toEqual([
      ['machine', 'CCEHOST1', null],
      ['version', 'CCEHOST1', 'Get-CcVersion'],
      ['service', 'CCEMS1.cce.local', 'Get-Service'],
      ['service', 'CCEEDGE1', 'Get-Service'],
    ]);
    expect(factsOf(text)[0]!.values).toEqual({ name: 'CCEHOST1', os: '6.3.9600' });
  });

  it('an empty answer between the frames of a transcript is empty', () => {
    const frame = '**********************\nCommand start time: 20180907104037\n**********************\n';
    const text = `${frame}PS C:\\> Get-CcRunningVersion\n\n${frame}PS C:\\> Get-CcVersion\n2.1.0\n${frame}PS C:\\> exit\n`;
    expect(valuesOf(text)).toEqual([
      { about: 'version', of: 'running', version: '' },
      { about: 'version', of: 'scripts', version: '2.1.0' },
    ]);
  });

  it('credentials yield nothing, whatever stands there', () => {
    const text = `PS C:\\> Get-CcCredential -AccountType VMAdmin -DisplayPassword
Name   Status
----   ------
RTCSRV Running

UserName : x
Password : Pa55word
PS C:\\> Get-CcVersion
2.1.0
`;
    expect(valuesOf(text)).toEqual([{ about: 'version', of: 'scripts', version: '2.1.0' }]);
    expect(factsOf(text, { path: 'Get-CcCredential.txt' })).toEqual([]);
  });

  it('the header of a transcript answers nothing, whatever the file is named after', () => {
    const text = `${'*'.repeat(22)}
Windows PowerShell transcript start
Start time: 20180907104037
Username: CCEHOST1\\Admin
Machine: CCEHOST1 (Microsoft Windows NT 6.3.9600.0)
${'*'.repeat(22)}
PS C:\\> Get-CcApplianceStatus
All is well
`;
    expect(valuesOf(text, { path: 'Get-CcApplianceStatus.txt' })).toEqual([
      { about: 'machine', name: 'CCEHOST1', os: '6.3.9600' },
      { about: 'appliance-status', value: 'All is well' },
    ]);
  });

  it('colours are no text', () => {
    const text =
      '\x1b[32;1mName   State   Uptime\x1b[0m\n\x1b[32;1m----   -----   ------\x1b[0m\nCCEMS1 Off     00:00:00\n';
    expect(valuesOf(text)).toEqual([{ about: 'vm', name: 'CCEMS1', state: 'Off', uptime: '00:00:00' }]);
  });

  it('each line of Get-CcApplianceStatus is a fact, but for secrets', () => {
    const text = `PS C:\\> Get-CcApplianceStatus
Appliance : CCEHOST1
MediationServer   Running
--------------------
All is well
AdminPassword: x
PS C:\\>`;
    expect(valuesOf(text)).toEqual([
      { about: 'appliance-status', name: 'Appliance', value: 'CCEHOST1' },
      { about: 'appliance-status', name: 'MediationServer', value: 'Running' },
      { about: 'appliance-status', value: 'All is well' },
    ]);
  });
});
