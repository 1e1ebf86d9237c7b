/**
 * Which records have to be in the store, and which may be: told from what was written and when it could be seen, not
 * from how watching works.
 */
import type { ModelFile } from './model-disk.js';

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

  write(name: string, isTimed: boolean, text: string, count = 1): void {
    const known = this.records.get(name);
    if (known) known.written += count;
    else this.records.set(name, { name, isTimed, text: text.trimEnd(), written: count, due: 0, extra: 0 });
  }

  /** What a file holds is looked at: its complete records are to be in the store from now on. */
  see({ content }: ModelFile, isQuiet: boolean): void {
    const text = content.toString('latin1');
    for (const record of this.records.values()) {
      if (record.due === record.written || record.due < 0) continue;
      const whole = placesOf(record.text, text).filter((at) => isComplete(text, at + record.text.length, isQuiet));
      record.due = Math.max(record.due, whole.length);
    }
  }

  /**
   * A file was cut. Whole records with a time stay what they are, where the log tells more than one. What is left of others is another record; and nothing
   * shows whether one without a time was left there or was written anew.
   *
   * @param isInRecord what is written next is the rest of a record
   */
  cut({ content }: ModelFile, isInRecord: boolean): void {
    const text = content.toString('latin1');
    // What comes next goes on with the last record, unless a line and a record end here.
    const isClean = text.endsWith('\n') && !isInRecord;
    const last = isClean ? text.length : Math.max(0, ...[...text.matchAll(HEADERS)].map(({ index }) => index));
    for (const record of this.records.values()) {
      const whole =
        record.isTimed && tellsTimes(text) ? placesOf(record.text, text).filter((at) => at < last).length : 0;
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
    return (
      tellsTimes(text) && [...this.records.values()].some(({ isTimed, text: own }) => isTimed && text.startsWith(own))
    );
  }

  /** The records of a file may count once more, those too that are not whole yet. */
  again({ content }: ModelFile, pending: readonly string[] = []): void {
    this.part(pending);
    const text = content.toString('latin1');
    for (const record of this.records.values()) record.extra += text.split(record.text).length - 1;
  }

  /** A part of some records is written elsewhere, or is seen before the rest. */
  part(names: readonly string[]): void {
    for (const name of names) {
      const record = this.records.get(name);
      if (record) record.extra += record.written;
    }
  }
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
