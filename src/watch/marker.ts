/**
 * Shows whether a file is still the one that was read: its first bytes, and those before the position. A log that was
 * emptied and grew beyond the position between two looks has others there, whatever its size.
 */
import type { SourceBytes } from '../bundles/source-bytes.js';
import { type ContentIdentitySnapshot, digestOfPage, lastPageEnd, pageEnd } from '../store/index.js';

const KEPT = 4096;

export class Marker {
  #head: Buffer = Buffer.alloc(0);
  #tail: Buffer = Buffer.alloc(0);
  #position = 0;

  /** Begins at a position of a file whose bytes before it are known to be those that were read. */
  static at(file: SourceBytes, position: number): Marker {
    const marker = new Marker();
    marker.#head = Buffer.from(file.at(0, Math.min(KEPT, position)));
    marker.#tail = Buffer.from(file.at(Math.max(0, position - KEPT), Math.min(KEPT, position)));
    marker.#position = position;
    return marker;
  }

  /** Takes the next bytes that were read. */
  add(bytes: Uint8Array): void {
    if (this.#head.length < KEPT) this.#head = joined(this.#head, bytes.subarray(0, KEPT - this.#head.length));
    this.#tail =
      bytes.length >= KEPT
        ? Buffer.from(bytes.subarray(bytes.length - KEPT))
        : joined(this.#tail, bytes).subarray(-KEPT);
    this.#position += bytes.length;
  }

  /** Whether the file has these bytes at these places now. */
  fits(file: SourceBytes): boolean {
    const { length } = this.#tail;
    return (
      file.at(0, this.#head.length).equals(this.#head) && file.at(this.#position - length, length).equals(this.#tail)
    );
  }
}

/** A copy: what is read into comes again. */
function joined(left: Uint8Array, right: Uint8Array): Buffer {
  return Buffer.concat([left, right]);
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
  const start = page === 0 ? 0 : pageEnd(page - 1);
  return digestOfPage(file.at(start, pageEnd(page) - start)) === digest;
}

/** How many bytes a file has in common with an identity, from the beginning on, in whole pages. */
export function sharedWith(file: SourceBytes, { pages }: ContentIdentitySnapshot): number {
  let page = 0;
  while (page < pages.length && pageEnd(page) <= file.size && hasPage(file, page, pages[page] as number)) page++;
  return page === 0 ? 0 : pageEnd(page - 1);
}
