/**
 * What a large HTML report costs its reader: the size of the file, the time to the first paint and that of a filter, in
 * chromium. `node bench/html-report.mjs [incidents]` prints a line for each; docs and tests name no time without it.
 */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { html } from '../dist/reports/html/html.js';
import { largeReport } from '../test/support/made-report.ts';

const incidents = Number(process.argv[2] ?? 10_000);
const folder = mkdtempSync(join(tmpdir(), 'ccelog-bench-'));
const file = join(folder, 'report.html');
const report = largeReport(incidents);
const began = performance.now();
writeFileSync(file, html.render(report, { width: 80, colour: false }));
const rendered = performance.now() - began;

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
await page.goto(pathToFileURL(file).href);
const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null);
const ready = await page.evaluate(() => performance.timing.loadEventEnd - performance.timing.navigationStart);

/** Milliseconds from an input to the frame that shows what it leaves. */
const timed = (fill) =>
  page.evaluate(async (text) => {
    const search = document.querySelector('#text');
    search.value = text;
    const start = performance.now();
    search.dispatchEvent(new Event('change', { bubbles: true }));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  }, fill);
const filters = { 'one user': 'user4711@', 'a word in all records': 'Microsoft.Rtc', nothing: '' };
const line = (name, value) => console.log(`${name.padEnd(34)} ${value}`);
line('incidents', incidents);
line('file', `${(statSync(file).size / 1e6).toFixed(2)} MB`);
line('rendered by ccelog in', `${rendered.toFixed(0)} ms`);
line('first contentful paint', paint === null ? 'unknown' : `${paint.toFixed(0)} ms`);
line('loaded, script run', `${ready.toFixed(0)} ms`);
for (const [name, text] of Object.entries(filters))
  line(`filter by text: ${name}`, `${(await timed(text)).toFixed(0)} ms, ${await page.textContent('#matched')}`);
await browser.close();
rmSync(folder, { recursive: true, force: true });
