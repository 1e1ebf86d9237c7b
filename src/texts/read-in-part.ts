/** What a source says that was not read whole: by these words a report knows it again, too, after it was kept. */
import { kept, t, translated } from './texts.js';

/** Words for a source that was left before its end. */
const INTERRUPTED = kept`interrupted: read in part only`;

export function readInPart(why: string): string {
  return isAltered(why) ? why : t`read in part only: ${why}`;
}

/** Words for content that came out of an archive to its end, and is not what went in. */
export function readAltered(why: string): string {
  return t`read to its end, but it is not what was packed: ${why}`;
}

export function interruptedInPart(): string {
  return translated(INTERRUPTED);
}

/** Whether a source says that it was not read whole or not as it was, in English or in the language of this run. */
export function isReadWithLoss(skipped: string): boolean {
  return (
    [kept`read in part only: ${''}`, readInPart('')].some((words) => skipped.startsWith(words)) ||
    isAltered(skipped) ||
    isInterrupted(skipped)
  );
}

function isAltered(why: string): boolean {
  return [kept`read to its end, but it is not what was packed: ${''}`, readAltered('')].some((words) =>
    why.startsWith(words),
  );
}

function isInterrupted(skipped: string): boolean {
  return skipped === INTERRUPTED || skipped === interruptedInPart();
}
