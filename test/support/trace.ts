/** Trace records of a whole log given in any portions, as plain objects. */
import { LEVELS } from '../../src/model.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { ORPHAN } from '../../src/parsers/record-table.js';
import { parseTime, TIME_LENGTH } from '../../src/parsers/time.js';
import { type ScannerKind, Scanners } from '../../src/scanner/scanners.js';

export interface ReadRecord {
  line: number;
  level: string;
  byteStart: number;
  byteEnd: number;
  text: string;
  time: string | null;
  truncated: boolean;
  /** Numbers of the literals' signatures of which something was found in it. */
  suspects: number[];
}

export interface ReadLog {
  records: ReadRecord[];
  orphanLines: number;
  nulBytes: number;
  lineEnds: number;
  invalidBytes: number;
}

/** Which scanner reads, and the literals it looks for, for each signature. */
export type Reading = { kind?: ScannerKind; literals?: string[][] };

/** Reads `bytes`, handed over in portions of the given lengths (the rest at once). */
export function readLog(bytes: Uint8Array, portions: readonly number[] = [], reading: Reading = {}): ReadLog {
  const { kind = 'auto', literals = [] } = reading;
  const scanner = scannersOf(kind, literals).trace(detectEncoding(bytes));
  const { window } = scanner;
  const records: ReadRecord[] = [];
  let next = 0;
  const suspectsOf = (row: number): number[] => {
    const { candidates, table } = scanner;
    const suspects = new Set<number>();
    for (; next < candidates.count && (candidates.position[next] as number) <= (table.end[row] as number); next++)
      for (const signature of scanner.signatures(candidates.what[next] as number)) suspects.add(signature);
    return [...suspects].sort();
  };
  const take = () => {
    next = 0;
    const { table } = scanner;
    for (let row = 0; row < table.count; row++) {
      const [start, kept] = [table.start[row] as number, table.keptEnd[row] as number];
      const at = table.time[row] as number;
      const late = table.lateTimes.get(row);
      const time = late ?? (at < 0 ? null : window.decode(at, Math.min(at + TIME_LENGTH, table.end[row] as number)));
      records.push({
        line: table.line[row] as number,
        level: table.level[row] === ORPHAN ? 'orphan' : (LEVELS[table.level[row] as number] as string),
        byteStart: window.offsetOf(start),
        byteEnd: window.offsetOf(table.end[row] as number),
        text: window.decode(start, kept),
        time: time === null ? null : parseTime(time),
        truncated: table.truncated[row] === 1,
        suspects: suspectsOf(row),
      });
    }
    scanner.release();
  };
  const push = (piece: Uint8Array) => {
    for (let at = 0; at < piece.length; at += scanner.block) {
      window.append(piece.subarray(at, at + scanner.block));
      scanner.advance(false);
      take();
    }
  };
  let at = 0;
  for (const portion of portions) {
    push(bytes.subarray(at, at + portion));
    at += portion;
  }
  push(bytes.subarray(at));
  window.finish();
  scanner.advance(true);
  take();
  const { orphanLines, nulBytes, lineEnds } = scanner;
  const { invalidBytes } = window;
  scanner.close();
  return { records, orphanLines, nulBytes, lineEnds, invalidBytes };
}

const made = new Map<string, Scanners>();

/** The same scanners for the same literals: what one source leaves in a memory must not show in the next. */
function scannersOf(kind: ScannerKind, literals: string[][]): Scanners {
  const key = JSON.stringify([kind, literals]);
  const scanners = made.get(key) ?? new Scanners(literals, kind);
  made.set(key, scanners);
  return scanners;
}
