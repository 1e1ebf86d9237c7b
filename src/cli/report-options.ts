/** What commands that write reports have in common: which incidents, in which format, compared with what. */
import { existsSync } from 'node:fs';
import { type Command, InvalidArgumentError } from 'commander';
import { CcelogError } from '../errors.js';
import type { Selection } from '../incidents/select.js';
import type { IncidentStatus, Report } from '../model.js';
import type { KnownValue } from '../redaction/redaction.js';
import type { Rendered, RenderOptions, ReportFormat } from '../reports/format.js';
import { FORMATS } from '../reports/formats.js';
import { t } from '../texts/texts.js';
import type { Door } from './door.js';
import { renderOptions } from './environment.js';
import { keptReport } from './kept-report.js';
import { type CommonOptions, formatName, timeRange } from './options.js';
import { checkOutput } from './output.js';

const STATUSES: readonly string[] = ['open', 'resolved', 'regressed', 'silenced'] satisfies IncidentStatus[];

export interface ReportOptions extends CommonOptions {
  status?: IncidentStatus[];
  baseline?: string;
  bom?: boolean;
}

/** How and where a report goes, known before any work is done for it. */
export interface ReportOutput {
  format: ReportFormat;
  rendering: RenderOptions;
}

export function reportOptions(command: Command): Command {
  return command
    .option('--status <status>', t`only incidents that are ${STATUSES.join(', ')}; several by commas`, statuses)
    .option('--baseline <report>', t`earlier JSON report: SARIF tells what is new since`)
    .option('--bom', t`byte order mark in CSV, by which Excel knows UTF-8`);
}

/** The incidents that the options ask for. Throws BAD_USAGE. */
export function selectionOf(options: ReportOptions): Selection {
  return { ...timeRange(options), severity: options.severity ?? null, statuses: options.status ?? [] };
}

/** Looks at all that could be wrong with the output. Throws BAD_USAGE, OUTPUT_EXISTS or what is wrong with the baseline. */
export async function reportOutput(options: ReportOptions, inputs: readonly string[]): Promise<ReportOutput> {
  const { baseline, bom = false } = options;
  checkOutput(options, [...inputs, ...(baseline === undefined ? [] : [baseline])]);
  const name = formatName(options, Object.keys(FORMATS));
  if (baseline !== undefined) refuseUnless('--baseline', name, 'sarif');
  if (bom) refuseUnless('--bom', name, 'csv');
  const format = await (FORMATS[name] as (typeof FORMATS)[string])();
  const earlier = baseline === undefined ? null : baselineReport(baseline);
  return { format, rendering: { ...renderOptions(options), baseline: earlier, bom } };
}

/**
 * Writes a report as it was asked for.
 *
 * @param names what the sources call things: with --redact they are looked for everywhere
 */
export async function writeReport(
  report: Report,
  { format, rendering }: ReportOutput,
  options: ReportOptions,
  door: Door,
  names: readonly KnownValue[],
): Promise<void> {
  if (!door.isRedacting) return door.write(format.render(report, rendering), options);
  // Both are of one case: what one of them names, the other may name too.
  if (rendering.baseline) door.learn(rendering.baseline, names);
  const shown = door.report(report, names);
  const looks = { ...rendering, baseline: rendering.baseline ? door.out(rendering.baseline) : null };
  const nothing = { ...shown, sources: [], incidents: [], unknown: [], appliances: [], questions: [], problems: [] };
  const own = textOf(format.render(nothing, { ...looks, baseline: null }));
  await door.write(textOf(format.render(shown, looks)), options, own);
}

function textOf(rendered: Rendered): string {
  return typeof rendered === 'string' ? rendered : [...rendered].join('');
}

function statuses(text: string, before: IncidentStatus[] | undefined): IncidentStatus[] {
  const wanted = text.split(',').map((word) => word.trim().toLowerCase());
  const wrong = wanted.find((word) => !STATUSES.includes(word));
  if (wrong === undefined) return [...(before ?? []), ...(wanted as IncidentStatus[])];
  throw new InvalidArgumentError(t`must be one or more of ${STATUSES.join(', ')} (found "${wrong}")`);
}

function refuseUnless(option: string, format: string, wanted: string): void {
  if (format === wanted) return;
  throw new CcelogError('BAD_USAGE', t`${option} changes nothing in this format`, {
    why: t`${option} is for ${wanted}, and the report is ${format}`,
    try: `--format ${wanted}`,
  });
}

function baselineReport(file: string): Report {
  const report = keptReport(file);
  if (report !== null) return report;
  const isThere = existsSync(file);
  throw new CcelogError(isThere ? 'INPUT_UNREADABLE' : 'INPUT_MISSING', t`cannot read the earlier report`, {
    file,
    why: isThere ? t`it is no JSON report of ccelog` : t`no such file`,
    try: t`give what "ccelog report --format json" or "ccelog analyze --format json" wrote`,
  });
}
