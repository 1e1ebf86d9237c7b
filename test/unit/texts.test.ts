import { afterEach, expect, test } from 'vitest';
import { grouped, plural, setLanguage, t } from '../../src/texts/texts.js';

afterEach(() => setLanguage('en'));

test('English stands in the code', () => {
  expect(t`nothing`).toBe('nothing');
  expect(t`${1} of ${'two'} {0}`).toBe('1 of two 1');
  expect(plural(1, '{0} file', '{0} files')).toBe('1 file');
  expect(plural(0, '{0} file in {1}', '{0} files in {1}', 'x')).toBe('0 files in x');
  expect(grouped(1234567)).toBe('1,234,567');
});

test('a value is never taken for a place', () => {
  expect(t`${'{1}'} and ${'{0}'}`).toBe('{1} and {0}');
});

test('what a language lacks shows in English; numbers read as it writes them', () => {
  setLanguage('fr');
  expect(t`a sentence that nobody translated ${1}`).toBe('a sentence that nobody translated 1');
  expect(plural(0, '{0} thing', '{0} things')).toBe('0 thing');
  expect(grouped(1234567)).toBe('1\u202f234\u202f567');
});
