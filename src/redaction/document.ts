/** The texts of a report, of an incident, of a piece of evidence: which of them say what, whatever document they are in. */
import type { NameKind } from './kinds.js';

export interface TextPlace {
  /** What a field is by its name; null for prose. */
  kind: NameKind | null;
  /** Whether the words are the product's own, as those of a signature are, and no source of names. */
  isOwn: boolean;
  /** Whether names may stand in it one against the other: entities are without their blanks. */
  isField: boolean;
  /** Whether it is a path: its folders may be called after machines. */
  isPath: boolean;
}

/** Values that programs read, and that hold no name. */
const FIXED = new Set(
  `schemaVersion signature severity status timeBasis kind encoding firstSeen lastSeen firstTime lastTime level scope reason
  versions tool hits levels summary redaction at event state`.split(/\s+/),
);
/** Words of the signatures. */
const OWN = new Set('title cause fixes questions suggests steps references versionUnknown exceptions'.split(' '));
/** Among those, what is made of what was seen. */
const SEEN = new Set('why appliance'.split(' '));
const FIELDS: Record<string, NameKind> = { appliance: 'appliance', appliances: 'appliance', site: 'site' };
const ENTITIES: Record<string, NameKind> = {
  user: 'user',
  appliance: 'appliance',
  site: 'site',
  switch: 'switch',
  mediationFqdn: 'host',
  mediationIp: 'ip',
};

const PATHS = new Set(['path', 'source']);

const PROSE: TextPlace = { kind: null, isOwn: false, isField: false, isPath: false };

/** The document with each of its texts replaced by what `change` makes of it. */
export function mapTexts<T>(document: T, change: (text: string, place: TextPlace) => string): T {
  return mapped(document, '', PROSE, change) as T;
}

function mapped(
  value: unknown,
  key: string,
  place: TextPlace,
  change: (text: string, place: TextPlace) => string,
): unknown {
  if (typeof value === 'string') return change(value, place);
  if (Array.isArray(value))
    return key === 'lines' ? lines(value, change) : value.map((entry) => mapped(entry, key, place, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      FIXED.has(name) && key !== 'entities' ? inner : mapped(inner, name, placeOf(name, key, place), change),
    ]),
  );
}

function placeOf(name: string, parent: string, outer: TextPlace): TextPlace {
  if (parent === 'entities') return { kind: ENTITIES[name] ?? null, isOwn: false, isField: true, isPath: false };
  const kind = parent === 'appliances' && name === 'name' ? 'appliance' : (FIELDS[name] ?? null);
  const isOwn = (outer.isOwn || OWN.has(name)) && !SEEN.has(name);
  return { kind, isOwn, isField: kind !== null, isPath: PATHS.has(name) };
}

/** Lines of a file are one text: a console may have cut a name at the end of one. */
function lines(all: readonly unknown[], change: (text: string, place: TextPlace) => string): unknown[] {
  const texts = all.map((line) => (line as { text?: unknown }).text);
  if (!texts.every((text) => typeof text === 'string' && !text.includes('\n'))) return all as unknown[];
  const changed = change(texts.join('\n'), PROSE).split('\n');
  return all.map((line, index) => ({ ...(line as object), text: changed[index] ?? '' }));
}
