import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvObjects } from '../../src/parsers/facts/csv.js';
import { JsonObjects } from '../../src/parsers/facts/json.js';
import { ListObjects } from '../../src/parsers/facts/list.js';
import type { PrintedObject } from '../../src/parsers/facts/printed-object.js';
import { TableObjects } from '../../src/parsers/facts/table.js';
import type { TextLine } from '../../src/parsers/text-line.js';
import { valuesOf } from '../support/facts-of.js';
import { convertToJson, exportCsv, formatList, formatTable } from '../support/powershell-forms.js';

interface Form {
  push(line: TextLine, answer: { typed: string }): PrintedObject[];
  end(): PrintedObject[];
}

function read(form: Form, lines: string[]): Record<string, string>[] {
  const objects = lines.flatMap((text, index) =>
    form.push({ text, number: index + 1, byteStart: index, byteEnd: index + 1 }, { typed: '' }),
  );
  return [...objects, ...form.end()].map(({ properties }) =>
    Object.fromEntries([...properties].map(([name, { text }]) => [name, text])),
  );
}

const WORD = fc.oneof(
  fc.stringMatching(/^[A-Za-z0-9]{1,14}$/),
  fc.constantFrom(
    '{a,',
    'b}',
    '{}',
    ':',
    'x:',
    '=',
    'C:\\Program',
    '(x)',
    'Fonctionnement',
    'été',
    '正常動作',
    '実行',
    '"q"',
    '...',
    '---',
    '[01]:',
    '%',
  ),
);
const VALUE = fc.array(WORD, { maxLength: 9 }).map((words) => words.join(' '));
const NAME = fc.stringMatching(/^[A-Z][a-z]{1,6}(?:[A-Z][a-z]{1,8}){0,2}$/);
const OBJECTS = fc
  .uniqueArray(NAME, { minLength: 2, maxLength: 7, selector: (name) => name.toLowerCase() })
  .chain((names) =>
    fc.record({
      names: fc.constant(names),
      rows: fc.array(fc.tuple(...names.map(() => VALUE)), { minLength: 1, maxLength: 5 }),
    }),
  );

function objectsOf(names: string[], rows: string[][]): Record<string, string>[] {
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name.toLowerCase(), row[at]!])));
}

describe('objects that PowerShell prints', () => {
  it('are read back from Format-List at any width', () => {
    fc.assert(
      fc.property(OBJECTS, fc.integer({ min: 80, max: 160 }), fc.boolean(), ({ names, rows }, width, keepsBlank) => {
        expect(read(new ListObjects(), formatList(names, rows, width, keepsBlank))).toEqual(objectsOf(names, rows));
      }),
      { numRuns: 300 },
    );
  });

  it('are read back from Format-List with words that are longer than a line', () => {
    const long = fc.stringMatching(/^[a-z]{60,260}$/);
    const value = fc.tuple(VALUE, long, VALUE).map((parts) => parts.join(' ').trim());
    fc.assert(
      fc.property(value, fc.integer({ min: 80, max: 160 }), (text, width) => {
        const lines = formatList(['Name', 'Error'], [['x', text]], width, true);
        expect(read(new ListObjects(), lines)).toEqual([{ name: 'x', error: text }]);
      }),
    );
  });

  it('are read back from Format-Table, whatever their values', () => {
    fc.assert(
      fc.property(OBJECTS, ({ names, rows }) => {
        // A row begins with a value: a blank line ends a table.
        const filled = rows.map((row) => row.map((cell, at) => (at === 0 && cell === '' ? 'x' : cell)));
        const lines = formatTable(names, filled);
        expect(read(new TableObjects(), lines)).toEqual(objectsOf(names, filled));
      }),
      { numRuns: 300 },
    );
  });

  it('are read back from Format-Table with right-aligned numbers between texts', () => {
    const rows = fc.array(
      fc.tuple(
        fc.stringMatching(/^[A-Za-z][\w ]{0,20}[a-z]$/),
        fc.nat(),
        fc.stringMatching(/^[A-Z]\w{0,8}$/),
        fc.nat(),
        VALUE,
      ),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(rows, (numbered) => {
        const texts = numbered.map((row) => row.map(String).map((cell) => cell.replace(/ +/g, ' ')));
        const names = ['Name', 'Usage', 'State', 'Id', 'Status'];
        const lines = formatTable(names, texts, [false, true, false, true, false]);
        expect(read(new TableObjects(), lines)).toEqual(objectsOf(names, texts));
      }),
      { numRuns: 300 },
    );
  });

  it('are read back from CSV and JSON', () => {
    fc.assert(
      fc.property(OBJECTS, fc.constantFrom(',', ';'), fc.boolean(), ({ names, rows }, delimiter, isCompressed) => {
        expect(read(new CsvObjects(), exportCsv(names, rows, delimiter))).toEqual(objectsOf(names, rows));
        expect(read(new JsonObjects(), convertToJson(names, rows, isCompressed))).toEqual(objectsOf(names, rows));
      }),
    );
  });
});

describe('ini files', () => {
  it('are read back', () => {
    const key = fc
      .stringMatching(/^[A-Z][A-Za-z]{1,12}$/)
      .filter((name) => !/pass|pwd|secret|token|cred|senha|kennwort/i.test(name));
    const section = fc.tuple(
      key,
      fc.uniqueArray(fc.tuple(key, VALUE), { selector: ([name]) => name.toLowerCase(), maxLength: 6 }),
    );
    const sections = fc.uniqueArray(section, { selector: ([name]) => name.toLowerCase(), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(sections, fc.constantFrom('=', ' = ', '= '), (file, equals) => {
        const text = file.map(
          ([name, keys]) => `[${name}]\n; x=y\n${keys.map(([one, value]) => `${one}${equals}${value}\n`).join('')}`,
        );
        const found = valuesOf(text.join('\n'), { kind: 'config' }).filter(({ about }) => about === 'ini-key');
        const expected = file.flatMap(([name, keys]) =>
          keys.map(([one, value]) => ({ section: name, key: one, value })),
        );
        expect(found.map(({ section: in_, key: one, value }) => ({ section: in_, key: one, value }))).toEqual(expected);
      }),
    );
  });
});
