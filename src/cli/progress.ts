/** A progress bar on the terminal for work that lasts: bytes, rate and time left, on standard error. */
import type { SingleBar } from 'cli-progress';
import { sizeText } from '../texts/sizes.js';
import { t } from '../texts/texts.js';

/** Shorter work needs no bar. */
const PATIENCE_MS = 1000;

export interface Progress {
  update: (done: number, total: number) => void;
  stop: () => void;
}

/** A bar that appears after a second, or nothing at all where standard error is no terminal. */
export function progressBar(quiet: boolean): Progress {
  if (quiet || process.stderr.isTTY !== true) return { update: () => {}, stop: () => {} };
  const started = performance.now();
  let bar: SingleBar | null = null;
  let loading = false;
  let stopped = false;
  const open = async (total: number) => {
    loading = true;
    const { default: cliProgress } = await import('cli-progress');
    if (stopped) return;
    bar = new cliProgress.SingleBar(
      {
        format: ` {bar} {percentage}%  ${t`${'{read}'} of ${'{size}'}, ${'{rate}'}/s, ${'{eta_formatted}'} left`}`,
        stream: process.stderr,
        clearOnComplete: true,
        etaBuffer: 50,
      },
      cliProgress.Presets.shades_classic,
    );
    bar.start(total, 0, { read: sizeText(0), size: sizeText(total), rate: sizeText(0) });
  };
  return {
    update: (done, total) => {
      const elapsed = performance.now() - started;
      if (!loading && elapsed > PATIENCE_MS) open(total).catch(() => {});
      bar?.update(Math.min(done, total), {
        read: sizeText(done),
        size: sizeText(total),
        rate: sizeText((done / elapsed) * 1000),
      });
    },
    stop: () => {
      stopped = true;
      bar?.stop();
    },
  };
}
