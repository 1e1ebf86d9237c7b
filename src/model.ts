import type { ApplianceReport } from './appliance.js';
import type { TimeBasis } from './facts.js';
import type { RecoveryMarkKind } from './recovery.js';

/**
 * The words that cross rooms. This file does nothing: it names what the pipeline passes on.
 * Times are ISO 8601 in UTC with up to seven fraction digits (100 ns, the resolution of .NET), as text, because a
 * JavaScript number would lose the last four. Offsets count bytes of the raw file, before any decoding.
 */

export type SourceKind =
  | 'trace-log'
  | 'console'
  | 'event-log'
  | 'config'
  | 'certificate'
  | 'command-output'
  | 'archive'
  | 'other';

export const SEVERITIES = ['info', 'warning', 'error', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const LEVELS = ['critical', 'error', 'warning', 'information', 'verbose', 'other'] as const;
export type Level = (typeof LEVELS)[number];

export type IncidentStatus = 'open' | 'resolved' | 'regressed' | 'silenced';

export type { TimeBasis } from './facts.js';

/** What was learned of one file, or of one member of an archive, by reading it. */
export interface SourceReport {
  path: string;
  kind: SourceKind;
  encoding: string;
  appliance: string | null;
  bytes: number;
  records: number;
  levels: Record<Level, number>;
  /** Lines before the first header: the log starts in the middle of a record. They are searched all the same. */
  orphanLines: number;
  invalidBytes: number;
  /** NUL bytes skipped: holes and tails that a power loss or a truncation leaves. */
  nulBytes: number;
  truncatedRecords: number;
  /** What it says about an appliance, besides records. */
  facts: number;
  firstTime: string | null;
  lastTime: string | null;
  /** Records per signature that matched. */
  hits: Record<string, number>;
  skipped: string | null;
}

/** One record that a signature matched, ready for the store: nothing in it is secret any more. */
export interface Hit {
  signature: string;
  /** `v1:` and a digest of the signature and of the entities it groups by; the same on every appliance. */
  fingerprint: string;
  entities: Record<string, string>;
  line: number;
  byteStart: number;
  byteEnd: number;
  /** SHA-256 (hex, 32 characters of it) of the record's raw bytes: shows later whether the evidence is unchanged. */
  digest: string;
  time: string | null;
  timeBasis: TimeBasis;
  /** The record's text as far as a report shows it, secrets masked. */
  excerpt: string;
  /** A state of the appliance, seen when the source was made: no silence ends it, only a look that does not find it. */
  isState?: boolean;
}

/** One record that proves a failure over, as its signature says (`resolvedBy`); masked and ready for the store, as a hit is. */
export interface Recovery {
  /** The failure that is over. */
  signature: string;
  line: number;
  byteStart: number;
  byteEnd: number;
  digest: string;
  time: string | null;
  timeBasis: TimeBasis;
  excerpt: string;
  /** It stands in a list that may begin with the newest: its place in it proves nothing, only its time does. */
  isListed?: boolean;
}

export interface Evidence {
  id: string;
  source: string;
  line: number;
  byteStart: number;
  byteEnd: number;
  excerpt: string;
}

export interface FixStep {
  text: string;
  command: string | null;
  /** Where the command runs: on the CCE host, in one of its VMs, or in a PowerShell session with the tenant. */
  where: 'host' | 'vm' | 'tenant' | null;
}

/** One procedure, with the reason why it was or was not chosen. */
export interface Fix {
  id: string;
  title: string;
  versions: string;
  selected: boolean;
  /** Why, for programs: the fix holds for `any` version, for this `version`, for an `other-version`, or it is `unknown`. */
  reason: 'any' | 'version' | 'other-version' | 'unknown';
  why: string;
  steps: FixStep[];
  references: string[];
}

/** The share of one appliance in a site's incident. */
export interface SitePart extends Pick<Incident, 'id' | 'appliance' | 'status' | 'count' | 'firstSeen' | 'lastSeen'> {
  /** Ids of the shown evidence that is its own. */
  evidence: string[];
}

export interface Incident {
  id: string;
  fingerprint: string;
  signature: string;
  title: string;
  /** What is going on, in the words of the signature. */
  cause: string;
  severity: Severity;
  status: IncidentStatus;
  appliance: string | null;
  /** The site of the appliance, where it is known. */
  site: string | null;
  /** `site`: all appliances of the site have it, and it began on all of them within a short time. */
  scope: 'appliance' | 'site';
  /** Of a site's incident, the ids of those of its appliances; the first of them is its own. */
  members: string[];
  /** Of a site's incident, the names of its appliances in the order of `members`. */
  appliances: string[];
  /** Of a site's incident, how it stands on each of its appliances, in the same order. */
  parts?: SitePart[];
  /** What it suggests that only this appliance, or the whole site, has it; null where the site is not known. */
  suggests: string | null;
  entities: Record<string, string>;
  count: number;
  firstSeen: string | null;
  lastSeen: string | null;
  timeBasis: TimeBasis;
  symptomOf: string | null;
  evidence: Evidence[];
  fixes: Fix[];
}

/** Error records that no signature explains, folded by their text with numbers, ids and paths masked. */
export interface UnknownError {
  template: string;
  level: Level;
  count: number;
  /** Types of the exceptions in it, outermost first. */
  exceptions: string[];
  evidence: Evidence;
}

/** What the sources cannot tell of an appliance, and the command whose answer would. */
export interface OpenQuestion {
  /** The failure that it is about. */
  signature: string;
  text: string;
  command: string | null;
  where: FixStep['where'];
  /** Null where its name is not known. */
  appliance: string | null;
}

/** An input that could not be read, or not whole. */
export interface InputProblem {
  path: string;
  why: string;
}

/** How often a failure was seen within one hour. */
export interface HourOfActivity {
  appliance: string | null;
  signature: string;
  /** When the hour begins, ISO 8601 in UTC. */
  hour: string;
  count: number;
}

/** What `analyze --format json` prints; the schema is fixed by version, keys may be added. */
export interface Report {
  schemaVersion: 1;
  tool: { name: 'ccelog'; version: string; signatures: number };
  sources: SourceReport[];
  incidents: Incident[];
  unknown: UnknownError[];
  appliances: ApplianceReport[];
  questions: OpenQuestion[];
  /** For formats that draw it: hits by the hour. */
  activity?: HourOfActivity[];
  /** Inputs that could not be read, or not whole; early reports do not tell. */
  problems?: InputProblem[];
  summary: Record<Severity, number>;
  /** Incidents that were found and that the selection (--since and the like) leaves out. */
  leftOut: number;
  /** Of a report without names: how many of each kind were replaced, and in how many places. */
  redaction?: { counts: Record<string, number>; places: number };
}

/** One known failure, as its YAML file tells it after checking. */
export interface Signature {
  id: string;
  title: string;
  severity: Severity;
  status: 'stable' | 'experimental' | 'deprecated';
  /** Product versions in which the failure is known: a semver range, or `any`. */
  versions: string;
  /** `text` failures are recognised in records; `state` failures are facts about an appliance. */
  detection: 'text' | 'state';
  appearsIn: SourceKind[];
  cause: string;
  match: MatchAlternative[];
  /** What a record says that proves the failure over; absent where the product says nothing of the kind. */
  resolvedBy?: MatchAlternative[] | undefined;
  /** What shows the failure, or what leads to it, in the facts about an appliance; one rule is enough. */
  state?: StateRule[] | undefined;
  /** What to ask where the facts that a rule would need are not there. */
  question?: StateQuestion | undefined;
  /** Named captures that tell one instance of the failure from another, with what each one is. */
  entities: Record<string, string>;
  groupBy: string[];
  symptomOf: { signature: string; within: string }[];
  fixes: SignatureFix[];
  versionUnknown: string;
  falsePositives: string[];
  references: string[];
  keywords: string[];
  examples: SignatureExamples;
}

/** `resolves` and `notResolves` are there where `resolvedBy` is, `found` and `notFound` where `state` is. */
export interface SignatureExamples {
  match: MatchExample[];
  noMatch: NoMatchExample[];
  resolves?: ResolvesExample[] | undefined;
  notResolves?: NoMatchExample[] | undefined;
  found?: FoundExample[] | undefined;
  notFound?: NotFoundExample[] | undefined;
}

/** A record that tells how an appliance recovers, and how it is recognised. */
export interface RecoveryMarkRule {
  id: string;
  kind: RecoveryMarkKind;
  /** Of a service that stopped or started. */
  service: string | null;
  appearsIn: SourceKind[];
  match: MatchAlternative[];
}

/** All conditions of one alternative hold for a hit, or for a recovery; one alternative is enough. */
export interface MatchAlternative {
  note?: string | undefined;
  all: Condition[];
}

/** A pattern, or one pattern for each language that was verified. */
export type PatternText = string | Record<string, string>;

export type Condition = (
  | { text: PatternText }
  | { errorId: string }
  | { exception: string }
  | { cmdlet: string }
  | { code: string }
  | { not: PatternText }
) & {
  /** What it comes to, added when the pack is compiled: no author writes it, and no output shows it. */
  compiled?: CompiledPattern[] | undefined;
};

/** A pattern as a native regular expression, in a form that a file can hold. */
export interface CompiledPattern {
  source: string;
  flags: string;
  /** Names of the capture groups, by their number minus one; null where a group has no name. */
  names: (string | null)[];
  /** The match must not go on with a hexadecimal digit in the original text, where whitespace still separates. */
  isCode: boolean;
  /** Which language of the condition this is, where it has several. */
  language: string | null;
}

export interface SignatureFix {
  id: string;
  title: string;
  versions: string;
  steps: FixStep[];
  references: string[];
}

export interface MatchExample {
  text: string;
  in: SourceKind;
  entities?: Record<string, string> | undefined;
}

export interface ResolvesExample {
  text: string;
  in: SourceKind;
}

export interface NoMatchExample {
  text: string;
  in: SourceKind;
  why: string;
}

/** Files of an appliance that show the state. */
export interface FoundExample extends StateExample {
  /** What is said of it: all findings, in any order. */
  says?: string[] | undefined;
  entities?: Record<string, string> | undefined;
}

/** Files that look like it and do not show it. */
export interface NotFoundExample extends StateExample {
  why: string;
}

export interface StateExample {
  /** Text by path in the bundle. */
  files: Record<string, string>;
  /** How the files are written; UTF-8 unless named. */
  encoding?: 'utf-16le' | 'utf-8-bom' | undefined;
  version?: string | undefined;
  asOf?: string | undefined;
}

/**
 * What must be known of one appliance for a state to be found: a fact for each pattern of `all`, and none that fits one
 * of `none`. Texts may hold values of facts, written `{alias.value}`.
 */
export interface StateRule {
  note?: string | undefined;
  /** Product versions that the rule holds for: a semver range, or `any`. */
  versions: string;
  /** Whether the rule is left out where the version is unknown. */
  versionRequired: boolean;
  all: FactPattern[];
  none: FactPattern[];
  /** What was found, as a sentence. */
  found: string;
  /** The same in the language of the reader: what is stored is always `found`. */
  shownAs?: string | undefined;
  entities: Record<string, string>;
}

/** One fact of a rule. */
export interface FactPattern {
  fact: string;
  /** What the rule calls it; its kind unless given. */
  as?: string | undefined;
  /** The server it is about is one of these. */
  role?: string | string[] | undefined;
  /** Facts of all appliances of the site are looked at, not those of one. */
  across?: 'site' | undefined;
  where: Record<string, ValueTest>;
}

export type Scalar = string | number | boolean;

/** What a value must be: one of these texts, or what all of these tests say. */
export type ValueTest = Scalar | Scalar[] | ValueTests;

export interface ValueTests {
  not?: ValueTest | undefined;
  /** Whether the text gives the value at all. Every other test fails where it does not, `not` too. */
  present?: boolean | undefined;
  /** The tests beside it need not hold where the value is not given. */
  orAbsent?: boolean | undefined;
  empty?: boolean | undefined;
  /** A regular expression; here blanks count. */
  pattern?: string | undefined;
  contains?: Scalar | Scalar[] | undefined;
  partOf?: Scalar | Scalar[] | undefined;
  /** An entry of the list that the value is. */
  includes?: Scalar | Scalar[] | undefined;
  /** The list that the value is has this path, or a folder around it. */
  covers?: string | undefined;
  longerThan?: number | undefined;
  atLeast?: number | undefined;
  below?: number | undefined;
  /** A semver range that it lies in. */
  version?: string | undefined;
  /** A time before the bundle's last moment and this duration: over, or soon to be. */
  within?: string | undefined;
  /** A time in this duration before the bundle's last moment. */
  since?: string | undefined;
  /** Days from another time to this one. */
  daysAfter?: { time: string; atLeast?: number | undefined; below?: number | undefined } | undefined;
}

/** What a person would have to be asked, with the command whose answer would tell. */
export interface StateQuestion {
  text: string;
  command: string | null;
  where: 'host' | 'vm' | 'tenant' | null;
  versions: string;
  /** Asked only of a site that has one appliance, or several. */
  ofSite?: 'one' | 'several' | undefined;
  /** It is answered where there is a fact for each of these; with none of them it always is asked. */
  answeredBy: FactPattern[];
}

/** An incident as the store keeps it: what was seen, without what the signature says about it. */
export interface StoredIncident {
  id: string;
  fingerprint: string;
  signature: string;
  status: IncidentStatus;
  /** The appliance's name, or the folder of the source where no name is known: incidents never cross it. */
  scope: string;
  appliance: string | null;
  entities: Record<string, string>;
  count: number;
  firstSeen: string | null;
  lastSeen: string | null;
  timeBasis: TimeBasis;
  evidence: Evidence[];
  /** Where the first hit stands: orders cause and symptom where no time does. */
  firstHit: { stream: number; byteStart: number };
}

/** A line of a file that a piece of evidence stands in or beside. */
export interface EvidenceLine {
  number: number;
  text: string;
  /** Whether it belongs to the record, or stands around it. */
  inRecord: boolean;
}

/** A piece of evidence, looked at again where it was seen. */
export interface OpenedEvidence {
  evidence: Evidence;
  path: string;
  /** `changed`: other bytes stand there now. `gone`: the file cannot be opened. Both show what the store kept. */
  state: 'unchanged' | 'changed' | 'gone';
  why: string | null;
  lines: EvidenceLine[];
}
