import { describe, expect, test } from 'vitest';
import { largeReport, madeSource } from '../support/made-report.js';
import { hasBrowser, listed, reader, renderHtml } from './browser-kit.js';

describe.skipIf(!hasBrowser)('large reports', () => {
  const open = reader();

  test('10,000 incidents: below 5 MB, all of them within reach', async () => {
    const markup = renderHtml(largeReport(10_000));
    expect(Buffer.byteLength(markup)).toBeLessThan(5_000_000);
    const { page, trouble } = await open(markup);
    expect(await page.textContent('#matched')).toBe('All 10,000 incidents');
    await page.fill('#text', 'user4711@contoso.example');
    await expect.poll(() => page.textContent('#matched'), { timeout: 10_000 }).toBe('1 of 10,000 incidents');
    await page.locator('#list summary').first().click();
    expect(await page.locator('details.incident[open] .record').first().innerText()).toContain(
      'user4711@contoso.example',
    );
    expect(await page.locator('details.incident[open] .steps').first().isVisible()).toBe(true);
    await page.fill('#text', '');
    await expect.poll(async () => (await listed(page)).length, { timeout: 10_000 }).toBe(100);
    expect(await page.locator('svg.timeline a.bar').count()).toBeLessThan(6000);
    expect(trouble).toEqual([]);
  });

  test('100 incidents: below 500 KB, with a hundred kinds of unknown errors and files too', () => {
    const report = largeReport(100);
    const evidence = report.incidents.map((incident) => incident.evidence[0]!);
    const markup = renderHtml({
      ...report,
      unknown: evidence.map((piece, number) => ({
        template: `Failed to query the gateway <n> in attempt ${number}`,
        level: 'error',
        count: number + 1,
        exceptions: ['System.TimeoutException'],
        evidence: piece,
      })),
      sources: evidence.map((_, number) =>
        madeSource(`collected/HOST${number}/ManagementService/CceManagementService.log`),
      ),
    });
    expect(Buffer.byteLength(markup)).toBeLessThan(500_000);
  });
});
