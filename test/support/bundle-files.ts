/** Bundles on a desk: as a folder, or zipped, as their layout says. */
import type { Report } from '../../src/model.js';
import { type Files, zipOf } from '../unit/archive-kit.js';
import { reportOf } from './report.js';
import type { Desk, Run } from './run-ccelog.js';

/** Writes the files below a folder, or into one zip; gives the path to analyze. */
export async function writeBundle(place: Desk, name: string, files: ReadonlyMap<string, Buffer>, isZip = false) {
  if (isZip) return place.write(`${name}.zip`, await zipOf(Object.fromEntries(files) as Files));
  for (const [path, bytes] of files) place.write(`${name}/${path}`, bytes);
  return place.path(name);
}

export interface Analyzed extends Run {
  report: Report;
}

/** Analyzes, and reads the report against its schema. */
export async function analyzed(place: Desk, paths: string[], options: string[] = []): Promise<Analyzed> {
  const run = await place.ccelog(['analyze', ...paths, '--format', 'json', ...options]);
  if (run.stdout === '') throw new Error(`no report: ${run.stderr}`);
  return { ...run, report: reportOf(run.stdout) };
}

/** Signatures of what is there now, once each. */
export function states({ incidents }: Report): string[] {
  return [...new Set(incidents.map(({ signature }) => signature))].sort();
}
