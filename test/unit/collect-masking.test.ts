/** Logs are copied byte for byte but for their secrets, which are overwritten where they stand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MaskStream } from '../../src/bundles/collect/mask-stream.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { maskInPlace, maskSecrets } from '../../src/redaction/mask-secrets.js';
import { faultyLog } from '../support/synthetic-log.js';

const SECRET = 'Synth-Pa55w0rd!x';
const LINES = [
  'CceService Information: 0 : all is well\r\n',
  '    DateTime=2018-09-07T10:40:37.0000000Z\r\n',
  `CceService Error: 0 : update the VM (Password: ${SECRET}) and run Convert-CcIsoToVhdx\r\n`,
  `CceService Error: 0 : update the VM (Password: ${SECRET.slice(0, 6)}\r\n${SECRET.slice(6)}) and run it\r\n`,
  `Register-CcAppliance -Password ${SECRET}\r\n`,
  'CceService Warning: 0 : Grüße aus 東京, 😀 und weiter\r\n',
  `{"password": "Zürich 😀 ${SECRET}"}\r\n`,
  'System.Xml, Version=4.0.0.0, Culture=neutral, PublicKeyToken=b77a5c561934e089\r\n',
  `${'x'.repeat(300)}\n`,
];

type Encode = (text: string) => Buffer;
const ENCODINGS: Record<string, Encode> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with its mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16 without a mark': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16, big-endian': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

function masked(bytes: Buffer, portions: readonly number[] = [bytes.length]): { bytes: Buffer; count: number } {
  const mask = new MaskStream(detectEncoding(bytes));
  const out: Buffer[] = [];
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, portions[turn % portions.length] as number);
    out.push(mask.push(bytes.subarray(at, at + size)));
    at += size;
  }
  out.push(mask.end());
  return { bytes: Buffer.concat(out), count: mask.masked };
}

describe.each(Object.entries(ENCODINGS))('a copy in %s', (_, encode) => {
  it('has the same bytes where no secret is', () => {
    const log = encode(faultyLog(50) + LINES[5] + LINES[7]);
    const copy = masked(log, [1000]);
    expect(copy.bytes.equals(log)).toBe(true);
    expect(copy.count).toBe(0);
  });

  it('is as long where there is one, and differs in its bytes alone, however it is portioned', () => {
    const pieces = fc.array(fc.constantFrom(...LINES), { minLength: 1, maxLength: 12 });
    const gap = fc.integer({ min: 0, max: 40_000 });
    const portions = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(pieces, gap, portions, (lines, filler, sizes) => {
        const text = `${LINES[0]}${lines.join('')}${`${'y'.repeat(78)}\r\n`.repeat(filler / 80)}${lines.join('')}`;
        const original = encode(text);
        const copy = masked(original, sizes);
        const whole = masked(original);
        expect(copy.bytes.equals(whole.bytes)).toBe(true);
        expect(copy.count).toBe(whole.count);
        expect(copy.bytes.length).toBe(original.length);
        for (const piece of [SECRET, SECRET.slice(6)])
          expect(copy.bytes.includes(encode(piece).subarray(-8))).toBe(false);
        // What is no secret stays where it is.
        const star = encode('*').at(encode('*').includes(0x2a) ? encode('*').indexOf(0x2a) : 0);
        for (let at = 0; at < original.length; at++)
          if (copy.bytes[at] !== original[at]) expect([star, 0]).toContain(copy.bytes[at]);
      }),
      { numRuns: 15 },
    );
  });
});

describe('what is overwritten', () => {
  it('is what is masked elsewhere', () => {
    for (const line of LINES) expect(maskInPlace(line) === line).toBe(maskSecrets(line) === line);
    expect(maskInPlace(`Password: ${SECRET}\n`)).toBe(`Password: ${'*'.repeat(SECRET.length)}\n`);
  });

  it('may have letters of several bytes, and stand beside bytes that are no text', () => {
    const before = Buffer.concat([Buffer.from('Passwort: '), Buffer.from([0x47, 0xfc, 0x6e]), Buffer.from('ü\r\n')]);
    const log = Buffer.concat([Buffer.from('a\xff\xfe\xed\xa0\x80b ', 'latin1'), before, Buffer.from('und weiter')]);
    const { bytes, count } = masked(log);
    expect(count).toBe(1);
    expect(bytes.toString('latin1')).toBe('a\xff\xfe\xed\xa0\x80b Passwort: *****\r\nund weiter');
  });

  it('has no end but a blank, and may be longer than what is held in memory', () => {
    const value = 'k'.repeat(100_000);
    const log = Buffer.from(`one\nPassword: ${value} two\nthree`);
    for (const size of [log.length, 7_000, 33_000]) {
      const { bytes, count } = masked(log, [size]);
      expect(bytes.equals(Buffer.from(`one\nPassword: ${'*'.repeat(value.length)} two\nthree`))).toBe(true);
      expect(count).toBe(1);
    }
  });

  it('is not the header of the record behind it', () => {
    const text = `CceService Error: 0 : the account has the Password: ${SECRET}\r\nCceService Error: 0 : next\r\n`;
    expect(maskInPlace(text)).toBe(text.replace(SECRET, '*'.repeat(SECRET.length)));
  });

  it('is the rest of a value that a console cut', () => {
    const line = `PS C:\\> New-Thing -Name averyveryverylongname -Password ${SECRET.slice(0, 9)}`;
    const text = `${line}\r\n${SECRET.slice(9)} -Force`;
    expect(maskInPlace(text)).not.toContain(SECRET.slice(9));
    expect(maskInPlace(text)).toHaveLength(text.length);
  });

  it('never hides the public key of an assembly', () => {
    expect(maskSecrets(LINES[7] as string)).toBe(LINES[7]);
  });
});
