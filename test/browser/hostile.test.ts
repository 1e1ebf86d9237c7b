/** Whoever can write into a log writes into the report: none of it may run, load, lead away or hide. */
import { describe, expect, test } from 'vitest';
import type { ApplianceReport } from '../../src/appliance.js';
import type { Incident } from '../../src/model.js';
import { madeFix, madeIncident, madeReport, madeSource } from '../support/made-report.js';
import { hasBrowser, reader, renderHtml } from './browser-kit.js';

const NAUGHTY = [
  '<script>alert(1)</script>',
  '</script><script>alert(2)</script>',
  '<!--<script>',
  '<img src=x onerror=alert(3)>',
  '"><svg onload=alert(4)>',
  "' autofocus onfocus=alert(5) x='",
  '</style><style>*{display:none}</style>',
  '</title><meta http-equiv="refresh" content="0;url=https://example.invalid/">',
  'javascript:alert(6)',
  'https://example.invalid/?click=me',
  '<a href="https://example.invalid/">here</a>',
  '<base href="https://example.invalid/"><iframe src="https://example.invalid/">',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is one of the texts
  '{{constructor.constructor("alert(7)")()}} ${alert(8)} `alert(9)`',
  '__proto__',
  '&lt;b&gt; &amp;#x3c;script&gt;',
  '\u2028alert(10)\u2029',
  'C:\\logs\\\u202egol.exe',
  '\x1b]0;title\x07\x1b[31mred\0\x08\x7f\x9b',
  '\ufeff\u200bzero\u200dwidth\u2066isolate\u2069',
  '\ud800 lone surrogates \udfff',
  'Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ ',
  'مرحبا بالعالم אבג',
  '田中さんにあげて下さい 👩‍👩‍👧 🏳️‍🌈',
  `${'x'.repeat(5000)}`,
  '\t\r\n  \v\f ',
  '{0} {1} %s %n $& $1',
  '*/ alert(11) /*',
];

/** An incident in which every text that a log, a file or a name may bring is naughty. */
function naughtyIncident(text: string, number: number): Incident {
  const made = madeIncident(number);
  const [piece] = made.evidence;
  return {
    ...made,
    title: `Title ${text}`,
    cause: `Cause ${text}`,
    signature: text,
    appliance: text,
    site: text,
    suggests: text,
    entities: { user: text, [text]: 'value' },
    evidence: [
      { ...piece!, source: `collected/${text}.zip!/${text}`, excerpt: `CceService Error: 0 : ${text}\r\n${text}` },
    ],
    fixes: [
      {
        ...madeFix('fix', true),
        title: text,
        why: text,
        references: [text],
        steps: [{ text, command: text, where: 'host' }],
      },
    ],
  };
}

/** Worse than its type allows: words too are what a store that somebody changed may say. */
function naughtyAppliance(text: string): ApplianceReport {
  const appliance = {
    name: text,
    site: text,
    running: null,
    scripts: null,
    product: { version: text, origin: text, basis: 'said' },
    asOf: text,
    servers: [{ role: text, name: text, fqdn: text, address: text }],
    known: [
      {
        name: text,
        value: text,
        basis: 'said',
        from: [{ source: text, line: 1, command: text }],
        contradictedBy: [{ value: text, from: [] }],
      },
    ],
    recovery: {
      points: [{ kind: text, time: '2018-09-07T09:00:00Z', timeBasis: 'explicit', outcome: text }],
      attempts: 1,
      missing: 0,
      state: text,
      next: { number: 1, time: text, why: text },
      notes: [text],
    },
  };
  return appliance as unknown as ApplianceReport;
}

const report = madeReport({
  incidents: NAUGHTY.map((text, number) => naughtyIncident(text, number)),
  sources: NAUGHTY.map((text, number) => madeSource(text, { encoding: text, skipped: number % 2 === 0 ? text : null })),
  unknown: NAUGHTY.map((text) => ({
    template: text,
    level: 'error',
    count: 1,
    exceptions: [text, text],
    evidence: { id: 'u1', source: text, line: 1, byteStart: 0, byteEnd: 9, excerpt: text },
  })),
  questions: NAUGHTY.map((text) => ({ signature: text, text, command: text, where: 'host', appliance: text })),
  appliances: NAUGHTY.map(naughtyAppliance),
  activity: NAUGHTY.map((text) => ({ appliance: text, signature: text, hour: text, count: 1 })),
});

describe.skipIf(!hasBrowser)('hostile texts', () => {
  const open = reader();
  const markup = renderHtml(report);

  test('show as text, run nothing, load nothing, lead nowhere', async () => {
    const { page, trouble } = await open(markup);
    const own = await page.evaluate(() => ({
      scripts: document.scripts.length,
      styles: document.querySelectorAll('style').length,
    }));
    expect(own).toEqual({ scripts: 2, styles: 1 });
    for (const summary of await page.locator('#list details.incident > summary').all()) await summary.click();
    await page.locator('#text').fill('<script>');
    await expect.poll(() => page.textContent('#matched')).toMatch(/of 27/);
    await page.fill('#text', '');
    for (const index of NAUGHTY.keys()) await page.selectOption('#appliance', { index: index % 20 });
    await page.waitForTimeout(300);
    expect(trouble).toEqual([]);
    expect(await page.locator('img, iframe, base, object, embed, link, meta[http-equiv=refresh]').count()).toBe(0);
    const links = await page.locator('a').evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
    expect(links.filter((link) => !link.startsWith('#'))).toEqual([]);
    const handlers = await page
      .locator('*')
      .evaluateAll((all) =>
        all.flatMap((element) => element.getAttributeNames()).filter((name) => /^on|^style$/.test(name)),
      );
    expect(handlers).toEqual([]);
  });

  test('stand there to be read: what was written, with what cannot be seen spelled out', async () => {
    const { page } = await open(markup);
    const titles = await page.locator('#list details.incident > summary h3').allTextContents();
    expect(titles).toContain('Title <img src=x onerror=alert(3)>');
    expect(titles).toContain('Title </script><script>alert(2)</script>');
    expect(titles).toContain('Title C:\\logs\\\\u202egol.exe');
    expect(titles).toContain('Title \\x1b]0;title\\x07\\x1b[31mred\\x00\\x08\\x7f\\x9b');
    expect(titles).toContain('Title \\u2028alert(10)\\u2029');
    expect(
      await page.evaluate(() =>
        /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069]/.test(document.body.innerText),
      ),
    ).toBe(false);
  });

  test('without JavaScript neither', async () => {
    const { page, trouble } = await open(markup, { javaScriptEnabled: false });
    expect(trouble).toEqual([]);
    expect(await page.locator('h1').innerText()).toContain('Title <script>alert(1)</script>');
    expect(await page.locator('img, iframe, base, object, embed, link').count()).toBe(0);
  });

  test('cannot break the page out of its width', async () => {
    const { page } = await open(markup, { viewport: { width: 400, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(400);
  });
});
