import { beforeAll, describe, expect, test } from 'vitest';
import { largeReport } from '../support/made-report.js';
import { richReport } from '../support/rich-report.js';
import { hasBrowser, listed, reader, renderHtml } from './browser-kit.js';
import { sampleMarkup } from './sample.js';

describe.skipIf(!hasBrowser)('the timeline', () => {
  const open = reader();
  let sample: string;
  beforeAll(async () => {
    sample = await sampleMarkup();
  });

  test('dragging over it looks closer, and the list follows', async () => {
    const { page } = await open(sample);
    await page.locator('#timeline').scrollIntoViewIfNeeded();
    const box = (await page.locator('svg.timeline').boundingBox())!;
    await page.mouse.move(box.x + box.width * 0.8, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.9, box.y + 90, { steps: 4 });
    await page.mouse.move(box.x + box.width - 2, box.y + 90, { steps: 4 });
    await page.mouse.up();
    expect(page.url()).toMatch(/#from=2018-09-07T\d\d/);
    expect(await page.textContent('#matched')).toBe('2 of 14 incidents');
    expect(await page.inputValue('#from')).toMatch(/^2018-09-07T/);
    await page.click('button[data-zoom=all]');
    expect(await page.textContent('#matched')).toBe('All 14 incidents');
  });

  test('says of a bar what it is when the pointer or the focus is on it', async () => {
    const { page } = await open(sample);
    await page.locator('a.bar').first().hover();
    const said = await page.textContent('#timeline-said');
    expect(said).toContain('Stored credentials cannot be decrypted');
    expect(said).toContain('2018-09-07 09:00:00 UTC – 2018-09-07 12:59:00 UTC, 120 times');
  });

  test('by keyboard: one stop, arrows between bars, Enter opens, keys zoom', async () => {
    const { page } = await open(sample);
    expect(await page.locator('a.bar[tabindex="0"]').count()).toBe(1);
    await page.focus('button[data-zoom=all]');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toContain(
      'Stored credentials',
    );
    await page.keyboard.press('ArrowDown');
    const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
    expect(label).not.toContain('Stored credentials');
    for (let press = 0; press < 6; press++) await page.keyboard.press('+');
    expect(page.url()).toContain('from=');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(label);
    await page.keyboard.press(']');
    await page.keyboard.press('-');
    await page.keyboard.press('0');
    expect(page.url()).not.toContain('from=');
    await page.locator('a.bar[tabindex="0"]').focus();
    await page.keyboard.press('Enter');
    const title = await page.locator('details.incident[open] > summary h3').textContent();
    expect(await page.evaluate(() => document.activeElement?.querySelector('h3')?.textContent)).toBe(title);
  });

  test('a bar opens its incident, also where the filters hide it', async () => {
    const { page } = await open(sample, { fragment: 'severity=warning' });
    expect((await listed(page)).length).toBe(1);
    await page.click('.answers a');
    expect((await listed(page)).length).toBe(14);
    expect(await page.locator('details.incident[open]').count()).toBe(1);
  });

  test('shows attempts to recover with how they ended, and what nobody saw', async () => {
    const report = richReport();
    const { page, trouble } = await open(renderHtml(report));
    const marks = await page.locator('svg.timeline .mark title').allTextContents();
    expect(marks).toEqual([
      'Fault: 2018-09-07 09:01:00 UTC',
      'Attempt 1 to recover, it failed: 2018-09-07 09:02:00 UTC',
      '2 attempts that were due and that no record tells of: 2018-09-07 09:05:00 UTC',
      'Attempt 4 to recover, it helped: 2018-09-07 09:30:00 UTC',
    ]);
    const known = await page.locator('#appliances').innerText();
    expect(known).toContain('It recovered. 2 attempts are told. 2 more were due');
    expect(known).toMatch(/site: Seattle \(a.ini, line 3\); but Tacoma \(b.ini, line 4\)/);
    expect(trouble).toEqual([]);
  });

  test('the heat map counts incidents under way, or failures where the report has them, and follows the filters', async () => {
    const { page } = await open(sample);
    const row = page.locator('.heat tbody tr').nth(1);
    expect(await row.locator('th').textContent()).toBe('2018-09-07');
    // 120 records of each of two failures from nine to one, and two events.
    expect((await row.locator('td').allTextContents()).slice(8, 15)).toEqual(['0', '61', '60', '60', '60', '1', '0']);
    const { page: without } = await open(renderHtml(richReport()));
    expect(Number(await without.locator('.heat tbody tr td', { hasText: /^[1-9]/ }).count())).toBeGreaterThan(0);
    const activity = [
      { appliance: 'HOST1', signature: 'made-failure-1', hour: '2018-09-07T09:00:00Z', count: 60 },
      { appliance: 'HOST2', signature: 'made-failure-2', hour: '2018-09-07T10:00:00Z', count: 7 },
    ];
    const report = { ...largeReport(3), activity };
    const { page: counted } = await open(renderHtml(report));
    const cells = () => counted.locator('.heat tbody tr').first().locator('td').allTextContents();
    expect((await cells()).slice(9, 11)).toEqual(['60', '7']);
    await counted.selectOption('#appliance', { label: 'HOST2 (1)' });
    expect((await cells()).slice(9, 11)).toEqual(['0', '7']);
  });
});
