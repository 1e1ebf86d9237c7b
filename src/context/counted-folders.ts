/**
 * Folders whose names tell nothing but which of several they are: `1` and `2`, `logs1` and `logs2`, `a` and `b`. They are
 * those of several appliances where the ini files in them declare different Mediation Servers.
 */
import type { Label } from './host-names.js';
import type { SourcePath } from './path.js';
import { plainName } from './path.js';

interface Declaring {
  path: Pick<SourcePath, 'folders'>;
  /** The Mediation Server that an ini declares. */
  mediation: Label | null;
}

/** The places of such folders. */
export function countedFolders(leaves: readonly Declaring[]): Set<string> {
  const alike = new Map<string, Map<string, Set<Label>>>();
  for (const { mediation, path } of leaves) {
    if (mediation === null) continue;
    for (const [depth, name] of path.folders.entries()) {
      const pattern = patternOf(plainName(name));
      if (pattern === null) continue;
      const above = path.folders.slice(0, depth);
      const group = alike.get([...above, pattern].join('/')) ?? new Map<string, Set<Label>>();
      alike.set([...above, pattern].join('/'), group);
      const place = [...above, name].join('/');
      group.set(place, (group.get(place) ?? new Set()).add(mediation));
    }
  }
  return new Set([...alike.values()].filter(declareOthers).flatMap((group) => [...group.keys()]));
}

/** What a name has in common with others of its kind; null where it counts nothing, as a date does not. */
function patternOf(name: string): string | null {
  if (/^\p{L}$/u.test(name)) return '?';
  return /^\D*(?<!\d)\d{1,2}\)?$/u.test(name) ? name.toLowerCase().replace(/\d+/, '#') : null;
}

function declareOthers(group: ReadonlyMap<string, ReadonlySet<Label>>): boolean {
  const all = [...group.values()].flatMap((labels) => [...labels]);
  return group.size > 1 && new Set(all).size === all.length;
}
