/** Synthetic trace logs for property tests, by the grammar of .NET's trace listener. */
import fc from 'fast-check';

const TYPES = [
  'Critical',
  'Error',
  'Warning',
  'Information',
  'Verbose',
  'Start',
  'Stop',
  'Suspend',
  'Resume',
  'Transfer',
];

const source = fc.constantFrom(
  'CceService',
  'System.Net',
  'Microsoft.Rtc.CCE.ManagementService.exe',
  'My Trace Source',
  '',
);
const word = fc.constantFrom(
  'Detection',
  'finished',
  'Schlüssel',
  '指定された',
  '😀',
  'C:\\Program Files\\x.ini:12',
  'Error:',
  ' : ',
  'Key not valid',
  '\0',
  '\u001b[2J',
  'état',
);
const bodyLine = fc.oneof(
  fc.constant(''),
  fc.constant('   at System.Foo.Bar(String s) in c:\\x.cs:line 7'),
  fc.constant('   --- End of inner exception stack trace ---'),
  fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
);
const footer = fc.constantFrom(
  'ProcessId=12',
  'LogicalOperationStack=a, b',
  'ThreadId=3',
  'DateTime=2018-09-07T10:40:37.3875187Z',
  'Timestamp=99',
  'Callstack=   at A.B()',
);
const lineEnd = fc.constantFrom('\r\n', '\n');

const record = fc
  .record({
    source,
    type: fc.constantFrom(...TYPES),
    id: fc.integer({ min: -3, max: 9000 }),
    message: fc.array(word, { maxLength: 4 }).map((words) => words.join(' ')),
    body: fc.array(bodyLine, { maxLength: 5 }),
    footers: fc.array(footer, { maxLength: 4 }),
    indented: fc.boolean(),
    end: lineEnd,
  })
  .map(({ source: name, type, id, message, body, footers, indented, end }) =>
    [`${name} ${type}: ${id} : ${message}`, ...body, ...footers.map((text) => (indented ? '    ' : '') + text)]
      .map((line) => line + end)
      .join(''),
  );

/** A log of up to `max` records; it may begin with lines that no header precedes and end without a line end. */
export function logText(max = 12): fc.Arbitrary<string> {
  return fc
    .record({
      orphans: fc.array(bodyLine, { maxLength: 2 }),
      records: fc.array(record, { maxLength: max }),
      cut: fc.integer({ min: 0, max: 12 }),
    })
    .map(({ orphans, records, cut }) => {
      const whole = orphans.map((line) => `${line}\n`).join('') + records.join('');
      return whole.slice(0, whole.length - cut).toWellFormed();
    });
}

/** Lengths of the portions in which bytes arrive. */
export const portions = fc.array(fc.integer({ min: 0, max: 90 }), { maxLength: 60 });
