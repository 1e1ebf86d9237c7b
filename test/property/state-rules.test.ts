/** The join of rules against a model that tries everything; the order of facts; the limit of work. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadPack } from '../../src/detectors/pack/load.js';
import { findStates } from '../../src/detectors/state/find-states.js';
import type { FactKind, PlacedFact } from '../../src/facts.js';
import type { FactPattern, StateRule, ValueTest } from '../../src/model.js';
import { known, pattern, placed, rule } from '../support/placed-facts.js';

const ABOUT = { appliances: [known('one'), known('two')] };
const KINDS = ['service', 'vm'] as const;
const SECTIONS = ['Common', 'PrimaryCMS', 'MediationServer', 'EdgeServer'];
const KEYS = ['IP', 'ServerName', 'SiteName', 'VirtualMachineDomain', 'CorpnetSwitchName'];
const VALUES = { service: ['name', 'status'], vm: ['name', 'state'] } as const;
const word = fc.constantFrom('a', 'b', 'c');

const fact: fc.Arbitrary<PlacedFact> = fc
  .record({
    kind: fc.constantFrom(...KINDS),
    first: fc.option(word, { nil: undefined }),
    second: fc.option(word, { nil: undefined }),
    appliance: fc.constantFrom('one', 'two'),
    role: fc.constantFrom('edge' as const, 'cms' as const, null),
    source: fc.integer({ min: 0, max: 10_000 }),
  })
  .map(({ kind, first, second, appliance, role, source }) => {
    const [one, two] = VALUES[kind];
    const values = { ...(first && { [one]: first }), ...(second && { [two]: second }) };
    // A source of its own for each: what a source says again is another matter.
    return placed(kind, values, { appliance, role, source: `s${source}` });
  });

const facts = fc.uniqueArray(fact, { selector: ({ source }) => source, maxLength: 9 });

/** A pattern in the place `index` of a rule: it may refer to those before. */
const patternAt = (index: number, prefix: string, before: readonly FactPattern[]): fc.Arbitrary<FactPattern> =>
  fc.constantFrom(...KINDS).chain((kind) => {
    const refs = before.flatMap((one) => VALUES[one.fact as 'vm'].map((name) => `{${one.as}.${name}}`));
    const text = refs.length > 0 ? fc.oneof(word, fc.constantFrom(...refs)) : word;
    const test: fc.Arbitrary<ValueTest> = fc.oneof(
      text,
      fc.array(text, { minLength: 1, maxLength: 2 }),
      text.map((not) => ({ not })),
      fc.constant({ present: false }),
      text.map((not) => ({ not, orAbsent: true })),
    );
    return fc
      .record({
        where: fc.dictionary(fc.constantFrom(...VALUES[kind], 'appliance'), test, { maxKeys: 2 }),
        role: fc.option(fc.constantFrom('edge', 'cms'), { nil: undefined }),
        across: fc.option(fc.constant('site' as const), { nil: undefined }),
      })
      .map((more) => ({ fact: kind, as: `${prefix}${index}`, ...more }));
  });

const anyRule: fc.Arbitrary<StateRule> = patternAt(0, 'f', []).chain((first) =>
  patternAt(1, 'f', [first]).chain((second) =>
    patternAt(2, 'f', [first, second]).chain((third) =>
      fc
        .record({
          count: fc.integer({ min: 1, max: 3 }),
          named: fc.integer({ min: 0, max: 2 }),
        })
        .chain(({ count, named }) => {
          const all = [first, second, third].slice(0, count);
          return fc.array(patternAt(0, 'n', all), { maxLength: 2 }).map((none) => {
            const entity = all[Math.min(named, count - 1)] as FactPattern;
            return rule(all, { none, entities: { one: `{${entity.as}.source}` } });
          });
        }),
    ),
  ),
);

/** The same rule, tried with all facts in all places. */
function model({ all, none, entities }: StateRule, given: readonly PlacedFact[], appliance: string) {
  const seen = ({ across }: FactPattern) => given.filter((one) => across === 'site' || one.appliance === appliance);
  type Bound = Record<string, PlacedFact>;
  const value = (one: PlacedFact, name: string) =>
    name === 'appliance' ? (one.appliance ?? undefined) : name === 'source' ? one.source : one.values[name];
  const text = (wanted: string, bound: Bound) => {
    const match = /^\{(\w+)\.(\w+)\}$/.exec(wanted);
    return match ? value(bound[match[1] as string] as PlacedFact, match[2] as string) : wanted;
  };
  const passes = (test: ValueTest, given: string | undefined, bound: Bound): boolean => {
    if (typeof test === 'string') return given !== undefined && text(test, bound) === given;
    if (Array.isArray(test)) return test.some((one) => passes(one, given, bound));
    const { present, orAbsent, not } = test as { present?: boolean; orAbsent?: boolean; not?: string };
    if (present === false) return given === undefined;
    if (given === undefined) return orAbsent === true;
    const other = text(not as string, bound);
    return other !== undefined && other !== given;
  };
  const fits = (one: FactPattern, candidate: PlacedFact, bound: Bound) =>
    candidate.about === one.fact &&
    (one.role === undefined || candidate.role === one.role) &&
    Object.entries(one.where).every(([name, test]) => passes(test, value(candidate, name), bound));
  let combinations: Bound[] = [{}];
  for (const one of all)
    combinations = combinations.flatMap((bound) =>
      seen(one)
        .filter((candidate) => fits(one, candidate, bound))
        .map((candidate) => ({ ...bound, [one.as as string]: candidate })),
    );
  return combinations
    .filter((bound) => !none.some((one) => seen(one).some((candidate) => fits(one, candidate, bound))))
    .map((bound) => ({
      facts: Object.values(bound),
      entity: text(entities['one'] as string, bound) as string,
    }));
}

describe('rules', () => {
  it('find what a model finds that tries everything, and nothing else', () => {
    fc.assert(
      fc.property(facts, anyRule, (given, state) => {
        const findings = findStates([{ id: 'x', state: [state], question: undefined }], given, ABOUT);
        const seen = findings.map(({ fact: first, others, entities }) => ({
          facts: [first, ...others],
          entity: entities['one'] as string,
        }));
        const right = ['one', 'two'].flatMap((appliance) => model(state, given, appliance));
        const key = ({ facts: [first], entity }: { facts: PlacedFact[]; entity: string }) =>
          `${first?.source} ${entity}`;
        const set = (one: { facts: PlacedFact[]; entity: string }) =>
          `${one.facts.map(({ source }) => source).sort()} ${one.entity}`;
        const exact = (one: { facts: PlacedFact[]; entity: string }) =>
          `${one.facts.map(({ source }) => source)} ${one.entity}`;
        const allRight = new Set(right.map(exact));
        for (const one of seen) expect(allRight).toContain(exact(one));
        const told = new Set([...seen.map(key), ...seen.map(set)]);
        for (const one of right) expect(told.has(key(one)) || told.has(set(one))).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });

  it('find the same in whatever order the facts come', () => {
    const shuffled = facts.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, anyRule, ([given, other], state) => {
        const signatures = [{ id: 'x', state: [state], question: undefined }];
        expect(findStates(signatures, other, ABOUT)).toEqual(findStates(signatures, given, ABOUT));
      }),
      { numRuns: 300 },
    );
  });

  it('do bounded work on 20,000 facts, and say where they stopped', () => {
    const many = Array.from({ length: 20_000 }, (_, index) =>
      placed('ini-key', { key: 'IP', value: `v${index}` }, { appliance: 'one', source: 's' }),
    );
    const other = pattern('ini-key', { key: 'IP', value: { not: '{ini-key.value}' } }, { as: 'other' });
    const pairs = rule([pattern('ini-key'), { ...other, as: 'b' }, { ...other, as: 'c' }], {
      none: [pattern('ini-key', { value: { not: '{ini-key.value}' }, key: 'none' }, { as: 'other' })],
      found: '{ini-key.value}',
      entities: { value: '{c.value}' },
    });
    const equal = rule([pattern('ini-key'), pattern('ini-key', { value: '{ini-key.value}' }, { as: 'other' })]);
    const cut: string[] = [];
    const begun = performance.now();
    findStates([{ id: 'x', state: [pairs], question: undefined }], many, ABOUT, (signature) => cut.push(signature));
    const whole = findStates([{ id: 'y', state: [equal], question: undefined }], many, ABOUT, (id) => cut.push(id));
    expect(performance.now() - begun).toBeLessThan(10_000);
    expect(cut).toEqual(['x']);
    expect(whole).toHaveLength(20_000);
  });

  it('of the pack do bounded work on 20,000 facts that all are alike', async () => {
    const { signatures } = await loadPack();
    const kinds: [FactKind, (index: number) => Record<string, string>][] = [
      [
        'ini-key',
        (at) => ({ file: 'cloud-connector', section: SECTIONS[at % 4]!, key: KEYS[at % 5]!, value: `${at % 999}` }),
      ],
      ['ini-key', (at) => ({ file: 'module', section: '', key: 'Version', value: `${at}` })],
      ['vm', (at) => ({ name: `MS${at}`, state: 'Off' })],
      ['vm-adapter', (at) => ({ vm: `MS${at}`, switch: '', addresses: '' })],
      [
        'certificate',
        (at) => ({ subject: `CN=${at}`, issuer: `CN=${at % 7}`, notBefore: '2016-01-01', notAfter: '2018-01-01' }),
      ],
      [
        'pstn-appliance',
        (at) => ({ id: `${at}`, name: `A${at}`, action: 'Deploy', status: 'Error', mediationAddress: `${at % 999}` }),
      ],
    ];
    const given = Array.from({ length: 20_000 }, (_, at) => {
      const [kind, values] = kinds[at % kinds.length]!;
      return placed(kind, values(at), {
        appliance: at % 2 ? 'one' : 'two',
        role: (['ad', 'cms', 'mediation', 'edge'] as const)[at % 4]!,
        source: `s${at % 3}`,
      });
    });
    const appliances = ['one', 'two'].map((name) => known(name, { version: '2.1.0', asOf: '2018-09-07T00:00:00Z' }));
    const begun = performance.now();
    expect(findStates(signatures, given, { appliances }).length).toBeGreaterThan(1000);
    expect(performance.now() - begun).toBeLessThan(30_000);
  });
});
