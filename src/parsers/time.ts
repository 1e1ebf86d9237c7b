/**
 * Times as logs write them, to ISO 8601 in UTC. Only forms whose day and month cannot be mistaken are read: year first.
 * `DateTime=` footers are UTC (round-trip format, seven fraction digits). A prefix without a zone is taken as UTC.
 */
const TIME =
  /^\[?(\d{4})([-/])(\d\d)\2(\d\d)(?:[T ]|,\s?)(\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s?(Z|[+-]\d\d:?\d\d)?(?![\d:])/;

/** The longest text a time can take, in characters. */
export const TIME_LENGTH = 48;

/**
 * Reads the time that `text` begins with, or null. The result is ISO 8601 in UTC with the fraction digits of the source,
 * seven at most.
 */
export function parseTime(text: string): string | null {
  const found = TIME.exec(text);
  if (!found) return null;
  const [, year, , month, day, hour, minute, second, fraction = '', zone = 'Z'] = found;
  const plain = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const milliseconds = Date.parse(`${plain}Z`);
  if (Number.isNaN(milliseconds)) return null;
  // Date.parse rolls 30 February over into March; such a day is no time.
  if (new Date(milliseconds).toISOString().slice(0, 19) !== plain) return null;
  const digits = fraction.slice(0, 7);
  const shifted = zone === 'Z' ? plain : new Date(milliseconds - zoneOffset(zone)).toISOString().slice(0, 19);
  return digits === '' ? `${shifted}Z` : `${shifted}.${digits}Z`;
}

function zoneOffset(zone: string): number {
  const [hours, minutes] = [zone.slice(1, 3), zone.slice(-2)];
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return zone.startsWith('-') ? -offset : offset;
}

/** Whether bytes at an index can begin a time: decides cheaply, before anything is decoded. */
export function mayBeginTime(bytes: Uint8Array, index: number, end: number): boolean {
  const at = bytes[index] === 0x5b ? index + 1 : index;
  if (at + 19 > end) return false;
  const separator = bytes[at + 4];
  return (
    isDigit(bytes[at]) &&
    isDigit(bytes[at + 3]) &&
    (separator === 0x2d || separator === 0x2f) &&
    bytes[at + 7] === separator &&
    isDigit(bytes[at + 9])
  );
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
