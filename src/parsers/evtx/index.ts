/** Entries of binary Windows event logs (`.evtx`). */
export { damageIn } from './damage.js';
export { EvtxEvents } from './events.js';
export { isEvtx } from './layout.js';
export { chunkAround, readEntryAt } from './reopen.js';
