/**
 * What the built-in pack is searched for. One literal that is short, or that stands in every record, makes every log be
 * read at a third of the speed, and no other test notices.
 */
import { expect, it } from 'vitest';
import { loadPack } from '../../src/detectors/pack/load.js';
import { tellingLength } from '../../src/scanner/common-text.js';
import { FAST_LITERAL } from '../../src/scanner/fragments.js';

/** From here on the search in a log takes its largest steps. */
const FASTEST = 17;

const pack = await loadPack();
const searched = [
  ...pack.signatures.filter(({ detection }) => detection === 'text'),
  ...pack.signatures.flatMap(({ id, appearsIn, resolveLiterals }) =>
    resolveLiterals ? [{ id: `${id}, resolvedBy`, appearsIn, literals: resolveLiterals }] : [],
  ),
  ...pack.marks,
].map(({ id, appearsIn, literals }) => ({
  id,
  literals,
  least: appearsIn.includes('trace-log') ? FASTEST : FAST_LITERAL,
}));

it.each(searched)(
  '$id: has literals, long enough for the fast search and unlike common text',
  ({ literals, least }) => {
    expect(literals.length).toBeGreaterThan(0);
    // What another writing than the Latin one says is longer in bytes than in characters.
    expect(literals.filter((literal) => Buffer.byteLength(literal) < least)).toEqual([]);
    expect(literals.filter((literal) => tellingLength(literal) < 5)).toEqual([]);
  },
);
