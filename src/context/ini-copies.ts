/**
 * The copies of CloudConnector.ini that one appliance has. The product reads the one under ProgramData, which
 * Import-CcConfiguration puts there; the one in the appliance directory is edited. Where they differ, an edit was not
 * imported: both values are kept.
 */
import type { IniCopy, IniKey } from './ini-copy.js';
import { knownFact, type Saying } from './known.js';
import { compareText } from './path.js';
import type { KnownFact } from './types.js';

/** The copy that is believed first. */
export function inOrderOfBelief(copies: readonly IniCopy[]): IniCopy[] {
  return [...copies].sort((a, b) => rank(a.source) - rank(b.source) || compareText(a.source, b.source));
}

/** That there are several copies, and each key in which they differ; nothing for one copy. */
export function differences(copies: readonly IniCopy[]): KnownFact[] {
  const [first] = copies;
  if (first === undefined || copies.length < 2) return [];
  const keys = new Map<string, IniKey>();
  for (const copy of copies) for (const [at, key] of copy.keys) if (!keys.has(at)) keys.set(at, key);
  const differing = [...keys].flatMap(([at, { section, key }]) => {
    const fact = knownFact(
      `ini:[${section}]${key}`,
      copies.map((copy) => valueIn(copy, at)),
      isSameValue,
    );
    return fact !== null && fact.contradictedBy.length > 0 ? [fact] : [];
  });
  const value = differing.length === 0 ? 'alike' : `differ in ${differing.map(({ name }) => name.slice(4)).join(', ')}`;
  const from = copies.map(({ source }) => ({ source, line: 1, command: null }));
  return [{ name: 'ini-copies', value, from, basis: 'said', contradictedBy: [] }, ...differing];
}

/** A key that a copy has not is told apart from one without a value. */
const ABSENT = '(no such line)';

function valueIn(copy: IniCopy, at: string): Saying {
  const key = copy.keys.get(at);
  return {
    value: key?.value ?? ABSENT,
    basis: 'said',
    from: key?.place ?? { source: copy.source, line: 1, command: null },
  };
}

function isSameValue(a: Saying, b: Saying): boolean {
  return a.value === b.value;
}

/** Steps of an installation export copies of their own, which are never read again. */
function rank(source: string): number {
  if (/exportedconfig|[\\/]instances[\\/]/i.test(source)) return 3;
  if (/programdata/i.test(source)) return 0;
  return /(?:^|[\\/])CloudConnector\.ini$/i.test(source) ? 1 : 2;
}
