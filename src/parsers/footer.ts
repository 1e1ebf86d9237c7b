import { startsWith } from './header.js';

/** The footers of a trace record in the order the listener writes them, each only where it is enabled. */
const FOOTERS = ['ProcessId=', 'LogicalOperationStack=', 'ThreadId=', 'DateTime=', 'Timestamp=', 'Callstack='].map(
  (name) => Buffer.from(name),
);
const DATE_TIME = Buffer.from('DateTime=');

/** Index behind `DateTime=` where a line's text at `at` is that footer, 0 where it is another footer, -1 for none. */
export function readFooter(bytes: Uint8Array, at: number): number {
  switch (bytes[at]) {
    case 0x44: // D
      return startsWith(bytes, at, DATE_TIME) ? at + DATE_TIME.length : -1;
    case 0x50: // P
    case 0x4c: // L
    case 0x54: // T
    case 0x43: // C
      return FOOTERS.some((footer) => startsWith(bytes, at, footer)) ? 0 : -1;
    default:
      return -1;
  }
}
