/** What of the input was not read whole: a report must not look like one of all that was given. */
import type { Report, SourceReport } from '../model.js';
import { isReadWithLoss } from '../texts/read-in-part.js';

export interface LostInput {
  path: string;
  why: string;
}

/** In the order of the report: what the analysis met, and what sources say of themselves. */
export function lostInput({ problems = [], sources }: Report): LostInput[] {
  const lost = new Map(problems.map(({ path, why }) => [`${path}\0${why}`, { path, why }]));
  const told = new Set(problems.map(({ path }) => path));
  for (const { path, skipped } of sources)
    if (skipped !== null && isReadWithLoss(skipped) && !told.has(path))
      lost.set(`${path}\0${skipped}`, { path, why: skipped });
  return [...lost.values()];
}

/** Nobody counts the bytes of an archive that is told of for what is wrong with it. */
export function isCounted({ kind, bytes }: Pick<SourceReport, 'kind' | 'bytes'>): boolean {
  return kind !== 'archive' || bytes > 0;
}
