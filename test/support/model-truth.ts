/**
 * Which records have to be in the store, and which may be: told from what was written and when it could be seen, not
 * from how watching works. Records are told apart by the user that they name; those of equal text are only counted.
 */
import type { ModelFile } from './model-disk.js';

/** A record that names a user of its own. */
export interface ModelRecord {
  user: string;
  /** Whether it says when it was written. */
  isTimed: boolean;
  /** Without the line end behind it. */
  text: string;
  /** It stood whole in a file that was looked at. */
  isDue: boolean;
  /** How often its text may count, beside once: what is left of a record that was cut is another record. */
  extra: number;
}

/** How records begin that name nobody. */
const SAME = 'CceService Error: 0 : ConvertTo-SecureString';
const HEADER = /^[^\n]* (?:Error|Information|Warning): 0 : [^\n]*\n/;

export class ModelTruth {
  readonly records = new Map<string, ModelRecord>();
  /** Records of one text, without a time: what was written, and the most that a file held when it was looked at. */
  readonly equal = { text: '', written: 0, due: 0, extra: 0 };

  add(user: string, isTimed: boolean, text: string): void {
    this.records.set(user, { user, isTimed, text: text.trimEnd(), isDue: false, extra: 0 });
  }

  addEqual(text: string): void {
    this.equal.text = text.trimEnd();
    this.equal.written++;
  }

  /** What a file holds is looked at: its complete records are to be in the store from now on. */
  see({ content }: ModelFile, isQuiet: boolean): void {
    const text = content.toString('latin1');
    for (const record of this.records.values())
      if (!record.isDue && placesOf(record.text, text).some((at) => isComplete(text, at + record.text.length, isQuiet)))
        record.isDue = true;
    const { equal } = this;
    if (equal.written === 0) return;
    const whole = placesOf(equal.text, text).filter((at) => {
      const end = at + equal.text.length;
      return isComplete(text, end, isQuiet) && !text.startsWith('\r\n    DateTime', end);
    });
    equal.due = Math.max(equal.due, whole.length);
  }

  /**
   * A file was cut, or what belongs together goes into two files. Whole records with a time stay what they are. What is
   * left of others is another record; and nothing shows whether one without a time was left there or was written anew.
   *
   * @param isInRecord what is written next is the rest of a record
   */
  disturb({ content }: ModelFile, isInRecord: boolean): void {
    const text = content.toString('latin1');
    // What comes next goes on with the last record, unless a line and a record end here.
    const last = isInRecord || !text.endsWith('\n') ? text.lastIndexOf('CceService ') : text.length;
    for (const record of this.records.values()) {
      const start = text.lastIndexOf(record.user);
      if (start < 0) continue;
      const isWhole = start < last && text.includes(record.text);
      if (!isWhole || !record.isTimed) record.extra++;
    }
    this.equal.extra += text.split(SAME).length - 1;
  }

  /** The service still has a part of it to write, and writes it elsewhere. */
  part(user: string): void {
    const record = this.records.get(user);
    if (record) record.extra++;
    else this.equal.extra++;
  }
}

/** Where a text begins a line. */
function placesOf(wanted: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1))
    if (at === 0 || text[at - 1] === '\n' || /^\0*$/.test(text.slice(0, at))) places.push(at);
  return places;
}

/** Whether a record is known to be over: a header follows, nothing does, or nothing was added for a while. */
function isComplete(text: string, end: number, isQuiet: boolean): boolean {
  if (!text.startsWith('\r\n', end)) return false;
  return isQuiet || text.endsWith('\n') || HEADER.test(text.slice(end + 2));
}
