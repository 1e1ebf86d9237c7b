/** A rule about a state, in words that tell what it looks at. */
import type { FactPattern, Scalar, StateRule, ValueTest, ValueTests } from '../model.js';

/** Lines with their indents: versions, the facts that must be there, those that must not, what is said then. */
export function ruleLines(rule: StateRule): [indent: number, text: string][] {
  const { note, versions, versionRequired, all, none, found } = rule;
  return [
    ...(note === undefined ? [] : [line(2, note)]),
    ...(versions === 'any'
      ? []
      : [line(2, `versions ${versions}${versionRequired ? ', where the version is known' : ', or unknown'}`)]),
    ...all.map((pattern, index) => line(4, `${index === 0 ? '' : 'and '}${patternWords(pattern)}`)),
    ...none.map((pattern) => line(4, `but no ${patternWords(pattern)}`)),
    line(2, `says: ${found}`),
  ];
}

function line(indent: number, text: string): [number, string] {
  return [indent, text];
}

function patternWords({ fact, as, role, across, where }: FactPattern): string {
  const place = [
    ...(role === undefined ? [] : [`of ${listed([role].flat())}`]),
    ...(across === undefined ? [] : ['of the site']),
  ];
  const tests = Object.entries(where).map(([name, test]) => `${name} ${testWords(test)}`);
  const named = as === undefined ? fact : `${fact} "${as}"`;
  return [named, ...place, ...(tests.length > 0 ? [`with ${tests.join(', ')}`] : [])].join(' ');
}

function testWords(test: ValueTest): string {
  return isTests(test) ? testsWords(test) : listed([test].flat());
}

function testsWords(tests: ValueTests): string {
  const { orAbsent, ...others } = tests;
  const words = Object.entries(others).map(([name, wanted]) => WORDS[name as keyof typeof WORDS](wanted as never));
  return words.join(' and ') + (orAbsent ? ', or not given' : '');
}

const WORDS: { [name in keyof Required<Omit<ValueTests, 'orAbsent'>>]: (wanted: never) => string } = {
  not: (wanted: ValueTest) => `not ${isTests(wanted) ? `(${testsWords(wanted)})` : testWords(wanted)}`,
  present: (wanted: boolean) => (wanted ? 'given' : 'not given'),
  empty: (wanted: boolean) => (wanted ? 'empty' : 'not empty'),
  pattern: (wanted: string) => `like /${wanted}/`,
  contains: (wanted: Scalar | Scalar[]) => `holding ${testWords(wanted)}`,
  partOf: (wanted: Scalar | Scalar[]) => `part of ${testWords(wanted)}`,
  includes: (wanted: Scalar | Scalar[]) => `listing ${testWords(wanted)}`,
  covers: (wanted: string) => `covering ${wanted}`,
  longerThan: (wanted: number) => `longer than ${wanted} characters`,
  atLeast: (wanted: number) => `at least ${wanted}`,
  below: (wanted: number) => `below ${wanted}`,
  version: (wanted: string) => `a version ${wanted}`,
  within: (wanted: string) => (/^0/.test(wanted) ? 'over' : `over, or within ${wanted}`),
  since: (wanted: string) => `within the last ${wanted}`,
  daysAfter: ({ time, atLeast, below }: { time: string; atLeast?: number; below?: number }) =>
    [
      ...(atLeast === undefined ? [] : [`at least ${atLeast} days after ${time}`]),
      ...(below === undefined ? [] : [`less than ${below} days after ${time}`]),
    ].join(' and '),
};

function isTests(test: ValueTest): test is ValueTests {
  return typeof test === 'object' && !Array.isArray(test);
}

function listed(texts: readonly Scalar[]): string {
  return texts.map(String).join(' or ');
}
