/** Facts and rules for tests, written short. */
import type { FactKind, PlacedFact } from '../../src/facts.js';
import type { FactPattern, StateRule } from '../../src/model.js';

let at = 0;

/** A fact of the appliance CCEHOST1, unless `place` says otherwise; each stands behind the one made before. */
export function placed(about: FactKind, values: Record<string, string>, place: Partial<PlacedFact> = {}): PlacedFact {
  at += 10;
  return {
    about,
    values,
    command: null,
    machine: null,
    line: at / 10,
    byteStart: at,
    byteEnd: at + 9,
    text: Object.values(values).join(' '),
    source: 'bundle/facts.txt',
    appliance: 'CCEHOST1',
    site: 'Seattle',
    role: null,
    ...place,
  };
}

export function pattern(
  fact: FactKind,
  where: FactPattern['where'] = {},
  more: Partial<FactPattern> = {},
): FactPattern {
  return { fact, where, ...more };
}

export function rule(all: FactPattern[], more: Partial<StateRule> = {}): StateRule {
  return { versions: 'any', versionRequired: false, all, none: [], found: 'found', entities: {}, ...more };
}

export function known(name: string, more: { version?: string; asOf?: string; site?: string } = {}) {
  return { key: name, name, site: more.site ?? 'Seattle', version: more.version ?? null, asOf: more.asOf ?? null };
}
