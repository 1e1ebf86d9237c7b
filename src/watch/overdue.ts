/**
 * Receivers that still believe that a failure is there: it ended while no watch had them, or in an analysis. They are told
 * when watching begins, or it would be there for them for good.
 */
import type { Store } from '../store/index.js';
import { kept } from '../texts/texts.js';
import { alertOf } from './alert.js';

const WHY = kept`it ended while this was not told`;

/** What is to be told as over. Costs nothing where no receiver believes anything. */
export function overdue(store: Store): { row: number; change: 'resolved' | 'silenced'; why: string }[] {
  const firing = store.watching.outbox.firing();
  if (firing.size === 0) return [];
  return store
    .settled()
    .filter((failure) => firing.has(alertOf(failure)))
    .map(({ row, state }) => ({ row, change: state === 'silenced' ? 'silenced' : 'resolved', why: WHY }));
}
