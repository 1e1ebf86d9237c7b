import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/index.js';
import { analyzeFiles, analyzePaths, folderOf } from '../support/analyze-files.js';

const FAILURES: Record<string, string> = {
  'credential-key-invalid-state': 'ConvertTo-SecureString : Key not valid for use in specified state.',
  'tenant-admin-logon-failed':
    'Unexpected exception when reporting status to online: System.Management.Automation.CmdletInvocationException: Logon failed for the user a@contoso.example. Please create a new credential object, making sure that you have used the correct user name and password. ---> System.Exception: x',
  'recovery-cannot-recover': 'Completed recovery of the appliance, recover result: CannotRecover',
};
const HEALTHY = [
  'Detection cycle finished.',
  'Appliance status was reported to online.',
  'The key is valid. Padding is fine.',
];

const entry = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...HEALTHY).map((text) => ({ id: null as string | null, text })) },
  fc.constantFrom(...Object.entries(FAILURES)).map(([id, text]) => ({ id: id as string | null, text })),
);
const minutes = fc.integer({ min: 0, max: 50 });

function logOf(entries: { text: string }[], gaps: number[]): string {
  let time = Date.UTC(2018, 8, 7);
  return entries
    .map(({ text }, index) => {
      time += (gaps[index] ?? 1) * 60_000;
      return `CceService Error: 0 : ${text}\r\n   at X.Y()\r\n    DateTime=${new Date(time).toISOString()}\r\n`;
    })
    .join('');
}

describe('analysis', () => {
  it('counts every failure exactly, however it stands among healthy records', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 25 }), fc.array(minutes), async (entries, gaps) => {
        const { report } = await analyzeFiles({ 'CceManagementService.log': logOf(entries, gaps) });
        expect(report.sources[0]?.records).toBe(entries.length);
        for (const id of Object.keys(FAILURES)) {
          const expected = entries.filter((one) => one.id === id).length;
          const counted = report.incidents
            .filter(({ signature }) => signature === id)
            .reduce((sum, { count }) => sum + count, 0);
          expect(counted).toBe(expected);
          expect(report.sources[0]?.hits[id] ?? 0).toBe(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('of the same bytes adds nothing, under whatever name and however often', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 12 }), fc.nat({ max: 12 }), async (entries, cut) => {
        const store = openStore(':memory:');
        const whole = logOf(entries, []);
        const first = logOf(entries.slice(0, cut), []);
        const folder = folderOf({ 'a/now.log': whole, 'b/copy (1).log': whole, 'c/earlier.log': first });
        for (const path of ['c/earlier.log', 'a/now.log', 'b/copy (1).log', 'a/now.log', 'c/earlier.log'])
          await analyzePaths([`${folder}/${path}`], store);
        const total = store.incidents().reduce((sum, { count }) => sum + count, 0);
        expect(total).toBe(entries.filter(({ id }) => id !== null).length);
        store.close();
      }),
      { numRuns: 40 },
    );
  });

  it('gives the same document for the same input', async () => {
    const folder = folderOf({ 'x.log': logOf([{ text: FAILURES['recovery-cannot-recover'] as string }], []) });
    expect(await analyzePaths([folder])).toEqual(await analyzePaths([folder]));
  });
});
