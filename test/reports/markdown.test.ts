/** Markdown: whatever a log says, a reader of GitHub's Markdown sees the same text and nothing that does anything. */
import fc from 'fast-check';
import { Marked, type Token, type Tokens } from 'marked';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.js';
import { printable, printableLine, printableName } from '../../src/redaction/printable.js';
import { block, code, inline } from '../../src/reports/markdown-escape.js';
import { NAUGHTY } from '../support/naughty.js';
import { reportWith } from '../support/naughty-report.js';
import { rendered } from '../support/render.js';
import { anyReport, anyText } from '../support/report-arbitrary.js';

const marked = new Marked({ gfm: true });

/** All tokens of a document, also those within others. */
function tokensOf(text: string): Token[] {
  const all: Token[] = [];
  marked.walkTokens(marked.lexer(text), (token) => {
    all.push(token);
  });
  return all;
}

/** What a reader sees of a line; entities are still to be read. */
function seenText(tokens: readonly Token[]): string {
  return tokens
    .map((token) => ('tokens' in token && token.tokens ? seenText(token.tokens) : 'text' in token ? token.text : ''))
    .join('');
}

const plain = (text: string) =>
  text
    .replace(/&#8203;|\u200b/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Parsers differ in whether a block has its last line ends. */
const ended = (text: string) => text.replace(/\n*$/, '');

/** What GitHub looks for in text that it has rendered. */
const MENTIONS = /@[\w-]|#\d|\bGH-\d|:[a-z+_-][\w+-]*:/i;

function checked(text: string, report: Report): void {
  const tokens = tokensOf(text);
  const kinds = new Set(tokens.map(({ type }) => type));
  for (const active of ['html', 'link', 'image', 'def', 'checkbox', 'del', 'blockquote', 'hr'])
    expect([...kinds]).not.toContain(active);
  const headings = tokens.filter(({ type }) => type === 'heading') as Tokens.Heading[];
  expect(headings.filter(({ depth }) => depth === 1)).toHaveLength(1);
  const shown = (text.match(/^## \d+\. /gm) ?? []).length;
  expect(shown).toBeLessThanOrEqual(report.incidents.length);
  for (const token of tokens)
    if (token.type === 'table') {
      const { header, rows } = token as Tokens.Table;
      expect(header).toHaveLength(7);
      expect(rows).toHaveLength(shown);
      for (const row of rows) expect(row).toHaveLength(7);
    }
  // Inside of code GitHub looks for nothing.
  for (const token of tokens)
    if (token.type === 'text' && !('tokens' in token && token.tokens))
      expect(token.raw.replaceAll('&#8203;', '\u200b')).not.toMatch(MENTIONS);
}

describe('Markdown', () => {
  test.each(Object.keys(NAUGHTY))('with %s everywhere does nothing', async (name) => {
    const text = NAUGHTY[name] as string;
    const report = reportWith(text);
    const markdown = await rendered('markdown', report);
    checked(markdown, report);
    const blocks = tokensOf(markdown).filter(({ type }) => type === 'code') as Tokens.Code[];
    expect(blocks.filter(({ lang }) => lang === 'text').map((block) => ended(block.text))).toContain(
      ended(printable(text)),
    );
  });

  test('of any report does nothing', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => checked(await rendered('markdown', report), report)),
      { numRuns: 200 },
    );
  });

  test('code is the text to the letter', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [span] = tokensOf(`a ${code(text)} b`).filter(({ type }) => type === 'codespan') as Tokens.Codespan[];
        expect(plain(span?.text ?? '').trim()).toBe(plain(printableName(text)).trim());
        const [fenced] = tokensOf(block(text, 'text', '')).filter(({ type }) => type === 'code') as Tokens.Code[];
        expect(ended(fenced?.text ?? '')).toBe(ended(printable(text)));
        const steps = tokensOf(`10. step\n\n${block(text, 'powershell', '    ')}\n11. next`);
        expect((steps.filter(({ type }) => type === 'list') as Tokens.List[]).map(({ items }) => items.length)).toEqual(
          [2],
        );
      }),
      { numRuns: 500 },
    );
  });

  test('a text on a line reads as it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const shown = printableLine(text);
        fc.pre(shown !== '');
        const tokens = marked.lexer(inline(text));
        expect(tokens.map(({ type }) => type)).toEqual(['paragraph']);
        expect(plain(seenText(tokens))).toBe(plain(shown));
      }),
      { numRuns: 1000 },
    );
  });
});
