/**
 * A log is known by its bytes, not by its name. Its identity is a digest for each page: small pages at the start, where
 * logs differ, large ones later, so that a gigabyte costs 64 KiB and no byte is looked at twice.
 */
import { type PageDigest, pageDigest } from '../scanner/page-digest.js';

const SMALL_PAGE = 256;
const LARGE_PAGE = 65_536;
const SMALL_PAGES = LARGE_PAGE / SMALL_PAGE;

/** The pages must not be changed; they may be shared with the identity that still grows. */
export interface ContentIdentitySnapshot {
  length: number;
  /** The digest of every whole page. */
  pages: Uint32Array;
  /** The digest of the bytes after the last whole page; 0 when there are none. */
  rest: number;
}

export type Relation = 'same' | 'longer' | 'shorter' | 'different';

/** How many whole pages the first `length` bytes fill. */
export function wholePages(length: number): number {
  if (length < LARGE_PAGE) return Math.floor(length / SMALL_PAGE);
  return SMALL_PAGES - 1 + Math.floor(length / LARGE_PAGE);
}

/** Where the page with this number ends, which is where the next begins. */
export function pageEnd(page: number): number {
  return page < SMALL_PAGES ? (page + 1) * SMALL_PAGE : (page - SMALL_PAGES + 2) * LARGE_PAGE;
}

/** Where the last whole page of so many bytes ends: what is behind it has to be read again to go on. */
export function lastPageEnd(length: number): number {
  const pages = wholePages(length);
  return pages === 0 ? 0 : pageEnd(pages - 1);
}

/** Takes the bytes of a log in order, in pieces of any size. */
export class ContentIdentity {
  readonly #digest: PageDigest;
  #length = 0;
  /** The digest of the bytes after the last whole page, where they were read elsewhere. */
  #rest: number | null = 0;
  #pages = new Uint32Array(64);
  #count = 0;
  /** Number of the first page that is known. */
  #first = 0;
  #end = SMALL_PAGE;

  /** @param digest one that takes the bytes without copying them, where there is such */
  constructor(digest: PageDigest = pageDigest()) {
    this.#digest = digest;
  }

  /** Continues an identity where its snapshot ended. `rest` are the bytes after its last whole page, read again. */
  static resume({ length, pages }: ContentIdentitySnapshot, rest: Uint8Array, digest?: PageDigest): ContentIdentity {
    const identity = new ContentIdentity(digest);
    identity.#length = length - rest.length;
    identity.#count = pages.length;
    identity.#pages = new Uint32Array(Math.max(64, pages.length * 2));
    identity.#pages.set(pages);
    identity.#end = pageEnd(pages.length);
    identity.update(rest);
    return identity;
  }

  /** An identity whose first bytes are not known: those from an offset on, which is the end of a page. */
  static behind(offset: number, digest?: PageDigest): ContentIdentity {
    const identity = new ContentIdentity(digest);
    identity.#length = offset;
    identity.#end = pageEnd(wholePages(offset));
    identity.#first = wholePages(offset);
    return identity;
  }

  get length(): number {
    return this.#length;
  }

  /** The digest of the first page; null where it is not whole, or not known. */
  get firstPage(): number | null {
    return this.#first === 0 && this.#count > 0 ? (this.#pages[0] as number) : null;
  }

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length; ) {
      const piece = bytes.subarray(at, at + this.#end - this.#length);
      this.#digest.update(piece);
      this.#rest = null;
      this.#length += piece.length;
      at += piece.length;
      if (this.#length !== this.#end) continue;
      this.#turnPage(this.#digest.value());
      this.#digest.reset();
    }
  }

  /** Goes on with what was read elsewhere behind this: its whole pages, and the bytes after them. */
  append({ length, pages, rest }: ContentIdentitySnapshot): void {
    for (const page of pages) this.#turnPage(page);
    this.#length = length;
    this.#rest = rest;
  }

  /** The identity of what was added since the last take: its whole pages, and what is behind them. */
  take(): ContentIdentitySnapshot {
    const taken = { ...this.snapshot(), pages: this.#pages.slice(0, this.#count) };
    this.#first += this.#count;
    this.#count = 0;
    return taken;
  }

  snapshot(): ContentIdentitySnapshot {
    const rest = this.#rest ?? this.#digest.value();
    return { length: this.#length, pages: this.#pages.subarray(0, this.#count), rest };
  }

  #turnPage(digest: number): void {
    if (this.#count === this.#pages.length) {
      // A new array: snapshots given out before keep the old one.
      const wider = new Uint32Array(this.#count * 2);
      wider.set(this.#pages);
      this.#pages = wider;
    }
    this.#pages[this.#count++] = digest;
    this.#rest = 0;
    this.#end = pageEnd(this.#first + this.#count);
  }
}

/** The digest of the bytes of one page, or of those after the last whole page: 0 where there are none. */
export function digestOfPage(bytes: Uint8Array): number {
  if (bytes.length === 0) return 0;
  const digest = pageDigest();
  digest.update(bytes);
  return digest.value();
}

/** The identity of bytes that are all at hand. */
export function identityOf(bytes: Uint8Array): ContentIdentitySnapshot {
  const identity = new ContentIdentity();
  identity.update(bytes);
  return identity.snapshot();
}

/**
 * What `b` is to `a`. Where the lengths differ, the last part page of the shorter one (under 256 bytes within the first
 * 64 KiB, under 64 KiB after it) cannot be compared; compare at equal lengths where that matters.
 */
export function relation(a: ContentIdentitySnapshot, b: ContentIdentitySnapshot): Relation {
  if (!samePages(a.pages, b.pages)) return 'different';
  if (a.length === b.length) return a.rest === b.rest ? 'same' : 'different';
  return b.length > a.length ? 'longer' : 'shorter';
}

/** Whether the pages that both have are equal. */
export function samePages(a: Uint32Array, b: Uint32Array): boolean {
  const common = Math.min(a.length, b.length);
  for (let i = 0; i < common; i++) if (a[i] !== b[i]) return false;
  return true;
}
