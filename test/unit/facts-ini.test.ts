import { describe, expect, it } from 'vitest';
import { factsOf, utf16, valuesOf } from '../support/facts-of.js';

const INI = `; Build number 6.0.9319.000 - Keep this comment for diagnostic purpose
;;;;;;;; Common (topology-wide) parameters. ;;;;;;;;
[Common]
SIPDomains=contoso.example fabrikam.example
ServerName = CCEAD1
State=
[GateWay2]
FQDN=sbc1.cce.local
IP=192.0.2.30
ip=192.0.2.31
`;

describe('ini files', () => {
  it('tell which they are, their build, sections and keys', () => {
    const expected = [
      { about: 'ini-file', file: 'cloud-connector', name: 'a.ini', build: '6.0.9319.000' },
      { about: 'ini-section', file: 'cloud-connector', section: 'Common' },
      { about: 'ini-section', file: 'cloud-connector', section: 'GateWay2' },
      {
        about: 'ini-key',
        file: 'cloud-connector',
        section: 'Common',
        key: 'SIPDomains',
        value: 'contoso.example fabrikam.example',
      },
      { about: 'ini-key', file: 'cloud-connector', section: 'Common', key: 'ServerName', value: 'CCEAD1' },
      { about: 'ini-key', file: 'cloud-connector', section: 'Common', key: 'State', value: '' },
      { about: 'ini-key', file: 'cloud-connector', section: 'GateWay2', key: 'FQDN', value: 'sbc1.cce.local' },
      { about: 'ini-key', file: 'cloud-connector', section: 'GateWay2', key: 'ip', value: '192.0.2.31' },
    ];
    expect(valuesOf(INI, { path: 'x/a.ini', kind: 'config' })).toEqual(expected);
    expect(valuesOf(utf16(INI), { path: 'x\\a.ini', kind: 'config' })).toEqual(expected);
    expect(factsOf(INI, { kind: 'config' }).at(-1)).toMatchObject({ line: 10, text: 'ip=192.0.2.31', command: null });
  });

  it('shown in a console are read as the file that was asked for', () => {
    const text = `PS C:\\> Get-Content C:\\ProgramData\\CloudConnector\\ApplianceManager.ini
[Health]
HAHealthKeepRecover=3
PS C:\\> Get-Date
`;
    expect(factsOf(text)).toMatchObject([
      { values: { file: 'appliance-manager', name: 'ApplianceManager.ini' }, command: 'Get-Content' },
      { values: { section: 'Health' } },
      { values: { key: 'HAHealthKeepRecover', value: '3' }, line: 3 },
    ]);
  });

  it('are told by name where nothing else tells them, and the template describes no appliance', () => {
    const file = (path: string, text: string) => valuesOf(text, { path, kind: 'config' })[0]!['file'];
    expect(file('ProgramData/CloudConnector/module.ini', '[x]\na=1\n')).toBe('module');
    expect(file('ProgramData/CloudConnector/module (1).ini', '[x]\na=1\n')).toBe('module');
    expect(file('CceSevicePersistent', 'x=1\n')).toBe('service-persistent');
    expect(file('settings.txt', 'AutoMaintenanceStatus=3\n')).toBe('service-persistent');
    expect(file('VersionInfo.ini', '[x]\nVersion=2.1\n')).toBe('other');
    expect(file('CloudConnector.Sample.ini', INI)).toBe('other');
  });

  it('yield versions and folders of module.ini only where a key leaves no doubt', () => {
    const text =
      'RunningVersion=2.1.0\nBackupVersion=2.0.1\nVersion=1\nSiteDirectory=\\\\host\\SiteRoot\nModuleVersion=2.1.0\n';
    const found = valuesOf(text, { path: 'module.ini', kind: 'config' }).filter(
      ({ about }) => !about!.startsWith('ini-'),
    );
    expect(found).toEqual([
      { about: 'version', of: 'running', version: '2.1.0' },
      { about: 'version', of: 'backup', version: '2.0.1' },
      { about: 'directory', of: 'site', path: '\\\\host\\SiteRoot' },
    ]);
  });

  it('keep no value whose key is named like a secret', () => {
    const text = '[Common]\nVMAdminPassword=Pa55\nOMSWorkspaceKey=abc\nClientSecret=x\nSiteName=Seattle\n';
    expect(JSON.stringify(factsOf(text, { kind: 'config' }))).not.toMatch(/Pa55|abc|=x/);
  });

  it('keys of state files whose form is not known are found in XML and JSON', () => {
    const given = { path: 'ApplianceRoot/CceSevicePersistent', kind: 'other' as const };
    const expected = [{ about: 'ini-key', file: 'service-persistent', key: 'AutoMaintenanceStatus', value: '3' }];
    expect(valuesOf('<Root>\n <AutoMaintenanceStatus>3</AutoMaintenanceStatus>\n</Root>', given)).toEqual(expected);
    expect(valuesOf('{ "AutoMaintenanceStatus": 3 }', given)).toEqual(expected);
    expect(valuesOf('{ "AutoMaintenanceStatus": 3 }', { ...given, kind: 'config' })).toEqual(expected);
    expect(valuesOf('AutoMaintenanceStatus=3', given)).toMatchObject([{ about: 'ini-file' }, expected[0]!]);
  });
});
