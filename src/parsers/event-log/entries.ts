import type { TextLine } from '../text-line.js';
import { CsvEntries } from './csv.js';
import type { EntryReader, EventEntry } from './entry.js';
import type { EventLogForm } from './form.js';
import { ListEntries } from './format-list.js';
import { TableEntries } from './format-table.js';
import { TextEntries } from './wevtutil-text.js';
import { XmlEntries } from './xml.js';

const READERS: Record<EventLogForm, () => EntryReader> = {
  xml: () => new XmlEntries(),
  text: () => new TextEntries(),
  list: () => new ListEntries(),
  table: () => new TableEntries(),
  csv: () => new CsvEntries(),
};

/**
 * Entries of an event log exported as text. Lines come one by one; what stands before the first entry is passed over. An
 * entry over 256 K characters is closed there, so memory stays bounded.
 */
export class EventEntries {
  readonly #reader: EntryReader;

  constructor(form: EventLogForm) {
    this.#reader = READERS[form]();
  }

  push(line: TextLine): EventEntry[] {
    return this.#reader.push(line);
  }

  end(): EventEntry[] {
    return this.#reader.end();
  }
}
