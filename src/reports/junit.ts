/**
 * JUnit XML for gates: each incident is a test that failed, each signature that was looked for and not found one that
 * passed, each input that could not be read an error. Times of running have no meaning here and are 0, so that the same
 * report gives the same bytes.
 */
import type { Fix, Incident, Report, SourceReport } from '../model.js';
import type { ReportFormat } from './format.js';
import { seen } from './incident-text.js';
import { xmlText } from './xml-escape.js';

export const junit: ReportFormat = { name: 'junit', render };

function render(report: Report): string {
  const open = report.incidents.filter(({ status }) => status === 'open' || status === 'regressed');
  const over = report.incidents.filter((incident) => !open.includes(incident));
  const unread = report.sources.filter(({ skipped }) => skipped?.startsWith('read in part') === true);
  const cases = [...open.map(failed), ...over.map(passed), ...unread.map(erred)];
  const counts = `tests="${cases.length}" failures="${open.length}" errors="${unread.length}" skipped="0" time="0"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="ccelog" ${counts}>`,
    `  <testsuite name="ccelog ${xmlText(report.tool.version)}" ${counts}>`,
    ...cases.map((text) => text.replace(/^/gm, '    ')),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function head({ signature, title, appliance, site, scope }: Incident): string {
  const place = scope === 'site' ? ` (site ${site})` : appliance === null ? '' : ` (${appliance})`;
  return `<testcase classname="${xmlText(signature)}" name="${xmlText(title + place)}" time="0"`;
}

function failed(incident: Incident): string {
  const { severity, title, evidence, fixes, cause } = incident;
  const proof = evidence.slice(0, 1).map((piece) => {
    return `${piece.source}:${piece.line} (bytes ${piece.byteStart}-${piece.byteEnd}, ${piece.id})\n${piece.excerpt}`;
  });
  const fix = fixes.filter(({ selected }) => selected).map(fixText);
  const text = [cause, `Seen: ${seen(incident)}`, ...proof, ...fix].join('\n\n');
  const message = `${title}: ${seen(incident)}`;
  return `${head(incident)}>\n  <failure type="${severity}" message="${xmlText(message)}">${xmlText(text)}</failure>\n</testcase>`;
}

function passed(incident: Incident): string {
  return `${head(incident)}/>`;
}

function erred({ path, skipped }: SourceReport): string {
  const message = xmlText(skipped ?? '');
  return `<testcase classname="input" name="${xmlText(path)}" time="0">\n  <error type="input" message="${message}"/>\n</testcase>`;
}

function fixText({ title, steps }: Fix): string {
  const lines = steps.map(
    ({ text, command }, index) => `${index + 1}. ${text}${command === null ? '' : `\n   ${command}`}`,
  );
  return [title, ...lines].join('\n');
}
