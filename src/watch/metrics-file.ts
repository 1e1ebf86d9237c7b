/** Keeps a file with metrics up to date while watching goes on. */
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';
import type { Clock } from './clock.js';
import { openMetrics, type WatchHealth } from './metrics.js';
import type { Problems } from './problems.js';
import { replaceFile } from './replace-file.js';

/** Collectors look every fifteen seconds or so. */
const EVERY_MS = 10_000;

export class MetricsFile {
  readonly #path: string;
  readonly #clock: Clock;
  #writtenAt = Number.NEGATIVE_INFINITY;
  #writing: Promise<void> | null = null;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** Writes where it is time to; never throws, and does not wait. */
  write(health: () => WatchHealth, problems: Problems): void {
    if (this.#writing !== null || this.#clock.monotonic() - this.#writtenAt < EVERY_MS) return;
    this.#writtenAt = this.#clock.monotonic();
    this.#writing = this.#write(health, problems).finally(() => {
      this.#writing = null;
    });
  }

  /** The state at the end. */
  async last(health: () => WatchHealth, problems: Problems): Promise<void> {
    await this.#writing;
    await this.#write(health, problems);
  }

  async #write(health: () => WatchHealth, problems: Problems): Promise<void> {
    try {
      await replaceFile(this.#path, openMetrics(health()));
      problems.end('metrics', this.#path);
    } catch (error) {
      const why = error instanceof CcelogError ? (error.details.why ?? error.message) : String(error);
      problems.begin('metrics', this.#path, t`the metrics cannot be written: ${why}`);
    }
  }
}
