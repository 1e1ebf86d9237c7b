/** The store: SQLite behind a few words. */
export {
  ContentIdentity,
  type ContentIdentitySnapshot,
  identityOf,
  lastPageEnd,
  relation,
} from './content-identity.js';
export type { FoundEvidence } from './found-evidence.js';
export { openStore } from './open.js';
export type { Store } from './store.js';
export type { StreamRef } from './streams.js';
export type { UnknownEvidence } from './unknown.js';
