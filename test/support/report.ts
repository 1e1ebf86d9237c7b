/** What `--format json` printed, checked against the public schema. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Incident, Report } from '../../src/model.js';
import { ROOT } from './run-ccelog.js';

const schema = JSON.parse(readFileSync(join(ROOT, 'docs/report.schema.json'), 'utf8')) as { $id: string };
const ajv = new Ajv2020({ allErrors: true, strict: false });
const validReport = ajv.addSchema(schema).getSchema(schema.$id)!;
const validIncident = ajv.getSchema(`${schema.$id}#/$defs/incident`)!;

/** Reads a report. Throws with all that is wrong where it breaks the schema. */
export function reportOf(text: string): Report {
  const report = JSON.parse(text) as Report;
  if (!validReport(report)) throw new Error(ajv.errorsText(validReport.errors, { separator: '\n' }));
  return report;
}

/** Reads incidents that stand alone, as `incidents list` and NDJSON print them. */
export function incidentsOf(incidents: unknown[]): Incident[] {
  for (const incident of incidents)
    if (!validIncident(incident)) throw new Error(ajv.errorsText(validIncident.errors, { separator: '\n' }));
  return incidents as Incident[];
}

/** Count of each signature, over all incidents. */
export function countsOf(incidents: readonly Incident[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { signature, count } of incidents) counts[signature] = (counts[signature] ?? 0) + count;
  return counts;
}
