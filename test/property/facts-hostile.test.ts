import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FACT_KINDS, FACT_VALUES, type Fact } from '../../src/facts.js';
import type { SourceKind } from '../../src/model.js';
import { FactReader } from '../../src/parsers/facts/index.js';
import { IPCONFIG_WORDS, ipconfigAll, SYSTEMINFO } from '../support/console-samples.js';
import { factsOf, utf16 } from '../support/facts-of.js';

const KINDS: SourceKind[] = ['config', 'command-output', 'console', 'other'];
const PATHS = [
  'x.txt',
  'module.ini',
  'Get-CcVersion.txt',
  'get-vm.txt',
  'CceSevicePersistent',
  'CloudConnector.ini',
  'Get-CcApplianceStatus.log.txt',
];

/** Lines of everything that is known, to be put in any order. */
const PIECES = [
  ...ipconfigAll(IPCONFIG_WORDS['en']!).split('\n'),
  ...ipconfigAll(IPCONFIG_WORDS['ja']!).split('\n'),
  ...SYSTEMINFO['de']!.split('\n'),
  ...[
    'Status   Name               DisplayName',
    '------   ----               -----------',
    'Running  REPLICA            Skype',
  ],
  ...['Name         State   Uptime', '----         -----   ------', 'CCEMS1-2.1.0 Off     00:00:00', '', '', ''],
  ...['Name      : RTCSRV', 'Status    : Running', 'CanStop   : True', '            more', 'PSComputerName : CCEMS1'],
  ...[
    '#TYPE X',
    '"Name","State","Uptime"',
    '"CCEMS1","Off","0"',
    '"open',
    '[',
    '{',
    '"Name": "x",',
    '"Status": 4',
    '}',
    ']',
    '{"Name":"x","State":3,"Uptime":""}',
  ],
  ...['<Objs Version="1">', '<Obj RefId="0">', '<Props><S N="Name">x</S>', '</Props></Obj>', '</Objs>', '<SS N="a">'],
  ...[
    'SERVICE_NAME: X',
    '        STATE              : 4  RUNNING',
    `Rule Name:   CS RTCSRV`,
    '-'.repeat(70),
    'Enabled:   Yes',
  ],
  ...[
    '[Common]',
    'State=',
    'SIPDomains=a b',
    '; Build number 6.0.9319.1 - x',
    'AdminPassword=x',
    '"AutoMaintenanceStatus": 3',
  ],
  ...['[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\NET Framework Setup\\NDP\\v4\\Full]', '"Release"=dword:0006040e'],
  ...[
    'My "Personal"',
    '================ Certificate 0 ================',
    'Issuer: CN=x',
    ' NotAfter: 5/31/2016 5:37 PM',
    'Subject: CN=y',
  ],
  ...['Cert Hash(sha1): 00112233445566778899aabbccddeeff00112233', 'Name=X', 'State=Running', 'StartMode=Auto'],
  ...[
    'PS C:\\> Get-CcVersion',
    '2.1.0',
    'PS C:\\>',
    '[CCEMS1]: PS C:\\> Get-CcRunningVersion',
    'PS C:\\> ipconfig',
    '>> | fl',
    'C:\\>hostname',
  ],
  ...[
    'PS C:\\> Get-CcApplianceStatus',
    'PS C:\\> Get-CcCredential',
    'PS C:\\> type a.ini',
    'CCEHOST1',
    '*'.repeat(22),
    'Machine: CCEHOST1 (Microsoft Windows NT 6.3.9600.0)',
  ],
  ...['Start time: 20180907104037', 'Get-Service : failed', 'WARNING: x', 'PS>TerminatingError(x): "y"'],
];
const LINE = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...PIECES) },
  fc.string({ maxLength: 80 }),
  fc.string({ unit: 'binary', maxLength: 40 }),
);
const TEXT = fc.array(LINE, { maxLength: 60 }).map((lines) => lines.map((line) => line.replace(/[\n\r]/g, ' ')));
const GIVEN = fc.record({ path: fc.constantFrom(...PATHS), kind: fc.constantFrom(...KINDS) });

function isInPlace(fact: Fact, bytes: Buffer, encoding: BufferEncoding): void {
  expect(FACT_KINDS).toContain(fact.about);
  const known: readonly string[] = FACT_VALUES[fact.about];
  for (const name of Object.keys(fact.values)) expect(known).toContain(name);
  expect(fact.byteStart).toBeLessThanOrEqual(fact.byteEnd);
  expect(fact.byteEnd).toBeLessThanOrEqual(bytes.length);
  const before = bytes.subarray(0, fact.byteStart).toString(encoding);
  expect(fact.line).toBe(before.split('\n').length);
}

describe('any lines', () => {
  it('yield facts that stand where they say, in whatever portions they come', () => {
    fc.assert(
      fc.property(TEXT, GIVEN, fc.integer({ min: 1, max: 200 }), fc.boolean(), (lines, given, piece, isWide) => {
        const text = lines.join('\n').replaceAll('\0', '');
        const bytes = isWide ? utf16(text) : Buffer.from(text);
        const facts = factsOf(bytes, { ...given, piece });
        expect(facts).toEqual(factsOf(bytes, { ...given, piece: 1 << 20 }));
        for (const fact of facts) isInPlace(fact, bytes, isWide ? 'utf16le' : 'utf8');
      }),
      { numRuns: 500 },
    );
  });

  it('yield the same facts whatever junk stands before the prompt', () => {
    const known = `PS C:\\> ipconfig /all\n${ipconfigAll(IPCONFIG_WORDS['de']!)}PS C:\\> Get-CcVersion\n2.1.0\nPS C:\\>\n`;
    const certain = (facts: Fact[]) => facts.map(({ about, values, command }) => ({ about, values, command }));
    const expected = certain(factsOf(known));
    // A credential's output hides what comes until the next prompt, which is the first line here.
    fc.assert(
      fc.property(TEXT, (lines) => {
        const facts = certain(factsOf([...lines, known].join('\n')));
        expect(facts.slice(-expected.length)).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

const HOSTILE: Record<string, (size: number) => string[]> = {
  'a list without end': (size) => Array.from({ length: size }, () => 'Name : x'),
  'a value without end': (size) => ['Name : x', ...Array.from({ length: size }, () => '       more and more')],
  'a table without end': (size) => [
    'Name State Uptime',
    '---- ----- ------',
    ...Array.from({ length: size }, () => '          x'),
  ],
  dashes: (size) => Array.from({ length: size }, () => `${'- '.repeat(50)}-`),
  'colons and dots': (size) => Array.from({ length: size }, () => `   ${'. '.repeat(40)}: ${':'.repeat(40)}`),
  brackets: (size) => ['[', ...Array.from({ length: size }, () => '[{"a":[{'.repeat(8))],
  tags: (size) => ['<Objs>', ...Array.from({ length: size }, () => '<Obj N="a"><LST>'.repeat(5))],
  quotes: (size) => ['#TYPE X', '"Name","State"', ...Array.from({ length: size }, () => '"a",""b'.repeat(9))],
  pairs: (size) => Array.from({ length: size }, (_, at) => `Key${at}=value`),
  prompts: (size) => Array.from({ length: size }, () => 'PS C:\\> Get-CcRunningVersion'),
  'typed lines without end': (size) => [
    'PS C:\\> x',
    ...Array.from({ length: size }, () => '>> Get-VM | Get-VMNetworkAdapter'),
  ],
  'rules of transcripts': (size) => Array.from({ length: size }, (_, at) => (at % 3 ? 'x' : '*'.repeat(22))),
  'an ini without end': (size) => Array.from({ length: size }, (_, at) => (at % 2 ? `[Section${at}]` : `Key${at}=x`)),
  'addresses of one adapter': (size) => [
    'Ethernet adapter x:',
    ...Array.from({ length: size }, () => '   IPv4 . . . . : 192.0.2.1'),
  ],
  'blank lines of an object': (size) => ['{', '<Objs><Obj>', ...Array.from({ length: size }, () => '')],
  blanks: (size) => Array.from({ length: size }, () => ' '.repeat(100)),
};

function secondsFor(lines: string[], kind: SourceKind): number {
  const reader = new FactReader({ path: 'CloudConnector.ini', kind });
  const start = process.cpuUsage();
  for (const [index, text] of lines.entries())
    reader.push({ text, number: index + 1, byteStart: index, byteEnd: index + 1 });
  reader.end();
  return process.cpuUsage(start).user / 1e6;
}

describe('hostile text', () => {
  for (const [name, lines] of Object.entries(HOSTILE)) {
    it(`${name} takes time in proportion to its size`, { timeout: 60_000 }, () => {
      for (const kind of ['console', 'config'] as const) {
        secondsFor(lines(3_000), kind);
        const [small, large] = [secondsFor(lines(3_000), kind), secondsFor(lines(24_000), kind)];
        expect(large).toBeLessThan(Math.max(small, 0.02) * 8 * 4);
      }
    });
  }

  it('one line of any length takes little time', { timeout: 60_000 }, () => {
    const long = [
      'a : ',
      '. ',
      'Name   State   ',
      '"a",',
      '{"a":',
      '<Obj>',
      '-- ',
      ' ',
      '[x]',
      'x=',
      '>',
      'C:\\',
      '1.2.3.4',
      'PS C:\\> ',
    ];
    for (const piece of long) {
      const text = piece.repeat(Math.floor((1 << 20) / piece.length));
      for (const kind of ['console', 'config'] as const)
        expect(secondsFor([text, text, `PS C:\\> ${text}`], kind)).toBeLessThan(2);
    }
  });
});
