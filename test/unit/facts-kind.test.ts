import { describe, expect, it } from 'vitest';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { kindByName } from '../../src/parsers/facts/index.js';
import { kindOf } from '../../src/parsers/kind.js';
import { IPCONFIG_WORDS, ipconfigAll, SYSTEMINFO } from '../support/console-samples.js';
import { utf16 } from '../support/facts-of.js';

const kind = (content: string | Buffer) => {
  const bytes = Buffer.from(content);
  return kindOf(bytes, detectEncoding(bytes)).kind;
};
const DASHES = '-'.repeat(70);

describe('the kind of a source', () => {
  it('is command output for tools of the console in any language', () => {
    for (const words of Object.values(IPCONFIG_WORDS)) expect(kind(ipconfigAll(words))).toBe('command-output');
    for (const text of Object.values(SYSTEMINFO)) {
      expect(kind(text)).toBe('command-output');
      expect(kind(utf16(text))).toBe('command-output');
    }
    expect(kind('SERVICE_NAME: X\n        STATE              : 4  RUNNING\n')).toBe('command-output');
    expect(kind(`Regelname:    CS RTCSRV\n${DASHES}\nAktiviert:    Ja\n`)).toBe('command-output');
    expect(kind('Name     State    StartMode\r\nREPLICA  Running  Auto\r\n')).toBe('command-output');
  });

  it('is command output for registry exports, CSV, JSON and CLIXML of objects that are known', () => {
    const key = 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full';
    expect(kind(`Windows Registry Editor Version 5.00\n\n[${key}]\n"Release"=dword:0006040e\n`)).toBe('command-output');
    expect(kind('#TYPE X\n"Name","State","Uptime"\n"CCEMS1","Off","00:00:00"\n')).toBe('command-output');
    expect(kind('[{"Name":"REPLICA","Status":4,"CanStop":true}]\n')).toBe('command-output');
    expect(kind('{\n  "Name": "REPLICA",\n  "Status": 4,\n  "CanStop": true\n}\n')).toBe('command-output');
  });

  it('stays what it was for everything else', () => {
    expect(kind('nothing in particular\n2.1.0\n')).toBe('other');
    expect(kind('[Common]\nState=\n')).toBe('config');
    expect(kind('[Gateway {1}]\nIP=192.0.2.31\n')).toBe('config');
    expect(kind('PS C:\\> hostname\nCCEHOST1\n')).toBe('console');
    expect(kind('{ "a": 1 }')).toBe('other');
    expect(kind('<Objs Version="1.1.0.1"><Obj><Props><SS N="Password">0100</SS></Props></Obj></Objs>')).toBe('other');
  });

  it('is told by the name where the content says nothing', () => {
    expect(kindByName('x/CCEHOST1_Get-CcVersion.txt')).toBe('command-output');
    expect(kindByName('x/get_cc-running.txt')).toBeNull();
    expect(kindByName('root/CceSevicePersistent')).toBe('config');
    expect(kindByName('root/CceServicePersistent.xml')).toBe('config');
    expect(kindByName('SiteRoot/Site_ap.contoso.example')).toBe('config');
    expect(kindByName('notes.txt')).toBeNull();
    expect(kindByName('devmodule.py')).toBeNull();
  });
});
