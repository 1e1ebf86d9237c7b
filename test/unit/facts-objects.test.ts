import { describe, expect, it } from 'vitest';
import { factsOf, utf16, valuesOf } from '../support/facts-of.js';

const SERVICES = `PS C:\\> Get-Service

Status   Name               DisplayName
------   ----               -----------
Running  REPLICA            Skype for Business Server Replica R...
Stopped  RTCMRAUTH          Skype for Business Server Audio/Vid...


PS C:\\>
`;

describe('services', () => {
  it('are read from the table of Get-Service', () => {
    expect(valuesOf(SERVICES)).toEqual([
      { about: 'service', name: 'REPLICA', displayName: 'Skype for Business Server Replica R...', status: 'Running' },
      { about: 'service', name: 'RTCMRAUTH', displayName: 'Skype for Business Server Audio/Vid...', status: 'Stopped' },
    ]);
    const [first] = factsOf(SERVICES);
    expect(first).toMatchObject({ command: 'Get-Service', machine: null, line: 5 });
    expect(Buffer.from(SERVICES).subarray(first!.byteStart, first!.byteEnd).toString().trim()).toBe(first!.text);
  });

  it('are read from UTF-16 with the same lines', () => {
    const [, second] = factsOf(utf16(SERVICES));
    expect(second).toMatchObject({ about: 'service', line: 6, values: { name: 'RTCMRAUTH' } });
    expect(utf16(SERVICES).subarray(second!.byteStart, second!.byteEnd).toString('utf16le').trim()).toBe(second!.text);
  });

  it('are read from lists, and name the machine that remoting adds', () => {
    const text = `
Name                : RTCSRV
DisplayName         : Skype for Business Server Access Edge
Status              : Running
DependentServices   : {}
ServicesDependedOn  : {RPCSS, HTTP}
CanPauseAndContinue : False
CanShutdown         : False
CanStop             : True
ServiceType         : Win32OwnProcess
PSComputerName      : CCEEDGE1

`;
    const [fact] = factsOf(text, { kind: 'command-output' });
    expect(fact).toMatchObject({ about: 'service', machine: 'CCEEDGE1', command: null });
    expect(fact!.values).toEqual({
      name: 'RTCSRV',
      displayName: 'Skype for Business Server Access Edge',
      status: 'Running',
    });
  });

  it('of Win32_Service have a start mode, an account and a path; OK is no status', () => {
    const text = `PS C:\\> Get-WmiObject Win32_Service | fl Name,State,Status,StartMode,StartName,PathName
Name      : CceService
State     : Stopped
Status    : OK
StartMode : Auto
StartName : .\\CceService
PathName  : "C:\\Program Files\\Skype for Business Cloud Connector
            Edition\\ManagementService\\Microsoft.Rtc.CCE.ManagementService.exe"
`;
    expect(valuesOf(text)).toEqual([
      {
        about: 'service',
        name: 'CceService',
        status: 'Stopped',
        startMode: 'Auto',
        account: '.\\CceService',
        path: '"C:\\Program Files\\Skype for Business Cloud Connector Edition\\ManagementService\\Microsoft.Rtc.CCE.ManagementService.exe"',
      },
    ]);
  });
});

const VMS = `Name           State   CPUUsage(%) MemoryAssigned(M) Uptime           Status
----           -----   ----------- ----------------- ------           ------
CCEMS1-2.1.0   Saved             0                 0 00:00:00         Operating normally
CCE CMS-2.1.0  Running         100             12288 2.15:30:45       Fonctionnement normal
`;

describe('services without names', () => {
  it('are known by their display names, where these are whole', () => {
    const text = `DisplayName                          Status
-----------                          ------
Skype for Business Server Mediation Stopped
Skype for Business Server Repli...  Stopped
Windows Update                      Stopped
`;
    expect(valuesOf(text)).toMatchObject([{ about: 'service', name: 'RTCMEDSRV', status: 'Stopped' }]);
  });
});

describe('virtual machines', () => {
  it('are read from the table of Get-VM with right-aligned numbers', () => {
    expect(valuesOf(VMS, { path: 'host/get-vm.txt', kind: 'command-output' })).toEqual([
      { about: 'vm', name: 'CCEMS1-2.1.0', state: 'Saved', uptime: '00:00:00' },
      { about: 'vm', name: 'CCE CMS-2.1.0', state: 'Running', uptime: '2.15:30:45' },
    ]);
    expect(factsOf(VMS, { path: 'host/get-vm.txt' })[0]!.command).toBe('Get-VM');
  });

  it('are not taken for services, nor services for them', () => {
    expect(valuesOf('Name   State\n----   -----\nX      Running\n')).toEqual([]);
    // Nothing else is called so.
    const service = [{ about: 'service', name: 'REPLICA', status: 'Running' }];
    expect(valuesOf('Name    State\n----    -----\nREPLICA Running\n')).toEqual(service);
    expect(valuesOf('[{"Name":"REPLICA","State":"Running"}]\n')).toEqual(service);
    expect(valuesOf('Name   State\n----   -----\nX      Running\n', { path: 'get-vm.txt' })).toMatchObject([
      { about: 'vm' },
    ]);
  });
});

describe('versions', () => {
  it('are bare answers between prompts', () => {
    const text = `PS C:\\> Get-CcVersion
2.1.0
PS C:\\> Get-CcRunningVersion

PS C:\\> Get-CcVersion -VersionType RunningBits
2.0.1
PS C:\\> Get-CcSiteDirectory
\\\\CCEHOST1\\SiteRoot
PS C:\\> Get-CcRunningVersion
`;
    expect(valuesOf(text)).toEqual([
      { about: 'version', of: 'scripts', version: '2.1.0' },
      { about: 'version', of: 'running', version: '' },
      { about: 'version', of: 'bits', version: '2.0.1' },
      { about: 'directory', of: 'site', path: '\\\\CCEHOST1\\SiteRoot' },
    ]);
  });

  it('are not empty where the command failed, was piped elsewhere or is the last thing that is seen', () => {
    const failed = `PS C:\\> Get-CcRunningVersion
Get-CcRunningVersion : The term 'Get-CcRunningVersion' is not recognized as the name of a cmdlet
At line:1 char:1
PS C:\\> Get-CcRunningVersion > version.txt
PS C:\\> $version = Get-CcRunningVersion
PS C:\\> Get-CcRunningVersion`;
    expect(valuesOf(failed)).toEqual([]);
  });

  it('are read from a file that is named after the command', () => {
    expect(valuesOf('1.4.2\r\n', { path: 'a/Get-CcVersion.txt', kind: 'other' })).toEqual([
      { about: 'version', of: 'scripts', version: '1.4.2' },
    ]);
    expect(factsOf(utf16('\n\n'), { path: 'get-ccrunningversion.txt', kind: 'other' })).toMatchObject([
      { about: 'version', values: { of: 'running', version: '' }, line: 1, byteStart: 0, byteEnd: 10 },
    ]);
  });
});
