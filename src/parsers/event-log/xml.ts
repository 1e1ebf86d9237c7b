/** Entries as XML: of wevtutil, one after another without a root, or of Event Viewer in one `Events` element. */
import type { TextLine } from '../text-line.js';
import { ByteCursor } from './byte-cursor.js';
import { detailsOf, type EntryReader, type EventEntry, MAX_ENTRY_SIZE, type RawValues } from './entry.js';

const OPENING = /<Event(?=[\s>]|$)/g;
const CLOSING = '</Event>';

interface OpenEntry {
  firstLine: number;
  byteStart: number;
  byteEnd: number;
  parts: string[];
  size: number;
}

/** Reads entries wherever lines break. One that is over the limit is given out as far as it was read. */
export class XmlEntries implements EntryReader {
  #open: OpenEntry | null = null;

  push(line: TextLine): EventEntry[] {
    const done: EventEntry[] = [];
    const { text } = line;
    const bytes = new ByteCursor(line);
    let at = 0;
    while (at <= text.length) {
      if (this.#open === null) {
        const start = nextOpening(text, at);
        if (start < 0) break;
        this.#open = { firstLine: line.number, byteStart: bytes.offsetOf(start), byteEnd: 0, parts: [], size: 0 };
        at = start;
      }
      const end = entryEnd(text, at, this.#open.parts.length === 0);
      this.#take(text, at, end < 0 ? text.length : end);
      this.#open.byteEnd = end < 0 ? line.byteEnd : bytes.offsetOf(end);
      if (end >= 0 || this.#open.size > MAX_ENTRY_SIZE) done.push(...this.end());
      if (end < 0) break;
      at = end;
    }
    return done;
  }

  end(): EventEntry[] {
    const open = this.#open;
    this.#open = null;
    if (open === null) return [];
    const { firstLine, byteStart, byteEnd } = open;
    const text = open.parts.join('\n').slice(0, MAX_ENTRY_SIZE);
    return [{ firstLine, byteStart, byteEnd, text, ...detailsOf(valuesOf(text)) }];
  }

  #take(text: string, from: number, to: number): void {
    const open = this.#open!;
    open.parts.push(text.slice(from, to));
    open.size += to - from + 1;
  }
}

function nextOpening(text: string, from: number): number {
  OPENING.lastIndex = from;
  return OPENING.exec(text)?.index ?? -1;
}

/** Where the open entry ends in a line: after its end tag, or where another begins because it was cut off. */
function entryEnd(text: string, from: number, startsHere: boolean): number {
  const opening = nextOpening(text, startsHere ? from + 1 : from);
  const closing = text.slice(from, opening < 0 ? undefined : opening).indexOf(CLOSING);
  return closing < 0 ? opening : from + closing + CLOSING.length;
}

function valuesOf(xml: string): RawValues {
  const provider = /<Provider\s[^<>]{0,1000}?\bName\s{0,9}=\s{0,9}(?:"([^"<]*)"|'([^'<]*)')/.exec(xml);
  return {
    id: first(xml, /<EventID(?:\s[^<>]{0,200})?>\s{0,99}(\d{1,10})\s{0,99}</),
    level: first(xml, /<Level>\s{0,99}(\d{1,3})\s{0,99}</),
    time: utc(first(xml, /<TimeCreated\s{1,99}SystemTime\s{0,9}=\s{0,9}["']([^"'<]{1,64})["']/)),
    provider: unescapeXml(provider?.[1] ?? provider?.[2] ?? ''),
    computer: unescapeXml(first(xml, /<Computer>([^<]*)</)),
    message: messageOf(xml),
  };
}

function first(xml: string, pattern: RegExp): string {
  return pattern.exec(xml)?.[1] ?? '';
}

/** SystemTime is UTC by its schema, said or not. */
function utc(time: string): string {
  return time === '' || /(?:Z|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`;
}

/** The rendered message; where the export has none, the strings that would be inserted into it. */
function messageOf(xml: string): string {
  const rendering = xml.indexOf('<RenderingInfo');
  const rendered = rendering < 0 ? '' : first(xml.slice(rendering), /<Message>([^<]*)</);
  if (rendered.trim() !== '') return unescapeXml(rendered);
  const body = xml.slice(Math.max(0, xml.indexOf('</System>')), rendering < 0 ? undefined : rendering);
  const data = [...body.matchAll(/<Data(?:\s[^<>]{0,500})?>([^<]*)</g)].map(([, value]) => value!.trim());
  if (data.length > 0) return unescapeXml(data.filter((value) => value !== '').join('\n'));
  return unescapeXml(body.replace(/<[^<>]*>/g, '\n').replace(/\s*\n\s*/g, '\n'));
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, decimal, name) => {
    if (name !== undefined) return NAMED.get(name.toLowerCase())!;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0x10ffff ? whole : String.fromCodePoint(code);
  });
}
