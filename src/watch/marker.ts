/**
 * Shows whether a file is still the one that was read: its first bytes, and those before the position. A log that was
 * emptied and grew beyond the position between two looks has others there, whatever its size.
 */
import { createHash } from 'node:crypto';
import type { SourceBytes } from '../bundles/source-bytes.js';
import { type ContentIdentitySnapshot, digestOfPage, lastPageEnd, pageEnd } from '../store/index.js';

const KEPT = 4096;
/** As much is kept of the head at all times: it tells most logs apart without a look at the file. */
const BEGINNING = 256;
const NOTHING = Buffer.alloc(0);

export class Marker {
  #head: Buffer = NOTHING;
  #tail: Buffer = NOTHING;
  #position = 0;
  #beginning: Buffer = NOTHING;
  /** While it rests: what the bytes were, in place of them. */
  #resting: { head: string; tail: string } | null = null;

  /** Begins at a position of a file whose bytes before it are known to be those that were read. */
  static at(file: SourceBytes, position: number): Marker {
    const marker = new Marker();
    const length = Math.min(KEPT, position);
    marker.#position = position;
    marker.#keep(file.at(0, length), file.at(position - length, length));
    return marker;
  }

  /** Takes the next bytes that were read. Where it rests, `fits` has to be asked before. */
  add(bytes: Uint8Array): void {
    if (this.#head.length < KEPT) this.#head = ownCopy(this.#head, bytes.subarray(0, KEPT - this.#head.length));
    this.#tail =
      bytes.length >= KEPT
        ? ownCopy(bytes.subarray(bytes.length - KEPT))
        : ownCopy(this.#tail.subarray(Math.max(0, this.#tail.length + bytes.length - KEPT)), bytes);
    this.#position += bytes.length;
    this.#keepBeginning();
  }

  /** Whether what was read may begin with these bytes, by what is kept of it. */
  mayBeginWith(bytes: Uint8Array): boolean {
    const length = Math.min(bytes.length, this.#beginning.length);
    return this.#beginning.subarray(0, length).equals(bytes.subarray(0, length));
  }

  /** Whether the file has these bytes at these places now. */
  fits(file: SourceBytes): boolean {
    const length = Math.min(KEPT, this.#position);
    const head = file.at(0, length);
    const tail = file.at(this.#position - length, length);
    if (this.#resting === null) return head.equals(this.#head) && tail.equals(this.#tail);
    if (digestOf(head) !== this.#resting.head || digestOf(tail) !== this.#resting.tail) return false;
    this.#keep(head, tail);
    return true;
  }

  /** Gives the memory of the bytes back until it is asked again: many logs do nothing for hours. */
  rest(): void {
    if (this.#resting !== null) return;
    this.#resting = { head: digestOf(this.#head), tail: digestOf(this.#tail) };
    this.#head = NOTHING;
    this.#tail = NOTHING;
  }

  #keep(head: Uint8Array, tail: Uint8Array): void {
    this.#head = ownCopy(head);
    this.#tail = ownCopy(tail);
    this.#resting = null;
    this.#keepBeginning();
  }

  #keepBeginning(): void {
    const length = Math.min(BEGINNING, this.#head.length);
    if (length > this.#beginning.length) this.#beginning = ownCopy(this.#head.subarray(0, length));
  }
}

/**
 * What is kept for long is copied: what is read into comes again, and a small buffer of Node's is a piece of a large one,
 * which stays for as long as any of its pieces.
 */
export function ownCopy(...parts: Uint8Array[]): Buffer {
  const copy = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    copy.set(part, at);
    at += part.length;
  }
  return copy;
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('base64');
}

/** Pages beside the first and the last that are compared. */
const SAMPLES = 32;
/** Up to here all pages are compared: a few milliseconds. */
const ALL_BELOW = 1 << 22;

/**
 * Whether a file begins with the bytes of an identity, as far as a quick look shows: all of a small log; of a large one
 * the beginning, the end, and pages between.
 */
export function beginsWith(file: SourceBytes, { length, pages, rest }: ContentIdentitySnapshot): boolean {
  if (file.size < length) return false;
  const end = lastPageEnd(length);
  const read = file.at(end, length - end);
  if (read.length < length - end || digestOfPage(read) !== rest) return false;
  const step = length <= ALL_BELOW ? 1 : Math.max(1, Math.floor(pages.length / SAMPLES));
  const small = Math.min(pages.length, 256);
  for (let page = pages.length - 1; page >= 0; page -= page < small ? 1 : step)
    if (!hasPage(file, page, pages[page] as number)) return false;
  return true;
}

function hasPage(file: SourceBytes, page: number, digest: number): boolean {
  return digestAt(file, page) === digest;
}

function digestAt(file: SourceBytes, page: number): number {
  const start = page === 0 ? 0 : pageEnd(page - 1);
  return digestOfPage(file.at(start, pageEnd(page) - start));
}

/**
 * Says how many bytes a file has in common with an identity, from the beginning on, in whole pages. Each page of the file
 * is read once, with however many it is compared.
 */
export function sharingWith(file: SourceBytes): (identity: ContentIdentitySnapshot) => number {
  const known: number[] = [];
  const digestOf = (page: number) => {
    known[page] ??= digestAt(file, page);
    return known[page];
  };
  return ({ pages }) => {
    let page = 0;
    while (page < pages.length && pageEnd(page) <= file.size && digestOf(page) === pages[page]) page++;
    return page === 0 ? 0 : pageEnd(page - 1);
  };
}
