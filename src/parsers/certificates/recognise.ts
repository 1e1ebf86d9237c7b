/** Tells files of certificates and of private keys by their first bytes. */

import { kept } from '../../texts/texts.js';
import { detectEncoding } from '../encoding.js';
import { decodeText } from '../text-window.js';
import { TAG } from './asn1.js';

/** Why a file is not read in which a private key stands. */
export const PRIVATE_KEY = kept`holds a private key: never read`;

const CERTIFICATE_LABEL = /-----BEGIN (?:(?:X509 |TRUSTED )?CERTIFICATE|PKCS7|CMS)-----/;
const KEY_LABEL = /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY-----|^PuTTY-User-Key-File-/m;
const CERTIFICATE_NAME = /\.(?:cer|crt|der|pem|p7b|p7c|pfx|p12)$/i;
/** A key of Windows' own tools (PVK), and the beginning of the OID of every kind of PKCS. */
const PVK = [0x1e, 0xf1, 0xb5, 0xb0];
const PKCS = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01];
const SIGNED_DATA = [...PKCS, 0x07, 0x02];
const ENCRYPTION = [...PKCS, 0x05];
const PKCS12_ENCRYPTION = [...PKCS, 0x0c];

/**
 * Whether a file is one of certificates, or of the key that belongs to one: by its content, or where that is unknown
 * text or bytes, by its name. A log in which a certificate stands is a log: ask for those first.
 *
 * @param head the first bytes of the file, or all
 * @param name may be empty, for the content alone to decide
 */
export function isCertificateFile(head: Uint8Array, name: string): boolean {
  if (isCertificateData(head) || isCertificateText(textOf(head))) return true;
  return CERTIFICATE_NAME.test(name) && head[0] === TAG.sequence;
}

/** Whether bytes begin as a certificate, a list of them or a private key does that is no text. */
export function isCertificateData(head: Uint8Array): boolean {
  return isDerCertificate(head) || isPkcs7(head) || isDerKey(head) || startsWith(head, 0, PVK);
}

/** Whether a certificate or a private key stands in a text. */
export function isCertificateText(text: string): boolean {
  return CERTIFICATE_LABEL.test(text) || KEY_LABEL.test(text);
}

/** Whether a private key stands in these bytes: as PEM anywhere, or as what the file begins with. */
export function holdsPrivateKey(bytes: Uint8Array): boolean {
  return isDerKey(bytes) || startsWith(bytes, 0, PVK) || KEY_LABEL.test(textOf(bytes));
}

/** Whether bytes begin as a certificate does: in a sequence a sequence, with a version or a serial number. */
function isDerCertificate(bytes: Uint8Array): boolean {
  const outer = contentOf(bytes, 0, TAG.sequence);
  const inner = outer === null ? null : contentOf(bytes, outer, TAG.sequence);
  if (inner === null) return false;
  // [0] EXPLICIT INTEGER; version 1 leaves it out.
  if (startsWith(bytes, inner, [TAG.first, 3, TAG.integer, 1])) return (bytes[inner + 4] as number) <= 2;
  const serial = contentOf(bytes, inner, TAG.integer);
  const length = bytes[inner + 1] ?? 0;
  return serial !== null && length > 0 && length <= 20 && bytes[serial + length] === TAG.sequence;
}

function isPkcs7(bytes: Uint8Array): boolean {
  const outer = contentOf(bytes, 0, TAG.sequence);
  return outer !== null && startsWith(bytes, outer, [TAG.oid, SIGNED_DATA.length, ...SIGNED_DATA]);
}

function isDerKey(bytes: Uint8Array): boolean {
  const outer = contentOf(bytes, 0, TAG.sequence);
  if (outer === null) return false;
  // PKCS#12: version 3 and its contents.
  if (startsWith(bytes, outer, [TAG.integer, 1, 3, TAG.sequence])) return true;
  // PKCS#1: version 0 and a number; PKCS#8: version 0 or 1 and an algorithm. EC: version 1 and octets.
  if (startsWith(bytes, outer, [TAG.integer, 1]) && (bytes[outer + 2] as number) <= 1) {
    const kind = bytes[outer + 3];
    return kind === TAG.integer || kind === TAG.sequence || kind === TAG.octets;
  }
  // Encrypted PKCS#8: an algorithm of encryption with a password.
  const algorithm = contentOf(bytes, outer, TAG.sequence);
  if (algorithm === null || bytes[algorithm] !== TAG.oid) return false;
  return startsWith(bytes, algorithm + 2, ENCRYPTION) || startsWith(bytes, algorithm + 2, PKCS12_ENCRYPTION);
}

/** Where the content of an element with this tag begins, though it may go on beyond the bytes; null where none stands. */
function contentOf(bytes: Uint8Array, at: number, tag: number): number | null {
  if (bytes[at] !== tag) return null;
  const length = bytes[at + 1] ?? 0x81;
  const start = length <= 0x80 ? at + 2 : at + 2 + (length & 0x7f);
  return length > 0x84 || start >= bytes.length ? null : start;
}

function startsWith(bytes: Uint8Array, at: number, wanted: readonly number[]): boolean {
  return wanted.every((byte, index) => bytes[at + index] === byte);
}

function textOf(bytes: Uint8Array): string {
  const encoding = detectEncoding(bytes);
  const text = bytes.subarray(encoding.markLength);
  return decodeText(text.subarray(0, text.length - (text.length % encoding.unit)), encoding);
}
