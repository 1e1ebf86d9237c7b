/** Versions of the product as its commands print them, and what they are the version of. */

/** `2.1.0`, `v1.4.2`, `6.0.9319.419`, alone or behind a label; null where a text is none. */
export function productVersion(text: string): string | null {
  if (text.length > 120) return null;
  return /^\s*(?:[A-Za-z][\w ]{0,30}[:=]\s{0,20})?["']?v?(\d{1,5}(?:\.\d{1,6}){1,3})["']?\s*$/i.exec(text)?.[1] ?? null;
}

/** Which version a command asks for; the scripts' where Get-CcVersion is not told. */
export function versionAsked(typed: string, command: string | null): 'scripts' | 'running' | 'bits' | 'backup' {
  if (command === 'Get-CcRunningVersion') return 'running';
  if (/RunningBits/i.test(typed)) return 'bits';
  return /BackupBits/i.test(typed) ? 'backup' : 'scripts';
}
