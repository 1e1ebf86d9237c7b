/** Writes synthetic binary event logs (.evtx) with the layout of those of Windows. Nothing in them comes from a real log. */
import { crc32 } from 'node:zlib';

export type Text =
  | string
  | { place: number; optional?: boolean }
  | { entity: string }
  | { cdata: string }
  | { character: number };
export interface Element {
  name: string;
  attributes?: Record<string, Text[]>;
  content?: (Element | Text)[];
}
/** A value of a template: plain bytes of a type, or BinXML again. */
export type Value = { type: number; bytes: Buffer } | { template: Element; values: Value[] };
export interface Document {
  template: Element;
  values: Value[];
}

export const CHUNK = 65536;
const BIN_XML = 0x21;

export const NULL: Value = { type: 0, bytes: Buffer.alloc(0) };
export const text = (value: string): Value => ({ type: 1, bytes: Buffer.from(value, 'utf16le') });
export const texts = (values: string[]): Value => ({
  type: 0x81,
  bytes: Buffer.from(values.map((value) => `${value}\0`).join(''), 'utf16le'),
});
export const number = (type: number, value: number, bytes: number): Value => {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return { type, bytes: buffer };
};
export const long = (type: number, value: bigint): Value => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return { type, bytes };
};

/** ISO 8601 in UTC with up to seven digits to FILETIME. */
export function ticksOf(time: string): bigint {
  const [, seconds, fraction = ''] = /^([^.Z]+)(?:\.(\d+))?Z$/.exec(time) as RegExpExecArray;
  return (BigInt(Date.parse(`${seconds}Z`)) + 11_644_473_600_000n) * 10_000n + BigInt(fraction.padEnd(7, '0'));
}

export interface SyntheticEvent {
  id: number;
  time: string;
  strings: string[];
  level?: number;
  provider?: string;
  computer?: string;
}

const SYSTEM: Element = {
  name: 'Event',
  attributes: { xmlns: ['http://schemas.microsoft.com/win/2004/08/events/event'] },
  content: [
    {
      name: 'System',
      content: [
        { name: 'Provider', attributes: { Name: [{ place: 0, optional: true }] } },
        {
          name: 'EventID',
          attributes: { Qualifiers: [{ place: 2, optional: true }] },
          content: [{ place: 1, optional: true }],
        },
        { name: 'Level', content: [{ place: 3, optional: true }] },
        { name: 'TimeCreated', attributes: { SystemTime: [{ place: 4, optional: true }] } },
        { name: 'EventRecordID', content: [{ place: 5, optional: true }] },
        { name: 'Channel', content: ['Application'] },
        { name: 'Computer', content: [{ place: 6, optional: true }] },
        { name: 'Security', attributes: { UserID: [{ place: 7, optional: true }] } },
      ],
    },
    { place: 8, optional: true },
  ],
};
const EVENT_DATA: Element = {
  name: 'EventData',
  content: [
    { name: 'Data', content: [{ place: 0 }] },
    { name: 'Binary', content: [{ place: 1, optional: true }] },
  ],
};

/** A classic event as Windows lays it out: one template for all, and the strings in a template within it. */
export function classicEvent(event: SyntheticEvent, recordId: number): Document {
  const { id, time, strings, level = 2, provider = 'CceService', computer = 'CCEHOST1' } = event;
  return {
    template: SYSTEM,
    values: [
      text(provider),
      number(6, id, 2),
      number(6, 0, 2),
      number(4, level, 1),
      long(0x11, ticksOf(time)),
      long(10, BigInt(recordId)),
      text(computer),
      NULL,
      { template: EVENT_DATA, values: [texts(strings), NULL] },
    ],
  };
}

/** One chunk: documents are written as long as they fit; `rest` are those that do not. */
export function chunkOf(documents: readonly Document[], firstId: number): { bytes: Buffer; rest: Document[] } {
  const out = new Writer();
  let count = 0;
  for (const document of documents) {
    const start = out.at;
    if (!out.record(document, BigInt(firstId + count))) {
      out.at = start;
      break;
    }
    count++;
  }
  const { at, last } = out;
  const bytes = out.bytes.subarray(0, CHUNK);
  bytes.fill(0, at);
  bytes.write('ElfChnk\0', 'latin1');
  for (const [offset, id] of [
    [8, firstId],
    [16, firstId + count - 1],
    [24, firstId],
    [32, firstId + count - 1],
  ] as const)
    bytes.writeBigUInt64LE(BigInt(id), offset);
  bytes.writeUInt32LE(128, 40);
  bytes.writeUInt32LE(last, 44);
  bytes.writeUInt32LE(at, 48);
  sealChunk(bytes);
  return { bytes, rest: documents.slice(count) };
}

/** Makes the checksums of a chunk anew. */
export function sealChunk(bytes: Buffer): void {
  bytes.writeUInt32LE(crc32(bytes.subarray(512, bytes.readUInt32LE(48))), 52);
  bytes.writeUInt32LE(crc32(bytes.subarray(128, 512), crc32(bytes.subarray(0, 120))), 124);
}

/** A file of chunks. */
export function fileOf(chunks: readonly Buffer[], { dirty = false } = {}): Buffer {
  const header = Buffer.alloc(4096);
  header.write('ElfFile\0', 'latin1');
  header.writeBigUInt64LE(BigInt(Math.max(0, chunks.length - 1)), 16);
  header.writeUInt32LE(128, 32);
  header.writeUInt16LE(1, 36);
  header.writeUInt16LE(3, 38);
  header.writeUInt16LE(4096, 40);
  header.writeUInt16LE(chunks.length, 42);
  header.writeUInt32LE(dirty ? 1 : 0, 120);
  header.writeUInt32LE(crc32(header.subarray(0, 120)), 124);
  return Buffer.concat([header, ...chunks]);
}

/** A log of classic events, in as many chunks as they take, or with so many in each. */
export function evtxOf(events: readonly SyntheticEvent[], perChunk = Number.POSITIVE_INFINITY): Buffer {
  let rest = events.map((event, index) => classicEvent(event, index + 1));
  const chunks: Buffer[] = [];
  let id = 1;
  while (rest.length > 0) {
    const piece = rest.slice(0, perChunk);
    const chunk = chunkOf(piece, id);
    const written = piece.length - chunk.rest.length;
    if (written === 0) throw new Error('an event that no chunk can hold');
    id += written;
    rest = rest.slice(written);
    chunks.push(chunk.bytes);
  }
  return fileOf(chunks);
}

class Writer {
  /** Room for a record that turns out not to fit. */
  readonly bytes = Buffer.alloc(CHUNK * 3);
  at = 512;
  last = 0;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<Element, number>();

  /** Whether there was room. */
  record(document: Document, id: bigint): boolean {
    const start = this.at;
    const known = [new Map(this.#names), new Map(this.#templates)] as const;
    this.#u32(0x2a2a);
    this.#u32(0);
    this.#u64(id);
    this.#u64(ticksOf('2018-09-07T10:40:38Z') + id);
    this.#fragment(document);
    this.#u8(0);
    while ((this.at + 4) % 8 !== 0) this.#u8(0);
    const size = this.at + 4 - start;
    this.#u32(size);
    if (this.at > CHUNK) {
      // What did not fit defines nothing.
      for (const [map, before] of [
        [this.#names, known[0]],
        [this.#templates, known[1]],
      ] as const) {
        map.clear();
        for (const [key, value] of before) (map as Map<unknown, number>).set(key, value);
      }
      return false;
    }
    this.bytes.writeUInt32LE(size, start + 4);
    this.last = start;
    return true;
  }

  #fragment({ template, values }: Document): void {
    this.#put([0x0f, 1, 1, 0, 0x0c, 1]);
    this.#u32(0x1234);
    const known = this.#templates.get(template);
    this.#u32(known ?? this.at + 4);
    if (known === undefined) {
      this.#templates.set(template, this.at);
      this.at += 20;
      const size = this.#later();
      this.#put([0x0f, 1, 1, 0]);
      this.#element(template);
      this.#u8(0);
      size();
    }
    this.#u32(values.length);
    const descriptors = this.at;
    this.at += 4 * values.length;
    for (const [index, value] of values.entries()) {
      const start = this.at;
      if ('template' in value) this.#fragment(value);
      else this.#put(value.bytes);
      if ('template' in value) this.#u8(0);
      this.bytes.writeUInt16LE(this.at - start, descriptors + 4 * index);
      this.bytes.writeUInt8('template' in value ? BIN_XML : value.type, descriptors + 4 * index + 2);
    }
  }

  #element({ name, attributes, content = [] }: Element): void {
    this.#put([attributes ? 0x41 : 0x01, 0xff, 0xff]);
    const size = this.#later();
    this.#name(name);
    const listed = attributes ? this.#later() : () => {};
    for (const [key, value] of Object.entries(attributes ?? {})) {
      this.#u8(0x06);
      this.#name(key);
      for (const one of value) this.#text(one);
    }
    listed();
    this.#u8(content.length === 0 ? 0x03 : 0x02);
    for (const one of content) {
      if (typeof one === 'object' && 'name' in one) this.#element(one);
      else this.#text(one);
    }
    if (content.length > 0) this.#u8(0x04);
    size();
  }

  #text(one: Text): void {
    if (typeof one === 'string') {
      this.#put([0x05, 0x01]);
      this.#string(one);
    } else if ('cdata' in one) {
      this.#u8(0x07);
      this.#string(one.cdata);
    } else if ('character' in one) {
      this.#u8(0x08);
      this.#u16(one.character);
    } else if ('entity' in one) {
      this.#u8(0x09);
      this.#name(one.entity);
    } else {
      this.#u8(one.optional ? 0x0e : 0x0d);
      this.#u16(one.place);
      this.#u8(0x01);
    }
  }

  #name(name: string): void {
    const known = this.#names.get(name);
    this.#u32(known ?? this.at + 4);
    if (known !== undefined) return;
    this.#names.set(name, this.at);
    this.#u32(0);
    this.#u16(0);
    this.#string(name);
    this.#u16(0);
  }

  #string(value: string): void {
    this.#u16(value.length);
    this.#put(Buffer.from(value, 'utf16le'));
  }

  /** A size that is known when what follows is written. */
  #later(): () => void {
    const place = this.at;
    this.at += 4;
    return () => this.bytes.writeUInt32LE(this.at - place - 4, place);
  }

  #put(bytes: Uint8Array | number[]): void {
    this.bytes.set(bytes, this.at);
    this.at += bytes.length;
  }

  #u8(value: number): void {
    this.at = this.bytes.writeUInt8(value, this.at);
  }

  #u16(value: number): void {
    this.at = this.bytes.writeUInt16LE(value, this.at);
  }

  #u32(value: number): void {
    this.at = this.bytes.writeUInt32LE(value, this.at);
  }

  #u64(value: bigint): void {
    this.at = this.bytes.writeBigUInt64LE(value, this.at);
  }
}
