/** Analyzes paths with any number of threads, into a store whose tables can be looked at. */
import { resolve } from 'node:path';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import type { Report } from '../../src/model.js';
import type { AnalyzeOptions } from '../../src/pipeline/analysis.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { reportOf } from '../../src/pipeline/report.js';
import { Threads } from '../../src/pipeline/threads.js';
import type { ScannerKind } from '../../src/scanner/scanners.js';
import { type OpenTables, storeWithTables } from './store-contents.js';

const pack = await loadPack();

export interface Threaded {
  report: Report;
  problems: { path: string; why: string }[];
  contents: Record<string, unknown[]>;
}

type Options = Partial<Pick<AnalyzeOptions, 'limits' | 'signal' | 'onProgress'>> & {
  tables?: OpenTables;
  scanner?: ScannerKind;
  /** Threads that were begun before. */
  threads?: Threads;
};

/** @param count threads, this one among them; 1 for this one alone */
export async function analyzeWith(count: number, paths: string[], options: Options = {}): Promise<Threaded> {
  const {
    tables = storeWithTables(),
    scanner = 'auto',
    threads = count === 1 ? null : new Threads(count),
    ...rest
  } = options;
  const { store } = tables;
  const analysis = await analyze({ paths, store, detector: new Detector(pack, scanner), threads, ...rest });
  const report = reportOf(analysis, store, pack, { toolVersion: '0.0.0', version: null, selection: {} });
  return { report, problems: analysis.problems, contents: tables.contents() };
}

/** Hits in the store, by signature. */
export function storedHits({ contents }: Threaded): Record<string, number> {
  const names = new Map((contents['signatures'] as { id: number; name: string }[]).map(({ id, name }) => [id, name]));
  const counts: Record<string, number> = {};
  for (const { signature } of contents['hits'] as { signature: number }[]) {
    const name = names.get(signature) as string;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** The report of a source, by the end of its path. */
export function sourceOf({ report }: Threaded, name: string) {
  return report.sources.find(({ path }) => path === name || resolve(path) === name || path.endsWith(`/${name}`));
}
