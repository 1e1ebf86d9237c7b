/**
 * The shape of a signature file. Only the pack compiler and the tests import this: a start of the tool reads the
 * compiled pack and pays for no schema library.
 */
import { z } from 'zod';
import { FACT_KINDS, SERVER_ROLES } from '../../facts.js';
import type { ValueTest } from '../../model.js';

/** Characters of a title, in any language: it stands in one line of a table. */
export const TITLE_LIMIT = 90;

const kebab = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens, such as "service-down-edge"');
const prose = z.string().trim().min(1, 'must not be empty');
const versions = z.string().trim().min(1).default('any').describe('A semver range such as ">=2.0.0", or "any"');
const duration = z.string().regex(/^\d+(ms|s|m|h|d)$/, 'must be a duration such as 90s, 1h or 7d');
const sourceKind = z.enum(['trace-log', 'console', 'event-log', 'config', 'certificate', 'command-output']);
const language = z.string().regex(/^[a-z]{2}(-[A-Z]{2})?$/, 'must be a language such as "de" or "zh-CN"');
const pattern = prose.describe('An XRegExp in free spacing, matched against the record without any whitespace');
const patternText = z.union([pattern, z.record(language, pattern)]);

const condition = z.union(
  [
    z.strictObject({ text: patternText.describe('found anywhere in the record') }),
    z.strictObject({ errorId: prose.describe('start of the FullyQualifiedErrorId, taken literally') }),
    z.strictObject({ exception: prose.describe('full name of an exception type, taken literally') }),
    z.strictObject({ cmdlet: prose.describe('name of the cmdlet that reports, taken literally') }),
    z.strictObject({
      code: z.string().regex(/^0x[0-9a-fA-F]{8}$/, 'must be eight hexadecimal digits after 0x, such as "0xc1550115"'),
    }),
    z.strictObject({ not: patternText.describe('must not be found anywhere in the record') }),
  ],
  'must be one condition: text, errorId, exception, cmdlet, code or not',
);

const alternatives = z.array(z.strictObject({ note: prose.optional(), all: z.array(condition).min(1) }));

const step = z.strictObject({
  text: prose,
  command: prose.nullable().default(null),
  where: z.enum(['host', 'vm', 'tenant']).nullable().default(null),
});

const fix = z.strictObject({
  id: kebab,
  title: prose,
  versions,
  steps: z.array(step).min(1),
  references: z.array(prose).default([]),
});

const example = z.strictObject({
  text: prose,
  in: sourceKind.default('console'),
  entities: z.record(z.string(), z.string()).optional(),
});
const proof = z.strictObject({ text: prose, in: sourceKind.default('console') });
const nearMiss = z.strictObject({ text: prose, in: sourceKind.default('console'), why: prose });

const scalar = z.union([z.string(), z.number(), z.boolean()]);
const scalars = z.union([scalar, z.array(scalar).min(1)]);
const days = z.number().describe('days');
const valueTest: z.ZodType<ValueTest> = z
  .lazy(() =>
    z.union(
      [
        scalar,
        z.array(scalar).min(1),
        z
          .strictObject({
            not: valueTest.optional().describe('does not hold; fails where the value is not given'),
            present: z.boolean().optional().describe('whether the text gives the value at all'),
            orAbsent: z
              .literal(true)
              .optional()
              .describe('what stands beside it need not hold where no value is given'),
            empty: z.boolean().optional().describe('given, and nothing'),
            pattern: prose.optional().describe('a regular expression, without regard to case; here blanks count'),
            contains: scalars.optional().describe('one of these texts is in it'),
            partOf: scalars.optional().describe('it is in one of these texts'),
            includes: scalars.optional().describe('one of these is an entry of the list that it is'),
            covers: prose.optional().describe('the list that it is has this path, or a folder around it'),
            longerThan: z.int().min(0).optional().describe('characters'),
            atLeast: z.number().optional(),
            below: z.number().optional(),
            version: prose.optional().describe('a semver range that it lies in'),
            within: duration.optional().describe("before the bundle's last moment and this duration: over, or soon"),
            since: duration.optional().describe("in this duration before the bundle's last moment"),
            daysAfter: z
              .strictObject({ time: prose, atLeast: days.optional(), below: days.optional() })
              .optional()
              .describe('days from another time to this one'),
          })
          .refine((tests) => Object.keys(tests).length > 0, 'needs a test'),
      ],
      'must be a text, a list of texts, or tests such as { not: Running }',
    ),
  )
  .describe('a text that the value equals, a list of which it equals one, or tests that must all hold');

const role = z.enum(SERVER_ROLES);
const factPattern = z.strictObject({
  fact: z.enum(FACT_KINDS as [(typeof FACT_KINDS)[number]]).describe('kind of fact'),
  as: kebab.optional().describe('what the rule calls it; its kind unless given'),
  role: z
    .union([role, z.array(role).min(1)])
    .optional()
    .describe('the server it is about; unknown does not match'),
  across: z.enum(['site']).optional().describe('facts of the other appliances of the site too'),
  where: z.record(z.string(), valueTest).default({}).describe('by value, or appliance, site, role, source, machine'),
});

const stateRule = z.strictObject({
  note: prose.optional(),
  versions,
  versionRequired: z.boolean().default(false).describe('left out where the version of the appliance is unknown'),
  all: z.array(factPattern).min(1).describe('a fact for each; the hit stands at the first'),
  none: z.array(factPattern).default([]).describe('no fact fits any of these'),
  found: prose.describe('what was found, as a sentence, with {alias.value}'),
  entities: z.record(z.string(), prose).default({}),
});

const question = z.strictObject({
  text: prose,
  command: prose.nullable().default(null),
  where: z.enum(['host', 'vm', 'tenant']).nullable().default(null),
  versions,
  ofSite: z.enum(['one', 'several']).optional().describe('only where the site has one appliance, or several'),
  answeredBy: z
    .array(factPattern)
    .default([])
    .describe('no question where there is a fact for each; none: always asked'),
});

const stateExample = {
  files: z.record(prose, z.string()).describe('text by path in the bundle'),
  encoding: z.enum(['utf-16le', 'utf-8-bom']).optional(),
  version: prose.optional().describe('product version, as if given on the command line'),
  asOf: z.iso.datetime().optional(),
};
const foundExample = z.strictObject({
  ...stateExample,
  says: z.array(prose).min(1).optional().describe('all that is found, in any order'),
  entities: z.record(z.string(), z.string()).optional(),
});
const notFoundExample = z.strictObject({ ...stateExample, why: prose });

export const signatureSchema = z
  .strictObject({
    id: kebab,
    title: prose.max(TITLE_LIMIT),
    severity: z.enum(['info', 'warning', 'error', 'critical']),
    status: z.enum(['stable', 'experimental', 'deprecated']),
    versions,
    detection: z.enum(['text', 'state']),
    appearsIn: z.array(sourceKind).default([]),
    cause: prose,
    match: alternatives.default([]).describe('alternatives; each is a list of conditions that must all hold'),
    resolvedBy: alternatives
      .min(1, 'needs an alternative; leave the key out where no record proves the failure over')
      .optional()
      .describe('like match, for the record in which the product itself says that the failure is over'),
    state: z.array(stateRule).min(1).optional().describe('alternatives; each shows the state in facts of an appliance'),
    question: question.optional().describe('what to ask where the rules had nothing to look at'),
    entities: z.record(z.string(), prose).default({}),
    groupBy: z.array(z.string()).default([]),
    symptomOf: z.array(z.strictObject({ signature: kebab, within: duration })).default([]),
    fixes: z.array(fix).min(1),
    versionUnknown: prose,
    falsePositives: z.array(prose).default([]),
    references: z.array(prose).min(1),
    keywords: z.array(prose).default([]),
    examples: z
      .strictObject({
        match: z.array(example).default([]),
        noMatch: z.array(nearMiss).default([]),
        resolves: z.array(proof).optional().describe('records that prove the failure over and are none themselves'),
        notResolves: z.array(nearMiss).optional().describe('records that must not pass for such a proof'),
        found: z.array(foundExample).optional().describe('files of an appliance that show the state'),
        notFound: z.array(notFoundExample).optional().describe('files that look like it and do not show it'),
      })
      .default({ match: [], noMatch: [] }),
  })
  .superRefine((signature, context) => {
    const problem = (path: (string | number)[], message: string) => context.addIssue({ code: 'custom', path, message });
    if (signature.detection === 'text') {
      if (signature.match.length === 0) problem(['match'], 'a text signature needs at least one alternative');
      if (signature.appearsIn.length === 0) problem(['appearsIn'], 'a text signature says where it may appear');
      if (signature.examples.match.length < 2)
        problem(['examples'], 'at least two examples that must match are needed');
      if (signature.examples.noMatch.length < 2)
        problem(['examples'], 'at least two near misses that must not match are needed');
    } else if (signature.match.length > 0) {
      problem(['match'], 'a state signature has no match: facts about the appliance show it');
    }
    for (const key of ['match', 'resolvedBy'] as const) {
      for (const [index, alternative] of (signature[key] ?? []).entries()) {
        if (alternative.all.every((entry) => 'not' in entry))
          problem([key, index], 'an alternative needs a condition besides "not"');
      }
    }
    if (signature.resolvedBy !== undefined) {
      if (signature.detection === 'state')
        problem(['resolvedBy'], 'a state signature has no resolvedBy: what no record shows, none can end');
      if (signature.groupBy.length > 0)
        problem(['resolvedBy'], 'a failure with groupBy is several; no record says which of them it ends');
      if (!signature.examples.resolves?.length)
        problem(['examples'], 'at least one example that resolves is needed, as there is a resolvedBy');
      if (!signature.examples.notResolves?.length)
        problem(['examples'], 'at least one near miss that must not resolve is needed, as there is a resolvedBy');
    } else {
      for (const key of ['resolves', 'notResolves'] as const)
        if (signature.examples[key] !== undefined)
          problem(['examples', key], 'there is no resolvedBy that this could be an example of');
    }
    if (signature.state !== undefined) {
      if ((signature.examples.found?.length ?? 0) < 2)
        problem(['examples'], 'at least two examples under "found" are needed, as there are rules under "state"');
      if ((signature.examples.notFound?.length ?? 0) < 2)
        problem(['examples'], 'at least two near misses under "notFound" are needed, as there are rules under "state"');
    } else {
      for (const key of ['found', 'notFound'] as const)
        if (signature.examples[key] !== undefined)
          problem(['examples', key], 'there are no rules under "state" that this could be an example of');
    }
    for (const [index, name] of signature.groupBy.entries()) {
      if (!(name in signature.entities)) problem(['groupBy', index], `"${name}" is not among the entities`);
    }
    const ids = new Set<string>();
    for (const [index, entry] of signature.fixes.entries()) {
      if (ids.has(entry.id)) problem(['fixes', index, 'id'], `"${entry.id}" is used twice`);
      ids.add(entry.id);
    }
  });

export const marksSchema = z.array(
  z.strictObject({
    id: kebab,
    kind: z.enum([
      'fault',
      'attempt',
      'recovered',
      'cannot-recover',
      'manual-required',
      'management-restart',
      'service-stopped',
      'service-started',
    ]),
    service: prose.nullable().default(null).describe('the name of the service that stopped or started'),
    appearsIn: z.array(sourceKind).min(1),
    match: alternatives.min(1),
  }),
);

export const blocksSchema = z.record(z.string().regex(/^\w+$/, 'must be one word'), prose);
