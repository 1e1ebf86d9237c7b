/** SARIF: valid against the published schema, bytes and lines that name one region, and what is new since a baseline. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/model.js';
import { uriOf } from '../../src/reports/uri.js';
import { NAUGHTY } from '../support/naughty.js';
import { reportWith } from '../support/naughty-report.js';
import { rendered } from '../support/render.js';
import { anyReport } from '../support/report-arbitrary.js';
import { ROOT } from '../support/run-ccelog.js';

const ajv = new draft04.default({ strict: false });
formats.default(ajv);
const valid = ajv.compile(JSON.parse(readFileSync(join(ROOT, 'test/schemas/sarif-2.1.0.json'), 'utf8')) as object);

interface Result {
  ruleId: string;
  ruleIndex: number;
  baselineState?: string;
  message: { text: string };
  locations: { physicalLocation: { artifactLocation: { uri: string; index?: number }; region: Region } }[];
  partialFingerprints: Record<string, string>;
  suppressions: unknown[];
  properties: { incident: string };
}
interface Region {
  startLine?: number;
  endLine?: number;
  byteOffset: number;
  byteLength: number;
}
interface Run {
  tool: { driver: { rules: { id: string }[]; informationUri?: string } };
  invocations: { executionSuccessful: boolean; toolExecutionNotifications: { message: { text: string } }[] }[];
  artifacts: { location: { uri: string } }[];
  results: Result[];
}

async function run(report: Report, baseline: Report | null = null): Promise<Run> {
  const log = JSON.parse(await rendered('sarif', report, { baseline })) as { runs: [Run] };
  if (!valid(log)) throw new Error(ajv.errorsText(valid.errors, { separator: '\n' }));
  return log.runs[0];
}

describe('SARIF', () => {
  test('of any report, with any baseline or none, is valid', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, fc.option(anyReport, { nil: null }), async (report, baseline) => {
        const { results, tool, artifacts } = await run(report, baseline);
        expect(results.length).toBeGreaterThanOrEqual(report.incidents.length);
        for (const { ruleId, ruleIndex, baselineState, locations } of results) {
          expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
          expect(baselineState !== undefined).toBe(baseline !== null);
          for (const {
            physicalLocation: { artifactLocation },
          } of locations)
            if (artifactLocation.index !== undefined)
              expect(artifacts[artifactLocation.index]?.location.uri).toBe(artifactLocation.uri);
        }
      }),
      { numRuns: 150 },
    );
  });

  test.each(Object.keys(NAUGHTY))('with %s everywhere is valid, and its messages hold no link', async (name) => {
    const { results, invocations } = await run(reportWith(NAUGHTY[name] as string));
    const texts = [...results, ...(invocations[0]?.toolExecutionNotifications ?? [])].map(
      ({ message }) => message.text,
    );
    for (const text of texts) expect(text).not.toMatch(/\]\(/);
  });

  test('regions are the bytes of the evidence, and its lines where it is text', async () => {
    const report = reportWith('one\ntwo\nthree');
    const region = async (of: Report) => (await run(of)).results[0]?.locations[0]?.physicalLocation.region;
    expect(await region(report)).toMatchObject({ byteOffset: 10, byteLength: 10, startLine: 3, endLine: 5 });
    const cut = reportWith('one\ntwo […]');
    expect(await region(cut)).not.toHaveProperty('endLine');
    const binary = { ...report, sources: report.sources.map((source) => ({ ...source, encoding: 'binary' })) };
    expect(await region(binary)).toEqual({ byteOffset: 10, byteLength: 10 });
  });

  test('says what was lost: the run did not succeed', async () => {
    const report = reportWith('x');
    const [invocation] = (await run(report)).invocations;
    expect(invocation?.executionSuccessful).toBe(false);
    expect(invocation?.toolExecutionNotifications).toMatchObject([
      { level: 'error', message: { text: 'x' } },
      { level: 'error', message: { text: 'read in part only: x' } },
    ]);
    const whole = { ...report, problems: [], sources: report.sources.slice(0, 1) };
    expect((await run(whole)).invocations[0]).toEqual({ executionSuccessful: true, toolExecutionNotifications: [] });
  });

  test('suppresses what is silenced, and claims no home page', async () => {
    const { results, tool } = await run(reportWith('x'));
    expect(results.map(({ suppressions }) => suppressions.length)).toEqual([0, 1, 0]);
    expect(tool.driver).not.toHaveProperty('informationUri');
  });

  test('tells new, unchanged, updated and absent, by id first, else by failure and appliance', async () => {
    const base = reportWith('x');
    const [one] = base.incidents as [Report['incidents'][number]];
    const named = (id: string, fingerprint: string, more: Partial<typeof one> = {}) => ({
      ...one,
      id,
      fingerprint,
      ...more,
    });
    const before = {
      ...base,
      incidents: [named('a', 'v1:1'), named('b', 'v1:2'), named('c', 'v1:3'), named('d', 'v1:4')],
    };
    const after = {
      ...base,
      incidents: [
        named('a', 'v1:1'),
        named('b', 'v1:2', { count: 9 }),
        named('e', 'v1:3'),
        named('f', 'v1:5'),
        named('g', 'v1:1'),
      ],
    };
    const { results } = await run(after, before);
    expect(results.map(({ properties, baselineState }) => `${properties.incident} ${baselineState}`)).toEqual([
      'a unchanged',
      'b updated',
      'e unchanged',
      'f new',
      'g new',
      'd absent',
    ]);
    const fingerprints = results.map(({ partialFingerprints }) => partialFingerprints['ccelogFingerprint/v1']);
    expect(fingerprints).toEqual(['v1:1', 'v1:2', 'v1:3', 'v1:5', 'v1:1', 'v1:4']);
  });

  test('a baseline of an early version, which tells less, will do', async () => {
    const report = reportWith('x');
    const incidents = report.incidents.map(({ cause: _, site: __, scope: ___, members: ____, ...rest }) => rest);
    await run(report, { ...report, incidents: incidents.map((rest, at) => ({ ...rest, id: `old${at}` })) } as Report);
  });
});

describe('a path as a URI', () => {
  test.each([
    ['logs/a b.log', 'logs/a%20b.log'],
    ['b.zip!/logs/x#1.log', 'b.zip!/logs/x%231.log'],
    ['C:\\logs\\x.log', 'file:///C:/logs/x.log'],
    ['\\\\host\\share\\x.log', 'file://host/share/x.log'],
    ['/var/log/ü.log', 'file:///var/log/%C3%BC.log'],
    ['javascript:alert(1)', 'javascript%3Aalert(1)'],
    ['https://evil.example/x', 'https%3A//evil.example/x'],
  ])('%s', (path, uri) => {
    expect(uriOf(path)).toBe(uri);
  });

  test('never has another scheme than file, nor a character that URIs do not have', () => {
    for (const path of Object.values(NAUGHTY)) {
      expect(uriOf(path)).toMatch(/^(?:file:\/\/|(?![^/]*:))[\w.~!$&'()*+,;=:@%/-]*$/);
    }
  });
});
