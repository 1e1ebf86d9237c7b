import type { ReportFormat } from './format.js';

/** The formats there are, each loaded when it is asked for. A new one is a file and a line here. */
export const FORMATS: Record<string, () => Promise<ReportFormat>> = {
  table: async () => (await import('./table.js')).table,
  json: async () => (await import('./json.js')).json,
  csv: async () => (await import('./csv.js')).csv,
  markdown: async () => (await import('./markdown.js')).markdown,
  sarif: async () => (await import('./sarif.js')).sarif,
  junit: async () => (await import('./junit.js')).junit,
  ndjson: async () => (await import('./ndjson.js')).ndjson,
  html: async () => (await import('./html/html.js')).html,
};
