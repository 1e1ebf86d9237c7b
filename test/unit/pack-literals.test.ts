/**
 * What the built-in pack is searched for. One literal that is short, or that stands in every record, makes every log be
 * read at a third of the speed, and no other test notices.
 */
import { expect, it } from 'vitest';
import { loadPack } from '../../src/detectors/pack/load.js';
import { tellingLength } from '../../src/scanner/common-text.js';
import { FAST_LITERAL } from '../../src/scanner/fragments.js';

const pack = await loadPack();
const searched = [
  ...pack.signatures.filter(({ detection }) => detection === 'text').map(({ id, literals }) => ({ id, literals })),
  ...pack.signatures.flatMap(({ id, resolveLiterals }) =>
    resolveLiterals ? [{ id: `${id}, resolvedBy`, literals: resolveLiterals }] : [],
  ),
  ...pack.marks.map(({ id, literals }) => ({ id, literals })),
];

it.each(searched)('$id: has literals, long enough for the fast search and unlike common text', ({ literals }) => {
  expect(literals.length).toBeGreaterThan(0);
  expect(literals.filter((literal) => literal.length < FAST_LITERAL)).toEqual([]);
  expect(literals.filter((literal) => tellingLength(literal) < 5)).toEqual([]);
});
