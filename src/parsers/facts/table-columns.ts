/**
 * Columns of a table, told from the dashes below its header. They begin where the dashes do; numbers are right-aligned
 * and end where the dashes do, so that a long one begins before them.
 */
import { columns } from '../console/width.js';

export interface Column {
  name: string;
  /** Where its dashes begin and end. */
  start: number;
  end: number;
}

const RULER = /^\s*-+(?: +-+){0,60}\s*$/;

/** The columns that a header and the line of dashes below it make; null where they make none. */
export function readColumns(header: string, ruler: string): Column[] | null {
  if (ruler.length > 4096 || !RULER.test(ruler)) return null;
  const found: Column[] = [];
  for (const dashes of ruler.matchAll(/-+/g)) {
    const [start, end] = [dashes.index, dashes.index + dashes[0].length];
    const name = header.slice(start, end);
    // Each name has as many dashes as characters, and blanks around it.
    if (name.trim() !== name || name === '') return null;
    if (/\S/.test(header[start - 1] ?? ' ') || /\S/.test(header[end] ?? ' ')) return null;
    found.push({ name, start, end });
  }
  if (header.slice(found.at(-1)?.end ?? 0).trim() !== '') return null;
  return found.length === 0 ? null : found;
}

/** Columns of a table without dashes (wmic): each begins with its name, two blanks or more behind the one before. */
export function columnsOfHeader(header: string): Column[] {
  return [...header.slice(0, 4096).matchAll(/\S+/g)].map((word) => ({
    name: word[0],
    start: word.index,
    end: word.index + word[0].length,
  }));
}

/**
 * The cells of a row, trimmed. An East Asian character takes two columns of a console, but only one where a file was
 * written from text: that reckoning holds in which the cells begin where they should.
 */
export function cellsOf(row: string, table: readonly Column[]): string[] {
  const byPlace = cut(row, table, (place) => place);
  if (columns(row) === row.length) return byPlace.cells;
  const places = placesByWidth(row);
  const byWidth = cut(row, table, (place) => places[place] ?? row.length + 1);
  return byWidth.misplaced <= byPlace.misplaced ? byWidth.cells : byPlace.cells;
}

/** Cuts a row where columns begin; counts what does not stand as it should. */
function cut(row: string, table: readonly Column[], placeOf: (column: number) => number) {
  const cells: string[] = [];
  let misplaced = 0;
  let from = 0;
  for (let index = 0; index < table.length; index++) {
    const next = table[index + 1];
    let to = next === undefined ? row.length : placeOf(next.start);
    if (next !== undefined && /\S/.test(row[to - 1] ?? ' ')) {
      // Either a right-aligned value that is longer than its header, or another reckoning of wide characters.
      const blank = row.lastIndexOf(' ', to - 1);
      if (blank >= from) to = blank + 1;
      misplaced++;
    }
    const cell = row.slice(from, to);
    // A text begins where its column does; numbers do not, in either reckoning.
    if (/^ +\S/.test(cell)) misplaced++;
    cells.push(cell.trim());
    from = Math.max(from, to);
  }
  return { cells, misplaced };
}

/** Index of the character at each console column. */
function placesByWidth(row: string): number[] {
  const places: number[] = [];
  for (let index = 0; index < row.length; index++) {
    places.push(index);
    if (columns(row[index]!) === 2) places.push(index);
  }
  return places;
}
