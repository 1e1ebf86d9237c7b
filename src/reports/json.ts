import type { ReportFormat } from './format.js';
import { jsonPieces } from './json-text.js';

/** The JSON document of docs/report.schema.json. */
export const json: ReportFormat = { name: 'json', render: (report) => jsonPieces(report) };
