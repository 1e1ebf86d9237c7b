/** What is never copied, whatever pattern it fits: credentials, private keys, and what cannot be searched for secrets. */
import { detectEncoding } from '../../parsers/encoding.js';
import { isBinary, isCredentialFile, sampleText } from '../../parsers/kind.js';
import { kept } from '../../texts/texts.js';
import type { FileItem } from './items.js';

const NAMES = /^credentials.*\.xml$|\.(?:pfx|p12|pvk|key|snk|p8|jks|kdbx)$/i;
const PRIVATE_KEY = /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----/;

/** Larger ones are no certificates. */
const CERTIFICATE_LIMIT = 1 << 20;

/** Bytes from the start of a file that `refusalOfContent` is to be given. */
export const REFUSAL_SAMPLE = CERTIFICATE_LIMIT;

/** Why a file of this name is not opened; null where it may be. */
export function refusalOfName(name: string): string | null {
  return NAMES.test(name) ? kept`credentials and private keys are never read` : null;
}

/** Why a file that begins so is not copied; null where it may be. A name says nothing for certain. */
export function refusalOfContent(head: Buffer, size: number, holds: FileItem['holds']): string | null {
  if (holds === 'certificate') {
    if (size > CERTIFICATE_LIMIT) return kept`too large for a certificate`;
    return PRIVATE_KEY.test(head.toString('latin1')) || isPrivateDer(head) ? kept`it holds a private key` : null;
  }
  const encoding = detectEncoding(head);
  const text = sampleText(head.subarray(encoding.markLength, encoding.markLength + (1 << 16)), encoding);
  if (isCredentialFile(text)) return kept`credentials and private keys are never read`;
  if (PRIVATE_KEY.test(text)) return kept`it holds a private key`;
  return isBinary(text) || isArchive(head) ? kept`no text: what is secret in it could not be masked` : null;
}

/** PKCS#12 and the forms of private keys begin with a version number; a certificate and PKCS#7 do not. */
function isPrivateDer(head: Buffer): boolean {
  if (head[0] !== 0x30) return false;
  const length = head[1] as number;
  const first = length < 0x80 ? 2 : 2 + (length & 0x7f);
  return head[first] === 0x02;
}

const ARCHIVES = [
  [0x50, 0x4b],
  [0x1f, 0x8b],
  [0x37, 0x7a, 0xbc, 0xaf],
];

function isArchive(head: Buffer): boolean {
  return ARCHIVES.some((magic) => magic.every((byte, index) => head[index] === byte));
}
