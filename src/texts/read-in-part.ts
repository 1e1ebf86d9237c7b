/** What a source says that was not read whole: by these words a report knows it again, too, after it was kept. */
import { kept, t, translated } from './texts.js';

/** Words for a source that was left before its end. */
const INTERRUPTED = kept`interrupted: read in part only`;

export function readInPart(why: string): string {
  return t`read in part only: ${why}`;
}

export function interruptedInPart(): string {
  return translated(INTERRUPTED);
}

/** Whether a source says so, in English or in the language of this run. */
export function isReadInPart(skipped: string): boolean {
  return (
    [kept`read in part only: ${''}`, readInPart('')].some((words) => skipped.startsWith(words)) ||
    isInterrupted(skipped)
  );
}

function isInterrupted(skipped: string): boolean {
  return skipped === INTERRUPTED || skipped === interruptedInPart();
}
