import { beforeAll, describe, expect, test } from 'vitest';
import { hasBrowser, reader } from './browser-kit.js';
import { sampleMarkup } from './sample.js';

describe.skipIf(!hasBrowser)('copying and folding', () => {
  const open = reader();
  let sample: string;
  beforeAll(async () => {
    sample = await sampleMarkup();
  });

  test('the button beside a command copies that command and says so', async () => {
    const { page } = await open(sample);
    await page.locator('#list summary').first().click();
    const commands = page.locator('details.incident[open] .fix.selected .command');
    for (const place of [0, 3]) {
      const command = commands.nth(place);
      await command.locator('button').click();
      await expect.poll(() => command.locator('button').textContent()).toBe('Copied');
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
        await command.locator('code').textContent(),
      );
    }
    expect(await page.textContent('#said')).toBe('Copied');
  });

  test('without the clipboard of newer browsers it copies the old way', async () => {
    const { page } = await open(sample);
    await page.evaluate(() =>
      Object.defineProperty(navigator.clipboard, 'writeText', { value: () => Promise.reject(new Error('no')) }),
    );
    await page.locator('#list summary').first().click();
    const command = page.locator('details.incident[open] .command').first();
    await command.locator('button').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => command.locator('button').textContent()).toBe('Copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await command.locator('code').textContent());
    expect(await page.evaluate(() => document.activeElement?.className)).toContain('copy');
  });

  test('an incident holds its numbered steps, why this fix, other fixes folded, the proof and its symptoms', async () => {
    const { page } = await open(sample);
    await page.locator('#list summary').first().focus();
    await page.keyboard.press('Space');
    const incident = page.locator('details.incident[open]');
    await expect
      .poll(() => page.locator('details.incident[open] > .body > .fixes > .fix.selected > .steps > li').count())
      .toBe(9);
    expect(
      await page.locator('details.incident[open] > .body > .fixes > .fix.selected .why').first().textContent(),
    ).toContain('product version 2.1.0 (given with --cce-version) is in >=2.0.0');
    const others = page.locator('details.incident[open] > .body > .fixes > details.others').first();
    expect(await others.locator('.fix').first().isVisible()).toBe(false);
    await others.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await others.locator('.fix').first().isVisible()).toBe(true);
    const proof = await incident.locator('.evidence figcaption').first().innerText();
    expect(proof).toMatch(/CceManagementService\.log, line 721, bytes 30,600 to 31,104 \(evidence e[0-9a-f]+\)/);
    expect(await incident.locator('.evidence pre').first().innerText()).toContain(
      'Key not valid for use in specified state.',
    );
    const symptom = incident.locator('details.symptom');
    expect(await symptom.locator('summary').first().innerText()).toContain('Tenant admin logon to Office 365 fails');
    await symptom.locator('summary').first().click();
    expect(await symptom.locator('figcaption').first().isVisible()).toBe(true);
  });

  test('on paper every incident is unfolded, without controls, and folds again after', async () => {
    const { page } = await open(sample);
    await page.emulateMedia({ media: 'print' });
    await expect.poll(() => page.locator('details.incident[open]').count()).toBe(14);
    expect(await page.locator('#list').innerText()).toContain('Register-CcAppliance -Local');
    expect(await page.locator('button:visible, select:visible, input:visible, nav:visible').count()).toBe(0);
    await page.emulateMedia({ media: 'screen' });
    await expect.poll(() => page.locator('details.incident[open]').count()).toBe(0);
    expect(page.url()).not.toContain('incident=');
  });
});
