/** A report in a real browser, opened from disk as its readers do, with everything it should not do written down. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll } from 'vitest';
import type { Report } from '../../src/model.js';
import { html } from '../../src/reports/html/html.js';

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const named = process.env['CHROMIUM'];
const executablePath = (named === undefined ? PLACES : [named]).find((place) => existsSync(place));

/** Whether the tests can run. A CI without the browser fails: there it has to be. */
export const hasBrowser = executablePath !== undefined;
if (!hasBrowser && process.env['CI']) throw new Error('no chromium: apt-get install chromium, or name one in CHROMIUM');
if (!hasBrowser) console.warn('skipped: needs chromium (apt-get install chromium, or name one in CHROMIUM)');

export interface Opened {
  page: Page;
  /** Requests beside that for the file, errors of the console, exceptions and violations of the policy. */
  trouble: string[];
}

export interface OpenOptions extends BrowserContextOptions {
  /** The part of the address after the #. */
  fragment?: string;
}

export function renderHtml(report: Report): string {
  return String(html.render(report, { width: 80, colour: false }));
}

/** Opens reports for the tests of a file, in one browser. */
export function reader(): (markup: string, options?: OpenOptions) => Promise<Opened> {
  let browser: Browser;
  let folder: string;
  let number = 0;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'ccelog-browser-'));
    if (executablePath !== undefined) browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return async (markup, { fragment = '', ...options } = {}) => {
    const file = join(folder, `report-${number++}.html`);
    writeFileSync(file, markup);
    const context = await browser.newContext({
      viewport: { width: 1200, height: 900 },
      timezoneId: 'Asia/Kolkata',
      ...options,
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = await context.newPage();
    const trouble: string[] = [];
    const address = pathToFileURL(file).href;
    page.on(
      'request',
      (request) => request.url().split('#')[0] === address || trouble.push(`request: ${request.url()}`),
    );
    page.on('console', (message) => message.type() === 'error' && trouble.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => trouble.push(`exception: ${error.stack}`));
    page.on('dialog', (dialog) => {
      trouble.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    context.on('page', (other) => other !== page && trouble.push(`window: ${other.url()}`));
    page.on(
      'framenavigated',
      (frame) => frame.url().split('#')[0] === address || trouble.push(`went to ${frame.url()}`),
    );
    await page.goto(`${address}${fragment === '' ? '' : `#${fragment}`}`);
    return { page, trouble };
  };
}

/** The titles of the incidents in the list, in order. */
export function listed(page: Page): Promise<string[]> {
  return page.locator('#list details.incident > summary h3').allTextContents();
}
