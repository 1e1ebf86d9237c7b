/** BinXML tokens ([MS-EVEN6] 2.2.12) of a chunk to its parts. */
import type { Allowance } from './allowance.js';
import { BrokenBinXml, Cursor } from './cursor.js';
import type { Part, Value } from './nodes.js';
import { BIN_XML, isTextual } from './values.js';

const TOKEN = {
  end: 0x00,
  element: 0x01,
  closeStart: 0x02,
  closeEmpty: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  character: 0x08,
  entity: 0x09,
  instructionTarget: 0x0a,
  instructionData: 0x0b,
  template: 0x0c,
  place: 0x0d,
  optionalPlace: 0x0e,
  fragment: 0x0f,
} as const;
/** Flag of a token: attributes follow the element, or more of the same follows. */
const MORE = 0x40;

const STRING = 0x01;
/** Elements in elements and values in values. The documents that Windows writes are less than ten deep. */
export const DEPTH_LIMIT = 48;
/** Next offset, GUID, size; in front of the BinXML of a template. */
const DEFINITION_HEADER = 24;

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** One chunk, in which names and templates refer to each other. */
export class BinXmlChunk {
  readonly bytes: Buffer;
  readonly allowance: Allowance;
  readonly #names = new Map<number, string>();
  /** Null where one cannot be read. */
  readonly #templates = new Map<number, readonly Part[] | null>();
  #brokenTemplates = 0;

  constructor(bytes: Buffer, allowance: Allowance) {
    this.bytes = bytes;
    this.allowance = allowance;
  }

  /** How often a template that cannot be read was asked for. */
  get brokenTemplates(): number {
    return this.#brokenTemplates;
  }

  /** The fragment in a range of bytes: of a record, or of a value that is BinXML itself. */
  fragment(start: number, end: number, depth = 0): Part[] {
    return this.#content(new Cursor(this.bytes, start, end), false, depth);
  }

  /**
   * @param inTemplate elements of a template have a number of their dependency in front, those of a fragment do not
   */
  #content(cursor: Cursor, inTemplate: boolean, depth: number): Part[] {
    if (depth > DEPTH_LIMIT) throw new BrokenBinXml('too many elements in each other');
    const parts: Part[] = [];
    while (cursor.at < cursor.end) {
      this.allowance.step();
      const token = cursor.u8();
      const kind = token & ~MORE;
      if (kind === TOKEN.end || kind === TOKEN.endElement) break;
      if (kind === TOKEN.element) parts.push(this.#element(cursor, (token & MORE) !== 0, inTemplate, depth));
      else if (kind === TOKEN.template) parts.push(this.#template(cursor, depth));
      else if (kind === TOKEN.fragment) cursor.take(3);
      else if (kind === TOKEN.instructionTarget) this.#name(cursor);
      else if (kind === TOKEN.instructionData) cursor.take(cursor.u16() * 2);
      else parts.push(this.#text(cursor, kind));
    }
    return parts;
  }

  #element(cursor: Cursor, hasAttributes: boolean, inTemplate: boolean, depth: number): Part {
    if (inTemplate) cursor.take(2);
    // Its size, which its end token says again.
    cursor.take(4);
    const name = this.#name(cursor);
    const attributes: { name: string; value: Part[] }[] = [];
    if (hasAttributes) cursor.take(4);
    let token = cursor.u8();
    while ((token & ~MORE) === TOKEN.attribute) {
      this.allowance.step();
      const attribute = { name: this.#name(cursor), value: [] as Part[] };
      attributes.push(attribute);
      for (token = cursor.u8(); isText(token & ~MORE); token = cursor.u8()) {
        this.allowance.step();
        attribute.value.push(this.#text(cursor, token & ~MORE));
      }
    }
    if (token === TOKEN.closeEmpty) return { is: 'element', name, attributes, content: [] };
    if (token !== TOKEN.closeStart) throw new BrokenBinXml(`no start of an element: token ${token}`);
    return { is: 'element', name, attributes, content: this.#content(cursor, inTemplate, depth + 1) };
  }

  #text(cursor: Cursor, kind: number): Part {
    if (kind === TOKEN.place || kind === TOKEN.optionalPlace) {
      const index = cursor.u16();
      // The type that is expected there. Each value names its own.
      cursor.take(1);
      return { is: 'place', index };
    }
    const text = this.#ownText(cursor, kind);
    this.allowance.text(text.length);
    return { is: 'text', text };
  }

  #ownText(cursor: Cursor, kind: number): string {
    if (kind === TOKEN.value) {
      const type = cursor.u8();
      if (type !== STRING) throw new BrokenBinXml(`a text of type ${type}`);
      return cursor.text(cursor.u16());
    }
    if (kind === TOKEN.cdata) return cursor.text(cursor.u16());
    if (kind === TOKEN.character) return String.fromCharCode(cursor.u16());
    if (kind !== TOKEN.entity) throw new BrokenBinXml(`token ${kind}`);
    const name = this.#name(cursor);
    return ENTITIES[name] ?? `&${name};`;
  }

  /** A name stands where it is used first, and is referred to by its offset in the chunk from there on. */
  #name(cursor: Cursor): string {
    const offset = cursor.u32();
    const isHere = offset === cursor.at;
    const known = this.#names.get(offset);
    if (known !== undefined && !isHere) return known;
    const at = isHere ? cursor : new Cursor(this.bytes, offset, this.bytes.length);
    // The next name of the same hash, and the hash.
    at.take(6);
    const name = at.text(at.u16());
    // A NUL ends it.
    at.take(2);
    this.allowance.text(name.length);
    this.#names.set(offset, name);
    return name;
  }

  /** A template with values: as a name, it is defined where it is used first. */
  #template(cursor: Cursor, depth: number): Part {
    // A version, and the beginning of the GUID.
    cursor.take(5);
    const offset = cursor.u32();
    if (offset === cursor.at) {
      cursor.take(DEFINITION_HEADER - 4);
      cursor.take(cursor.u32());
    }
    const values = this.#values(cursor);
    const content = this.#definition(offset, depth);
    if (content !== null) return { is: 'template', content, values };
    this.#brokenTemplates++;
    return { is: 'template', content: placesFor(values), values };
  }

  #definition(offset: number, depth: number): readonly Part[] | null {
    const known = this.#templates.get(offset);
    if (known !== undefined) return known;
    // One that refers to itself is none.
    this.#templates.set(offset, null);
    const header = new Cursor(this.bytes, offset, this.bytes.length);
    let parts: Part[] | null = null;
    try {
      header.take(DEFINITION_HEADER - 4);
      const size = header.u32();
      parts = this.#content(new Cursor(this.bytes, header.at, header.at + size), true, depth + 1);
    } catch (error) {
      if (!(error instanceof BrokenBinXml)) throw error;
    }
    this.#templates.set(offset, parts);
    return parts;
  }

  #values(cursor: Cursor): Value[] {
    const count = cursor.u32();
    // Each takes four bytes to describe, so no more are made than there are bytes.
    if (count * 4 > cursor.end - cursor.at) throw new BrokenBinXml(`${count} values`);
    this.allowance.step(count);
    const values: Value[] = [];
    for (let index = 0; index < count; index++) {
      const size = cursor.u16();
      const type = cursor.u8();
      cursor.take(1);
      values.push({ type, start: 0, size });
    }
    for (const value of values) value.start = cursor.take(value.size);
    return values;
  }
}

function isText(kind: number): boolean {
  return (
    kind === TOKEN.value ||
    kind === TOKEN.character ||
    kind === TOKEN.entity ||
    kind === TOKEN.place ||
    kind === TOKEN.optionalPlace
  );
}

/** Values whose template is lost: their texts count still. */
function placesFor(values: readonly Value[]): Part[] {
  const content = values.flatMap(({ type }, index): Part[] => {
    if (!isTextual(type) && type !== BIN_XML) return [];
    return [{ is: 'element', name: 'Data', attributes: [], content: [{ is: 'place', index }] }];
  });
  return [{ is: 'element', name: 'LostTemplate', attributes: [], content }];
}
