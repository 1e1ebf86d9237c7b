/** The store: SQLite behind a few words. */
export {
  ContentIdentity,
  type ContentIdentitySnapshot,
  identityOf,
  type Relation,
  relation,
} from './content-identity.js';
export type { FoundEvidence } from './evidence.js';
export { type OpenOptions, openStore } from './open.js';
export type { StoredSource } from './sources.js';
export type { IncidentEvent, UserStatus } from './status.js';
export type { Store } from './store.js';
export { storeError } from './store-error.js';
export type { NewStream, ReadPrefix, StreamRef } from './streams.js';
export type { UnknownEvidence } from './unknown.js';
