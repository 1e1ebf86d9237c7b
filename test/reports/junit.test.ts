/** JUnit XML: valid against the schema that Jenkins uses, well-formed whatever a log says, and counts that are right. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NAUGHTY } from '../support/naughty.js';
import { reportWith } from '../support/naughty-report.js';
import { hasProgram } from '../support/programs.js';
import { rendered } from '../support/render.js';
import { anyReport } from '../support/report-arbitrary.js';
import { ROOT } from '../support/run-ccelog.js';

/** What XML 1.0 can hold. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

function xmllint(text: string, ...args: string[]): { code: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync('xmllint', ['--nonet', '--huge', ...args, '-'], {
    input: text,
    encoding: 'utf8',
  });
  return { code: status, stdout, stderr };
}

describe('JUnit XML', () => {
  test('holds only what XML 1.0 can, and counts what it holds', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        const text = await rendered('junit', report);
        expect(text).not.toMatch(NOT_XML);
        const [, tests, failures, errors] =
          /<testsuites name="ccelog" tests="(\d+)" failures="(\d+)" errors="(\d+)"/.exec(text) ?? [];
        expect(text.split('<testcase ')).toHaveLength(Number(tests) + 1);
        expect(text.split('<failure ')).toHaveLength(Number(failures) + 1);
        expect(text.split('<error ')).toHaveLength(Number(errors) + 1);
        const asking = report.incidents.filter(({ status }) => status === 'open' || status === 'regressed');
        expect(Number(failures)).toBe(asking.length);
      }),
      { numRuns: 200 },
    );
  });
});

describe.runIf(hasProgram('xmllint', 'xmllint, for JUnit XML and its schema'))('a validating parser', () => {
  const valid = (text: string) => xmllint(text, '--noout', '--schema', join(ROOT, 'test/schemas/junit-10.xsd'));

  test.each(Object.keys(NAUGHTY))('takes a report with %s everywhere, and reads it as it was', async (name) => {
    const text = await rendered('junit', reportWith(NAUGHTY[name] as string));
    expect(valid(text)).toEqual({ code: 0, stdout: '', stderr: '- validates\n' });
    const { stdout } = xmllint(
      text,
      '--xpath',
      'count(//*[not(starts-with(name(), "test") or name() = "failure" or name() = "error" or name() = "skipped")])',
    );
    expect(stdout.trim()).toBe('0');
  });

  test('reads a message to the letter', async () => {
    const text = await rendered('junit', reportWith('a <b> & "c" \'d\'\n\te ]]>'));
    expect(xmllint(text, '--xpath', 'string((//error)[1]/@message)').stdout).toBe('a <b> & "c" \'d\'\n\te ]]>\n');
    expect(xmllint(text, '--xpath', 'string((//failure)[1])').stdout).toContain(
      '(e0123456789ab)\na <b> & "c" \'d\'\n\te ]]>\n',
    );
  });

  test('takes any report', async () => {
    await fc.assert(
      fc.asyncProperty(anyReport, async (report) => {
        expect(valid(await rendered('junit', report)).stderr).toBe('- validates\n');
      }),
      { numRuns: 40 },
    );
  });
});
