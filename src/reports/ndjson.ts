import type { Incident, Report } from '../model.js';
import type { ReportFormat } from './format.js';

/** One incident a line, then the summary. */
export const ndjson: ReportFormat & { lines: typeof lines } = {
  name: 'ndjson',
  lines,
  render: ({ incidents, summary }) => lines(incidents, summary),
};

function lines(incidents: readonly Incident[], summary: Report['summary']): string {
  return [...incidents, { summary }].map((line) => `${JSON.stringify(line)}\n`).join('');
}
