/**
 * What a source says last of a thing. In a transcript the same command is asked again and again, and a service that was
 * started since is down no more. Between sources nobody knows which is later: all of them count.
 */
import type { FactKind, PlacedFact } from '../../facts.js';
import { factValue } from './placeholders.js';
import { comparable } from './value-test.js';

/** What makes two facts facts of the same thing. Kinds that are not here may say several things in one answer. */
const IDENTITY: Partial<Record<FactKind, readonly string[]>> = {
  service: ['name'],
  vm: ['name'],
  machine: ['name'],
  version: ['of'],
  'pstn-site': ['name'],
  'pstn-appliance': ['id'],
  'hybrid-mediation-server': ['id'],
  dotnet: [],
  defender: [],
};

/** The facts without those that the same source says anew further on; in the order given. */
export function latestOf(facts: readonly PlacedFact[]): PlacedFact[] {
  const last = new Map<string, PlacedFact>();
  for (const fact of facts) {
    const key = thingOf(fact);
    if (key === null) continue;
    const before = last.get(key);
    if (before === undefined || before.byteStart <= fact.byteStart) last.set(key, fact);
  }
  return facts.filter((fact) => {
    const key = thingOf(fact);
    return key === null || last.get(key)?.byteStart === fact.byteStart;
  });
}

function thingOf(fact: PlacedFact): string | null {
  const names = IDENTITY[fact.about];
  if (names === undefined) return null;
  const parts = names.map((name) => factValue(fact, name));
  // Without what tells it from others it may be any of them.
  if (parts.some((part) => part === undefined || part.trim() === '')) return null;
  return JSON.stringify([
    fact.about,
    fact.source,
    fact.appliance,
    fact.role,
    fact.machine,
    ...parts.map((part) => comparable(part as string)),
  ]);
}
