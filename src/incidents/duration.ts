/** Durations as options and signatures write them: `200ms`, `1s`, `5m`, `2h`, `7d`. */
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of a duration, or null where the text is none. */
export function parseDuration(text: string): number | null {
  const found = /^(\d{1,12})(ms|s|m|h|d)$/.exec(text.trim());
  return found ? Number(found[1]) * (UNITS[found[2] as string] as number) : null;
}
