import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { richReport } from '../support/rich-report.js';
import { hasBrowser, type OpenOptions, reader, renderHtml } from './browser-kit.js';
import { sampleMarkup } from './sample.js';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

describe.skipIf(!hasBrowser)('for everyone', () => {
  const open = reader();
  let sample: string;
  beforeAll(async () => {
    sample = await sampleMarkup();
  });

  test.each<[string, OpenOptions, boolean?]>([
    ['in light', { colorScheme: 'light' }],
    ['in light, with all that a report may have', { colorScheme: 'light' }, true],
    ['in dark, with all that a report may have', { colorScheme: 'dark' }, true],
    ['in dark', { colorScheme: 'dark' }],
    ['at 400 px', { viewport: { width: 400, height: 800 } }],
    ['at 400 px in dark', { viewport: { width: 400, height: 800 }, colorScheme: 'dark' }],
  ])('axe finds nothing serious, folded and unfolded, %s', async (_, options, isRich = false) => {
    const { page } = await open(isRich ? renderHtml(richReport()) : sample, { ...options, bypassCSP: true });
    await page.addScriptTag({ path: AXE });
    for (const unfold of [false, true]) {
      if (unfold)
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
      // Incidents make their inside when they are opened, with further details in it.
      if (unfold) await page.evaluate(() => new Promise((done) => setTimeout(done, 200)));
      if (unfold)
        await page.evaluate(() => {
          for (const details of document.querySelectorAll('details')) details.open = true;
        });
      const results = (await page.evaluate('axe.run()')) as AxeResults;
      const serious = results.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        serious.map(
          ({ id, nodes }) =>
            `${id}: ${nodes
              .slice(0, 3)
              .map(({ html, failureSummary }) => `${html}\n${failureSummary}`)
              .join('\n')}`,
        ),
      ).toEqual([]);
    }
  });

  test('landmarks, one first heading, no level left out, a skip link that works', async () => {
    const { page } = await open(sample);
    expect(await page.locator('header, nav, main, footer').count()).toBe(4);
    const levels = await page
      .locator('h1, h2, h3, h4')
      .evaluateAll((all) => all.map(({ tagName }) => Number(tagName[1])));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [place, level] of levels.entries()) expect(level - (levels[place - 1] ?? 0)).toBeLessThanOrEqual(1);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('MAIN');
  });

  test('nothing is wider than a screen of 400 px, unfolded too', async () => {
    const { page } = await open(sample, { viewport: { width: 400, height: 800 } });
    await page.locator('#list summary').first().click();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
    const cut = await page
      .locator('#report *')
      .evaluateAll((all) =>
        all
          .filter(
            (element) =>
              element.scrollWidth > element.clientWidth + 1 &&
              getComputedStyle(element).overflowX === 'hidden' &&
              !element.closest('.hidden, .heat, thead'),
          )
          .map(({ outerHTML }) => outerHTML.slice(0, 80)),
      );
    expect(cut).toEqual([]);
  });

  test('light and dark by choice, over what the system says', async () => {
    const { page } = await open(sample, { colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await ground();
    await page.selectOption('#theme', 'light');
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.selectOption('#theme', 'dark');
    expect(await ground()).toBe(dark);
  });

  test('moves nothing for those who asked for that', async () => {
    const { page } = await open(sample, { reducedMotion: 'reduce' });
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).scrollBehavior)).toBe('auto');
  });
});
