/**
 * Texts one behind the other, as bytes. A source that repeats one fault brings a text with every hit, of which the store
 * keeps a handful: bytes go from thread to thread as they are, and only what is kept becomes a string.
 */

export interface PackedTexts {
  /** UTF-8. */
  bytes: Uint8Array<ArrayBuffer>;
  /** Where each text ends among them. */
  ends: number[];
}

/** No UTF-16 unit takes more bytes in UTF-8. */
const BYTES_OF_UNIT = 3;
const FIRST_ROOM = 1 << 16;

/** Packs texts until they are taken. */
export class TextPacker {
  #bytes = Buffer.from(new ArrayBuffer(0));
  #ends: number[] = [];

  /** Gives the text's place among those that are taken next. Half of a surrogate pair becomes U+FFFD. */
  add(text: string): number {
    const end = this.#ends.at(-1) ?? 0;
    this.#makeRoom(end + text.length * BYTES_OF_UNIT);
    return this.#ends.push(end + this.#bytes.write(text, end)) - 1;
  }

  /** Hands out what was packed, in memory that is its own. */
  take(): PackedTexts {
    const ends = this.#ends;
    const bytes = new Uint8Array(this.#bytes.buffer.transfer(ends.at(-1) ?? 0));
    this.#bytes = Buffer.from(new ArrayBuffer(0));
    this.#ends = [];
    return { bytes, ends };
  }

  #makeRoom(size: number): void {
    const room = this.#bytes.length;
    if (size <= room) return;
    // The place before is given back with it, and not when the collector finds it.
    this.#bytes = Buffer.from(this.#bytes.buffer.transfer(Math.max(size, room * 2, FIRST_ROOM)));
  }
}

/** A text by its place. */
export function packedText({ bytes, ends }: PackedTexts, place: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8', ends[place - 1] ?? 0, ends[place]);
}

/** The same texts, each as it becomes. */
export function mapTexts(texts: PackedTexts, become: (text: string) => string): PackedTexts {
  const packer = new TextPacker();
  for (const place of texts.ends.keys()) packer.add(become(packedText(texts, place)));
  return packer.take();
}

/** Gives the memory back: no text of them is asked for again. */
export function letTextsGo({ bytes }: PackedTexts): void {
  bytes.buffer.transfer(0);
}
