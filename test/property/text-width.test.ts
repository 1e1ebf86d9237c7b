import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import wrapAnsi from 'wrap-ansi';
import { columnsOf, wrapLines } from '../../src/reports/text-width.js';

const words = fc
  .array(
    fc.oneof(
      { weight: 4, arbitrary: fc.stringMatching(/^[ -~]{0,12}$/) },
      fc.constantFrom('', ' ', '\n', '\t', '│ …', 'é–ü', '漢字', '👩‍👩‍👧', '\u00ad', '\u00a0', '\x1b[1mbold\x1b[22m'),
      fc.integer({ min: 0, max: 60 }).map((length) => 'w'.repeat(length)),
    ),
    { maxLength: 20 },
  )
  .map((parts) => parts.join(' '));

describe('text on a terminal', () => {
  it('is measured and wrapped as the libraries for all of Unicode do', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 40 }), (text, columns) => {
        for (const line of text.split('\n')) expect(columnsOf(line)).toBe(stringWidth(line));
        expect(wrapLines(text, columns).join('\n')).toBe(wrapAnsi(text, columns, { hard: true, trim: true }));
      }),
      { numRuns: 1000 },
    );
  });
});
