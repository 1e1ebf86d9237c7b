/** Everything that is said has its French, and French reads as it is written. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { usageText } from '../../src/cli/help-text.js';
import { table } from '../../src/reports/table.js';
import { binarySizeText, sizeText } from '../../src/texts/sizes.js';
import { decimal, grouped, kept, plural, setLanguage, t, translated } from '../../src/texts/texts.js';
import { analyzePaths } from '../support/analyze-files.js';
import { ROOT, runProgram, SAMPLE_BUNDLE } from '../support/run-ccelog.js';

const GOLDEN = join(ROOT, 'test/golden/sample-bundle-french.table.golden');
/** Paths as Windows has them. */
const SEPARATED = /test\\[\w.\\-]+/g;

beforeEach(() => setLanguage('fr'));
afterEach(() => setLanguage('en'));

test('no text of the code lacks its French, and none in French is left over', async () => {
  const { code, stderr } = await runProgram(process.execPath, [join(ROOT, 'scripts/texts.mjs')], {});
  expect(stderr).toBe('');
  expect(code).toBe(0);
});

test('an apostrophe of French is the typographic one', () => {
  const texts = JSON.parse(readFileSync(join(ROOT, 'src/texts/fr.json'), 'utf8')) as Record<string, string>;
  expect(Object.values(texts).filter((text) => /\p{L}'\p{L}/u.test(text))).toEqual([]);
  const folder = join(ROOT, 'signatures/fr');
  const overlays = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  expect(overlays.filter((name) => /\p{L}''?\p{L}/u.test(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
});

test('the table of the sample bundle', async () => {
  const { report } = await analyzePaths([SAMPLE_BUNDLE]);
  const shown = String(table.render(report, { width: 80, colour: false })).replaceAll(SEPARATED, (path) =>
    path.replace(/\\+/g, '/'),
  );
  if (process.env['UPDATE_GOLDEN'] || !existsSync(GOLDEN)) {
    if (process.env['CI'] && !process.env['UPDATE_GOLDEN']) throw new Error(`${GOLDEN} is missing`);
    writeFileSync(GOLDEN, shown);
  }
  expect(shown.split('\n')).toEqual(readFileSync(GOLDEN, 'utf8').split(/\r?\n/));
});

describe('numbers', () => {
  test('0 and 1 are singular, 2 is plural', () => {
    const said = [0, 1, 2, 1234].map((count) => plural(count, '{0} incident', '{0} incidents'));
    expect(said).toEqual(['0 incident', '1 incident', '2 incidents', '1\u202f234 incidents']);
  });

  test('have a comma, their thousands apart, and units in French', () => {
    expect(decimal(1.25, 1)).toBe('1,3');
    expect(grouped(191_313)).toBe('191\u202f313');
    expect(sizeText(1_400_000_000)).toBe('1,4\u00a0Go');
    expect(binarySizeText(64 * 2 ** 30)).toBe('64\u00a0Gio');
  });

  test('times stay as they sort, in UTC', () => {
    expect(t`${'2018-09-07 09:00:00'} to ${'2018-09-07 12:59:00'} UTC`).toBe(
      'de 2018-09-07 09:00:00 à 2018-09-07 12:59:00 UTC',
    );
  });
});

describe('what is kept as data', () => {
  test('stays English, and is French when it is shown', () => {
    expect(kept`a user resolved it`).toBe('a user resolved it');
    expect(translated('a user resolved it')).toBe('un utilisateur l’a résolu');
    const reason = kept`${'D:\\x'} is on another machine, and is read only where it is named with an option`;
    expect(translated(reason)).toBe('D:\\x se trouve sur une autre machine et n’est lu que si une option le désigne');
  });

  test('is left alone where nothing is known of it, and in English', () => {
    expect(translated('Key not valid for use in specified state.')).toBe('Key not valid for use in specified state.');
    setLanguage('en');
    expect(translated('a user resolved it')).toBe('a user resolved it');
  });
});

test('wrong usage, as the library for options words it', () => {
  const said = "option '--format <format>' argument 'q' is invalid. Allowed choices are table, json.";
  expect(usageText(said)).toBe(
    'la valeur «\u00a0q\u00a0» de l’option «\u00a0--format <format>\u00a0» n’est pas valable\u00a0; choix possibles\u00a0: table, json.',
  );
  setLanguage('en');
  expect(usageText(said)).toBe(said);
});

test('a no-break space stands before the signs that French sets apart', () => {
  const french = JSON.parse(readFileSync(join(ROOT, 'src/texts/fr.json'), 'utf8')) as Record<string, string>;
  const bad = Object.values(french).filter((text) => /[^\s] [:;?!»](?!\w)|« |\w[;?!](?=\s)/.test(text));
  expect(bad).toEqual([]);
});
