import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ConsoleRecord, ConsoleRecords } from '../../src/parsers/console/index.js';

/** One thing a console printed: its lines before wrapping, and which of them are messages, wrapped at words. */
interface Printed {
  kind: 'error' | 'warning' | 'prompt' | 'output';
  /** What a transcript writes before an error; it counts as part of it, and its text is not repeated. */
  announcement: string[];
  message: string[];
  position: string[];
  labels: string[];
}

type Wrapper = (printed: Printed, width: number) => string[];

const WORDS = [
  ...['Cannot', 'find', 'the', 'path', 'because', 'it', 'does', 'not', 'exist', 'a', 'in', "'CloudConnector'", 'user'],
  ...['"C:\\Program', 'Files\\WindowsPowerShell\\Modules\\CloudConnector\\Internal\\MtHostCommon.ps1"', '0xc1550115'],
  ...[
    'Schlüssel',
    'für',
    'ungültig.',
    "l'état",
    'spécifié',
    '指定された状態で使用するには無効なキーです。',
    'Ключ',
    'не',
  ],
  ...[
    'CN=ap.contoso.example,',
    'O=Contoso;',
    '(192.0.2.13)',
    '5061',
    '=>',
    'http://ap.contoso.example/webticket/x?y=1&z=2',
  ],
];
/** A message that quotes another error: where it begins may come to stand at the start of a line. */
const QUOTE = 'with error: Dismount-WindowsImage : Dismount-WindowsImage failed.';
const CMDLETS = [
  'ConvertTo-SecureString',
  'Import-Module',
  'Dismount-WindowsImage',
  'ForEach-Object',
  'Register-CcAppliance',
  'C:\\Users\\Administrator\\Documents\\CloudConnector\\Deploy.ps1',
];
const CODE = [
  '$x',
  '=',
  'Get-Content',
  '-Path',
  'C:\\x.txt',
  '|',
  '                                        ',
  '{',
  '}',
  '...',
];

const sentence = (words: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength }).map((chosen) => chosen.join(' '));

const positions = fc.oneof(
  fc.nat(999).map((column) => `At line:1 char:${column}`),
  fc.constantFrom(
    'In Zeile:1 Zeichen:46',
    'Au caractère Ligne:14 : 9',
    '発生場所 行:1 文字:4',
    '所在位置 行:1 字符: 33',
  ),
  fc
    .array(fc.constantFrom('Modules', 'Program Files', 'WindowsPowerShell', 'CloudConnector', '2.1.0-default'), {
      maxLength: 8,
    })
    .map((folders) => `At C:\\${[...folders, 'MtHostCommon.ps1'].join('\\')}:681 char:14`),
);

/** A message may have several lines; a blank one only below `Cmdlet : `, without which it would begin another paragraph. */
const error = fc
  .record({
    cmdlet: fc.option(fc.constantFrom(...CMDLETS)),
    lines: fc.array(sentence([...WORDS, QUOTE], 40), { minLength: 1, maxLength: 3 }),
    announced: fc.boolean(),
    blank: fc.boolean(),
    position: fc.option(positions),
    code: sentence(CODE, 12),
    indent: fc.nat(90),
    errorId: sentence(['InvalidArgument,Microsoft.PowerShell.Commands.ConvertToSecureStringCommand', ...WORDS], 5),
    remote: fc.boolean(),
  })
  .map(({ cmdlet, lines, announced, blank, position, code, indent, errorId, remote }): Printed => {
    const [first, ...rest] = lines as [string, ...string[]];
    // What cannot be told: a wrapped path before a blank line; a quoted error after one, or in an announcement.
    const isQuoting = lines.join().includes(QUOTE);
    const isBlank = blank && cmdlet !== null && !cmdlet.includes('\\') && rest.length > 0 && !isQuoting;
    const isAnnounced = announced && !isQuoting && !(isBlank && first.endsWith('"'));
    const message = [first, ...(isBlank ? [''] : []), ...rest];
    const name = cmdlet?.split('\\').at(-1) ?? '';
    const announcement = isAnnounced ? `PS>TerminatingError(${name}): "${message.join('\n')}"`.split('\n') : [];
    return {
      kind: 'error',
      announcement,
      message: cmdlet === null ? message : [`${cmdlet} : ${first}`, ...message.slice(1)],
      position: position === null ? [] : [position],
      labels: [
        ...(position === null ? [] : [`+ ${code}`, `+ ${' '.repeat(indent)}~~~~~~~~`]),
        '    + CategoryInfo          : InvalidArgument: (:) [ConvertTo-SecureString], CryptographicException',
        `    + FullyQualifiedErrorId : ${errorId}`,
        ...(remote ? ['    + PSComputerName        : ccems1.cce.local'] : []),
      ],
    };
  });

const plain = { announcement: [], position: [], labels: [] };
const warning = fc
  .tuple(fc.constantFrom('WARNING: ', 'WARNUNG: ', 'AVERTISSEMENT : ', '警告: '), sentence(WORDS, 40))
  .map(([prefix, text]): Printed => ({ kind: 'warning', message: [prefix + text], ...plain }));

const prompt = fc.constant<Printed>({ kind: 'prompt', message: ['PS C:\\> Get-CcVersion'], ...plain });
const output = sentence(WORDS, 40).map((line): Printed => ({ kind: 'output', message: [line], ...plain }));
const console = fc.array(fc.oneof({ weight: 3, arbitrary: error }, warning, prompt, output), {
  minLength: 1,
  maxLength: 6,
});
const width = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 40, max: 200 }) }, fc.integer({ min: 40, max: 5000 }));

function columnsOf(character: string): number {
  return /[\u3000-\u9fff\uff01-\uff60]/.test(character) ? 2 : 1;
}

/** Cuts a line anywhere, as a cmd window does; what follows a cut begins with `indent`. */
function cut(line: string, columns: number, indent = ''): string[] {
  const lines: string[] = [];
  let current = '';
  let used = 0;
  for (const character of line) {
    if (used + columnsOf(character) > columns) {
      lines.push(current);
      current = indent;
      used = indent.length;
    }
    current += character;
    used += columnsOf(character);
  }
  return [...lines, current];
}

/** Wraps a line at words; a word longer than the width is cut. */
function wrapAtWords(line: string, columns: number): string[] {
  const lines: string[] = [];
  let current = '';
  const length = (text: string) => [...text].reduce((sum, character) => sum + columnsOf(character), 0);
  for (const word of line.split(' ')) {
    const joined = current === '' ? word : `${current} ${word}`;
    if (length(joined) <= columns) current = joined;
    else {
      if (current !== '') lines.push(current);
      const parts = cut(word, columns);
      lines.push(...parts.slice(0, -1));
      current = parts.at(-1)!;
    }
  }
  return [...lines, current];
}

const cutAnywhere: Wrapper = ({ announcement, message, position, labels }, columns) =>
  [...announcement, ...message, ...position, ...labels].flatMap((line) => cut(line, columns));
const likePowerShell: Wrapper = ({ announcement, message, position, labels }, columns) => [
  ...[...announcement, ...message, ...position].flatMap((line) => wrapAtWords(line, columns)),
  ...labels.flatMap((line) => cut(line, columns, '   ')),
];

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

const squeeze = (text: string) => text.replace(/\s+/g, '');

function check(printed: Printed[], columns: number, wrap: Wrapper, trim: boolean): void {
  const lines = printed.flatMap((one) => [...wrap(one, columns), '']);
  const records = parse(trim ? lines.map((line) => line.trimEnd()) : lines);
  const expected = printed.filter(({ kind }) => kind === 'error' || kind === 'warning');
  expect(records.filter(({ kind }) => kind !== 'text').map(({ kind, text }) => [kind, squeeze(text)])).toEqual(
    expected.map(({ kind, message, position, labels }) => [
      kind,
      squeeze([...message, ...position, ...labels].join('')),
    ]),
  );
}

describe('a console of any width', () => {
  it.each([
    ['cut anywhere', cutAnywhere],
    ['wrapped like Windows PowerShell does', likePowerShell],
  ])('%s gives the same records and the same text', (_, wrap) => {
    fc.assert(
      fc.property(console, width, fc.boolean(), (printed, columns, trim) => check(printed, columns, wrap, trim)),
      { numRuns: 20000 },
    );
  });

  it('gives one record for one failure at every width from 40 to 5000', () => {
    const [printed] = fc.sample(
      error.filter(({ labels }) => labels.length > 3),
      { numRuns: 1, seed: 7 },
    );
    for (let columns = 40; columns <= 5000; columns++) {
      check([printed!], columns, cutAnywhere, false);
      check([printed!], columns, likePowerShell, false);
    }
  });

  it('covers the file: every line that is not blank is in exactly one record', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom(...SHAPES)), { maxLength: 60 }), (lines) => {
        const records = parse(lines);
        const covered = records.flatMap((record) => record.lines);
        const filled = lines.flatMap((text, index) => (/\S/.test(text) ? [index + 1] : []));
        expect(covered.filter(({ text }) => /\S/.test(text)).map(({ number }) => number)).toEqual(filled);
        for (const record of records) {
          expect(record.raw).toBe(record.lines.map(({ text }) => text).join('\n'));
          expect(record.byteStart).toBe(record.lines[0]!.byteStart);
          expect(record.byteEnd).toBe(record.lines.at(-1)!.byteEnd);
        }
      }),
      { numRuns: 20000 },
    );
  });
});

const SHAPES = [
  '',
  ' ',
  'Get-Foo : Cannot do it',
  'WARNING: careful',
  'VERBOSE: Starting',
  'PS C:\\> Get-CcVersion',
  'PS>TerminatingError(Get-Foo): "Cannot do it"',
  'Cannot do it',
  'At line:1 char:1',
  '+ Get-Foo',
  '+ ~~~~~~~',
  '    + CategoryInfo          : NotSpecified: (:) [Get-Foo], Exception',
  '    + FullyQualifiedErrorId : Foo,Bar',
  '   rShell.Commands',
  '**********************',
  'ment\\Install.ps1 : It failed',
  'C:\\Users\\Administrator\\Documents\\Deploy',
];
