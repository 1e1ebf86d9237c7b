import { closeSync, openSync, readFileSync, readSync } from 'node:fs';
import type { Report } from '../model.js';

/** A report begins so, whoever laid it out. */
const BEGINNING = /^\uFEFF?\s*\{\s*"schemaVersion"\s*:\s*1\s*,\s*"tool"\s*:\s*\{\s*"name"\s*:\s*"ccelog"/;

/** The report that a file holds; null where it is anything else, or is no file. */
export function keptReport(path: string): Report | null {
  try {
    if (!BEGINNING.test(headOf(path))) return null;
    const report = JSON.parse(readFileSync(path, 'utf8')) as Partial<Report>;
    if (!Array.isArray(report.incidents) || !Array.isArray(report.sources)) return null;
    // Reports of before did not ask.
    return { questions: [], ...report } as Report;
  } catch {
    return null;
  }
}

function headOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(1024);
    return head.toString('utf8', 0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}
