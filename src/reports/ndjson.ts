import type { Incident, Report } from '../model.js';
import type { ReportFormat } from './format.js';
import { jsonText } from './json-text.js';

/** One incident a line, then the summary. */
export const ndjson: ReportFormat & { lines: typeof lines } = {
  name: 'ndjson',
  lines,
  render: ({ incidents, summary }) => lines(incidents, summary),
};

function* lines(incidents: readonly Incident[], summary: Report['summary']): Generator<string, void> {
  for (const incident of incidents) yield `${jsonText(incident)}\n`;
  yield `${jsonText({ summary })}\n`;
}
