/** A rule about a state, in words that tell what it looks at. */
import type { FactPattern, Scalar, StateRule, ValueTest, ValueTests } from '../model.js';
import { t } from '../texts/texts.js';

/** Lines with their indents: versions, the facts that must be there, those that must not, what is said then. */
export function ruleLines(rule: StateRule): [indent: number, text: string][] {
  const { note, versions, versionRequired, all, none, found, shownAs } = rule;
  return [
    ...(note === undefined ? [] : [line(2, note)]),
    ...(versions === 'any'
      ? []
      : [
          line(
            2,
            versionRequired ? t`versions ${versions}, where the version is known` : t`versions ${versions}, or unknown`,
          ),
        ]),
    ...all.map((pattern, index) => line(4, index === 0 ? patternWords(pattern) : t`and ${patternWords(pattern)}`)),
    ...none.map((pattern) => line(4, t`but no ${patternWords(pattern)}`)),
    line(2, t`says: ${shownAs ?? found}`),
  ];
}

function line(indent: number, text: string): [number, string] {
  return [indent, text];
}

function patternWords({ fact, as, role, across, where }: FactPattern): string {
  const place = [
    ...(role === undefined ? [] : [t`of ${listed([role].flat())}`]),
    ...(across === undefined ? [] : [t`of the site`]),
  ];
  const tests = Object.entries(where).map(([name, test]) => `${name} ${testWords(test)}`);
  const named = as === undefined ? fact : `${fact} "${as}"`;
  return [named, ...place, ...(tests.length > 0 ? [t`with ${tests.join(', ')}`] : [])].join(' ');
}

function testWords(test: ValueTest): string {
  return isTests(test) ? testsWords(test) : listed([test].flat());
}

function testsWords(tests: ValueTests): string {
  const { orAbsent, ...others } = tests;
  const words = Object.entries(others).map(([name, wanted]) => WORDS[name as keyof typeof WORDS](wanted as never));
  return words.join(t` and `) + (orAbsent ? t`, or not given` : '');
}

const WORDS: { [name in keyof Required<Omit<ValueTests, 'orAbsent'>>]: (wanted: never) => string } = {
  not: (wanted: ValueTest) => t`not ${isTests(wanted) ? `(${testsWords(wanted)})` : testWords(wanted)}`,
  present: (wanted: boolean) => (wanted ? t`given` : t`not given`),
  empty: (wanted: boolean) => (wanted ? t`empty` : t`not empty`),
  pattern: (wanted: string) => t`like /${wanted}/`,
  contains: (wanted: Scalar | Scalar[]) => t`holding ${testWords(wanted)}`,
  partOf: (wanted: Scalar | Scalar[]) => t`part of ${testWords(wanted)}`,
  includes: (wanted: Scalar | Scalar[]) => t`listing ${testWords(wanted)}`,
  covers: (wanted: string) => t`covering ${wanted}`,
  longerThan: (wanted: number) => t`longer than ${wanted} characters`,
  atLeast: (wanted: number) => t`at least ${wanted}`,
  below: (wanted: number) => t`below ${wanted}`,
  version: (wanted: string) => t`a version ${wanted}`,
  within: (wanted: string) => (/^0/.test(wanted) ? t`over` : t`over, or within ${wanted}`),
  since: (wanted: string) => t`within the last ${wanted}`,
  daysAfter: ({ time, atLeast, below }: { time: string; atLeast?: number; below?: number }) =>
    [
      ...(atLeast === undefined ? [] : [t`at least ${atLeast} days after ${time}`]),
      ...(below === undefined ? [] : [t`less than ${below} days after ${time}`]),
    ].join(t` and `),
};

function isTests(test: ValueTest): test is ValueTests {
  return typeof test === 'object' && !Array.isArray(test);
}

function listed(texts: readonly Scalar[]): string {
  return texts.map(String).join(t` or `);
}
