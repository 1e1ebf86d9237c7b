/** What stands beside the incidents: appliances, questions and unknown errors, many of them, filtered, and on paper. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { ApplianceReport } from '../../src/appliance.js';
import type { Report } from '../../src/model.js';
import { largeReport } from '../support/made-report.js';
import { hasBrowser, reader, renderHtml } from './browser-kit.js';

const APPLIANCES = 10_000;

function applianceNamed(name: string, isContradicted: boolean): ApplianceReport {
  const from = [{ source: `collected/${name}/CloudConnector.ini`, line: 3, command: null }];
  const contradictedBy = isContradicted ? [{ value: 'sbc.other.example', from }] : [];
  const version = { version: '2.1.0', origin: `the name of the VM ${name}-2.1.0`, basis: 'said' as const };
  return {
    ...{ name, site: 'Seattle', running: version, scripts: null, product: version, asOf: null, recovery: null },
    servers: [{ role: 'edge', name: `${name}E`, fqdn: `${name}e.contoso.local`, address: '192.0.2.7' }],
    known: [{ name: 'edge-fqdn', value: `${name}e.contoso.local`, from, basis: 'said', contradictedBy }],
  };
}

function reportOfMany(count: number, incidents: number): Report {
  const report = largeReport(incidents);
  const names = Array.from({ length: count }, (_, number) => `HOST${number}`);
  const [evidence] = report.incidents[0]!.evidence;
  return {
    ...report,
    appliances: names.map((name, number) => applianceNamed(name, number === count - 1)),
    questions: names.slice(0, 3).map((appliance, number) => ({
      ...{
        signature: 's',
        text: number < 2 ? 'Is the switch there?' : 'Is the VM?',
        command: 'Get-VMSwitch',
        where: 'host' as const,
        appliance,
      },
    })),
    unknown: [{ template: 'Failed <n>', level: 'error', count: 3, exceptions: [], evidence: evidence! }],
  };
}

describe.skipIf(!hasBrowser)('beside the incidents', () => {
  const open = reader();
  let many: string;
  let some: string;
  beforeAll(() => {
    many = renderHtml(reportOfMany(APPLIANCES, 100));
    some = renderHtml(reportOfMany(8, 250));
  });

  test('ten thousand appliances stay a page: what contradicts itself first, the rest in a line, and how many are left out', async () => {
    expect(Buffer.byteLength(many)).toBeLessThan(1_500_000);
    const { page, trouble } = await open(many);
    const names = await page.locator('#appliances h3').allTextContents();
    expect(names.length).toBeGreaterThan(50);
    expect(names[0]).toContain('HOST9999');
    const lines = await page.locator('#appliances .lines li').count();
    expect(await page.locator('#appliances > .note').innerText()).toContain(
      (APPLIANCES - names.length - lines).toLocaleString('en'),
    );
    expect(trouble).toEqual([]);
  });

  test('the filter for an appliance is one for appliances and questions too, and unknown errors say that it is none for them', async () => {
    const { page, trouble } = await open(some);
    const shown = (selector: string) => page.locator(`${selector}:visible`).count();
    expect([await shown('.known-appliance'), await shown('.questions > li'), await shown('.unfiltered')]).toEqual([
      8, 2, 0,
    ]);
    await page.selectOption('#appliance', { index: 3 });
    expect([await shown('.known-appliance'), await shown('.questions > li'), await shown('.unfiltered')]).toEqual([
      1, 1, 1,
    ]);
    expect(await page.locator('#questions .hidden-by-filter').innerText()).toContain('1');
    await page.click('#clear');
    expect([await shown('.known-appliance'), await shown('.questions > li'), await shown('.unfiltered')]).toEqual([
      8, 2, 0,
    ]);
    expect(trouble).toEqual([]);
  });

  test('on paper are all incidents that are filtered in, and afterwards the list is as it was', async () => {
    const { page, trouble } = await open(some);
    const incidents = page.locator('#list details.incident');
    expect(await incidents.count()).toBe(100);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => incidents.count(), { timeout: 10_000 }).toBe(250);
    expect(await page.locator('#list details.incident:not([open])').count()).toBe(0);
    expect(await page.locator('#list .body').count()).toBeGreaterThanOrEqual(250);
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => incidents.count(), { timeout: 10_000 }).toBe(100);
    expect(await page.locator('#list details.incident[open]').count()).toBe(0);
    expect(trouble).toEqual([]);
  });

  test('of very many, paper takes the first and says how many it leaves out', async () => {
    const { page } = await open(renderHtml(largeReport(1200)));
    await page.emulateMedia({ media: 'print' });
    const incidents = page.locator('#list details.incident');
    await expect.poll(() => incidents.count(), { timeout: 10_000 }).toBe(500);
    const said = page.locator('#list .paper');
    expect(await said.innerText()).toContain('700');
    expect(await said.isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => incidents.count(), { timeout: 10_000 }).toBe(100);
    expect(await said.isVisible().catch(() => false)).toBe(false);
  });
});
