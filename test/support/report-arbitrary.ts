/** Any report: every status, kind and shape that the types allow, with texts of every kind. */
import fc from 'fast-check';
import type { ApplianceReport } from '../../src/appliance.js';
import {
  type Evidence,
  type Fix,
  type Incident,
  LEVELS,
  type OpenQuestion,
  type Report,
  SEVERITIES,
  type SourceReport,
  type UnknownError,
} from '../../src/model.js';
import { NAUGHTY } from './naughty.js';

const SHORT = Object.values(NAUGHTY).filter(({ length }) => length < 1000);

/** Letters of logs, texts that want to be more than text, any characters, and halves of them. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ maxLength: 30 }),
  fc.constantFrom(...SHORT),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(fc.constantFrom('\ud800', '\udc00', 'a', '\n', '=', '`', '|', '<'), { maxLength: 8 })
    .map((parts) => parts.join('')),
);

const orNull = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
const count = fc.nat({ max: 1_000_000 });
const hex = (length: number) =>
  fc
    .array(fc.constantFrom(...'0123456789abcdef'), { minLength: length, maxLength: length })
    .map((digits) => digits.join(''));
const time = fc
  .tuple(fc.date({ min: new Date('2015-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }), fc.nat(9_999_999))
  .map(([date, part]) => `${date.toISOString().slice(0, 19)}.${String(part).padStart(7, '0')}Z`);

const evidence = (letter: string): fc.Arbitrary<Evidence> =>
  fc
    .record({ id: hex(12), source: anyText, line: count, byteStart: count, length: count, excerpt: anyText })
    .map(({ id, line, byteStart, length, ...texts }) => ({
      ...texts,
      id: letter + id,
      line: line + 1,
      byteStart,
      byteEnd: byteStart + length,
    }));

const step = fc.record({
  text: anyText,
  command: orNull(anyText),
  where: fc.constantFrom('host' as const, 'vm' as const, 'tenant' as const, null),
});

const fix: fc.Arbitrary<Fix> = fc.record({
  id: hex(6),
  title: anyText,
  versions: fc.constantFrom('any', '>=2.0.0', '<1.4.2'),
  selected: fc.boolean(),
  reason: fc.constantFrom('any' as const, 'version' as const, 'other-version' as const, 'unknown' as const),
  why: anyText,
  steps: fc.array(step, { minLength: 1, maxLength: 12 }),
  references: fc.array(anyText, { maxLength: 2 }),
});

const incident: fc.Arbitrary<Incident> = fc.record({
  id: hex(12),
  fingerprint: hex(16).map((digits) => `v1:${digits}`),
  signature: fc.constantFrom('tenant-admin-logon-failed', 'recovery-backoff', 'own-signature'),
  title: anyText,
  cause: anyText,
  severity: fc.constantFrom(...SEVERITIES),
  status: fc.constantFrom('open' as const, 'resolved' as const, 'regressed' as const, 'silenced' as const),
  appliance: orNull(anyText),
  site: orNull(anyText),
  scope: fc.constantFrom('appliance' as const, 'site' as const),
  members: fc.array(hex(12), { maxLength: 2 }),
  appliances: fc.array(anyText, { maxLength: 2 }),
  suggests: orNull(anyText),
  entities: fc.dictionary(anyText, anyText, { maxKeys: 3 }),
  count: count.map((value) => value + 1),
  firstSeen: orNull(time),
  lastSeen: orNull(time),
  timeBasis: fc.constantFrom('explicit' as const, 'estimated' as const, 'none' as const),
  symptomOf: fc.constant(null),
  evidence: fc.array(evidence('e'), { minLength: 1, maxLength: 5 }),
  fixes: fc.array(fix, { minLength: 1, maxLength: 3 }),
});

const source: fc.Arbitrary<SourceReport> = fc.record({
  path: anyText,
  kind: fc.constantFrom(
    'trace-log' as const,
    'console' as const,
    'event-log' as const,
    'config' as const,
    'certificate' as const,
    'command-output' as const,
    'archive' as const,
    'other' as const,
  ),
  encoding: fc.constantFrom('utf-8', 'utf-8-bom', 'utf-16le', 'utf-16be', 'binary'),
  appliance: orNull(anyText),
  bytes: count,
  records: count,
  levels: fc.record(
    Object.fromEntries(LEVELS.map((level) => [level, count])) as Record<(typeof LEVELS)[number], typeof count>,
  ),
  orphanLines: count,
  invalidBytes: count,
  nulBytes: count,
  facts: count,
  truncatedRecords: count,
  firstTime: orNull(time),
  lastTime: orNull(time),
  hits: fc.dictionary(
    fc.constantFrom('tenant-admin-logon-failed', 'own-signature'),
    count.map((value) => value + 1),
  ),
  skipped: orNull(
    fc.oneof(
      anyText,
      anyText.map((why) => `read in part only: ${why}`),
    ),
  ),
});

const unknown: fc.Arbitrary<UnknownError> = fc.record({
  template: anyText,
  level: fc.constantFrom(...LEVELS),
  count: count.map((value) => value + 1),
  exceptions: fc.array(anyText, { maxLength: 2 }),
  evidence: evidence('u'),
});

const place = fc.record({ source: anyText, line: count.map((value) => value + 1), command: orNull(anyText) });
const version = fc.record({
  version: fc.constantFrom('1.4.2', '2.1.0'),
  origin: anyText,
  basis: fc.constantFrom('said' as const, 'inferred' as const),
});

const appliance: fc.Arbitrary<ApplianceReport> = fc.record({
  name: orNull(anyText),
  site: orNull(anyText),
  running: orNull(version),
  scripts: orNull(version),
  product: orNull(version),
  servers: fc.array(
    fc.record({
      role: fc.constantFrom('host' as const, 'ad' as const, 'cms' as const, 'mediation' as const, 'edge' as const),
      name: orNull(anyText),
      fqdn: orNull(anyText),
      address: orNull(anyText),
    }),
    { maxLength: 3 },
  ),
  known: fc.array(
    fc.record({
      name: fc.constantFrom('site' as const, 'build' as const, 'edge-fqdn' as const),
      value: anyText,
      from: fc.array(place, { maxLength: 2 }),
      basis: fc.constantFrom('said' as const, 'inferred' as const),
      contradictedBy: fc.array(fc.record({ value: anyText, from: fc.array(place, { maxLength: 2 }) }), {
        maxLength: 2,
      }),
    }),
    { maxLength: 3 },
  ),
  asOf: orNull(time),
  recovery: fc.constant(null),
});

const question: fc.Arbitrary<OpenQuestion> = fc.record({
  signature: fc.constantFrom('recovery-backoff'),
  text: anyText,
  command: orNull(anyText),
  where: fc.constantFrom('host' as const, 'vm' as const, 'tenant' as const, null),
  appliance: orNull(anyText),
});

/** Incidents have ids of their own; some are symptoms of one before them. */
const incidents = fc
  .uniqueArray(fc.tuple(incident, fc.nat()), { maxLength: 6, selector: ([{ id }]) => id })
  .map((list) =>
    list.map(([entry, choice], index) => {
      const causes = list.slice(0, index).map(([{ id }]) => id);
      return { ...entry, symptomOf: choice % 3 === 0 ? (causes[choice % Math.max(1, causes.length)] ?? null) : null };
    }),
  );

export const anyReport: fc.Arbitrary<Report> = fc.record({
  schemaVersion: fc.constant(1 as const),
  tool: fc.record({ name: fc.constant('ccelog' as const), version: fc.constant('1.2.3'), signatures: count }),
  sources: fc.uniqueArray(source, { maxLength: 5, selector: ({ path }) => path }),
  incidents,
  unknown: fc.array(unknown, { maxLength: 4 }),
  appliances: fc.array(appliance, { maxLength: 3 }),
  questions: fc.array(question, { maxLength: 3 }),
  problems: fc.array(fc.record({ path: anyText, why: anyText }), { maxLength: 3 }),
  summary: fc.record({ critical: count, error: count, warning: count, info: count }),
  leftOut: count,
});
