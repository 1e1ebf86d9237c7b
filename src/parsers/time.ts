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

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const ROUND_TRIP_LENGTH = 28;

/**
 * The time at an index in the form that `DateTime=` footers have (`2018-09-07T10:40:37.3875187Z`), which is that of the
 * result too; null for any other form, and for 29 February, which `parseTime` is to judge.
 */
export function roundTripTime(bytes: Buffer, at: number, end: number): string | null {
  if (end - at < ROUND_TRIP_LENGTH) return null;
  if (bytes[at + 4] !== 0x2d || bytes[at + 7] !== 0x2d || bytes[at + 10] !== 0x54 || bytes[at + 13] !== 0x3a)
    return null;
  if (bytes[at + 16] !== 0x3a || bytes[at + 19] !== 0x2e || bytes[at + 27] !== 0x5a) return null;
  for (let index = at; index < at + 27; index++) {
    // Every place but those above is a digit.
    const place = index - at;
    if (place === 4 || place === 7 || place === 10 || place === 13 || place === 16 || place === 19) continue;
    if (!isDigit(bytes[index])) return null;
  }
  const [month, day] = [pair(bytes, at + 5), pair(bytes, at + 8)];
  if (month < 1 || month > 12 || day < 1 || day > (DAYS[month - 1] as number) || (month === 2 && day === 29))
    return null;
  if (pair(bytes, at + 11) > 23 || pair(bytes, at + 14) > 59 || pair(bytes, at + 17) > 59) return null;
  const next = at + ROUND_TRIP_LENGTH < end ? bytes[at + ROUND_TRIP_LENGTH] : undefined;
  if (next === 0x3a || isDigit(next)) return null;
  return bytes.toString('latin1', at, at + ROUND_TRIP_LENGTH);
}

function pair(bytes: Uint8Array, at: number): number {
  return ((bytes[at] as number) - 0x30) * 10 + ((bytes[at + 1] as number) - 0x30);
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
