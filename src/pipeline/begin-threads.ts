import { walk } from '../bundles/walk.js';
import { CcelogError } from '../errors.js';
import type { Threads } from './threads.js';

/** Less than this is read sooner by one thread than others begin. */
const WORTH_THREADS = 24 << 20;
/** A thread should have this much to read. */
const BYTES_EACH = 8 << 20;

/**
 * Begins threads for what the paths hold, where it is worth it; null where it is not. They take as long to begin as the
 * tool itself, so this is done first. They end with the analysis they are given to.
 *
 * @param jobs threads that read at once, at most
 */
export async function beginThreads(paths: readonly string[], jobs: number): Promise<Threads | null> {
  if (jobs === 1) return null;
  const bytes = sizeOf(paths);
  if (bytes < WORTH_THREADS) return null;
  const { Threads } = await import('./threads.js');
  return new Threads(Math.min(jobs, Math.ceil(bytes / BYTES_EACH)));
}

function sizeOf(paths: readonly string[]): number {
  try {
    return walk(paths).files.reduce((sum, file) => sum + file.bytes, 0);
  } catch (error) {
    // Whoever reads the paths says what is wrong with them.
    if (error instanceof CcelogError) return 0;
    throw error;
  }
}
