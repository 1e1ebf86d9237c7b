import { hash } from 'node:crypto';

/** Names a failure on its appliance, to receivers too: it must stay as it is. */
export function alertOf({ fingerprint, scope }: { fingerprint: string; scope: string }): string {
  return hash('sha256', `${fingerprint}\0${scope}`).slice(0, 16);
}
