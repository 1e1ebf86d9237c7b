import type { ReportFormat } from './format.js';

/** The contract's JSON document. */
export const json: ReportFormat = { name: 'json', render: (report) => `${JSON.stringify(report, null, 2)}\n` };
