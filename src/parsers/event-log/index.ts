/** Entries of Windows event logs exported as text. */
export { EventEntries } from './entries.js';
export type { EventEntry } from './entry.js';
export { type EventLogForm, eventLogForm } from './form.js';
