/**
 * The pictures of the HTML report in docs/images, of the synthetic sample bundle: `npm run build`, then
 * `node scripts/make-images.mjs`. Needs chromium (its place in CHROMIUM, unless it is Debian's).
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'docs/images');
/** A picture of a document is looked at, not studied. */
const LARGEST = 100_000;

const folder = mkdtempSync(join(tmpdir(), 'ccelog-images-'));
const file = join(folder, 'report.html');
const args = [
  'dist/cli/ccelog.js',
  'analyze',
  'test/fixtures/sample-bundle',
  '--cce-version',
  '2.1',
  '--db',
  ':memory:',
  '-o',
  file,
];
execFileSync(process.execPath, args, { cwd: ROOT });
mkdirSync(OUT, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
await picture('report-light', { viewport: { width: 1040, height: 920 }, deviceScaleFactor: 0.7 });
await picture('report-dark', { viewport: { width: 760, height: 500 }, colorScheme: 'dark' }, openFirst);
await picture('report-400px', { viewport: { width: 400, height: 720 } });
await picture('report-print', { viewport: { width: 540, height: 764 } }, (page) =>
  page.emulateMedia({ media: 'print' }),
);
await browser.close();
rmSync(folder, { recursive: true, force: true });

async function picture(name, options, prepare = () => {}) {
  const page = await browser.newPage({ ...options, reducedMotion: 'reduce' });
  await page.goto(pathToFileURL(file).href);
  await prepare(page);
  const png = await page.screenshot();
  await page.close();
  console.log(`${name}.png ${png.length} bytes`);
  if (png.length > LARGEST) throw new Error(`${name}.png is larger than ${LARGEST} bytes`);
  writeFileSync(join(OUT, `${name}.png`), png);
}

async function openFirst(page) {
  await page.click('.answers a');
  await page.locator('details.incident[open] .steps').first().waitFor();
}
