/** Too many files are open: a trouble of the process or the machine, whatever file meets it. One line tells of all. */
import type { Problems } from './problems.js';

const KIND = 'handles';

export class Shortage {
  readonly #problems: Problems;
  /** What could not be opened for want of a handle, and was not opened since. */
  readonly #waiting = new Set<string>();
  #isNew = false;

  constructor(problems: Problems) {
    this.#problems = problems;
  }

  /** Whether an error is of this kind; if so it is told with the others. */
  takes(key: string, error: unknown): boolean {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'EMFILE' && code !== 'ENFILE') return false;
    this.#waiting.add(key);
    this.#isNew = true;
    return true;
  }

  /** It could be opened, or is wanted no more. */
  over(key: string): void {
    this.#waiting.delete(key);
  }

  /** To be called after each look. */
  tell(): void {
    const { size } = this.#waiting;
    if (size === 0) this.#problems.end(KIND, null);
    else if (this.#isNew) {
      const waiting = size === 1 ? '1 more waits' : `${size} more wait`;
      const advice = 'logs are not held open between looks now; a higher limit (ulimit -n) helps';
      this.#problems.begin(KIND, null, `too many files are open (EMFILE), ${waiting} to be read: ${advice}`);
    }
    this.#isNew = false;
  }
}
