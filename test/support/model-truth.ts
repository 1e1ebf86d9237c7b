/**
 * Which records have to be in the store, and which may be: told from what was written and when it could be seen, not
 * from how watching works.
 */
import type { ModelFile } from './model-disk.js';
import type { WatchDesk } from './watch-desk.js';

/** What all the records say that are equal: their signature tells them from others. */
export const EQUAL = 'windows-update-not-enabled-warning';

/** Records of one text, which no other has. */
export interface ModelRecord {
  /** What tells it from others in the store: the user that it names, its time, or its signature. */
  name: string;
  /** Whether it says when it was written. */
  isTimed: boolean;
  /** Without the line end behind it. */
  text: string;
  /** How often it was written. */
  written: number;
  /** How many of them stood whole in a file that was looked at. */
  due: number;
  /** How many more may count: what is left of a record that was cut is another record. */
  extra: number;
}

const HEADERS = /^.* (?:Error|Information|Warning): 0 : .*\n/gm;
const HEADER = /^[^\n]* (?:Error|Information|Warning): 0 : [^\n]*\n/;

export class ModelTruth {
  readonly records = new Map<string, ModelRecord>();
  /** Parts of records were put together: what they name nobody wrote. */
  isTorn = false;
  /** Files of which nothing but their place says that they are no other: what they hold counts beside what others do. */
  readonly #surelyNew = new Set<ModelFile>();
  /** How many of the records that are equal each file had at most. */
  readonly #equals = new Map<ModelFile, number>();

  write(name: string, isTimed: boolean, text: string, count = 1): void {
    const known = this.records.get(name);
    if (known) known.written += count;
    else this.records.set(name, { name, isTimed, text: text.trimEnd(), written: count, due: 0, extra: 0 });
  }

  /** What a file holds is looked at: its complete records are to be in the store from now on. */
  see(file: ModelFile, isQuiet: boolean, isSurelyNew: boolean): void {
    const text = file.content.toString('latin1');
    if (isSurelyNew) this.#surelyNew.add(file);
    for (const record of this.records.values()) {
      if (record.due === record.written || record.due < 0) continue;
      const whole = placesOf(record.text, text).filter((at) => isComplete(text, at + record.text.length, isQuiet));
      record.due = Math.max(record.due, record.name === EQUAL ? this.#equalsWith(file, whole.length) : whole.length);
    }
  }

  #equalsWith(file: ModelFile, count: number): number {
    this.#equals.set(file, Math.max(count, this.#equals.get(file) ?? 0));
    let sum = 0;
    for (const one of this.#surelyNew) sum += this.#equals.get(one) ?? 0;
    return Math.max(sum, ...this.#equals.values());
  }

  /**
   * A file was cut. Whole records with a time stay what they are, where the log told more than one. What is left of others
   * is another record; and nothing shows whether one without a time was left there or was written anew.
   *
   * @param isInRecord what is written next is the rest of a record
   */
  cut(before: Buffer, content: Buffer, isInRecord: boolean): void {
    const text = content.toString('latin1');
    if (text !== '' && !text.endsWith('\n')) this.isTorn = true;
    const isTelling = tellsTimes(before.toString('latin1'));
    // What comes next goes on with the last record, unless a line and a record end here.
    const isClean = text.endsWith('\n') && !isInRecord;
    const last = isClean ? text.length : Math.max(0, ...[...text.matchAll(HEADERS)].map(({ index }) => index));
    for (const record of this.records.values()) {
      const whole = record.isTimed && isTelling ? placesOf(record.text, text).filter((at) => at < last).length : 0;
      // Any part of it that tells what it is may count.
      const parts = text.split(tellingPart(record.text)).length - 1;
      record.extra += Math.max(0, parts - whole);
      // It may get the time of what comes behind it.
      if (parts > whole && !record.name.includes('@')) record.due = Number.NEGATIVE_INFINITY;
    }
  }

  /** Whether a file begins with a record that tells when it was written: no other log does so. */
  beginsTimed({ content }: ModelFile): boolean {
    const text = content.toString('latin1');
    const [first = ''] = text.split(/(?<=\n)(?=CceService )/);
    return tellsTimes(text) && first.startsWith('CceService ') && first.includes('DateTime=');
  }

  /** The records of a file may count once more, those too that are not whole yet. */
  again({ content }: ModelFile, pending: readonly string[] = []): void {
    this.part(pending);
    const text = content.toString('latin1');
    for (const record of this.records.values()) record.extra += text.split(record.text).length - 1;
  }

  /** What a file holds may count once more, what is left of records too. */
  anew({ content }: ModelFile): void {
    const text = content.toString('latin1');
    for (const record of this.records.values()) record.extra += text.split(tellingPart(record.text)).length - 1;
  }

  /** Records that are missing, that count too often, or that nobody wrote; one line for each. */
  judge(desk: WatchDesk): string[] {
    const wrong: string[] = [];
    const counts = countsOf(desk);
    for (const { name, written, due, extra } of this.records.values()) {
      const count = counts.get(name) ?? 0;
      counts.delete(name);
      if (count < due) wrong.push(`${due - count} of ${due} of ${name} are lost`);
      if (count > written + extra) wrong.push(`${name} counts ${count} times, not ${written + extra} at most`);
    }
    if (!this.isTorn) for (const name of counts.keys()) wrong.push(`${name} was never written`);
    const [[hits, tallies] = []] = desk.query(
      'SELECT (SELECT count(*) FROM hits), (SELECT coalesce(sum(count), 0) FROM incident_streams)',
    );
    if (hits !== tallies) wrong.push(`incidents count ${tallies} of ${hits} hits`);
    return wrong;
  }

  /** What is left of some records to be written goes elsewhere. */
  tear(names: readonly string[]): void {
    this.isTorn = true;
    this.part(names);
  }

  /** The last whole record of a file may count once more. */
  lastAgain({ content }: ModelFile): void {
    const text = content.toString('latin1');
    const placeOf = (record: ModelRecord) => text.lastIndexOf(record.text);
    const [last] = [...this.records.values()].sort((a, b) => placeOf(b) - placeOf(a));
    if (last && placeOf(last) >= 0) last.extra++;
  }

  /** A part of some records is written elsewhere, or is seen before the rest. */
  part(names: readonly string[]): void {
    for (const name of names) {
      const record = this.records.get(name);
      if (record) record.extra += record.written;
    }
  }
}

/** How often each record is in the store, by what tells it from others. */
function countsOf(desk: WatchDesk): Map<string, number> {
  const rows = desk.query(
    `SELECT s.name, i.entities, h.time, h.time_basis FROM hits h JOIN incidents i ON i.row = h.incident
     JOIN signatures s ON s.id = h.signature`,
  ) as [string, string, string | null, number][];
  const counts = new Map<string, number>();
  for (const [signature, entities, time, basis] of rows) {
    const { user } = JSON.parse(entities) as { user?: string };
    // One of a pair that has no time of its own was seen before it was whole.
    if (user === undefined && signature !== EQUAL && basis !== 2) continue;
    const name = user ?? (signature === EQUAL ? signature : (time as string));
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}

/** Whether a log tells more than one time: a single one may be that of every log that is made. */
function tellsTimes(text: string): boolean {
  return new Set(text.match(/DateTime=\S+Z\b/g)).size > 1;
}

/** Where a text begins a line. */
function placesOf(wanted: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (at === 0 || text[at - 1] === '\n' || /^\0*$/.test(text.slice(0, at))) places.push(at);
  return places;
}

/** What a record names, or what it begins with. */
function tellingPart(text: string): string {
  return /user\d+@contoso\.example/.exec(text)?.[0] ?? text.slice(0, 60);
}

/** Whether a record is known to be over: nothing follows, a header does, or half a line that nothing was added to. */
function isComplete(text: string, end: number, isQuiet: boolean): boolean {
  if (!text.startsWith('\r\n', end)) return false;
  const rest = text.slice(end + 2);
  return rest === '' || HEADER.test(rest) || (isQuiet && !rest.includes('\n'));
}
