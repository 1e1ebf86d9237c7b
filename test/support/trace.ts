/** Trace records of a whole log given in any portions, as plain objects. */
import { LEVELS } from '../../src/model.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { ORPHAN } from '../../src/parsers/record-table.js';
import { TextWindow } from '../../src/parsers/text-window.js';
import { parseTime, TIME_LENGTH } from '../../src/parsers/time.js';
import { TraceRecords } from '../../src/parsers/trace-records.js';

export interface ReadRecord {
  line: number;
  level: string;
  byteStart: number;
  byteEnd: number;
  text: string;
  time: string | null;
  truncated: boolean;
}

export interface ReadLog {
  records: ReadRecord[];
  orphanLines: number;
  nulBytes: number;
  invalidBytes: number;
}

/** Reads `bytes`, handed over in portions of the given lengths (the rest at once). */
export function readLog(bytes: Uint8Array, portions: readonly number[] = []): ReadLog {
  const window = new TextWindow(detectEncoding(bytes), 64);
  const found = new TraceRecords(window);
  const records: ReadRecord[] = [];
  const take = () => {
    const { table } = found;
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
      });
    }
    window.consume(found.completed);
  };
  let at = 0;
  for (const portion of portions) {
    window.append(bytes.subarray(at, at + portion));
    at += portion;
    found.advance(false);
    take();
  }
  window.append(bytes.subarray(at));
  window.finish();
  found.advance(true);
  take();
  const { orphanLines, nulBytes } = found;
  return { records, orphanLines, nulBytes, invalidBytes: window.invalidBytes };
}
