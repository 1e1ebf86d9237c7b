import { describe, expect, it, test } from 'vitest';
import { loadPack } from '../../src/detectors/pack/load.js';
import { alsoPattern, foundBy } from '../../src/redaction/also.js';
import { restoreNames } from '../../src/redaction/map.js';
import { isOrdinary } from '../../src/redaction/ordinary-words.js';
import { type KnownValue, Redaction } from '../../src/redaction/redaction.js';

const redaction = (also: string[] = []) => new Redaction({ key: null, kept: [], also: also.map(alsoPattern) });
const redact = (text: string, known: KnownValue[] = []) => redaction().redact({ text }, known).text;

describe('names are recognised', () => {
  it.each([
    ['Logon failed for the user cceadmin@contoso.example. Please', 'Logon failed for the user user-1@tenant-1. Please'],
    [
      'admin@contoso.onmicrosoft.com and CONTOSO\\Administrator',
      'user-1@tenant-1.onmicrosoft.com and tenant-1\\Administrator',
    ],
    ['sip:anna.maier@contoso.example;gruu', 'sip:user-1@tenant-1;gruu'],
    ['sip:ccems1.cce.local@contoso.example', 'sip:host-1.domain-1@tenant-1'],
    ['sip:+14255550123@contoso.example;user=phone', 'sip:phone-1@tenant-1;user=phone'],
    ['user KUCHENAD\\hmaier has no rights', 'user org-1\\user-1 has no rights'],
    ['Access denied for KUCHENAD\\svc-cce', 'Access denied for org-1\\user-1'],
    ['the account kuchenad\\hmaier is locked', 'the account org-1\\user-1 is locked'],
    ['KWHOST01\\Administrator is no member', 'org-1\\Administrator is no member'],
    ['From: "Hans Maierhofer" <sip:hans@kuchenwelt.example>', 'From: "user-1" <sip:user-2@tenant-1>'],
    ['Registered Owner: Hans Maier\r\nx', 'Registered Owner: user-1\r\nx'],
    [
      'Benutzername: KUCHENAD\\hmaier\r\nOrdinateur : KW7\r\n',
      'Benutzername: org-1\\user-1\r\nOrdinateur : host-1\r\n',
    ],
    ['"C:\\Users\\Hans Maier" is gone', '"C:\\Users\\user-1" is gone'],
    ['PS C:\\Users\\Hans Maier> Get-Date', 'PS C:\\Users\\user-1> Get-Date'],
    ['USERPROFILE=C:\\Users\\Hans Maier\r\n', 'USERPROFILE=C:\\Users\\user-1\r\n'],
    [
      'D:\\Profiles\\hmaier\\x and \\\\KWFS\\users$\\jwinkl\\x',
      'D:\\Profiles\\user-1\\x and \\\\host-1\\users$\\user-2\\x',
    ],
    ['cannot reach \\\\KWFILES, nor \\\\?\\UNC\\KWBACKUP\\x', 'cannot reach \\\\host-1, nor \\\\?\\UNC\\host-2\\x'],
    ['SID S-1-5-83-1-1234567890-1234567-123456-12345', 'SID sid-1'],
    ['7af7dc1c-1111-4abc-8def-0000000000ff, 7AF7DC1C11114ABC8DEF0000000000FF', 'guid-1, guid-1'],
    ['VM KWMS07-2.1.0 is saved', 'VM host-1-2.1.0 is saved'],
    ['remote server kwhost01 failed', 'remote server host-1 failed'],
    ['-ComputerName KWMSA,"KWMSB", KWMSC -Verbose', '-ComputerName host-1,"host-2", host-3 -Verbose'],
    ['LDAP://DC=backstube,DC=local, cn=hans maier,ou=vertrieb', 'LDAP://DC=org-1,DC=local, cn=certificate-1,ou=org-2'],
    ['O="Kuchenwelt Backwaren", C=AT', 'O="org-1", C=AT'],
    ['thumbprint "12 34 56 78 90 ab cd ef 12 34 56 78 90 ab cd ef 12 34 56 78"', 'thumbprint "certificate-1"'],
    ['<sip:0043512555017@192.0.2.9> and <sip:hmaier@192.0.2.9>', '<sip:phone-1@ip-1> and <sip:user-1@ip-1>'],
    ['Call from 0512 5550177 failed', 'Call from phone-1 failed'],
    ['user=hans@contoso.example, E=hans@contoso.example', 'user=user-1@tenant-1, E=user-1@tenant-1'],
    ['City=Zwentendorf\r\nState=Niederfeld\r\n', 'City=place-1\r\nState=place-2\r\n'],
    ['OrganizationUnit=Tele Nord\r\nx', 'OrganizationUnit=org-1\r\nx'],
    ['WSUSServer=http://wsus1:8530', 'WSUSServer=http://host-1:8530'],
    ['IP: 2.0.1.4, 2.0.1.5:5061, gateway 2.0.1.6', 'IP: ip-1, ip-2:5061, gateway ip-3'],
    [
      `powershell -enc ${Buffer.from('Connect-CsOnline anna@contoso.example', 'utf16le').toString('base64')}`,
      'powershell -enc redacted-1',
    ],
    ['anna.leitner@contoso.example is Anna Leitner', 'user-1@tenant-1 is Anna user-2'],
    ['x?share=%5C%5CKWFILES%5CSiteRoot', 'x?share=%5C%5Chost-1%5CSiteRoot'],
    ['KWMS\\RTCLOCAL is full, instance RTCLOCAL', 'org-1\\RTCLOCAL is full, instance RTCLOCAL'],
    ['Cannot reach ccems1.cce.local, CCEMS1 is down', 'Cannot reach host-1.domain-1, host-1 is down'],
    ['GET https://sbc7.fabrikam.example:5061/x', 'GET https://host-1.tenant-1:5061/x'],
    ['a record for sip.contoso.example and contoso.example', 'a record for sip.tenant-1 and tenant-1'],
    ['\\\\FILESRV9\\SiteRoot is gone; FILESRV9', '\\\\host-1\\SiteRoot is gone; host-1'],
    ['192.0.2.31:5067 refused 192.0.2.3, not 192.0.2.31', 'ip-1:5067 refused ip-2, not ip-1'],
    ['from 2001:db8::14 to fe80::215:5dff:fe00:1%3', 'from ip-1 to ip-2%3'],
    ['MAC 00-15-5D-01-02-03 is 00:15:5d:01:02:03, 00155D010203', 'MAC mac-1 is mac-1, mac-1'],
    ['owner S-1-5-21-1004336348-1177238915-682003330-512', 'owner sid-1'],
    ['Tenant 7af7dc1c-1111-4abc-8def-000000000002 is gone', 'Tenant guid-1 is gone'],
    ['{7AF7DC1C-1111-4ABC-8DEF-000000000002}', '{guid-1}'],
    ['call to +1 (425) 555-0100, tel:+14255550100', 'call to phone-1, tel:phone-1'],
    ['caller 004989123456 hung up', 'caller phone-1 hung up'],
    ['C:\\Users\\anna m\\x.ps1 and C:\\Users\\anna m', 'C:\\Users\\user-1\\x.ps1 and C:\\Users\\user-1'],
    ['"C:\\\\Documents and Settings\\\\hmaier\\\\x"', '"C:\\\\Documents and Settings\\\\user-1\\\\x"'],
    ['/home/hmaier/logs', '/home/user-1/logs'],
    [
      'Username: CONTOSO\\hmaier\r\nMachine: SRVA01 (Microsoft',
      'Username: org-1\\user-1\r\nMachine: host-1 (Microsoft',
    ],
    ['[CCEMS1]: PS C:\\> Get-Service', '[host-1]: PS C:\\> Get-Service'],
    [
      'CN=ap.contoso.example, OU=Telephony Munich, O=Contoso Ltd, L=Muenchen, C=DE',
      'CN=host-1.tenant-1, OU=org-1, O=org-2, L=place-1, C=DE',
    ],
    ['SiteName=Main\r\nthe main site', 'SiteName=site-1\r\nthe main site'],
    ['john%40contoso.example is john@contoso.example', 'user-1@tenant-1 is user-1@tenant-1'],
    ['JOHN@Contoso.Example is john@contoso.example', 'user-1@tenant-1 is user-1@tenant-1'],
    ['ＣＣＥＭＳ１ at ccems1.cce.local', 'host-1 at host-1.domain-1'],
    [
      '{"user":"CONTOSO\\\\hmaier","upn":"hmaier@contoso.example"}',
      '{"user":"org-1\\\\user-1","upn":"user-1@tenant-1"}',
    ],
  ])('%s', (text, expected) => {
    expect(redact(text)).toBe(expected);
  });

  it('over the end of a console line, which stays', () => {
    const line = 'Unexpected exception: Logon failed for the user cceadmin@contoso.exa';
    expect(redact(`${line}\r\nmple. Please`)).toBe(
      'Unexpected exception: Logon failed for the user user-1@tenant-1\r\n. Please',
    );
    const known: KnownValue[] = [{ kind: 'host', value: 'CCEHOST1' }];
    expect(redact('conflicts with CC\nEHOST1 or CCEHO\nST1', known)).toBe('conflicts with host-1\n or host-1\n');
  });

  it('that only context tells, at the bounds of words', () => {
    const known: KnownValue[] = [
      { kind: 'appliance', value: 'Seattle1' },
      { kind: 'site', value: 'New York' },
      { kind: 'site', value: 'Edge' },
    ];
    expect(redact('SEATTLE1_get-vm.txt: Seattle12, new  york, the edge of New\nYork', known)).toBe(
      'appliance-1_get-vm.txt: Seattle12, site-1, the edge of site-1\n',
    );
    const report = redaction().redact({ appliance: 'Edge', text: 'Edge is down' }, known);
    expect(report).toEqual({ appliance: 'appliance-1', text: 'Edge is down' });
  });
});

test('machines that folders and files are called after are names, in texts too', () => {
  const path = 'case 12/KWHOST01/x.zip!/SRV-MS07/get-vm_KWMS07.txt';
  const report = { sources: [{ path }], text: 'KWMS07 and srv-ms07 are off' };
  expect(redaction().redact(report)).toEqual({
    sources: [{ path: 'case 12/host-1/x.zip!/host-2/get-vm_host-3.txt' }],
    text: 'host-3 and host-2 are off',
  });
  const plain = { path: 'SR1234567/WAVE3/UTF16/KB4103723/SP2/BACKUP2018/LOGS/v2.1.0/Site1/EVENT01.log' };
  expect(redaction().redact(plain)).toEqual(plain);
});

test('a suggestion names its site and appliance, though they are called like a word', () => {
  const suggests = 'Of the 2 appliances of site Main this fault is not on all alike, so look at Edge itself first.';
  const incident = { id: 'a', fingerprint: 'v1:b', entities: {}, appliance: 'Edge', site: 'Main', suggests };
  expect(redaction().redact({ incidents: [incident] }).incidents[0]).toMatchObject({
    appliance: 'appliance-1',
    suggests: expect.stringMatching(/of site site-1 this .* look at appliance-1 itself/),
  });
});

describe('what identifies nobody stays', () => {
  it.each([
    'System.Management.Automation.CmdletInvocationException: System.Net.Sockets.SocketException',
    'Microsoft.Rtc.CCE.ManagementService.Detection.DetectionLoop.RunOnce(CancellationToken token)',
    'running 2.0.1.4, update from 2.0.1.4 to 2.1.0.0: CceService 2.0.1.4 started',
    'Windows Server SP1, server R2, VM v2, Windows Server KB4103723',
    'HKLM\\SOFTWARE and SYSTEM\\CurrentControlSet, ROOT\\cimv2, WINDOWS\\system32, IIS APPPOOL\\x, LOCALHOST\\SQL',
    'IIS and NET\\Framework, LOGS\\x.log, DOMAIN\\user, NT VIRTUAL MACHINE\\Virtual Machines, NT-AUTORITÄT\\SYSTEM',
    'VORDEFINIERT\\Administratoren AUTORITE NT\\Système',
    'S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464',
    'DisplayName : Skype for Business Server Mediation',
    'PKI\\certificates; CERT:\\LocalMachine\\My; the server is down, the server has 12 files, server port5061',
    'CLSID\\x, NTDS\\Parameters, BOOT\\BCD, the instance RTC\\RTCLOCAL',
    'the server build9319, the VM snapshot1',
    'version 2.1.0.0, Version=4.0.0.0, 6.0.9319.419, 10.0.14393.0, 2.0.1',
    'CceManagementService.log, MtHostCommon.ps1:681, CloudConnector.ini, x.sh',
    'sipfed.online.lync.com, login.microsoftonline.com, https://docs.microsoft.com/x',
    '2018-09-07T10:40:37.3875187Z 10:40:37 UTC+0100',
    '[System.Net.ServicePointManager]::Add [Convert]::FromBase64String ASP.NET',
    '127.0.0.1, 0.0.0.0, 255.255.255.0, 169.254.10.20, ::1',
    '{00000000-0000-0000-0000-000000000000} S-1-5-18 BUILTIN\\Administrators NT AUTHORITY\\SYSTEM',
    'Stop-CsWindowsService Get-CcRunningVersion RTCMRAUTH RTCSRV MediationServer EdgeServer',
    "The virtual switch 'Cloud Connector Management Switch' cannot be deleted",
    "'SfB CCE Corpnet Switch'",
    'C:\\Program Files\\WindowsPowerShell\\Modules\\CloudConnector\\Internal\\MtHostCommon.ps1',
    'C:\\Users\\Administrator\\CloudConnector and C:\\Users\\Public',
    'HKLM\\SOFTWARE\\Microsoft\\NET Framework Setup, folder\\file',
    'failed.No gateway specified.It is. e.g. this. Error code = 0xc1550115',
    'PublicKeyToken=b77a5c561934e089, FullyQualifiedErrorId : InvalidParameter,Microsoft.HyperV.PowerShell.Commands.RemoveVMSwitch',
    'SiteName=Site1, ServerName=, State=Running, 4280, 100000000000',
    'Subject: CN=Microsoft Root Certificate Authority, O=Microsoft Corporation',
  ])('%s', (text) => {
    expect(redact(text)).toBe(text);
  });

  test('so do the words of all signatures', async () => {
    const { signatures } = await loadPack([]);
    const words = signatures.flatMap(({ title, cause, versionUnknown, fixes, question }) =>
      [
        title,
        cause,
        versionUnknown,
        question?.text ?? '',
        ...fixes.flatMap(({ steps }) => steps.map(({ text }) => text)),
      ]
        .join(' ')
        .split(/[^\p{L}]+/u),
    );
    const unknown = new Set(words.filter((word) => /^[a-z]{3,14}$/.test(word) && !isOrdinary(word)));
    expect([...unknown].filter((word) => !['contoso', 'fabrikam'].includes(word))).toEqual([]);
  });
});

describe('pseudonyms', () => {
  const text = 'anna@contoso.example on CCEMS1 (ccems1.cce.local), bert@contoso.example on 192.0.2.7';
  const keyed = (key: string, words = text) =>
    new Redaction({ key: Buffer.from(key), kept: [], also: [] }).redact({ text: words }).text;

  it('are the same with the same key, in whatever order, and others with another', () => {
    const first = keyed('a key that is long enough');
    const user = /user-[0-9a-f]{8}(?=@tenant-[0-9a-f]{8} on host)/.exec(first)?.[0] as string;
    expect(keyed('a key that is long enough', 'only anna@contoso.example')).toContain(`only ${user}@`);
    expect(keyed('another key that is long enough')).not.toContain(user);
  });

  it('are no plain digest of the name', async () => {
    const { createHash } = await import('node:crypto');
    const output = keyed('a key that is long enough');
    for (const name of ['anna', 'contoso.example', 'ccems1', 'CCEMS1', 'cce.local', '192.0.2.7'])
      for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512'])
        expect(output).not.toContain(createHash(algorithm).update(name).digest('hex').slice(0, 8));
  });

  it('go on with a map, which gives the text back', () => {
    const first = redaction();
    const output = first.redact({ text }).text;
    expect(restoreNames(output, first.names())).toBe(text.replace('CCEMS1', 'ccems1'));
    const next = new Redaction({ key: null, kept: first.names(), also: [] });
    expect(next.redact({ text: 'zoe@contoso.example and bert@contoso.example' }).text).toBe(
      'user-3@tenant-1 and user-2@tenant-1',
    );
    expect(next.names()).toEqual(expect.arrayContaining(first.names().filter(({ kind }) => kind === 'user')));
  });

  it('are no words that the text has already', () => {
    expect(redact('host-1 and user-1 speak of anna@contoso.example on ccems1.cce.local')).toBe(
      'host-1 and user-1 speak of user-2@tenant-1 on host-2.domain-1',
    );
  });

  it('keep distinct names distinct', () => {
    const names = Array.from({ length: 400 }, (_, index) => `u${index}x@d${index % 20}y.example`);
    const output = redact(names.join('\n')).split('\n');
    expect(new Set(output).size).toBe(400);
  });
});

describe('fingerprints and ids', () => {
  const incident = {
    id: 'aaaaaaaaaaaa',
    fingerprint: 'v1:0123456789abcdef01234567',
    signature: 's',
    entities: { user: 'anna@contoso.example' },
  };

  it('are replaced where names went into them, for a plain digest would confirm a guess', () => {
    const redacted = redaction().redact({
      incidents: [incident, { ...incident, id: 'bbbbbbbbbbbb', entities: {}, symptomOf: incident.id }],
    });
    expect(redacted.incidents[0]).toMatchObject({ id: '000000000001', fingerprint: 'v1:000000000000000000000001' });
    expect(redacted.incidents[1]).toMatchObject({ id: 'bbbbbbbbbbbb', symptomOf: '000000000001' });
  });
});

describe('--redact-also', () => {
  it('takes words and regular expressions', () => {
    expect(redaction(['PRJ-\\d+', 'Blue Whale']).redact({ text: 'prj-17 of blue whale, PRJ-17' }).text).toBe(
      'redacted-1 of redacted-2, redacted-1',
    );
  });

  it('ends where a pattern would take for ever', () => {
    const endless = () => foundBy(alsoPattern('(a+)+$'), [`${'a'.repeat(60)}!`], 50);
    expect(endless).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });

  it('is content with what the format writes itself, such as quotes and digits', () => {
    const made = redaction(['"', '\\d']);
    const clean = made.redact({ text: 'a "b" of 7' });
    expect(made.residues(JSON.stringify(clean), '{"text":"","n":7}')).toEqual([]);
  });

  it('takes names as short as one character', () => {
    expect(redaction(['Ω', 'X7']).redact({ text: 'Ω and x7 on AX75' }).text).toBe('redacted-1 and redacted-2 on AX75');
  });

  it.each([
    ['a(b', 'character 2'],
    ['[z-a]', 'character 1'],
    ['x*', 'empty'],
  ])('says where %s is wrong', (pattern, where) => {
    expect(() => alsoPattern(pattern)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
    try {
      alsoPattern(pattern);
    } catch (error) {
      expect((error as { details: { why: string } }).details.why).toContain(where);
    }
  });
});

describe('the self-check', () => {
  const check = (output: string, own = '') => {
    const made = redaction();
    made.redact({
      text: 'anna.maier@contoso.example, CCEMS1 at ccems1.cce.local, C:\\Users\\jörg\\x, CONTOSO\\hmaier, \\\\FILESRV9\\x',
    });
    return made.residues(output, own);
  };

  it.each([
    'CCEMS1',
    'ccems1',
    'x\nCCE\nMS1 y',
    'anna.maier%40contoso.example',
    'anna.maier&#64;contoso&#46;example',
    'anna\\.maier@contoso\\.example',
    '"C:\\\\Users\\\\j\\u00f6rg"',
    'J%C3%B6rg',
    'jo\u0308rg',
    'con toso.exam ple',
    'file:///x/FILESRV9',
    'CONTOSO\\\\hmaier',
    'ＣＣＥＭＳ１',
    'c\u200bcems1',
    '\x1b[1mCC\x1b[0mEMS1',
  ])('finds %j', (output) => {
    expect(check(`fine\n${output}`)).not.toEqual([]);
  });

  it('finds a name wherever a large output is cut to be looked through', () => {
    for (let at = (1 << 20) - 6; at <= (1 << 20) + 6; at += 6)
      expect(check(`${'x '.repeat(at / 2).padEnd(at, '\n')} CCEMS1 ${'y '.repeat(9000)}`), `${at}`).toHaveLength(1);
    const long = `${'a\n'.repeat(700_000)}CCEMS1`;
    expect(check(long)).toEqual([{ kind: 'host', line: 700_001 }]);
    expect(check(`${'CCEMS12'.repeat(200_000)}`)).toEqual([]);
  });

  it('costs little, however many names begin alike', () => {
    const made = redaction();
    const texts = Array.from(
      { length: 3000 },
      (_, n) => `Cannot reach ccehost-munich-${n}.contoso.local, 10.20.${n >> 8}.${n & 255}`,
    );
    const output = JSON.stringify(made.redact({ texts }).texts.map((text) => text.repeat(4)));
    const began = performance.now();
    expect(made.residues(output)).toEqual([]);
    expect(performance.now() - began).toBeLessThan(3000);
  });

  it('tells kind and line, and not the name', () => {
    expect(check('one\ntwo CCEMS1')).toEqual([{ kind: 'host', line: 2 }]);
  });

  it('is content with what is redacted, and with what a format says itself', () => {
    expect(check('user-1@tenant-1, host-1 at host-1.domain-1')).toEqual([]);
    expect(check('Math.maier', 'Math.maier')).toEqual([]);
  });
});

test('what the signatures say holds no name', async () => {
  const { signatures } = await loadPack([]);
  const texts = signatures.flatMap(({ title, cause, versionUnknown, fixes }) => [
    ...[title, cause, versionUnknown],
    ...fixes.flatMap(({ title: name, steps }) => [
      name,
      ...steps.flatMap(({ text, command }) => [text, command ?? '']),
    ]),
  ]);
  // Placeholders stand where an administrator puts names; the names of examples are names.
  const own = texts.filter((text) => !/contoso|fabrikam|192\.0\.2|City=|<[A-Z]|\.local\b/i.test(text));
  const output = redaction().redact({ texts: own }).texts;
  expect(output.filter((text, index) => text !== own[index])).toEqual([]);
});
