/** A time as its record wrote it, with what compares it: exactly (`key`, 100 ns) and roughly (`ms`). */
export interface Instant {
  text: string;
  key: string;
  ms: number;
}

const ISO_UTC = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,7}))?Z$/;

/** Reads an ISO time in UTC with 0 to 7 fraction digits; anything else is no time. */
export function instant(text: string | null): Instant | null {
  return text === null ? null : (fullInstant(text) ?? anyInstant(text));
}

/** How every time can be read. */
export function anyInstant(text: string): Instant | null {
  const parts = ISO_UTC.exec(text);
  if (parts === null) return null;
  const fraction = (parts[2] ?? '').padEnd(7, '0');
  const ms = Date.parse(`${parts[1]}.${fraction.slice(0, 3)}Z`);
  return Number.isNaN(ms) ? null : { text, key: `${parts[1]}.${fraction}`, ms };
}

/**
 * The form that .NET writes, with all seven digits, four times as fast: each hit has such a time. Null also where a
 * calendar would be needed to tell whether there is such a day or second.
 */
function fullInstant(text: string): Instant | null {
  if (text.length !== 28 || text[10] !== 'T' || text[19] !== '.' || text[27] !== 'Z') return null;
  if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return null;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 7);
  const day = digits(text, 8, 10);
  const hour = digits(text, 11, 13);
  const minute = digits(text, 14, 16);
  const second = digits(text, 17, 19);
  const millisecond = digits(text, 20, 23);
  if (!(year >= 1000 && month >= 1 && month <= 12 && day >= 1 && day <= 28)) return null;
  if (!(hour <= 23 && minute <= 59 && second <= 59 && millisecond >= 0 && digits(text, 23, 27) >= 0)) return null;
  return { text, key: text.slice(0, 27), ms: Date.UTC(year, month - 1, day, hour, minute, second, millisecond) };
}

/** The number that stands in a range, NaN where anything but digits stands there. */
function digits(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 0x30;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return value;
}

/** Whether a time may be the beginning of another, whose last digits were cut off. */
export function isCutOf(time: string, whole: string): boolean {
  return whole.startsWith(time.slice(0, -1));
}

/** A total order: equal times written differently are told apart by their text, so that no order of arrival shows. */
export function isBefore(a: Instant, b: Instant): boolean {
  return a.key === b.key ? a.text < b.text : a.key < b.key;
}
