import { it } from 'vitest';
import { ConsoleRecords, looksLikeConsole } from '../../src/parsers/console/index.js';
import { EventEntries, eventLogForm } from '../../src/parsers/event-log/index.js';
import { parseExceptions } from '../../src/parsers/exceptions.js';
const MB = 1 << 20;
const fill = (s: string, n = 2 * MB) => s.repeat(Math.ceil(n / s.length));
const hostile: Record<string, string> = {
  starts: fill('Get-Foo : bad\n'), longstarts: fill(`Get-Foo : ${'x'.repeat(60)}\n`), plus: fill('+ \n'), ones: fill('1\n+ \n'), ones10: fill('1\n1\n1\n1\n1\n1\n1\n1\n1\n1\n+ \n'),
  startblank: fill('Get-Foo : bad\n\nfoo\nbar\n'), posit: fill('At line:1 char:1\n'), cat: fill('    + CategoryInfo : x\n'), catpos: fill('At line:1 char:1\n    + CategoryInfo : x\nfoo\n'),
  warn: fill('WARNING: x\n'), warnfoo: fill('WARNING: x\nfoo\n'), warnonce: 'WARNING: x\n' + fill('f\n'), warnpos: fill(`WARNING: x\n${'f\n'.repeat(1000)}At line:1 char:1\n`),
  ann: fill('PS>TerminatingError(x): "\n'), annq: fill('PS>TerminatingError(x): "a"\n\n'), annone: 'PS>TerminatingError(x): "a\n' + fill('b"\n'), annone2: 'PS>TerminatingError(x): "a\n' + fill('b"\n\n'),
  blanks: fill('\n'), startblanks: 'Get-Foo : x\n' + fill('\n'), x: fill('x'), sp: fill(' '), colon: fill(':'), at: 'At ' + fill('C:\\'), n1: fill('1:'), dash: fill('A-'), ps1: fill('a.ps1 :'), bs: fill('\\\\'),
  plusspace: fill('+ a' + ' '.repeat(1000)), catblank: fill('At line:1 char:1\n+ x\n\n~~~~\n\n'), path: fill('C:\\aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nb.ps1 : x\n'), wide: fill('指定された状態で\n'), cjk: fill('指'),
  word: fill('a '), arrows: fill('A.BException: x ---> '), arrows2: 'A.BException: ' + fill('---> '), arrows3: 'A.BException: ' + fill('---> A.BException '), exc: fill('A.BException\n'), excs: fill('aException '), excd: 'A' + fill('.Exception'), gen: fill('A.BException`1[['), closers: fill('<---'), aggr: fill('A.AggregateException: x\n---> (Inner Exception #0) A.BException: y<---\n'),
  frames: `A.BException: ${fill('m', MB)}\n` + fill('   at A.B()\n'), held: 'A.BException: x\n\n' + fill('x\n'), frame: '   at ' + fill('a.'), frame2: fill('   at a.b( '), marker: fill('   --- a ---\n'), mdash: '--- ' + fill('-'), hr: 'A.BException: ' + fill('HRESULT: '), spaces: 'A.BException' + fill(' '), spaces2: fill('A.BException' + ' '.repeat(500) + 'x'),
  xmlo: fill('<Event '), xmlo2: fill('<Event >\n'), xmlc: '<Event >' + fill('</Event>'), xmlpairs: fill('<Event ></Event>'), xmlx: '<Event ><Provider ' + fill('Name='), xmll: fill('<'), xmlud: '<Event ></System>' + fill('<', 200000) + '</Event>', xmlprov: '<Event >' + fill('<Provider ', 250000) + '</Event>', xmldata: '<Event >' + fill('<Data ', 250000) + '</Event>', xmlamp: '<Event ><Message>' + fill('&#x', 250000) + '</Event>',
  ev: fill('Event[0]:\n'), evd: 'Event[0]:\n' + fill('Description: x\n'), list: fill('Id : 1\n'), list2: 'Id : 1\n' + fill('x\n'), csv: 'a,b\n' + fill('"'), csv2: 'Message,Id,TimeCreated\n' + fill('"\n'), csv3: 'Message,Id,TimeCreated\n' + fill(',,,,,,\n'), commas: fill(','),
};
it('perf', () => {
  for (const [name, text] of Object.entries(hostile)) {
    const times: number[] = [];
    const timed = (f: () => void) => { const t = performance.now(); f(); times.push(Math.round(performance.now() - t)); };
    const lines = text.split('\n');
    const feed = (r: { push(l: any): unknown[]; end(): unknown[] }) => { for (const [i, t] of lines.entries()) r.push({ text: t, number: i, byteStart: 0, byteEnd: t.length }); r.end(); };
    timed(() => parseExceptions(text));
    timed(() => feed(new ConsoleRecords()));
    timed(() => looksLikeConsole(lines.slice(0, 5000)));
    for (const f of ['xml', 'text', 'list', 'csv'] as const) timed(() => feed(new EventEntries(f)));
    timed(() => eventLogForm(lines.slice(0, 5000)));
    if (Math.max(...times) > 250) console.log(name, lines.length, times.join(' '));
  }
}, 600000);
