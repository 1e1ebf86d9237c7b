import { beforeAll, describe, expect, test } from 'vitest';
import { largeReport } from '../support/made-report.js';
import { hasBrowser, listed, reader, renderHtml } from './browser-kit.js';
import { sampleMarkup } from './sample.js';

const CREDENTIALS = "Stored credentials cannot be decrypted since the host account's password changed";

describe.skipIf(!hasBrowser)('filters', () => {
  const open = reader();
  let sample: string;
  let large: string;
  beforeAll(async () => {
    sample = await sampleMarkup();
    large = renderHtml(largeReport(300));
  });

  test('by mouse: severity and status; the counts and the address follow', async () => {
    const { page, trouble } = await open(sample);
    expect(await page.textContent('#matched')).toBe('All 14 incidents');
    await page.click('label.choice.warning');
    expect(await page.textContent('#matched')).toBe('1 of 14 incidents');
    expect(await listed(page)).toEqual(['Windows Update is off on the new AD server (usually harmless)']);
    expect(await page.locator('label.choice.open .count').textContent()).toBe('1');
    expect(await page.locator('label.choice.error .count').textContent()).toBe('11');
    await page.click('label.choice.critical');
    await page.click('label.choice.resolved');
    expect(await listed(page)).toEqual(['Automatic recovery of the appliance ended without success (event 304)']);
    expect(page.url().split('#')[1]).toBe('severity=warning%2Ccritical&status=resolved');
    expect(await page.locator('svg.timeline .row:not(.recovery)').count()).toBe(2);
    await page.click('#clear');
    expect(await page.textContent('#matched')).toBe('All 14 incidents');
    expect(trouble).toEqual([]);
  });

  test('by keyboard alone: from the search to a box, and on to an incident', async () => {
    const { page } = await open(sample);
    await page.focus('#text');
    await page.keyboard.type('certificate ROOT');
    await page.waitForFunction(() => document.querySelector('#matched')?.textContent?.startsWith('1 of'));
    expect(await listed(page)).toEqual([
      'RTCMRAUTH does not start because the Edge Server lacks root or intermediate CAs',
    ]);
    await page.keyboard.press('Control+a');
    await page.keyboard.press('Delete');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => document.querySelector('#matched')?.textContent?.startsWith('2 of'));
    expect(page.url()).toContain('#severity=critical');
    await page.locator('#list summary').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('details.incident[open] .steps li').first().waitFor();
    await page.waitForFunction(() => location.hash.includes('incident='));
  });

  test('a symptom is found under its cause, and a line of a record leads to its incident', async () => {
    const { page } = await open(sample, { fragment: 'signature=tenant-admin-logon-failed' });
    expect(await listed(page)).toEqual([CREDENTIALS]);
    await page.goto(`${page.url().split('#')[0]}#text=DetectionLoop.RunOnce`);
    await page.waitForFunction(() => document.querySelector('#matched')?.textContent?.startsWith('1 of'));
    expect(await listed(page)).toEqual([CREDENTIALS]);
  });

  test('by appliance, failure and time; a view that was sent is the same view', async () => {
    const { page } = await open(large);
    await page.selectOption('#appliance', { index: 3 });
    await page.selectOption('#signature', { index: 5 });
    const titles = await listed(page);
    expect(titles.length).toBeGreaterThan(0);
    expect(new Set(titles).size).toBe(1);
    await page.selectOption('#signature', { index: 0 });
    await page.fill('#from', '2018-09-10T00:00');
    await page.fill('#to', '2018-09-12T00:00');
    await page.locator('#to').blur();
    await page.selectOption('#order', 'latest');
    expect(page.url()).toContain(
      'appliance=HOST2&from=2018-09-10T00%3A00%3A00Z&to=2018-09-12T00%3A00%3A59Z&order=latest',
    );
    const view = await listed(page);
    expect(view.length).toBeGreaterThan(0);
    const { page: other } = await open(large, { fragment: page.url().split('#')[1] as string });
    expect(await listed(other)).toEqual(view);
    expect(await other.inputValue('#from')).toBe('2018-09-10T00:00');
    expect(await other.textContent('#matched')).toBe(await page.textContent('#matched'));
  });

  test('what a fragment says wrongly counts as not said', async () => {
    const { page, trouble } = await open(sample, {
      fragment: 'severity=x,,critical&status=%00&from=never&order=up&incident=none&time=moon',
    });
    expect(await page.textContent('#matched')).toBe('2 of 14 incidents');
    const { page: none } = await open(sample, { fragment: 'appliance=<img src=x onerror=alert(1)>' });
    expect(await none.locator('#list').innerText()).toBe('No incident fits these filters.');
    expect(trouble).toEqual([]);
  });

  test('an incident of the address is open and in sight, also far down the list', async () => {
    const ids = largeReport(300).incidents.map(({ id }) => id);
    const { page } = await open(large, { fragment: `incident=${ids[250]}` });
    const entry = page.locator(`#i-${ids[250]}`);
    expect(await entry.getAttribute('open')).not.toBeNull();
    await expect
      .poll(() =>
        entry
          .locator('summary')
          .first()
          .evaluate((element) => element.getBoundingClientRect().top),
      )
      .toBeLessThan(900);
    await page.click('#first');
    expect(await page.locator('details.incident').first().getAttribute('id')).toBe(`i-${ids[0]}`);
  });

  test('the list grows by a button, and the focus goes to what is new', async () => {
    const { page } = await open(large);
    expect((await listed(page)).length).toBe(100);
    await page.focus('#more');
    await page.keyboard.press('Enter');
    expect((await listed(page)).length).toBe(200);
    const focused = await page.evaluate(() => document.activeElement?.closest('details')?.id);
    expect(focused).toBe(await page.locator('details.incident').nth(100).getAttribute('id'));
  });

  test("times by this computer's clock, with its offset, and back", async () => {
    const { page } = await open(sample);
    await page.selectOption('#zone', 'local');
    expect(await page.locator('.answers').innerText()).toContain('2018-09-07 14:30:00 +05:30');
    expect(await page.locator('#account').innerText()).toContain('2018-09-07 19:15:00 +05:30');
    expect(await page.locator('#list').innerText()).toContain('2018-09-07 14:30:00 +05:30');
    expect(await page.locator('.heat caption').innerText()).toContain('+05:30');
    expect(page.url()).toContain('#time=local');
    await page.selectOption('#zone', 'utc');
    expect(await page.locator('main').innerText()).not.toContain('+05:30');
  });
});
