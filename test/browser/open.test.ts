import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { madeIncident, madeReport, madeSource } from '../support/made-report.js';
import { hasBrowser, reader, renderHtml } from './browser-kit.js';
import { sampleMarkup } from './sample.js';

describe.skipIf(!hasBrowser)('a report opened from disk', () => {
  const open = reader();
  let sample: string;
  beforeAll(async () => {
    sample = await sampleMarkup();
  });

  test('asks for nothing, says nothing on the console, keeps to its policy', async () => {
    const { page, trouble } = await open(sample);
    await page.locator('details.incident').first().locator('summary').first().click();
    await page.waitForTimeout(200);
    expect(trouble).toEqual([]);
  });

  test('the policy allows the inlined style and script by digest and nothing else', () => {
    const policy = sample.match(/Content-Security-Policy" content="([^"]*)"/)?.[1]?.replaceAll('&#39;', "'");
    const digest = (text: string | undefined) =>
      `'sha256-${createHash('sha256')
        .update(text ?? '')
        .digest('base64')}'`;
    expect(policy?.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${digest(sample.match(/<script>([\s\S]*?)<\/script>/)?.[1])}`,
      `style-src ${digest(sample.match(/<style>([\s\S]*?)<\/style>/)?.[1])}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(sample).not.toMatch(/ (style|on\w+|src|action)="/);
  });

  test('begins with what is wrong, since when, and what to do first', async () => {
    const { page } = await open(sample);
    expect(await page.title()).toContain('Stored credentials cannot be decrypted');
    expect(await page.locator('h1').textContent()).toBe(
      "Stored credentials cannot be decrypted since the host account's password changed",
    );
    const answers = await page.locator('.answers').innerText();
    expect(answers).toContain('2018-09-07 09:00:00 UTC');
    expect(answers).toContain('Seen 120 times');
    expect(answers).toContain('Create the credential file anew (2.0 and later)');
    await page.click('.answers a');
    expect(await page.locator('details.incident[open] > summary h3').textContent()).toBe(
      await page.locator('h1').textContent(),
    );
  });

  test('tells what was read, what is not understood, and what was left out', async () => {
    const { page } = await open(sample);
    const account = await page.locator('#account').innerText();
    expect(account).toContain('4 of 5 files were read');
    expect(account).toContain('README.txt');
    expect(account).toContain('not a log: no known format');
    expect(await page.locator('#unknown').innerText()).toContain('System.TimeoutException');
    const damaged = madeSource('a.log', { orphanLines: 3, invalidBytes: 1, nulBytes: 512, truncatedRecords: 1 });
    const { page: other } = await open(renderHtml(madeReport({ sources: [damaged] })));
    expect(await other.locator('#account .problems').innerText()).toBe(
      [
        '3 lines before the first header',
        '1 undecodable byte',
        '512 NUL bytes passed over',
        '1 oversized record kept in part',
      ].join('\n'),
    );
  });

  test('the same report twice is the same bytes', async () => {
    expect(await sampleMarkup()).toBe(sample);
  });

  test('without JavaScript the verdict, the worst incidents and their fixes are there, and no dead controls', async () => {
    const { page } = await open(sample, { javaScriptEnabled: false });
    expect(await page.locator('h1').innerText()).toContain('Stored credentials cannot be decrypted');
    const first = page.locator('details.incident').first();
    expect(await first.innerText()).toContain('Register-CcAppliance -Local');
    expect(await first.innerText()).toContain('ConvertTo-SecureString : Key not valid for use in specified state.');
    expect(await page.locator('svg.timeline a.bar').count()).toBeGreaterThan(5);
    expect(await page.locator('button:visible, select:visible, input:visible').count()).toBe(0);
  });

  test.each([
    ['No known failure was found', {}],
    ['Nothing was searched: see below why', { sources: [madeSource('a.exe', { skipped: 'not a log', records: 0 })] }],
    ['None of the 3 incidents found is in the selection', { leftOut: 3 }],
    ['Nothing is open: what was found is over or silenced', { incidents: [madeIncident(1, { status: 'resolved' })] }],
  ])('says so where there is nothing to do: %s', async (verdict, changes) => {
    const { page, trouble } = await open(renderHtml(madeReport(changes)));
    expect(await page.locator('h1').innerText()).toBe(verdict);
    expect(trouble).toEqual([]);
  });
});
