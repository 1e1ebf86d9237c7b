import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCertificateFile, PRIVATE_KEY, readCertificates } from '../../src/parsers/certificates/index.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { kindOf } from '../../src/parsers/kind.js';
import { makeCertificates } from '../support/openssl.js';

const { file } = makeCertificates();
const edge = new X509Certificate(file('edge.pem'));
const iso = (date: Date) => date.toISOString().replace('.000Z', 'Z');
const EDGE = {
  subject: 'CN=ap1.contoso.example, O=Contoso',
  issuer: 'CN=Synthetic Root, DC=example',
  notBefore: iso(edge.validFromDate),
  notAfter: iso(edge.validToDate),
  isSelfSigned: 'no',
  isAuthority: 'no',
  thumbprint: edge.fingerprint.replaceAll(':', ''),
  names: 'sip.contoso.example ap1.contoso.example',
};
const valuesOf = (bytes: Uint8Array) => readCertificates(bytes).facts.map(({ values }) => values);

describe('a certificate', () => {
  it('as DER is one fact about all of the file', () => {
    const der = file('edge.der');
    const { facts, problem } = readCertificates(der);
    expect(problem).toBeNull();
    expect(facts).toEqual([
      {
        about: 'certificate',
        values: EDGE,
        command: null,
        machine: null,
        line: 1,
        byteStart: 0,
        byteEnd: der.length,
        text: [
          `Subject: ${EDGE.subject}`,
          `Issuer: ${EDGE.issuer}`,
          `Valid: ${EDGE.notBefore} to ${EDGE.notAfter}`,
          `Thumbprint: ${EDGE.thumbprint}`,
        ].join('\n'),
      },
    ]);
    expect(EDGE.notBefore).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(EDGE.thumbprint).toMatch(/^[0-9A-F]{40}$/);
  });

  it('of an authority is issued by itself, and has no names where it gives none', () => {
    const [root] = valuesOf(file('root.der'));
    expect(root).toMatchObject({ subject: EDGE.issuer, issuer: EDGE.issuer, isSelfSigned: 'yes', isAuthority: 'yes' });
    expect(root).not.toHaveProperty('names');
  });

  it('as PEM stands where its block does, whatever is around it', () => {
    const before = '0 s:CN = äöü\r\nsubject=…\r\n';
    const text = `${before}${file('edge.pem')}between\r\n${file('old.pem')}after`;
    const bytes = Buffer.from(text);
    const { facts, problem } = readCertificates(bytes);
    expect(problem).toBeNull();
    expect(facts.map(({ line }) => line)).toEqual([3, 3 + file('edge.pem').toString().split('\n').length]);
    expect(facts.map(({ values }) => values['subject'])).toEqual([EDGE.subject, 'CN=old.contoso.example']);
    for (const { byteStart, byteEnd } of facts)
      expect(bytes.toString('utf8', byteStart, byteEnd)).toMatch(
        /^-----BEGIN CERTIFICATE-----.*-----END CERTIFICATE-----$/s,
      );
  });

  it('may be text of PowerShell, which is UTF-16', () => {
    const bytes = Buffer.from(`\uFEFFx\r\n${file('edge.pem')}`, 'utf16le');
    const [fact] = readCertificates(bytes).facts;
    expect(fact).toMatchObject({ line: 2, values: EDGE });
    expect(bytes.toString('utf16le', fact?.byteStart, fact?.byteEnd)).toBe(file('edge.pem').toString().trim());
    const swapped = Buffer.from(bytes).swap16();
    expect(readCertificates(swapped).facts).toEqual(readCertificates(bytes).facts);
  });

  it.each(['chain.p7b', 'chain.der.p7b'])('may be one of several in PKCS#7: %s', (name) => {
    const { facts, problem } = readCertificates(file(name));
    expect(problem).toBeNull();
    expect(facts.map(({ values }) => values['subject']).sort()).toEqual([EDGE.issuer, EDGE.subject]);
    expect(facts.every(({ line, byteStart }) => line === 1 && byteStart === 0)).toBe(true);
  });

  it('may be in PKCS#7 whose lengths are not given', () => {
    const open = (tag: number, ...content: Uint8Array[]) =>
      Buffer.concat([Buffer.from([tag, 0x80]), ...content, Buffer.from([0, 0])]);
    const oid = (last: number) => Buffer.from([0x06, 9, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, last]);
    const signed = open(
      0x30,
      Buffer.from([0x02, 1, 1, 0x31, 0]),
      open(0x30, oid(1)),
      open(0xa0, file('edge.der'), file('root.der')),
      Buffer.from([0x31, 0]),
    );
    const bytes = open(0x30, oid(2), open(0xa0, signed));
    expect(isCertificateFile(bytes, '')).toBe(true);
    expect(valuesOf(bytes).map(({ subject }) => subject)).toEqual([EDGE.subject, EDGE.issuer]);
  });
});

describe('what is not whole', () => {
  it('is told, and the rest is read', () => {
    const pem = file('edge.pem').toString();
    const broken = pem.replace(/\n[A-Za-z0-9+/]{20}/, '\nAAAAAAAAAAAAAAAAAAAA');
    expect(readCertificates(Buffer.from(broken + pem))).toMatchObject({
      facts: [{ values: EDGE }],
      problem: '1 of its certificates cannot be read',
    });
    expect(readCertificates(Buffer.from(pem + pem.slice(0, 200)))).toMatchObject({
      facts: [{ values: EDGE }],
      problem: 'it is cut off within a certificate',
    });
    expect(readCertificates(file('edge.der').subarray(0, 100)).problem).toBe('1 of its certificates cannot be read');
    expect(readCertificates(Buffer.from('-----BEGIN X-----\n-----END X-----\n')).problem).toBe(
      'it holds no certificate',
    );
    expect(readCertificates(Buffer.alloc(5 << 20)).problem).toBe('a file of certificates over 4 MB');
  });

  it('is no more than a thousand of them', () => {
    const { facts, problem } = readCertificates(Buffer.from(file('edge.pem').toString().repeat(1003)));
    expect(facts).toHaveLength(1000);
    expect(problem).toBe('only the first 1000 certificates are read');
  });
});

const KEYS = [
  ...['edge.key', 'edge.ec.key', 'edge.encrypted.key', 'edge.pfx'],
  ...['edge.encrypted.der', 'edge.pkcs8.der', 'edge.ec.der'],
];

describe('a private key', () => {
  it.each(KEYS)('is never read: %s', (name) => {
    expect(isCertificateFile(file(name), name)).toBe(true);
    expect(readCertificates(file(name))).toEqual({ facts: [], problem: PRIVATE_KEY });
    expect(kindOf(file(name), detectEncoding(file(name)))).toEqual({
      kind: 'certificate',
      skipped: PRIVATE_KEY,
      sample: '',
    });
  });

  it('keeps the certificates beside it unread too', () => {
    const both = Buffer.concat([file('edge.pem'), file('edge.key')]);
    expect(readCertificates(both)).toEqual({ facts: [], problem: PRIVATE_KEY });
    expect(readCertificates(Buffer.from(both.toString(), 'utf16le'))).toEqual({ facts: [], problem: PRIVATE_KEY });
    expect(kindOf(both, detectEncoding(both)).skipped).toBe(PRIVATE_KEY);
  });
});

describe('the kind of a file', () => {
  const kind = (bytes: Buffer) => kindOf(bytes, detectEncoding(bytes)).kind;

  it.each(['edge.pem', 'edge.der', 'root.der', 'chain.p7b', 'chain.der.p7b'])('is told by its content: %s', (name) => {
    expect(kind(file(name))).toBe('certificate');
    expect(isCertificateFile(file(name).subarray(0, 600), '')).toBe(true);
  });

  it('is that of the text in which a certificate is shown', () => {
    expect(kind(Buffer.from(`Bag Attributes\r\n    friendlyName: x\r\n${file('edge.pem')}`))).toBe('certificate');
    expect(kind(Buffer.from(`PS C:\\> Get-Content x.pem\r\n${file('edge.pem')}`))).toBe('console');
    expect(kind(Buffer.from('0 errors in the log\r\n'))).toBe('other');
    expect(isCertificateFile(Buffer.from([0x30, 0x80, 0, 0]), 'x.cer')).toBe(true);
    expect(isCertificateFile(Buffer.from([0x30, 0x80, 0, 0]), 'x.bin')).toBe(false);
  });
});

it('nothing that stands in such a file makes it throw or hang', () => {
  const inputs = ['edge.der', 'chain.der.p7b', 'edge.pem', 'chain.p7b', 'edge.pfx'].map(file);
  const change = fc.tuple(fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 6 }));
  fc.assert(
    fc.property(
      fc.constantFrom(...inputs),
      fc.array(change, { minLength: 1, maxLength: 6 }),
      fc.nat(),
      (input, changes, cut) => {
        const bytes = Buffer.from(input);
        // Most of what matters to the walk stands at the beginning.
        for (const [at, with_] of changes)
          bytes.set(with_.subarray(0, 1), (at % 3 === 0 ? at : at % 60) % bytes.length);
        const some = cut % 4 === 0 ? bytes.subarray(0, cut % bytes.length) : bytes;
        const { facts, problem } = readCertificates(some);
        kindOf(some, detectEncoding(some));
        expect(facts.length > 0 || problem !== null).toBe(true);
        for (const { byteStart, byteEnd } of facts) expect(byteEnd - byteStart).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1500 },
  );
  const begin = performance.now();
  readCertificates(Buffer.from('-----BEGIN CERTIFICATE-----'.repeat(150_000)));
  readCertificates(Buffer.alloc(4 << 20, 0x30));
  readCertificates(Buffer.alloc(4 << 20, Buffer.from([0x30, 0x80])));
  expect(performance.now() - begin).toBeLessThan(3000);
});
