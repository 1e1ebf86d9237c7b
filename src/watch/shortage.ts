/** Too many files are open: a trouble of the process or the machine, whatever file meets it. One line tells of all. */
import { plural } from '../texts/texts.js';
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
      const why = plural(
        size,
        'too many files are open (EMFILE), {0} more waits to be read: logs are not held open between looks now; a higher limit (ulimit -n) helps',
        'too many files are open (EMFILE), {0} more wait to be read: logs are not held open between looks now; a higher limit (ulimit -n) helps',
      );
      this.#problems.begin(KIND, null, why);
    }
    this.#isNew = false;
  }
}
