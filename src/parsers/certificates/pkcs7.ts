/** PKCS#7 (RFC 2315, 9.1): the certificates that signed data carries, which is what a `.p7b` is. */
import { type Element, elementAt, elementsIn, TAG } from './asn1.js';

/** 1.2.840.113549.1.7.2, signedData. */
const SIGNED_DATA = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];

export function isSignedData(bytes: Uint8Array, { start, end }: Element): boolean {
  return end - start === SIGNED_DATA.length && SIGNED_DATA.every((byte, index) => bytes[start + index] === byte);
}

/** The certificates, up to a limit, each as DER; null where it is no signed data. */
export function certificatesIn(bytes: Uint8Array, limit: number): Uint8Array[] | null {
  const outer = elementAt(bytes, 0, bytes.length);
  if (outer?.tag !== TAG.sequence) return null;
  const [type, content] = elementsIn(bytes, outer, 2);
  if (type?.tag !== TAG.oid || !isSignedData(bytes, type) || content?.tag !== TAG.first) return null;
  const signed = elementAt(bytes, content.start, content.end);
  if (signed?.tag !== TAG.sequence) return null;
  // Version, digest algorithms, content; then the certificates, if there are any.
  const certificates = elementsIn(bytes, signed, 8).find(({ tag }) => tag === TAG.first);
  if (certificates === undefined) return [];
  return elementsIn(bytes, certificates, limit)
    .filter(({ tag }) => tag === TAG.sequence)
    .map(({ at, next }) => bytes.subarray(at, next));
}
