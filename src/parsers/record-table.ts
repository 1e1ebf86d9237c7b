/**
 * Records that are complete, as columns of indices into the window they stand in: a healthy record costs eight numbers
 * and no object.
 */
export class RecordTable {
  count = 0;
  start = new Int32Array(1024);
  /** Behind the record's last byte, without the line end. */
  end = new Int32Array(1024);
  /** Behind the last byte that is kept of the record: before `end` where it was truncated. */
  keptEnd = new Int32Array(1024);
  /** 1-based line of the source on which the record begins. */
  line = new Float64Array(1024);
  /** Index into LEVELS, or ORPHAN for lines that no header precedes. */
  level = new Int8Array(1024);
  /** Where the message begins, behind the header. */
  body = new Int32Array(1024);
  /** Where the text of the record's time begins, or -1. */
  time = new Int32Array(1024);
  /** 1 where the record was longer than what is kept of it. */
  truncated = new Uint8Array(1024);
  /** Texts of times that stood in the part of a record that was not kept, by row. */
  readonly lateTimes = new Map<number, string>();

  /** With columns of another memory, the table is those, and does not grow. */
  constructor(columns?: RecordColumns) {
    if (columns) Object.assign(this, columns);
  }

  clear(): void {
    this.count = 0;
    this.lateTimes.clear();
  }

  /** Adds an empty row and returns its number. */
  add(): number {
    if (this.count === this.start.length) this.#grow();
    return this.count++;
  }

  #grow(): void {
    const size = this.start.length * 2;
    this.start = grown(this.start, new Int32Array(size));
    this.end = grown(this.end, new Int32Array(size));
    this.line = grown(this.line, new Float64Array(size));
    this.level = grown(this.level, new Int8Array(size));
    this.body = grown(this.body, new Int32Array(size));
    this.time = grown(this.time, new Int32Array(size));
    this.keptEnd = grown(this.keptEnd, new Int32Array(size));
    this.truncated = grown(this.truncated, new Uint8Array(size));
  }
}

export type RecordColumns = Pick<
  RecordTable,
  'start' | 'end' | 'keptEnd' | 'line' | 'level' | 'body' | 'time' | 'truncated'
>;

/** Level of the lines before the first header. */
export const ORPHAN = -1;

type Column = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

function grown<C extends Column>(from: C, to: C): C {
  to.set(from as never);
  return to;
}
