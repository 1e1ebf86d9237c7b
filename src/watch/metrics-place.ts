/** Where metrics may be written: the file is replaced every few seconds, whatever it held before. */
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';
import type { Target } from './targets.js';

/** Of a file that is there, so many bytes are looked at. */
const SAMPLE = 65_536;
/** What stands beside a store and belongs to it. */
const OF_STORE = ['', '-wal', '-shm', '-journal', '.watch', '.watch-journal'];

/**
 * Refuses a file that must not be replaced: one that is or will be watched, the store, and anything that is there and holds no
 * metrics. Throws OUTPUT_EXISTS.
 */
export function checkMetricsPlace(path: string, targets: readonly Target[], store: string): void {
  const full = realPath(path);
  const isLog = targets.some(
    ({ folder, matches }) => same(dirname(full), realFolder(folder)) && matches(basename(full)),
  );
  const place = realPath(store);
  const isOfStore = store !== ':memory:' && OF_STORE.some((end) => same(full, `${place}${end}`));
  if (isLog || isOfStore)
    throw new CcelogError('OUTPUT_EXISTS', t`the metrics would overwrite what is watched, or the store`, {
      file: path,
      why: isLog ? t`its name is one of those that are watched` : t`the store is kept there`,
      try: t`give another name`,
    });
  const why = refusal(path);
  if (why === null) return;
  throw new CcelogError('OUTPUT_EXISTS', t`the metrics would replace a file that holds something else`, {
    file: path,
    why,
    try: t`give another name, or take that file away`,
  });
}

/** Why what is there must not be replaced; null where it may be. */
function refusal(path: string): string | null {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return null;
    if (stats.isDirectory()) return t`it is a folder`;
    if (!stats.isFile()) return t`it is not a regular file`;
    return stats.size === 0 || isMetrics(sampleOf(path)) ? null : t`what it holds is not OpenMetrics text`;
  } catch (error) {
    return t`it cannot be read: ${(error as Error).message}`;
  }
}

const COMMENT = /^#(?: |$)/;
/** A line that only such files have, and that collectors ask for. */
const TELLING = /^# (?:HELP|TYPE|UNIT) [a-zA-Z_:]|^# EOF$/m;
const VALUE = /^[a-zA-Z_:][\w:]*(?:\{.*\})?[ \t]+[+-]?(?:\d|\.\d|NaN|Inf)\S*(?:[ \t]+\S.*)?$/i;

/** Whether a text is what collectors read, this tool's or another's: OpenMetrics, or the older format of Prometheus. */
export function isMetrics(text: string): boolean {
  const lines = text.split(/\r?\n/);
  return TELLING.test(text) && lines.every((line) => line.trim() === '' || COMMENT.test(line) || VALUE.test(line));
}

/** The beginning of a file, in whole lines. */
function sampleOf(path: string): string {
  const handle = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(SAMPLE);
    const length = readSync(handle, buffer, 0, SAMPLE, 0);
    const text = buffer.toString('utf8', 0, length);
    return length < SAMPLE ? text : text.slice(0, text.lastIndexOf('\n') + 1);
  } finally {
    closeSync(handle);
  }
}

/** Where a file is or will be, through the links of its folder. A link in its own place is replaced, not what it leads to. */
function realPath(path: string): string {
  const full = resolve(path);
  return join(realFolder(dirname(full)), basename(full));
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}

function same(a: string, b: string): boolean {
  return process.platform === 'win32' ? a.toLowerCase() === b.toLowerCase() : a === b;
}
