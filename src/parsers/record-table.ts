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
  /** What the rows add up to. */
  readonly totals: RowTotals;
  /** Texts of times that stood in the part of a record that was not kept, by row. */
  readonly lateTimes = new Map<number, string>();

  /** With columns of another memory, the table is those, and does not grow. */
  constructor(columns?: RecordColumns, totals: RowTotals = new CountedTotals()) {
    if (columns) Object.assign(this, columns);
    this.totals = totals;
  }

  clear(): void {
    this.count = 0;
    this.totals.clear();
    this.lateTimes.clear();
  }

  /** Counts a row that was filled. */
  noteTotals(row: number): void {
    const totals = this.totals as CountedTotals;
    const level = this.level[row] as number;
    totals.truncated += this.truncated[row] as number;
    if (level === ORPHAN) return;
    totals.levels[level] = (totals.levels[level] as number) + 1;
    if (level <= LEAST_ERROR) totals.errors.push(row);
    if ((this.time[row] as number) < 0) return;
    if (totals.firstTimed < 0) totals.firstTimed = row;
    totals.lastTimed = row;
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

/** What the rows of a table add up to, so that nobody has to look at each of them. */
export interface RowTotals {
  /** Records of each level, by its index in LEVELS. */
  levels: ArrayLike<number>;
  truncated: number;
  /** Rows of critical and error records, `errorCount` of them. */
  errors: ArrayLike<number>;
  errorCount: number;
  /** The first and the last row that has a time, or -1. */
  firstTimed: number;
  lastTimed: number;
  clear(): void;
}

/** Totals that are counted as rows are added. */
class CountedTotals implements RowTotals {
  levels: number[] = [0, 0, 0, 0, 0, 0];
  truncated = 0;
  errors: number[] = [];
  firstTimed = -1;
  lastTimed = -1;

  get errorCount(): number {
    return this.errors.length;
  }

  clear(): void {
    this.levels.fill(0);
    this.truncated = 0;
    this.errors = [];
    this.firstTimed = -1;
    this.lastTimed = -1;
  }
}

export type RecordColumns = Pick<
  RecordTable,
  'start' | 'end' | 'keptEnd' | 'line' | 'level' | 'body' | 'time' | 'truncated'
>;

/** The last level, as an index into LEVELS, whose records are errors. */
const LEAST_ERROR = 1;

/** Level of the lines before the first header. */
export const ORPHAN = -1;

type Column = Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

function grown<C extends Column>(from: C, to: C): C {
  to.set(from as never);
  return to;
}
