/** Analyzes files with the whole pipeline and an in-memory store, in this process. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import type { Report } from '../../src/model.js';
import { analyze } from '../../src/pipeline/analyze.js';
import { reportOf } from '../../src/pipeline/report.js';
import { openStore, type Store } from '../../src/store/index.js';

const pack = await loadPack();

export interface Analyzed {
  report: Report;
  problems: { path: string; why: string }[];
}

/** A new folder with the given files in it. */
export function folderOf(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-test-'));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** The report over paths; with `store`, into that store. */
export async function analyzePaths(paths: string[], store: Store = openStore(':memory:')): Promise<Analyzed> {
  const analysis = await analyze({ paths, store, detector: new Detector(pack) });
  const report = reportOf(analysis, store, pack, { toolVersion: '0.0.0', version: null, selection: {} });
  return { report, problems: analysis.problems };
}

export async function analyzeFiles(files: Record<string, string | Uint8Array>): Promise<Analyzed> {
  return analyzePaths([folderOf(files)]);
}
