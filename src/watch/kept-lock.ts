/** The lock of a store over weeks: somebody may delete its file, which then keeps nobody out. */
import { reasonOf } from '../store/store-error.js';
import type { WatchLock } from './lock.js';
import type { Problems } from './problems.js';

/** Whether the lock is had, taken anew if need be. Where it cannot be taken now, that is a problem which is told. */
export function isLockKept(lock: WatchLock, problems: Problems): boolean {
  try {
    const isKept = lock.keep();
    problems.end('lock', lock.path);
    return isKept;
  } catch (error) {
    problems.begin('lock', lock.path, reasonOf(error));
    return true;
  }
}
