import type { Fix, Signature } from '../model.js';
import { t, translated } from '../texts/texts.js';
import { inRange } from './versions.js';

/** The product version that is taken for granted, and where it comes from. */
export interface KnownVersion {
  version: string;
  /** Such as "given with --cce-version". */
  origin: string;
}

/** All fixes of a signature, each with whether it is the one for this version, and why. */
export function fixesFor(signature: Signature, known: KnownVersion | null): Fix[] {
  const fixes = signature.fixes.map((fix) => {
    const { selected, reason, why } = choose(signature, fix.versions, known);
    return {
      id: fix.id,
      title: fix.title,
      versions: fix.versions,
      selected,
      reason,
      why,
      steps: fix.steps,
      references: fix.references.length > 0 ? fix.references : signature.references,
    };
  });
  // The right procedure first; the order within the file stays.
  return [...fixes.filter(({ selected }) => selected), ...fixes.filter(({ selected }) => !selected)];
}

function choose(
  signature: Signature,
  range: string,
  known: KnownVersion | null,
): Pick<Fix, 'selected' | 'reason' | 'why'> {
  if (range === 'any')
    return { selected: true, reason: 'any', why: t`the same for every product version${outside(signature, known)}` };
  if (known === null) {
    const why = `${t`for product versions ${range}; the version is not known here`}. ${signature.versionUnknown}`;
    return { selected: false, reason: 'unknown', why };
  }
  const { version } = known;
  const origin = translated(known.origin);
  if (!inRange(version, range))
    return {
      selected: false,
      reason: 'other-version',
      why: t`for product versions ${range}; this is ${version} (${origin})`,
    };
  const why = t`product version ${version} (${origin}) is in ${range}${outside(signature, known)}`;
  return { selected: true, reason: 'version', why };
}

/** A failure seen in a version for which it is not documented deserves a second look. */
function outside(signature: Signature, known: KnownVersion | null): string {
  if (known === null || inRange(known.version, signature.versions)) return '';
  return t`; note that this failure is documented for ${signature.versions} only`;
}
