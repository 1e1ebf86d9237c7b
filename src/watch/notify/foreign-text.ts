/** What commands, servers and the system say, fit for one line of a message: printable, without secrets, and not long. */
import { maskSecrets } from '../../redaction/mask-secrets.js';
import { printableLine } from '../../redaction/printable.js';

/** Characters of it that a message shows. */
const SHOWN = 300;

/**
 * Bytes of it to keep. More than is shown: were a text cut before its secrets are masked, half a secret could be left
 * over, without the name that gives it away.
 */
export const KEPT_BYTES = 8192;

export function beginningOf(text: string): string {
  const line = printableLine(maskSecrets(text));
  return line.length <= SHOWN ? line : `${line.slice(0, SHOWN).replace(/[\ud800-\udbff]$/, '')}…`;
}

export function endOf(text: string): string {
  const line = printableLine(maskSecrets(text));
  return line.length <= SHOWN ? line : `…${line.slice(-SHOWN).replace(/^[\udc00-\udfff]/, '')}`;
}

export function messageOf(error: unknown): string {
  return beginningOf(error instanceof Error ? error.message : String(error));
}
