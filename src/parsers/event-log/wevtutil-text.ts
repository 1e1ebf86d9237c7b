/** Entries as `wevtutil /f:text` prints them: `Event[0]:`, labels indented by two, the message after `Description:`. */
import type { TextLine } from '../text-line.js';
import { type EntryReader, type EventEntry, entryOf, MAX_ENTRY_SIZE, type RawValues } from './entry.js';

const START = /^\s{0,8}Event\[\d{1,9}\]:?\s*$/;
const LABEL = /^\s{0,8}(Source|Date|Event ID|Level|Computer|Description):\s?(.*)$/;

/** Whether an entry begins at a line; newer versions of Windows leave the colon out. */
export function beginsTextEntry(text: string): boolean {
  return START.test(text);
}

/** A message may hold lines that look like labels, so only `Event[n]` ends an entry. */
export class TextEntries implements EntryReader {
  #lines: TextLine[] = [];
  #size = 0;

  push(line: TextLine): EventEntry[] {
    const isStart = beginsTextEntry(line.text);
    const done = isStart || this.#size > MAX_ENTRY_SIZE ? this.end() : [];
    if (isStart || this.#lines.length > 0) {
      this.#lines.push(line);
      this.#size += line.text.length + 1;
    }
    return done;
  }

  end(): EventEntry[] {
    const end = this.#lines.findLastIndex(({ text }) => /\S/.test(text)) + 1;
    const lines = this.#lines.slice(0, end);
    this.#lines = [];
    this.#size = 0;
    return lines.length === 0 ? [] : [entryOf(lines, valuesOf(lines.slice(1)))];
  }
}

function valuesOf(lines: readonly TextLine[]): RawValues {
  const labels = new Map<string, string>();
  const texts = lines.map(({ text }) => text.replaceAll('\0', ''));
  let message: string | null = null;
  for (const [index, text] of texts.entries()) {
    const [, name, value = ''] = LABEL.exec(text) ?? [];
    if (name === 'Description') {
      message = [value, ...texts.slice(index + 1)].join('\n');
      break;
    }
    if (name !== undefined && !labels.has(name)) labels.set(name, value);
  }
  const get = (name: string) => labels.get(name) ?? '';
  return {
    id: get('Event ID'),
    level: get('Level'),
    time: get('Date'),
    provider: get('Source'),
    computer: get('Computer'),
    // Without the label, which may be localised, all of the entry is searched.
    message: message ?? texts.join('\n'),
  };
}
