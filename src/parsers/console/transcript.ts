/** The header of a transcript. Its labels are localised, so it is read by its shape. */

export interface TranscriptHeader {
  machine: string | null;
  /** Local time of the machine, without a zone: "2016-07-10T14:47:36". */
  startTime: string | null;
}

/** Lines from the start of a text in which a header is looked for. */
export const TRANSCRIPT_HEADER_LINES = 40;

/**
 * Reads the header of a transcript: between two lines of 22 asterisks a line that ends in 14 digits and one that ends in
 * `NAME (Microsoft Windows NT x.y.z)`. Null where there is none.
 */
export function readTranscriptHeader(lines: string[]): TranscriptHeader | null {
  const head = lines.slice(0, TRANSCRIPT_HEADER_LINES);
  for (let start = head.findIndex(isRule); start >= 0; start = nextRule(head, start)) {
    const next = nextRule(head, start);
    const section = head.slice(start + 1, next < 0 ? head.length : next);
    const machine = firstMatch(section, /[\s:\uFF1A](\S{1,64}) \(Microsoft Windows NT \d+(?:\.\d+){1,3}\)\s*$/);
    const startTime = toTime(firstMatch(section, /(?:^|\D)(\d{14})\s*$/));
    // The sections before a command and at the end of a transcript hold a time alone.
    if (machine !== null || (startTime !== null && section.length > 3)) return { machine, startTime };
  }
  return null;
}

function isRule(line: string): boolean {
  return /^\uFEFF?\*{22}\s*$/.test(line);
}

function nextRule(lines: string[], after: number): number {
  return lines.findIndex((line, index) => index > after && isRule(line));
}

function firstMatch(lines: string[], pattern: RegExp): string | null {
  for (const line of lines) {
    const found = line.length < 1000 ? pattern.exec(line) : null;
    if (found) return found[1]!;
  }
  return null;
}

function toTime(digits: string | null): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(digits ?? '');
  if (!parts) return null;
  const time = `${parts[1]}-${parts[2]}-${parts[3]}T${parts[4]}:${parts[5]}:${parts[6]}`;
  const parsed = new Date(`${time}Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(time) ? time : null;
}
