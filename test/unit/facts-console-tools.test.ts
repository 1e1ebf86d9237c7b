import { describe, expect, it } from 'vitest';
import { IPCONFIG_WORDS, ipconfigAll, SYSTEMINFO } from '../support/console-samples.js';
import { factsOf, utf16, valuesOf } from '../support/facts-of.js';

/** A byte of CP850 for each letter that has none in ASCII: what is left of a text that cmd redirected. */
const damaged = (text: string) => Buffer.from(text.replace(/[^\x00-\x7F]/g, '\x82'), 'latin1');

const COMMON = { about: 'ip-adapter', dhcp: 'no' };
const ADAPTERS = [
  { about: 'machine', name: 'CCEHOST1' },
  {
    ...COMMON,
    adapter: 'vEthernet (SfB CCE Corpnet Switch)',
    description: 'Hyper-V Virtual Ethernet Adapter',
    mac: '00-15-5D-00-04-11',
    address: '192.0.2.13',
    mask: '255.255.255.0',
    gateway: '192.0.2.1',
    dns: '192.0.2.11 192.0.2.12',
    duplicate: 'yes',
    automatic: 'no',
  },
  {
    ...COMMON,
    adapter: 'Ethernet 2',
    description: 'NIC',
    mac: '00-15-5D-00-04-12',
    address: '169.254.3.4',
    mask: '255.255.0.0',
    gateway: '',
    duplicate: 'no',
    automatic: 'yes',
  },
  { ...COMMON, adapter: 'Ethernet 3', description: 'NIC #3', mac: '00-15-5D-00-04-13', media: 'disconnected' },
];

describe('ipconfig /all', () => {
  for (const [language, words] of Object.entries(IPCONFIG_WORDS)) {
    it(`is read in ${language}, and tunnels are no adapters`, () => {
      expect(valuesOf(ipconfigAll(words))).toEqual(ADAPTERS);
      expect(valuesOf(utf16(ipconfigAll(words)), { path: 'ipconfig.txt', kind: 'command-output' })).toEqual(ADAPTERS);
    });

    it(`is read in ${language} with a damaged code page as far as words are not needed`, () => {
      const found = valuesOf(damaged(ipconfigAll(words)), { kind: 'other' });
      const certain = ({ adapter: _, duplicate: __, dhcp: ___, media: ____, ...rest }: Record<string, string>) => rest;
      const expected = ADAPTERS.map(certain);
      expect(found.map(certain)).toEqual(
        language === 'ja' ? expected.map((one) => expect.objectContaining(one)) : expected,
      );
      for (const [at, one] of found.entries())
        expect(ADAPTERS[at]).toMatchObject(language === 'ja' ? { about: one['about'] } : one);
    });
  }

  it('names the machine, the command and the lines of the adapter', () => {
    const text = `PS C:\\> ipconfig /all\n${ipconfigAll(IPCONFIG_WORDS['en']!)}PS C:\\> hostname\nCCEHOST1\nPS C:\\>`;
    const facts = factsOf(text);
    expect(facts[1]).toMatchObject({ machine: 'CCEHOST1', command: 'ipconfig', line: 8 });
    expect(facts[1]!.text.split('\n')[0]).toBe('Ethernet adapter vEthernet (SfB CCE Corpnet Switch):');
    expect(facts.at(-1)).toMatchObject({ about: 'machine', values: { name: 'CCEHOST1' }, command: 'hostname' });
  });
});

describe('systeminfo', () => {
  const machine = {
    about: 'machine',
    name: 'CCEHOST1',
    os: '6.3.9600',
    domain: 'WORKGROUP',
    boot: '2018-08-30T11:39:09',
    locale: 'en-us',
    timeZone: '(UTC-08:00) Pacific Time (US & Canada)',
  };
  for (const [language, text] of Object.entries(SYSTEMINFO)) {
    it(`is read in ${language}, damaged or not`, () => {
      expect(valuesOf(text)).toEqual([machine]);
      expect(valuesOf(damaged(text), { kind: 'other' })).toEqual([machine]);
    });
  }

  it('stands with the rows that prove it, and with no more', () => {
    const [fact] = factsOf(SYSTEMINFO['en']!);
    const labels = fact!.text.split('\n').map((line) => line.split(':')[0]);
    expect(labels).toEqual(['Host Name', 'OS Name', 'OS Version', 'System Boot Time', 'Domain']);
    const bytes = Buffer.from(SYSTEMINFO['en']!).subarray(fact!.byteStart, fact!.byteEnd).toString();
    expect(bytes).toMatch(/^Host Name:[\s\S]*Domain: +WORKGROUP\s*$/);
  });

  it('tells no boot time where day and month may be mistaken', () => {
    expect(valuesOf(SYSTEMINFO['en']!.replace('8/30/2018', '8/3/2018'))[0]).not.toHaveProperty('boot');
  });
});

describe('sc', () => {
  it('query and qc are read, in Spanish too', () => {
    const query = `
SERVICE_NAME: RTCSRV
DISPLAY_NAME: Skype for Business Server Access Edge
        TYPE               : 10  WIN32_OWN_PROCESS
        STATE              : 1  STOPPED
        WIN32_EXIT_CODE    : 0  (0x0)

NOMBRE_SERVICIO: REPLICA
        TIPO               : 10  WIN32_OWN_PROCESS
        ESTADO             : 4  RUNNING
`;
    expect(valuesOf(query)).toEqual([
      { about: 'service', name: 'RTCSRV', displayName: 'Skype for Business Server Access Edge', status: 'Stopped' },
      { about: 'service', name: 'REPLICA', status: 'Running' },
    ]);
    const config = `PS C:\\> sc.exe \\\\CCEMS1 qc RTCMEDSRV
[SC] QueryServiceConfig SUCCESS

SERVICE_NAME: RTCMEDSRV
        TYPE               : 10  WIN32_OWN_PROCESS
        START_TYPE         : 3   DEMAND_START
        BINARY_PATH_NAME   : "C:\\Program Files\\Skype for Business Server 2015\\Mediation Server\\MediationServerSvc.exe"
        DISPLAY_NAME       : Skype for Business Server Mediation
        DEPENDENCIES       :
        SERVICE_START_NAME : NT AUTHORITY\\NetworkService
PS C:\\>`;
    expect(factsOf(config)).toMatchObject([
      {
        machine: 'CCEMS1',
        command: 'sc',
        values: {
          name: 'RTCMEDSRV',
          displayName: 'Skype for Business Server Mediation',
          startMode: 'Manual',
          path: '"C:\\Program Files\\Skype for Business Server 2015\\Mediation Server\\MediationServerSvc.exe"',
          account: 'NT AUTHORITY\\NetworkService',
        },
      },
    ]);
  });
});

describe('netsh advfirewall', () => {
  const dashes = '-'.repeat(70);
  it('is read in English and German; a word that is not known is no value', () => {
    const english = `
Rule Name:                            CS RTCMEDSRV
${dashes}
Enabled:                              No
Direction:                            In
Profiles:                             Domain,Private,Public
Grouping:
LocalIP:                              Any
Edge traversal:                       No
Action:                               Allow
Ok.
`;
    const german = `
Regelname:                            CS RTCSRV
${dashes}
Aktiviert:                            Ja
Richtung:                             Hinein
Profile:                              Domäne
Gruppierung:
Aktion:                               Zulassen
`;
    expect(valuesOf(english + german)).toEqual([
      {
        about: 'firewall-rule',
        name: 'CS RTCMEDSRV',
        enabled: 'False',
        direction: 'Inbound',
        action: 'Allow',
        profile: 'Domain,Private,Public',
      },
      { about: 'firewall-rule', name: 'CS RTCSRV', enabled: 'True', action: 'Allow', profile: 'Domäne' },
    ]);
  });
});

describe('the release of .NET', () => {
  const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4';
  const found = [{ about: 'dotnet', release: '394254' }];
  it('is read from an export and from reg query, and only from its key', () => {
    const exported = `Windows Registry Editor Version 5.00\n\n[${key}\\Client]\n"Release"=dword:0005c733\n\n[${key}\\Full]\n"Install"=dword:00000001\n"Release"=dword:0006040e\n\n[${key}\\Full\\1033]\n"Release"=dword:0006040e\n`;
    expect(valuesOf(exported, { path: 'net.reg', kind: 'command-output' })).toEqual(found);
    expect(valuesOf(utf16(exported), { path: 'net.reg', kind: 'config' })).toEqual(found);
    expect(
      valuesOf(`\n${key}\\Full\n    Install    REG_DWORD    0x1\n    Release    REG_DWORD    0x6040e\n\n`),
    ).toEqual(found);
  });

  it('is read from what PowerShell shows of the key', () => {
    const item = `PS C:\\> Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full'
Install       : 1
Release       : 394254
TargetVersion : 4.0.0
PSPath        : Microsoft.PowerShell.Core\\Registry::${key}\\Full
PS C:\\> (Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full').Release
394254
PS C:\\>`;
    expect(valuesOf(item)).toEqual([...found, ...found]);
    const listing = `
    Hive: ${key}


Name                           Property
----                           --------
Client                         Release       : 378675
Full                           CBS           : 1
                               Release       : 394254
`;
    expect(valuesOf(listing)).toEqual(found);
  });
});

describe('certutil -store', () => {
  const block = (labels: string[], times: string[]) => `My "Personal"
================ ${labels[0]} 0 ================
${labels[1]}: 610000000f
${labels[2]}: CN=CCE Root, DC=cce, DC=local
 ${labels[3]}: ${times[0]}
 ${labels[4]}: ${times[1]}
${labels[5]}: CN=ap.contoso.example, O=Contoso
Non-root Certificate
Cert Hash(sha1): 00 11 22 33 44 55 66 77 88 99 aa bb cc dd ee ff 00 11 22 33
  Key Container = x
CertUtil: -store command completed successfully.
`;
  const certificate = {
    about: 'certificate',
    subject: 'CN=ap.contoso.example, O=Contoso',
    issuer: 'CN=CCE Root, DC=cce, DC=local',
    isSelfSigned: 'no',
    thumbprint: '00112233445566778899AABBCCDDEEFF00112233',
    store: 'My',
  };
  it('has local times, and none where day and month may be mistaken', () => {
    const english = ['Certificate', 'Serial Number', 'Issuer', 'NotBefore', 'NotAfter', 'Subject'];
    expect(valuesOf(block(english, ['5/31/2016 5:37 PM', '5/6/2018 5:37 PM']))).toEqual([
      { ...certificate, notBefore: '2016-05-31T17:37:00' },
    ]);
    const german = ['Zertifikat', 'Seriennummer', 'Aussteller', 'Nicht vor', 'Nicht nach', 'Antragsteller'];
    expect(valuesOf(block(german, ['31.05.2016 17:37', '06.05.2018 17:37']))).toEqual([
      { ...certificate, notBefore: '2016-05-31T17:37:00', notAfter: '2018-05-06T17:37:00' },
    ]);
  });
});

describe('wmic service', () => {
  it('is read as table, list and CSV', () => {
    const expected = { about: 'service', name: 'REPLICA', status: 'Running', startMode: 'Auto' };
    const table = 'Name      StartMode  State    \r\nREPLICA   Auto       Running  \r\n';
    expect(valuesOf(utf16(table.replaceAll('\r\n', '\r\n')), { path: 'wmic.txt', kind: 'other' })).toEqual([expected]);
    expect(valuesOf('\r\r\nName=REPLICA\r\r\nStartMode=Auto\r\r\nState=Running\r\r\n\r\r\n')).toEqual([expected]);
    expect(factsOf('\nNode,Name,StartMode,State\nCCEMS1,REPLICA,Auto,Running\n')).toMatchObject([
      { machine: 'CCEMS1', values: { name: 'REPLICA', status: 'Running' } },
    ]);
  });
});
