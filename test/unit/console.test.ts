import { describe, expect, it } from 'vitest';
import {
  type ConsoleRecord,
  ConsoleRecords,
  looksLikeConsole,
  readTranscriptHeader,
} from '../../src/parsers/console/index.js';

/** Parses lines of UTF-8 text with CRLF line ends. */
function parse(lines: string[]): ConsoleRecord[] {
  const records = new ConsoleRecords();
  const parsed: ConsoleRecord[] = [];
  let byteStart = 0;
  for (const [index, text] of lines.entries()) {
    const byteEnd = byteStart + Buffer.byteLength(text) + 2;
    parsed.push(...records.push({ text, number: index + 1, byteStart, byteEnd }));
    byteStart = byteEnd;
  }
  return [...parsed, ...records.end()];
}

/** "kind first-last", to see at a glance how lines were divided. */
function layout(lines: string[]): string[] {
  return parse(lines).map(({ kind, firstLine, lines }) => `${kind} ${firstLine}-${lines.at(-1)!.number}`);
}

const LABELS = [
  '    + CategoryInfo          : NotSpecified: (:) [], RuntimeException',
  '    + FullyQualifiedErrorId : RuntimeException',
];
const SWITCH_IN_USE = [
  "Remove-VMSwitch : Failed while removing virtual Ethernet switch. The virtual switch 'Cloud Connector Management",
  "Switch' cannot be deleted because it is being used by running virtual machines or assigned to child pools.",
  'At line:1 char:1',
  '+ Remove-VMSwitch "Cloud Connector Management Switch"',
  '+ ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~',
  ...LABELS,
];

describe('an error record', () => {
  it('goes from its cmdlet to its error id', () => {
    const [record, ...others] = parse(['Done.', ...SWITCH_IN_USE, '', 'More.']).filter(({ kind }) => kind === 'error');
    expect(others).toEqual([]);
    expect(record).toMatchObject({ firstLine: 2, byteStart: 7, raw: SWITCH_IN_USE.join('\n') });
    expect(record!.byteEnd).toBe(7 + Buffer.byteLength(`${SWITCH_IN_USE.join('\r\n')}\r\n`));
    expect(record!.text.split('\n')[0]).toBe(
      "Remove-VMSwitch : Failed while removing virtual Ethernet switch. The virtual switch 'Cloud Connector Management " +
        "Switch' cannot be deleted because it is being used by running virtual machines or assigned to child pools.",
    );
  });

  it.each([
    'ConvertTo-SecureString : Key not valid for use in specified state.',
    'Import-Module: The specified module "CloudConnector" was not loaded.',
    "For Each-Object : The property 'Common' cannot be found on this object.",
    "ForEach-Object : The property 'Common' cannot be found on this object.",
    'CloudConnector\\Renew-CcServerCertificate : It failed.',
    'Deploy.ps1 : It failed.',
    'C:\\Program Files\\Cloud Connector\\Deploy.ps1 : It failed.',
    'ConvertTo-SecureString : 指定された状態で使用するには無効なキーです。',
  ])('begins without a position line at %j', (line) => {
    expect(layout(['Starting', line, '', 'Next'])).toEqual(['text 1-1', 'error 2-2', 'text 4-4']);
  });

  it.each([
    'At line:1 char:27',
    'At C:\\x.ps1:681 char:14',
    'At \\\\server\\share\\x y.psm1:681 char:14',
    'In Zeile:1 Zeichen:46',
    'In C:\\x.ps1:681 Zeichen:14',
    'Au caractère Ligne:14 : 9',
    'Au caractère C:\\x.ps1:14 : 9',
    'En línea: 1 Carácter: 7',
    'En C:\\x.ps1: 1 Carácter: 7',
    'In riga:1 car:1',
    'No linha:1 caractere:1',
    'строка:1 знак:1',
    'C:\\x.ps1:1 знак:1',
    '発生場所 行:1 文字:4',
    '発生場所 C:\\x.ps1:1 文字:4',
    '所在位置 行:1 字符: 33',
    '位於 線路:1 字元:1',
  ])('of a throw begins with the paragraph before %j', (position) => {
    expect(layout(['Earlier', '', 'It is broken.', position, '+ throw "It is broken."', '', 'Later'])).toEqual([
      'text 1-1',
      'error 3-5',
      'text 7-7',
    ]);
    expect(looksLikeConsole([position])).toBe(true);
  });

  it('of a throw is told by a position line in an unknown language, because a + line follows', () => {
    expect(layout(['Det virker ikke.', 'På linje:1 tegn:7', '+ throw 1'])).toEqual(['error 1-3']);
    expect(layout(['Retries:3 Errors:5', 'Passed:1 Failed:2', 'done'])).toEqual(['text 1-3']);
  });

  it('of a remote session has no position line, and a label more', () => {
    const lines = [
      '[ccems1] Connecting to remote server ccems1 failed with the following error message : Access',
      'is denied.',
    ];
    const [record] = parse([...lines, ...LABELS, '    + PSComputerName        : ccems1', '', 'x']);
    expect(record).toMatchObject({ kind: 'error', firstLine: 1 });
    expect(record!.lines).toHaveLength(5);
    expect(record!.text).toMatch(/Access is denied\.\n/);
  });

  it('joins what a console cut in the middle of words', () => {
    const [record] = parse([
      'ConvertTo-SecureString : Key not valid for use in specified state.',
      'At line:1 char:27',
      '    + CategoryInfo          : InvalidArgument: (:) [ConvertTo-SecureString], CryptographicExceptio',
      '   n',
      '    + FullyQualifiedErrorId : ImportSecureString_InvalidArgument_CryptographicError,Microsoft.Powe',
      '   rShell.Commands.ConvertToSecureStringCommand',
      ' ',
    ]);
    expect(record!.text).toContain('[ConvertTo-SecureString], CryptographicException\n');
    expect(record!.text).toContain('Microsoft.PowerShell.Commands.ConvertToSecureStringCommand');
    expect(record!.lines).toHaveLength(6);
  });

  it('joins a message that was cut anywhere, and keeps the lines it had', () => {
    const [record] = parse([
      'Set-Item : The quick brown fox jumps ove',
      'r the lazy dog and then sleeps for a who',
      'le day.',
      'Parameter name: dog',
      'At C:\\Program Files\\WindowsPowerShell\\Mo',
      'dules\\CloudConnector\\Internal\\MtHostComm',
      'on.ps1:681 char:14',
      '+ Set-Item',
      ...LABELS.flatMap((label) => label.match(/.{1,40}/g)!),
    ]);
    expect(record!.text.split('\n')).toEqual([
      'Set-Item : The quick brown fox jumps over the lazy dog and then sleeps for a whole day.',
      'Parameter name: dog',
      'At C:\\Program Files\\WindowsPowerShell\\Modules\\CloudConnector\\Internal\\MtHostCommon.ps1:681 char:14',
      '+ Set-Item',
      ...LABELS,
    ]);
  });

  it('may have blank lines in its message when a position line or labels follow', () => {
    expect(layout(['Get-Item : First', '', 'Second', '', 'At line:1 char:1', '+ x', ...LABELS, '', 'x'])).toEqual([
      'error 1-8',
      'text 10-10',
    ]);
    const far = Array.from({ length: 120 }, (_, index) => (index % 2 === 0 ? '' : `line ${index}`));
    expect(layout(['Get-Item : First', ...far, 'It is broken.', ...LABELS]).at(-1)).toBe('error 121-124');
  });

  it('goes on over a cut run of spaces that looks like a blank line', () => {
    const lines = ['Get-Item : x', 'At line:1 char:90', '+   ', '', '      x', '+ ', '', '~~~~', ...LABELS, ''];
    expect(layout(lines)).toEqual(['error 1-10']);
  });

  it('ends at the next one, at a prompt, and at a warning, with no blank line between', () => {
    const error = ['Get-Item : x', 'At line:1 char:1', '+ Get-Item', ...LABELS];
    expect(layout([...error, ...error, 'PS C:\\> Get-CcVersion', ...error, 'WARNING: y'])).toEqual([
      'error 1-5',
      'error 6-10',
      'text 11-11',
      'error 12-16',
      'warning 17-17',
    ]);
    expect(layout(['Get-Item : x', 'Get-Item : y', 'WARNING: z', 'PS C:\\>'])).toEqual([
      'error 1-1',
      'error 2-2',
      'warning 3-3',
      'text 4-4',
    ]);
  });

  it('ends where another begins that has no cmdlet, with no blank line between', () => {
    const lines = [
      'Get-Item : x',
      'At line:1 char:1',
      '+ Get-Item',
      ...LABELS,
      'It is broken.',
      'At line:2 char:1',
      '+ throw',
    ];
    expect(layout(lines)).toEqual(['error 1-5', 'error 6-8']);
    expect(layout(['WARNING: Something to know.', 'It is broken.', 'At line:2 char:1', '+ throw', ...LABELS])).toEqual([
      'warning 1-1',
      'error 2-6',
    ]);
  });

  it('stays one when its message quotes another that comes to stand at the start of a line', () => {
    const lines = [
      'Install-CcAppliance : Failed to install new instance with error:',
      'Dismount-WindowsImage : Dismount-WindowsImage failed. Error code',
      '= 0xc1550115',
      'At line:1 char:1',
      '+ Install-CcAppliance',
      ...LABELS,
    ];
    expect(layout(lines)).toEqual(['error 1-7']);
    // The labels are wider than the first line: it ended by itself.
    expect(layout(['Get-Item : x', ...lines.slice(1)])).toEqual(['error 1-1', 'error 2-7']);
  });

  it('begins with the path of its script where that is wrapped', () => {
    const lines = ['Output', 'C:\\Users\\Administrator\\Documents\\CloudConn', 'ector\\Deploy.ps1 : It failed.'];
    expect(layout(lines)).toEqual(['text 1-1', 'error 2-3']);
  });

  it('is not a property list', () => {
    expect(layout(['Name             : CCEMS1', 'State            : Running'])).toEqual(['text 1-2']);
    expect(layout(['Set-Cookie : a=b', 'Location   : x'])).toEqual(['text 1-2']);
    expect(layout(['Location   : x', 'Set-Cookie : a=b'])).toEqual(['text 1-2']);
    expect(layout(['Content-Type : text/plain'])).toEqual(['text 1-1']);
  });
});

describe('a warning', () => {
  it.each([
    ...['WARNING: x', 'WARNUNG: x', 'AVERTISSEMENT : x', 'ADVERTENCIA: x', 'AVVISO: x', '警告: x', '警告：x'],
    ...['ПРЕДУПРЕЖДЕНИЕ: x', 'AVISO: x', '경고: x', 'WAARSCHUWING: x', 'AVERTISSEMENT\u00a0: x'],
  ])('%j', (line) => {
    expect(layout([line, '', 'x'])).toEqual(['warning 1-1', 'text 3-3']);
    expect(looksLikeConsole([line])).toBe(true);
  });

  it('runs on over its wrapped lines and no further', () => {
    const lines = [
      'WARNING: Windows automatic updating is not enabled. To ensure that your newly-installed role or feature is',
      'automatically updated, turn on Windows Update.',
      'Installing the next role',
    ];
    expect(layout(lines)).toEqual(['warning 1-2', 'text 3-3']);
    expect(parse(lines)[0]!.text).toContain('role or feature is automatically updated, turn on');
  });

  it('ends at the next one', () => {
    expect(layout(['WARNING: Cannot download file x to folder', "WARNING: 'C:\\x'."])).toEqual([
      'warning 1-1',
      'warning 2-2',
    ]);
  });
});

describe('a transcript', () => {
  const message = "The specified module 'CloudConnector' was not loaded because no valid module file was found.";
  const announcement = `PS>TerminatingError(Import-Module): "${message}"`;
  const error = [
    "Import-Module : The specified module 'CloudConnector' was not loaded because no",
    'valid module file was found.',
    'At line:1 char:1',
    '+ Import-Module CloudConnector',
    ...LABELS,
  ];

  it('announces an error that is then one record with it', () => {
    expect(layout([announcement, ...error, ''])).toEqual(['error 1-7']);
    expect(layout([announcement, '', ...error, ''])).toEqual(['error 1-8']);
    expect(layout([announcement, announcement.replace('PS>', '>> '), ...error])).toEqual(['error 1-8']);
    const [record] = parse([announcement, '', ...error]);
    expect(record!.text).toMatch(/^Import-Module : The specified/);
    expect(record!.raw).toBe([announcement, '', ...error].join('\n'));
  });

  it('announces an error that has no cmdlet before its message', () => {
    const thrown = [message, 'At line:1 char:1', '+ throw $message', ...LABELS];
    expect(layout([announcement, ...thrown])).toEqual(['error 1-6']);
    expect(parse([announcement, ...thrown])[0]!.text).toMatch(/^The specified/);
    expect(layout([announcement, 'Something else is broken.', ...thrown.slice(1)])).toEqual(['error 1-1', 'error 2-6']);
  });

  it('announces the error of -ErrorAction Stop with a sentence more', () => {
    const stopped = `PS>TerminatingError(Import-Module): "The running command stopped because the preference variable "ErrorActionPreference" or common parameter is set to Stop: ${message}"`;
    expect(layout([stopped, ...error])).toEqual(['error 1-7']);
  });

  it('announces an error that is never shown, or another one', () => {
    expect(layout([announcement, 'Trying again', 'PS C:\\> x'])).toEqual(['error 1-1', 'text 2-2', 'text 3-3']);
    expect(layout([announcement, '', ...SWITCH_IN_USE])).toEqual(['error 1-1', 'error 3-9']);
    expect(layout([announcement, 'PS C:\\> Import-Module CloudConnector', ...error])).toEqual([
      'error 1-1',
      'text 2-2',
      'error 3-8',
    ]);
  });

  it('has prompts and asterisks that stand alone', () => {
    const lines = [
      'PS C:\\> throw "x"',
      'x',
      'At line:1 char:1',
      '+ throw "x"',
      ...LABELS,
      '**********************',
      'End',
    ];
    expect(layout(lines)).toEqual(['text 1-1', 'error 2-6', 'text 7-7', 'text 8-8']);
  });

  it.each([
    'PS C:\\>',
    'PS C:\\Program Files> x',
    'PS Cert:\\LocalMachine\\My> x',
    '[ccems1]: PS C:\\Users\\a> x',
    '[DBG]: PS C:\\>> x',
    'PS>Get-CcVersion',
    '>> }',
  ])('takes %j for a prompt', (prompt) => {
    expect(layout(['x', prompt, 'y'])).toEqual(['text 1-1', 'text 2-2', 'text 3-3']);
  });
});

describe('the header of a transcript', () => {
  const rule = '*'.repeat(22);

  it('tells machine and local time', () => {
    const lines = [
      rule,
      'Windows PowerShell transcript start',
      'Start time: 20160710144736',
      'Username: CONTOSO\\admin',
      'RunAs User: CONTOSO\\admin',
      'Machine: SERVER01 (Microsoft Windows NT 10.0.14393.0)',
      'Host Application: C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
      rule,
    ];
    expect(readTranscriptHeader(lines)).toEqual({ machine: 'SERVER01', startTime: '2016-07-10T14:47:36' });
    expect(looksLikeConsole(lines)).toBe(true);
  });

  it('is read in any language and in the form of PowerShell 4', () => {
    expect(
      readTranscriptHeader([
        `\uFEFF${rule}`,
        'Windows PowerShell-Aufzeichnungsstart',
        'Startzeit: 20180907104037',
        'Benutzername: CONTOSO\\admin',
        'Computer\t  : CCEHOST1 (Microsoft Windows NT 6.3.9600.0) ',
        rule,
      ]),
    ).toEqual({ machine: 'CCEHOST1', startTime: '2018-09-07T10:40:37' });
    expect(
      readTranscriptHeader([
        rule,
        '開始',
        '开始时间：20180907104037',
        '用户：a',
        '计算机：CCEHOST1 (Microsoft Windows NT 6.3.9600.0)',
        rule,
      ]),
    ).toEqual({
      machine: 'CCEHOST1',
      startTime: '2018-09-07T10:40:37',
    });
  });

  it('may lack a time that exists', () => {
    const lines = [rule, 'start', 'Start time: 20161310144736', 'Machine: A (Microsoft Windows NT 6.3.9600.0)', rule];
    expect(readTranscriptHeader(lines)).toEqual({ machine: 'A', startTime: null });
  });

  it('is not the section before a command, nor text', () => {
    expect(readTranscriptHeader([rule, 'Command start time: 20160710144736', rule])).toBeNull();
    expect(readTranscriptHeader(['Start time: 20160710144736'])).toBeNull();
    expect(readTranscriptHeader([])).toBeNull();
  });
});

describe('what is no console', () => {
  it.each([
    'CceService Information: 0 : Started.',
    '    DateTime=2018-09-07T10:40:37.3875187Z',
    '[Common]',
    'Name             : CCEMS1',
    'Event[0]:',
    '',
  ])('%j', (line) => {
    expect(looksLikeConsole([line])).toBe(false);
  });
});

describe('hostile text', () => {
  const megabyte = (piece: string) => piece.repeat(Math.ceil((1 << 20) / piece.length));

  it.each([
    ['starts', megabyte('Get-Foo : bad\n')],
    ['starts with a blank line', megabyte('Get-Foo : bad\n\nfoo\nbar\n')],
    ['positions', megabyte('At line:1 char:1\n')],
    ['labels', megabyte('    + CategoryInfo : x\n')],
    ['lines with a plus', megabyte('1\n+ \n')],
    ['a warning that never ends', `WARNING: x\n${megabyte('f\n')}`],
    ['announcements', megabyte('PS>TerminatingError(x): "a"\n\n')],
    ['an announcement that never ends', `PS>TerminatingError(x): "a\n${megabyte('b"\n')}`],
    ['an error that never ends', `Get-Foo : x\n${megabyte('y\n')}`],
    ['paths', `At ${megabyte('C:\\')}`],
    ['one line', megabyte('1:')],
  ])('%s take little time and memory', (_, text) => {
    const start = performance.now();
    const records = parse(text.split('\n'));
    expect(performance.now() - start).toBeLessThan(10_000);
    expect(records.every(({ raw, lines }) => lines.length === 1 || raw.length <= 600 * 1024)).toBe(true);
  });

  it('closes a paragraph and a record over 256 K characters', () => {
    const line = 'x'.repeat(1000);
    for (const first of ['Output', 'Get-Item : x', 'WARNING: x']) {
      const records = parse([first, ...Array.from({ length: 600 }, () => line)]);
      expect(Math.max(...records.map(({ raw }) => raw.length))).toBeLessThanOrEqual(258 * 1024);
    }
  });
});
