/** One failure is one hit, and every failure is one: cases where that was wrong or is hard. All logs are synthetic. */
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/model.js';
import { analyzeFiles } from '../support/analyze-files.js';
import { countsOf } from '../support/report.js';
import { healthy, keyError, minute } from '../support/synthetic-log.js';

const KEY = 'credential-key-invalid-state';
const INI = 'ini-state-missing';
const DISM = 'dismount-image-0xc1550115';
const STATE =
  'Failed to install new instance with error: Cannot set "State" because only strings can be used as values to set XmlNode properties';

async function analyze(files: Record<string, string | Uint8Array>): Promise<Report> {
  return (await analyzeFiles(files)).report;
}

/** What the sources say and what the incidents say: it must be the same. */
function totals({ sources, incidents }: Report): {
  sources: Record<string, number>;
  incidents: Record<string, number>;
} {
  const sum: Record<string, number> = {};
  for (const { hits } of sources) for (const [id, count] of Object.entries(hits)) sum[id] = (sum[id] ?? 0) + count;
  return { sources: sum, incidents: countsOf(incidents) };
}

describe('logs that begin alike', () => {
  const start = healthy(minute(0)).repeat(4);
  for (const repeats of [1, 50, 2000]) {
    it(`keeps the failure of a shorter log after ${repeats * 4} equal records`, async () => {
      const long = start.repeat(repeats) + keyError(minute(10)) + healthy(minute(11));
      const short = start.repeat(repeats) + keyError(minute(20));
      const report = await analyze({ 'a.log': long, 'b.log': short });
      expect(totals(report)).toEqual({ sources: { [KEY]: 2 }, incidents: { [KEY]: 2 } });
      expect(new Set(report.incidents.flatMap(({ evidence }) => evidence.map((piece) => piece.line))).size).toBe(1);
      const apart = await analyze({ 'host1/a.log': long, 'host2/a.log': short });
      expect(apart.incidents).toHaveLength(2);
    });
  }

  it('shows evidence from the file that holds it', async () => {
    const report = await analyze({
      'a.log': `${start}CceService Error: 0 : ${STATE}\r\n${healthy(null)}`,
      'b.log': start + keyError(null),
    });
    const [evidence] = report.incidents.find(({ signature }) => signature === KEY)?.evidence ?? [];
    expect(evidence?.source).toMatch(/b\.log$/);
  });
});

describe('text that repeats', () => {
  for (const [name, text, count] of [
    ['twice in one line of notes', `${STATE} and ${STATE}\r\n`, 1],
    ['in two lines of notes', `${STATE}\r\n${STATE}\r\n`, 2],
    ['in a record, 10,000 times', `CceService Error: 0 : ${`${STATE} `.repeat(10_000)}\r\n`, 1],
    ['in the lines of a record', `CceService Error: 0 : x\r\n${`${STATE}\r\n`.repeat(100)}`, 1],
    ['in a warning', `WARNING: ${STATE} ${STATE}\r\n`, 1],
  ] as const)
    it(`counts ${name}`, async () => {
      expect(totals(await analyze({ 'x.log': text }))).toEqual({
        sources: { [INI]: count },
        incidents: { [INI]: count },
      });
    });

  it('takes no long time for a line of notes that repeats it', async () => {
    const start = performance.now();
    await analyze({ 'notes.txt': `${`${STATE} `.repeat(3000)}\r\n` });
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('an exception', () => {
  const message = 'Dismount-WindowsImage failed. Error code = 0xc1550115';
  for (const frame of ['   at A.B.C()', '   bei A.B.C()', '   à A.B.C()', '   в A.B.C()', ''])
    it(`is known by its code with the next line "${frame}"`, async () => {
      const log = `CceService Error: 0 : System.Management.Automation.CmdletInvocationException: ${message}\r\n${frame}\r\n`;
      expect(totals(await analyze({ 'x.log': log })).incidents).toEqual({ [DISM]: 1 });
    });

  it('is one failure with its inner one, pasted without a header too', async () => {
    const chain = `System.Management.Automation.CmdletInvocationException: ${message} ---> System.Exception: ${message}\r\n   at A.B()\r\n`;
    for (const text of [`CceService Error: 0 : ${chain}`, chain])
      expect(totals(await analyze({ 'x.log': text }))).toEqual({ sources: { [DISM]: 1 }, incidents: { [DISM]: 1 } });
  });
});

it('reads a user with an apostrophe', async () => {
  const log =
    'CceService Error: 0 : Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: ' +
    "Logon failed for the user o'brien@contoso.example. Please create a new credential object, making sure that you have used the correct user name and password. --->\r\n";
  expect((await analyze({ 'x.log': log })).incidents[0]?.entities).toEqual({ user: "o'brien@contoso.example" });
});

describe('a value', () => {
  const hard = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})(?=.)`, 'g'), '$1\r\n');
  const words = (text: string, width: number) => text.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '$1\r\n');
  // Three lines or more: how the text was wrapped can be told.
  for (const [manner, wrap] of Object.entries({ hard, words })) {
    it(`reads the same at every width (${manner})`, async () => {
      const text =
        "WARNING: Failed while removing virtual Ethernet switch. The virtual switch 'Cloud Connector Management Switch' cannot be deleted because it is being used by running virtual machines or assigned to child pools.";
      const files: Record<string, string> = {};
      for (let width = 40; width <= 100; width++) files[`${width}/x.txt`] = wrap(text, width);
      const names = (await analyze(files)).incidents.map(({ entities }) => entities.switch);
      expect([...new Set(names)]).toEqual(['Cloud Connector Management Switch']);
    });
  }

  it('has no blank inside an address, wherever a warning was cut', async () => {
    const text =
      'WARNING: Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: ' +
      'Logon failed for the user admin@contoso.example. Please create a new credential object, making sure that you have used the correct user name and password. --->';
    const files: Record<string, string> = {};
    for (let width = 40; width <= 240; width++) files[`${width}/x.txt`] = hard(text, width);
    const users = (await analyze(files)).incidents.map(({ entities }) => entities.user);
    expect([...new Set(users)]).toEqual(['admin@contoso.example']);
  });
});

it('reads a Japanese error that was cut by characters', async () => {
  const error = [
    "Import-Module : 指定されたモジュール 'CloudConnector' は読み込まれませんでした。",
    '発生場所 行:1 文字:4',
    '+ Import-Module CloudConnector',
    '    + CategoryInfo          : ResourceUnavailable: (CloudConnector:String) [Import-Module]、FileNotFoundException',
    '    + FullyQualifiedErrorId : Modules_ModuleNotFound,Microsoft.PowerShell.Commands.ImportModuleCommand',
  ];
  for (const width of [40, 60, 78, 80, 120]) {
    const log = error.join('\r\n').replace(new RegExp(`(.{${width}})(?=.)`, 'gu'), '$1\r\n');
    expect(totals(await analyze({ 'x.txt': log })).incidents).toEqual({ 'cloudconnector-module-not-loaded': 1 });
  }
});

it('hides the password of the base machine at every width', async () => {
  const password = 'Zx9Qw7Rt5Yp3';
  const prefixes = ['', 'WARNING: ', 'Convert-CcIsoToVhdx : ', 'CceService Error: 0 : '];
  const files: Record<string, string> = {};
  for (const prefix of prefixes)
    for (let width = 40; width < 200; width += 3)
      files[`${prefixes.indexOf(prefix)}/${width}/x.txt`] =
        `${prefix}Failed to install Windows updates. Please manually update the VM (Password: ${password}) and run Convert-CcIsoToVhdx with -GeneralizeOnly`.replace(
          new RegExp(`(.{${width}})(?=.)`, 'g'),
          '$1\r\n',
        );
  const shown = (await analyze(files)).incidents.flatMap(({ evidence }) => evidence.map(({ excerpt }) => excerpt));
  expect(shown.filter((excerpt) => /Zx9Q|9Qw7|Rt5Y|5Yp3/.test(excerpt))).toEqual([]);
});

it('finds a failure behind a long first line without a header', async () => {
  const report = await analyze({ 'x.log': `${'x'.repeat(100_000)}\r\n${keyError(minute(1))}${healthy(minute(2))}` });
  expect(report.sources[0]).toMatchObject({ kind: 'trace-log', records: 2, orphanLines: 1, hits: { [KEY]: 1 } });
});

describe('records of a console', () => {
  it('are also what is matched in text that no error or warning holds, each once', async () => {
    const warning = 'WARNING: Something else.\r\n';
    const prompt = 'PS C:\\> Install-CcAppliance\r\n';
    const report = await analyze({
      'console.txt': `${prompt}${STATE}\r\n${prompt}${STATE}\r\n${warning}some text\r\n`,
    });
    expect(report.sources[0]).toMatchObject({ kind: 'console', records: 3, hits: { [INI]: 2 } });
    expect(report.sources[0]?.levels).toMatchObject({ warning: 1, other: 2, error: 0 });
  });
});
