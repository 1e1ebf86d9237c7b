/** A line as it was written, without what programs and terminals put around it. */

/** Without byte order mark, the second carriage return of wmic, and the colours that PowerShell 7 writes into files. */
export function plainText(text: string): string {
  const plain = text.replace(/^\uFEFF|\r+$/g, '');
  return plain.includes('\x1b') ? plain.replace(/\x1b\[[\d;]{0,20}m/g, '') : plain;
}
