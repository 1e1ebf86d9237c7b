/** Times of Windows as ISO 8601 in UTC. */

/** Milliseconds from 1601, where FILETIME begins, to 1970. */
const SINCE_1601 = 11_644_473_600_000n;
const YEAR_10000 = 253_402_300_800_000n;

/** FILETIME, ticks of 100 ns since 1601, with all its seven digits; null beyond the year 9999. */
export function fileTime(ticks: bigint): string | null {
  const milliseconds = ticks / 10_000n - SINCE_1601;
  if (milliseconds >= YEAR_10000) return null;
  const seconds = new Date(Number(milliseconds)).toISOString().slice(0, 19);
  return `${seconds}.${String(ticks % 10_000_000n).padStart(7, '0')}Z`;
}

/** SYSTEMTIME: year, month, day of the week, day, hour, minute, second, millisecond, of two bytes each. */
export function systemTime(bytes: Buffer, at: number): string {
  const [year, month, , day, hour, minute, second, milliseconds] = Array.from({ length: 8 }, (_, index) =>
    String(bytes.readUInt16LE(at + 2 * index)).padStart(index === 0 ? 4 : index === 7 ? 3 : 2, '0'),
  );
  return `${year}-${month}-${day}T${hour}:${minute}:${second}.${milliseconds}Z`;
}
