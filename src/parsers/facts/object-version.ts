/**
 * The answer of Get-CcVersion as an object. Nobody documents its form: a list or table that names what each version is
 * of is read, and a System.Version, which PowerShell prints as a table of its parts.
 */
import { type Answer, type Found, found } from './found.js';
import type { Properties } from './printed-object.js';
import { productVersion, versionAsked } from './product-version.js';

const PARTS = ['RunningScripts', 'RunningBits', 'BackupBits'] as const;

/** One fact for each version that the object names. */
export function productVersionOf(properties: Properties, answer: Answer): Found[] {
  const { lines } = properties.object;
  const isAsked = answer.command === 'Get-CcVersion' || answer.command === 'Get-CcRunningVersion';
  const named = PARTS.flatMap((part) => {
    const text = properties.whole(part) ?? null;
    // Asked for, and there is none.
    const version = text === '' && isAsked ? '' : productVersion(text ?? '');
    return version === null ? [] : [found('version', { of: versionAsked(part, 'Get-CcVersion'), version }, lines)];
  });
  if (named.length > 0 || !isAsked) return named;
  const numbers = ['Major', 'Minor', 'Build', 'Revision'].map((part) => properties.whole(part) ?? '');
  const isVersion = /^\d{1,6}$/.test(numbers[0]!) && /^\d{1,6}$/.test(numbers[1]!);
  const text = isVersion ? numbers.filter((part) => /^\d{1,6}$/.test(part)).join('.') : properties.whole('Version');
  const version = productVersion(text ?? '');
  if (version === null) return [];
  return [found('version', { of: versionAsked(answer.typed, answer.command), version }, lines)];
}
