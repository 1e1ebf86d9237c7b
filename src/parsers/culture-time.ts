/** Times as a culture writes them, in the local time of whoever printed them. */
import { parseTime } from './time.js';

const CULTURE_TIME =
  /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})[\s,]{1,3}(\d{1,2})[:.](\d\d)(?:[:.](\d\d))?(?:\s?([AP])\.?\s?M\.?)?$/i;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})[T\s]{1,2}(\d{1,2}):(\d\d)(?::(\d\d))?$/;

/**
 * `8/30/2018 11:39:09 AM`, `30.08.2018 11:39`, `2018/08/30 11:39` as ISO 8601 without a zone. Null for what is no time,
 * and where it does not tell which number is the month.
 */
export function cultureTime(text: string): string | null {
  const plain = text.trim().replace(/[\u00A0\u202F]/g, ' ');
  const sorted = YEAR_FIRST.exec(plain);
  if (sorted) {
    const [, year, , month, day, hour, minute, second] = sorted;
    return isoTime(year!, Number(month), Number(day), Number(hour), minute!, second);
  }
  const found = CULTURE_TIME.exec(plain);
  if (!found) return null;
  const [, first, separator, second, year, hour, minute, seconds, half] = found;
  const [left, right] = [Number(first), Number(second)];
  const isDayFirst = separator !== '/' || left > 12;
  if (!isDayFirst && right <= 12 && left !== right) return null;
  const [day, month] = isDayFirst ? [left, right] : [right, left];
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half.toUpperCase() === 'P' ? 12 : 0);
  return isoTime(year!, month, day, hours, minute!, seconds);
}

function isoTime(year: string, month: number, day: number, hours: number, minute: string, seconds = '00') {
  const time = `${year}-${pad(month)}-${pad(day)}T${pad(hours)}:${minute}:${seconds}`;
  return parseTime(time)?.slice(0, -1) ?? null;
}

function pad(value: number): string {
  return String(value).padStart(2, '0');
}
