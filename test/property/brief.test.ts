/** What a timeline shows of a record: the beginning of its excerpt, however much of the record was searched for secrets. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { briefOf, excerptOf, headlineOf } from '../../src/pipeline/excerpt.js';

const value = fc.string({ unit: fc.constantFrom('x', 'y', 'Z', '7', '!', ')', '-'), minLength: 1, maxLength: 390 });
const secret = fc
  .tuple(
    fc.constantFrom<[before: string, after: string]>(
      ['Update-CcVM (password: ', ') and run it again'],
      ['-VMAdminPassword ', ' -Force'],
      ['"password": "', '"'],
      ["<S N='Password'>", '</S>'],
      ['<Password>', '</Password>'],
      ['ConvertTo-SecureString ', ' -AsPlainText -Force'],
      ['net user admin ', ' /add'],
      ['https://user:', '@host.contoso.com/'],
      ['Update-CcVM (password: ', ')'],
      ['pass\r\nword = ', ' '],
      ['PublicKeyToken=', ', AccessToken='],
      ['$pass = "', '"'],
      ['-AsPlainText -Force ConvertTo-SecureString -String ', ''],
      ['<add key="Password" value="', '"/>'],
      ["New-Object PSCredential('admin', '", "')"],
      ['net use z: \\\\host\\share ', ' /user:admin'],
      ['net use * /user:admin ', ''],
      ['curl -u name:', ' https://host'],
      ['Authorization: Basic ', ''],
      ['Bearer 0123456789abcdef', ''],
      ['-----BEGIN RSA PRIVATE KEY-----\r\n', '-----END'],
      ['pass\u200bword: ', ' '],
      ['Password:\r\n', '\r\n'],
    ),
    value,
  )
  .chain(([[before, after], text]) =>
    // Blanks and what cannot be seen may stretch it.
    fc
      .tuple(fc.constantFrom('', ' ', '\t', '\u200b'), fc.constantFrom(0, 1, 30, 1500))
      .map(([stretch, times]) => `${before}${text}${stretch.repeat(times)}${after}`),
  );
const filler = fc
  .tuple(
    fc.constantFrom('at A.B.C(CancellationToken token)\r\n', 'words ', ' ', '\0', '語'),
    fc.integer({ min: 0, max: 300 }),
  )
  .map(([text, times]) => text.repeat(times));

it('is that of the whole record, masked', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(secret, filler), { maxLength: 8 }), (parts) => {
      const text = parts.join(' ');
      const excerpt = excerptOf(text);
      const expected = excerpt.length <= 300 ? excerpt : `${excerpt.slice(0, 300).toWellFormed()} […]`;
      expect(briefOf(text)).toBe(expected);
    }),
    { numRuns: 1500 },
  );
});

it('of a record of a log is its first line, masked', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(secret, filler), { maxLength: 8 }), (parts) => {
      const text = `CceService Error: 0 : What happened there: ${parts.join(' ')}`;
      const excerpt = excerptOf(text);
      const line = excerpt.search(/\r?\n|$/);
      const isLong = !/^.{0,300}\r?\n/.test(text);
      // A first line that its secrets made short enough is shown as what it was: too long to be one.
      fc.pre(isLong === line > 300);
      const expected =
        line > 300 ? `${excerpt.slice(0, 300).toWellFormed()} […]` : excerpt.slice(0, line).toWellFormed();
      expect(headlineOf(text)).toBe(expected);
    }),
    { numRuns: 1500 },
  );
});
