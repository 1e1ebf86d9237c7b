import type { ReportFormat } from './format.js';

/** The JSON document of docs/report.schema.json. */
export const json: ReportFormat = { name: 'json', render: (report) => `${JSON.stringify(report, null, 2)}\n` };
