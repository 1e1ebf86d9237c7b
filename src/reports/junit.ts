/**
 * JUnit XML for gates, as Jenkins' schema has it: an incident that asks for attention is a test that failed, one that is
 * over passed, one that is silenced was skipped. Each log that was read is a test too, and an input that could not be read
 * an error. Nothing here is run, so all times are 0, and the same report gives the same bytes.
 */
import type { Incident, Report } from '../model.js';
import { t } from '../texts/texts.js';
import type { ReportFormat } from './format.js';
import { seen } from './incident-text.js';
import { lostInput } from './lost-input.js';
import { shownFixes, stepsText } from './shown-fixes.js';
import { xmlAttribute, xmlText } from './xml-escape.js';

export const junit: ReportFormat = { name: 'junit', render };

interface Suite {
  name: string;
  cases: Case[];
}

interface Case {
  group: string;
  name: string;
  outcome: Outcome | null;
}

interface Outcome {
  element: 'failure' | 'error' | 'skipped';
  type: string;
  message: string;
  /** Made when it is written: all of them together may be more than memory holds. */
  text?: () => string;
}

function* render(report: Report): Generator<string, void> {
  const suites: Suite[] = [
    { name: 'ccelog.incidents', cases: report.incidents.map(incidentCase) },
    { name: 'ccelog.input', cases: inputCases(report) },
  ];
  const all = suites.flatMap(({ cases }) => cases);
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="ccelog" ${counts(all)}>\n`;
  for (const { name, cases } of suites) {
    yield `  <testsuite name="${name}" ${counts(cases)} skipped="${countOf(cases, 'skipped')}">\n`;
    for (const entry of cases) yield caseText(entry);
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

function counts(cases: readonly Case[]): string {
  return `tests="${cases.length}" failures="${countOf(cases, 'failure')}" errors="${countOf(cases, 'error')}" time="0"`;
}

function countOf(cases: readonly Case[], element: string): number {
  return cases.filter(({ outcome }) => outcome?.element === element).length;
}

function caseText({ group, name, outcome }: Case): string {
  const head = `    <testcase classname="${xmlAttribute(group)}" name="${xmlAttribute(name)}" time="0"`;
  if (outcome === null) return `${head}/>\n`;
  const { element, type, message, text } = outcome;
  const open = `${element} type="${xmlAttribute(type)}" message="${xmlAttribute(message)}"`;
  return `${head}>\n      <${open}>${text === undefined ? '' : xmlText(text())}</${element}>\n    </testcase>\n`;
}

function incidentCase(incident: Incident): Case {
  const { id, signature, title, appliance, site, scope, status, severity } = incident;
  const place = scope === 'site' ? t`site ${site ?? ''}` : appliance;
  const entry = { group: signature, name: `${title} (${place === null ? id : `${place}, ${id}`})` };
  if (status === 'resolved') return { ...entry, outcome: null };
  const message = `${title}: ${seen(incident)}`;
  if (status === 'silenced')
    return { ...entry, outcome: { element: 'skipped', type: severity, message: t`silenced: ${message}` } };
  return { ...entry, outcome: { element: 'failure', type: severity, message, text: () => failureText(incident) } };
}

function failureText(incident: Incident): string {
  const { evidence, fixes, cause } = incident;
  const proof = evidence
    .slice(0, 1)
    .map(
      ({ id, source, line, byteStart, byteEnd, excerpt }) =>
        `${t`${source}, line ${line}, bytes ${byteStart}–${byteEnd} (${id})`}\n${excerpt}`,
    );
  const steps = shownFixes(fixes).map(({ title, why, steps }) => `${title}\n${why}\n${stepsText(steps)}`);
  return [cause, seen(incident), ...proof, ...steps].filter((part) => part !== '').join('\n\n');
}

function inputCases(report: Report): Case[] {
  const lost = lostInput(report);
  const paths = new Set(lost.map(({ path }) => path));
  const read = report.sources.filter(({ path, skipped }) => skipped === null && !paths.has(path));
  return [
    ...lost.map(({ path, why }): Case => {
      return { group: 'input', name: path, outcome: { element: 'error', type: 'input', message: why } };
    }),
    ...read.map(({ path }): Case => ({ group: 'input', name: path, outcome: null })),
  ];
}
