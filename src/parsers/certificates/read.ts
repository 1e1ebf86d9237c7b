import { X509Certificate } from 'node:crypto';
import type { Fact } from '../../facts.js';
import { plural, t, translated } from '../../texts/texts.js';
import { elementAt } from './asn1.js';
import { factOf } from './fact.js';
import { bytesOfBlock, type PemBlock, type PemText, readPem } from './pem.js';
import { certificatesIn } from './pkcs7.js';
import { holdsPrivateKey, PRIVATE_KEY } from './recognise.js';

/** Bytes of a file; all roots that Windows knows are a quarter of it. */
export const CERTIFICATES_LIMIT = 4 << 20;
/** Certificates of a file. */
const LIMIT = 1000;

/** What a file of certificates says. */
export interface ReadCertificates {
  facts: Fact[];
  /** What could not be read, or why nothing was. */
  problem: string | null;
}

type Place = Pick<Fact, 'line' | 'byteStart' | 'byteEnd'>;

/**
 * Reads the certificates of a file: PEM with anything around it, DER, or PKCS#7 as either. Nothing of a file in which a
 * private key stands is read, not the certificates beside it either. Nothing is verified, and nothing throws.
 *
 * Times are UTC; lines are 1-based and those of the PEM block's beginning, 1 for DER; the text is a summary.
 */
export function readCertificates(bytes: Uint8Array): ReadCertificates {
  if (bytes.length > CERTIFICATES_LIMIT)
    return { facts: [], problem: t`a file of certificates over ${CERTIFICATES_LIMIT >> 20} MB` };
  if (holdsPrivateKey(bytes)) return { facts: [], problem: translated(PRIVATE_KEY) };
  const pem = readPem(bytes, LIMIT + 1);
  // A text may begin with the byte that DER begins with: it is the digit 0.
  return pem.blocks.length + pem.cut > 0 ? ofPem(pem) : ofDer(bytes);
}

function ofDer(bytes: Uint8Array): ReadCertificates {
  const found = new Found();
  const place = { line: 1, byteStart: 0, byteEnd: bytes.length };
  const list = certificatesIn(bytes, LIMIT + 1);
  if (list === null) found.add(withoutRest(bytes), place);
  else for (const one of list) found.add(one, place);
  return found.result(0);
}

function ofPem({ blocks, cut }: PemText): ReadCertificates {
  const found = new Found();
  for (const block of blocks) {
    const place: Place = { line: block.line, byteStart: block.byteStart, byteEnd: block.byteEnd };
    for (const one of certificatesOf(block)) found.add(one, place);
  }
  return found.result(cut);
}

/** Other blocks (requests, revocation lists, parameters) hold none. */
function certificatesOf(block: PemBlock): Uint8Array[] {
  if (/^(?:X509 |TRUSTED )?CERTIFICATE$/.test(block.label)) return [withoutRest(bytesOfBlock(block))];
  if (block.label !== 'PKCS7' && block.label !== 'CMS') return [];
  return certificatesIn(bytesOfBlock(block), LIMIT + 1) ?? [new Uint8Array(0)];
}

/** The first element: a trusted certificate of OpenSSL has what it is trusted for behind it. */
function withoutRest(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, elementAt(bytes, 0, bytes.length)?.next ?? bytes.length);
}

class Found {
  readonly #facts: Fact[] = [];
  #unreadable = 0;
  #isFull = false;

  add(der: Uint8Array, place: Place): void {
    if (this.#facts.length + this.#unreadable >= LIMIT) {
      this.#isFull = true;
      return;
    }
    try {
      this.#facts.push(factOf(new X509Certificate(der), place));
    } catch {
      // OpenSSL says it in its own words, with a code for each of its parts.
      this.#unreadable++;
    }
  }

  result(cut: number): ReadCertificates {
    const said: string[] = [];
    if (this.#unreadable > 0)
      said.push(
        plural(this.#unreadable, '{0} of its certificates cannot be read', '{0} of its certificates cannot be read'),
      );
    if (cut > 0) said.push(t`it is cut off within a certificate`);
    if (this.#isFull) said.push(t`only the first ${LIMIT} certificates are read`);
    if (said.length === 0 && this.#facts.length === 0) said.push(t`it holds no certificate`);
    return { facts: this.#facts, problem: said.length === 0 ? null : said.join('; ') };
  }
}
