import { hash } from 'node:crypto';

/** Changes only with a rule that would group hits differently: incidents of earlier releases keep theirs. */
const VERSION = 'v1';

/**
 * What makes hits the same failure: the signature, and the entities it groups by, as they read without whitespace and in
 * lower case, so that neither a wrapped console nor the case of a user name splits an incident. The appliance is not part
 * of it: the same failure on two appliances has one fingerprint.
 */
export function fingerprint(
  signature: string,
  groupBy: readonly string[],
  keys: Readonly<Record<string, string>>,
): string {
  let text = signature;
  for (const name of [...groupBy].sort()) text += `\0${name}=${keys[name] ?? ''}`;
  return `${VERSION}:${hash('sha256', text).slice(0, 24)}`;
}
