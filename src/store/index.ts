/** The store: SQLite behind a few words. */

export type { IncidentChange } from './changes.js';
export {
  ContentIdentity,
  type ContentIdentitySnapshot,
  digestOfPage,
  identityOf,
  lastPageEnd,
  pageEnd,
  relation,
  samePages,
} from './content-identity.js';
export type { FoundEvidence } from './found-evidence.js';
export { openStore } from './open.js';
export type { ChannelRecord, NewDelivery } from './outbox.js';
export type { Store } from './store.js';
export type { StreamRef } from './streams.js';
export type { UnknownCount, UnknownEvidence } from './unknown.js';
export type { Unresolved } from './unresolved.js';
export type { WatchedLog, WatchedPosition, WatchProblem } from './watched.js';
export type { Batch } from './write.js';
