/** From a log to each format through the command line: hostile messages, users, files, archive members and appliances. */
import { Marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { NAUGHTY } from '../support/naughty.js';
import { reportOf } from '../support/report.js';
import { desk } from '../support/run-ccelog.js';
import { keyError, logonFailure, minute, record } from '../support/synthetic-log.js';
import { zipOf } from '../unit/archive-kit.js';

/** What a terminal would obey. */
const OBEYED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** One line of a log: what ends lines would end the record. */
const inLog = Object.values(NAUGHTY).map((text) => text.replace(/[\r\n]+/g, ' ').slice(0, 2000));

const log = inLog
  .map((text, index) => {
    const body = keyError(minute(index)).replace('   at ', `   at ${text}\r\n   at `);
    const user = logonFailure(minute(index), `${text.replace(/[\s.]+/g, '').slice(0, 60)}@contoso.example`);
    return body + user + record('Error', `Odd thing: ${text}`, minute(index));
  })
  .join('');

const NAMES = [
  '=cmd|x.log',
  '<img src=x>.log',
  '`|[a](javascript:x).log',
  '\u202Egol.x',
  '-1+1.log',
  '&amp;"\'.log',
  'ünï 😀.log',
];

describe.concurrent('hostile input', () => {
  const place = desk();

  test.each(['table', 'json', 'ndjson', 'csv', 'markdown', 'sarif', 'junit'])(
    'as %s commands nothing',
    async (format) => {
      const zip = place.write(
        `${format}/=in \u202Epiz.zip`,
        await zipOf(Object.fromEntries(NAMES.map((name) => [`logs/${name}`, log]))),
      );
      const args = ['report', zip, '--format', format, '--db', ':memory:', '--quiet'];
      const { code, stdout, stderr } = await place.ccelog(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).not.toMatch(OBEYED);
      if (format === 'json') expect(reportOf(stdout).incidents.length).toBeGreaterThan(5);
      if (format === 'csv') for (const line of stdout.split('\r\n')) expect(line).not.toMatch(/^[=+\-@]|,[=+\-@]/);
      if (format === 'markdown') {
        const kinds = new Set<string>();
        const marked = new Marked({ gfm: true });
        marked.walkTokens(marked.lexer(stdout), ({ type }) => {
          kinds.add(type);
        });
        for (const active of ['html', 'link', 'image', 'def']) expect(kinds.has(active)).toBe(false);
      }
      expect((await place.ccelog(args)).stdout).toBe(stdout);
    },
  );
});
