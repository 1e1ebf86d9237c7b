/**
 * Whether two places are those of two hosts: `host1/logs/a.log` and `host2/logs/a.log`. There the same bytes are no copy:
 * a short text is the same on every host that fails alike.
 */

import { readPath, wordsOf } from './path.js';

/** A word that counts hosts, as `ccehost1` does; days, copies, tickets and `CceManagementService1.log` are counted by others. */
const COUNTED = /^\p{L}*(?:host|appl|appliance|server|site|node|cce|sfb)\d+$/u;

export function areOfOtherHosts(one: string, other: string): boolean {
  const others = namesOf(other);
  return namesOf(one).some((name, at) => countOthers(wordsOf(name), wordsOf(others[at] ?? '')));
}

function countOthers(words: readonly string[], others: readonly string[]): boolean {
  const [mine, theirs] = [
    words.filter((word) => !others.includes(word)),
    others.filter((word) => !words.includes(word)),
  ];
  return mine.some((word) => theirs.some((other) => areCounted(word, other)));
}

function areCounted(a: string, b: string): boolean {
  return COUNTED.test(a) && COUNTED.test(b) && a.replace(/\d+$/, '') === b.replace(/\d+$/, '');
}

/** Of files and folders, the innermost first. */
function namesOf(path: string): string[] {
  const { folders, file } = readPath(path);
  return [file, ...folders.toReversed()];
}
