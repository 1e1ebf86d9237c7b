/**
 * What a rule asks of one value. Values compare without the blanks around them and without regard to case. A test that
 * refers to what is not known tells nothing: then its opposite does not hold either.
 */
import semver from 'semver';
import type { Scalar, ValueTest, ValueTests } from '../../model.js';
import { isCovered } from './covered-path.js';
import { type Bindings, filled } from './placeholders.js';

/** What a test is asked with. */
export interface Asking {
  /** Kind and name of the value, such as `defender.paths`. */
  value: string;
  bindings: Bindings;
  /** The moment that durations count from, in milliseconds; null where it is not known. */
  asOf: number | null;
}

/** True or false, or null where that cannot be told. */
type Verdict = boolean | null;
type Operators = Omit<ValueTests, 'present' | 'orAbsent'>;

const DAY = 86_400_000;
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY };
/** No value worth a pattern is longer: a pattern of an author must not make a hostile file slow. */
const LONGEST = 10_000;

/** Lists whose entries hold blanks. All others are separated by blanks, those of ini files too. */
const BARRED = ['defender.paths', 'defender.processes'];

/** Whether a value is what the test asks for. */
export function holds(test: ValueTest, value: string | undefined, asking: Asking): boolean {
  if (!isTests(test)) return value !== undefined && equalsOne(test, value, asking) === true;
  const { present, orAbsent, ...operators } = test;
  if (value === undefined) return present === false || orAbsent === true;
  return present !== false && all(operators, value, asking) === true;
}

/** A text as it is compared. */
export function comparable(text: string): string {
  return text.trim().toLowerCase();
}

/** A duration such as `60d` in milliseconds. */
export function durationOf(text: string): number {
  const [, count, unit] = /^(\d+)(ms|s|m|h|d)$/.exec(text) as RegExpExecArray;
  return Number(count) * (UNITS[unit as string] as number);
}

/** Whether a test is more than a text or a list of texts. */
export function isTests(test: ValueTest): test is ValueTests {
  return typeof test === 'object' && !Array.isArray(test);
}

function all(operators: Operators, value: string, asking: Asking): Verdict {
  let verdict: Verdict = true;
  for (const [name, wanted] of Object.entries(operators)) {
    if (wanted === undefined) continue;
    const one = TESTS[name as keyof Operators](wanted as never, value, asking);
    if (one === false) return false;
    if (one === null) verdict = null;
  }
  return verdict;
}

const TESTS: { [name in keyof Required<Operators>]: (wanted: never, value: string, asking: Asking) => Verdict } = {
  not: (wanted: ValueTest, value, asking) => {
    const verdict = isTests(wanted) ? all(wanted, value, asking) : equalsOne(wanted, value, asking);
    return verdict === null ? null : !verdict;
  },
  empty: (wanted: boolean, value) => (value.trim() === '') === wanted,
  pattern: (wanted: string, value) => regexOf(wanted).test(value.slice(0, LONGEST)),
  contains: (wanted: Scalar | Scalar[], value, asking) =>
    someOf(wanted, asking, (text) => comparable(value).includes(text)),
  partOf: (wanted: Scalar | Scalar[], value, asking) =>
    someOf(wanted, asking, (text) => value.trim() !== '' && text.includes(comparable(value))),
  includes: (wanted: Scalar | Scalar[], value, asking) => {
    const entries = entriesOf(value, asking).map(comparable);
    return someOf(wanted, asking, (text) => entries.includes(text));
  },
  covers: (wanted: string, value, asking) => {
    const path = filled(wanted, asking.bindings);
    return path === null ? null : isCovered(entriesOf(value, asking), path);
  },
  longerThan: (wanted: number, value) => value.trim().length > wanted,
  atLeast: (wanted: number, value) => ifNumber(value, (number) => number >= wanted),
  below: (wanted: number, value) => ifNumber(value, (number) => number < wanted),
  version: (wanted: string, value, asking) => {
    const range = filled(wanted, asking.bindings);
    const version = versionOf(value);
    if (range === null || version === null || semver.validRange(range) === null) return null;
    return semver.satisfies(version, range);
  },
  within: (wanted: string, value, { asOf }) => {
    const time = timeOf(value);
    return time === null || asOf === null ? null : time < asOf + durationOf(wanted);
  },
  since: (wanted: string, value, { asOf }) => {
    const time = timeOf(value);
    return time === null || asOf === null ? null : time <= asOf && time > asOf - durationOf(wanted);
  },
  daysAfter: (wanted: { time: string; atLeast?: number; below?: number }, value, { bindings }) => {
    const [from, to] = [timeOf(filled(wanted.time, bindings) ?? ''), timeOf(value)];
    if (from === null || to === null) return null;
    const days = (to - from) / DAY;
    return days >= (wanted.atLeast ?? Number.NEGATIVE_INFINITY) && days < (wanted.below ?? Number.POSITIVE_INFINITY);
  },
};

function entriesOf(value: string, asking: Asking): string[] {
  return value.split(BARRED.includes(asking.value) ? '|' : /\s+/);
}

function equalsOne(wanted: Scalar | Scalar[], value: string, asking: Asking): Verdict {
  return someOf(wanted, asking, (text) => text === comparable(value));
}

function someOf(wanted: Scalar | Scalar[], { bindings }: Asking, isWanted: (text: string) => boolean): Verdict {
  let verdict: Verdict = false;
  for (const entry of Array.isArray(wanted) ? wanted : [wanted]) {
    const text = filled(String(entry), bindings);
    if (text === null) verdict = null;
    else if (isWanted(comparable(text))) return true;
  }
  return verdict;
}

function ifNumber(value: string, isWanted: (number: number) => boolean): Verdict {
  return /^\s*-?\d+(\.\d+)?\s*$/.test(value) ? isWanted(Number(value)) : null;
}

/** The version that a text is, as three numbers; null where it is none. */
function versionOf(text: string): string | null {
  return /^\s*v?\d+(\.\d+){1,3}\s*$/i.test(text) ? (semver.coerce(text)?.version ?? null) : null;
}

/** A time in ISO 8601. One without a zone counts as UTC: a day more or less does not matter to what is asked. */
function timeOf(text: string): number | null {
  const match = /^\s*(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(Z|[+-]\d{2}:?\d{2})?\s*$/.exec(text);
  if (!match) return null;
  const time = Date.parse(`${match[1]}${match[2] ?? 'T00:00'}${match[3] ?? 'Z'}`);
  return Number.isNaN(time) ? null : time;
}

const regexes = new Map<string, RegExp>();

function regexOf(source: string): RegExp {
  const known = regexes.get(source);
  if (known) return known;
  const regex = new RegExp(source, 'i');
  regexes.set(source, regex);
  return regex;
}
