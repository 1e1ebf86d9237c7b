import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patternLiterals, signatureLiterals } from '../../src/detectors/literals.js';
import { squeeze } from '../../src/detectors/squeeze.js';
import { foldUnit } from '../../src/parsers/window-memory.js';
import { LiteralSearch } from '../../src/scanner/literal-search.js';

const fold = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Small regular expressions, each with a text that it matches. */
interface Sample {
  source: string;
  text: string;
}
const letters = fc.stringMatching(/^[A-Za-z0-9ü在]{1,6}$/).map((text) => ({ source: text, text }));
const sample: fc.Arbitrary<Sample> = fc.letrec<{ regex: Sample; sequence: Sample }>((tie) => ({
  regex: fc.oneof(
    { maxDepth: 3 },
    letters,
    letters.map(({ source, text }) => ({ source: `[${source}]`, text: text.slice(0, 1) })),
    fc.constant({ source: '\\w', text: 'q' }),
    fc.constant({ source: '.{1,3}', text: 'zz' }),
    fc.constant({ source: '(?:)', text: '' }),
    tie('sequence').map(({ source, text }) => ({ source: `(?:${source})?`, text })),
    tie('sequence').map(({ source, text }) => ({ source: `(?:${source})?`, text: text.slice(0, 0) })),
    tie('sequence').map(({ source, text }) => ({ source: `(${source}){1,2}`, text: text + text })),
    fc
      .tuple(tie('sequence'), tie('sequence'))
      .map(([left, right]) => ({ source: `(?:${left.source}|${right.source})`, text: right.text })),
  ),
  sequence: fc.array(tie('regex'), { minLength: 1, maxLength: 3 }).map((parts) => ({
    source: parts.map(({ source }) => source).join(''),
    text: parts.map(({ text }) => text).join(''),
  })),
})).sequence;

describe('literals of a pattern', () => {
  it('hold in every text that the pattern matches, whatever its case rules', () => {
    fc.assert(
      fc.property(sample, fc.boolean(), ({ source, text }, ignoreCase) => {
        const regex = new RegExp(source, ignoreCase ? 'i' : '');
        const subject = ignoreCase ? text.toUpperCase() : text;
        const match = regex.exec(subject);
        fc.pre(match !== null);
        const literals = patternLiterals(regex);
        if (literals === null) return;
        expect(literals.some((literal) => fold((match as RegExpExecArray)[0]).includes(literal))).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    ['abcd|efgh', ['abcd', 'efgh']],
    ['(?:abcd)?', null],
    ['abcd|e?', null],
    ['Error[Cc]ode=x+yyyyy', ['errorcode=']],
    ['foo(?!barbaz)quux', ['fooquux']],
    ['(?:ABC|abc)DEF', ['abcdef']],
    ['.*', null],
    // Where no text by itself tells enough, those that stand one behind the other do.
    [
      '(?:Start(?:ed)?|Begin) (?:to )?recover'.replaceAll(' ', ''),
      ['startrecover', 'starttorecover', 'startedrecover', 'startedtorecover', 'beginrecover', 'begintorecover'],
    ],
    ['[Aa]ppliance(?:is|was)?[Dd]own', ['appliancedown', 'applianceisdown', 'appliancewasdown']],
    // One that is good by itself is not joined with what may be missing.
    ['(?:the)?houseofthegatewayburns(?:down)?', ['houseofthegatewayburns']],
    ['[a-d][a-d][a-d]xyzzy', ['xyzzy']],
  ])('of %s are %j', (source, expected) => {
    expect(patternLiterals(new RegExp(source))).toEqual(expected);
  });

  it('of a case-insensitive pattern leave out letters that only case folding equates', () => {
    expect(patternLiterals(/Schlüsselwort/i)).toEqual(['sselwort']);
  });

  it('of a signature come from the condition that tells most, and are none where an alternative has none', () => {
    const rare = { all: [{ text: 'a Word' }, { text: 'a much longer sentence' }] };
    expect(signatureLiterals([rare], {})).toEqual(['amuchlongersentence'.slice(-20)]);
    expect(signatureLiterals([rare, { all: [{ text: '[0-9]+' }] }], {})).toEqual([]);
  });
});

describe('search', () => {
  const encoders = {
    1: (text: string) => Buffer.from(text),
    2: (text: string) => Buffer.from(Array.from({ length: text.length }, (_, at) => foldUnit(text.charCodeAt(at)))),
  };
  it.each([1, 2] as const)('finds what a plain search finds, however it is wrapped and split (unit %i)', (unit) => {
    const text = fc.array(fc.constantFrom('a', 'B', 'ab', 'c', ' ', '\r\n', '\0', 'ü', '在', 'abc'), { maxLength: 60 });
    const literal = fc.stringMatching(/^[abcü在]{1,4}$/);
    fc.assert(
      fc.property(
        text,
        fc.array(literal, { minLength: 1, maxLength: 4 }),
        fc.array(fc.nat(80)),
        (parts, words, cuts) => {
          const whole = parts.join('');
          const bytes = encoders[unit](whole);
          const search = new LiteralSearch(
            words.map((word) => [word]),
            unit,
          );
          const found = new Set<number>();
          const places = Int32Array.from(
            [...cuts].sort((left, right) => left - right).filter((cut) => cut < bytes.length),
          );
          // Cuts are places that no literal needs to be found across: without them, everything is found.
          const everywhere = search.search(bytes, 0, bytes.length);
          for (let at = 0; at < everywhere.count; at++)
            for (const word of search.signatures(everywhere.what[at] as number)) found.add(word);
          const expected = words.flatMap((word, index) => (fold(squeeze(whole)).includes(word) ? [index] : []));
          expect([...found].sort()).toEqual(expected);
          const between = search.search(bytes, 0, bytes.length, places);
          for (let at = 0; at < between.count; at++)
            for (const word of search.signatures(between.what[at] as number)) expect(found).toContain(word);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
