/** `resolvedBy` in a signature: how it is checked, what makes it fast, what its examples show, and packs without it. */
import { describe, expect, it } from 'vitest';
import { Detector } from '../../src/detectors/detector.js';
import { lintFolder } from '../../src/detectors/pack/load.js';
import { foundIn, runExamples } from '../../src/pipeline/run-examples.js';
import { FAILED, FIRE, folderOfFire, OVER, packOf } from '../support/fire-signature.js';
import { healthy, record } from '../support/synthetic-log.js';

const pack = await packOf(FIRE);
const compiled = ({ signatures }: typeof pack) => signatures.find(({ id }) => id === 'gateway-on-fire');

/** Hits and recoveries in a log of the service. */
function countsIn(log: string, by: Detector): [number, number] {
  const { hits, recoveries } = foundIn(by, log, 'trace-log');
  return [hits.length, recoveries.length];
}

describe('a signature', () => {
  const proofs = FIRE.slice(FIRE.indexOf('resolvedBy'), FIRE.indexOf('fixes'));
  const resolves = FIRE.slice(FIRE.indexOf('  resolves'), FIRE.indexOf('  notResolves'));
  const notResolves = FIRE.slice(FIRE.indexOf('  notResolves'));
  const alternative = proofs.slice(proofs.indexOf('  -'));
  const pattern = 'text: the (?:house and the)? gateway burns no more';

  it('keeps what proves its failure over apart from the failure', () => {
    expect(compiled(pack)).toMatchObject({ literals: ['thegatewayisonfire'], resolveLiterals: ['gatewayburnsnomore'] });
    expect(compiled(pack)?.resolvedBy?.[0]?.all.map((condition) => condition.compiled?.length)).toEqual([1, 1]);
  });

  it('without it has no trace of it', async () => {
    const plain = FIRE.replace(proofs, '').replace(resolves + notResolves, '');
    expect((await lintFolder(folderOfFire(plain))).problems).toEqual([]);
    const { examples, ...signature } = compiled(await packOf(plain)) ?? {};
    expect(Object.keys({ ...examples, ...signature }).filter((key) => /resol/i.test(key))).toEqual([]);
  });

  it.each([
    ['a broken pattern', pattern, 'text: burns no (more', 13, 9, 'the pattern does not compile'],
    ['a group', pattern, 'text: gateway (?<name>[a-z]) burns no more', 13, 9, 'the group "name" has no use here'],
    ['an unknown block', pattern, 'text: "{{nothing}} burns no more"', 13, 9, 'no building block is named "nothing"'],
    ['nothing but a ban', pattern, 'not: fire', 12, 5, 'needs a condition besides "not"'],
    ['an unknown condition', pattern, 'txt: burns no more', 13, 9, 'must be one condition'],
    ['no alternative', alternative, '  []\n', 12, 3, 'leave the key out where no record proves the failure over'],
    [
      'failures that are several',
      'fixes:',
      'groupBy: [gateway]\nentities: { gateway: name }\nfixes:',
      12,
      3,
      'is several',
    ],
    ['a state', 'detection: text', 'detection: state', 12, 3, 'a state signature has no resolvedBy'],
    ['no example', resolves, '', 23, 3, 'at least one example that resolves'],
    ['no example in the list', resolves, '  resolves: []\n', 23, 3, 'at least one example that resolves'],
    ['no near miss', notResolves, '', 23, 3, 'at least one near miss that must not resolve'],
    ['a near miss without a reason', ', why: it burns still', '', 32, 7, '"examples.notResolves.0.why" is missing'],
    ['examples of nothing', proofs, '', 26, 5, 'there is no resolvedBy that this could be an example of'],
  ])('with %s is refused, with the place', async (_, from, to, line, column, why) => {
    expect(FIRE).toContain(from);
    const { problems } = await lintFolder(folderOfFire(FIRE.replace(from, to)));
    const places = problems.map(({ file, ...problem }) => problem);
    expect(places).toContainEqual({ line, column, why: expect.stringContaining(why) });
  });
});

describe('a pack', () => {
  it('without a certain literal for the proof tries every record', async () => {
    const own = new Detector(
      await packOf(FIRE.replace('(?:house and the)? gateway burns no more', '[a-z]{7} burns no [a-z]{4}')),
    );
    expect(compiled(own.pack)?.resolveLiterals).toEqual(['burnsno']);
    const blank = new Detector(
      await packOf(FIRE.replace('the (?:house and the)? gateway burns no more', 'no m[a-z]r[a-z]')),
    );
    expect(compiled(blank.pack)?.resolveLiterals).toEqual([]);
    for (const by of [own, blank]) expect(countsIn(healthy(null) + record('Error', OVER, null), by)).toEqual([0, 1]);
  });

  it('that an earlier release compiled has no proofs, and works', () => {
    const signatures = pack.signatures.map(({ resolvedBy, resolveLiterals, ...signature }) => signature);
    const log = record('Error', FAILED, null) + record('Error', OVER, null);
    expect(countsIn(log, new Detector({ ...pack, signatures }))).toEqual([1, 0]);
  });

  it('whose examples do not hold says which', async () => {
    const wrong = async (from: string, to: string) => {
      expect(FIRE).toContain(from);
      const results = runExamples(await packOf(FIRE.replace(from, to)), ({ id }) => id === 'gateway-on-fire');
      return results.filter(({ passed }) => !passed).map(({ example, why }) => `${example}: ${why}`);
    };
    expect(await wrong(FIRE, FIRE)).toEqual([]);
    expect(await wrong(`"CceService Error: 0 : ${OVER}"`, '"CceService Error: 0 : it is cold"')).toEqual([
      'resolves 1: did not resolve',
    ]);
    expect(await wrong(`"CceService Error: 0 : ${OVER}"`, `"CceService Error: 0 : ${FAILED}"`)).toEqual([
      'resolves 1: matched, so it is the failure itself',
    ]);
    expect(await wrong('      - not: almost\n', '')).toEqual(['notResolves 1: resolved, and must not: it burns still']);
    // A proof that holds for the failure as well would never be seen: the failure comes first.
    expect(await wrong('(?:house and the)? gateway burns no more', 'gateway')).toEqual([
      'match 1: resolves itself',
      'match 2: resolves itself',
    ]);
  });
});
