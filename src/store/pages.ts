/** The page digests of a stream in the store: rows of 1,024, so that growing rewrites only the last. */
import type { Database } from 'better-sqlite3';
import { samePages, wholePages } from './content-identity.js';

const CHUNK = 1024;

export class Pages {
  readonly #chunk;
  readonly #chunks;
  readonly #put;

  constructor(db: Database) {
    this.#chunk = db
      .prepare<[number, number], Buffer>('SELECT pages FROM stream_pages WHERE stream = ? AND chunk = ?')
      .pluck();
    this.#chunks = db
      .prepare<[number], Buffer>('SELECT pages FROM stream_pages WHERE stream = ? ORDER BY chunk')
      .pluck();
    this.#put = db.prepare<[number, number, Uint8Array]>(
      'INSERT OR REPLACE INTO stream_pages (stream, chunk, pages) VALUES (?, ?, ?)',
    );
  }

  /** All whole pages. */
  all(stream: number): Uint32Array {
    return toPages(Buffer.concat(this.#chunks.all(stream)));
  }

  /** The first pages, enough to tell most logs apart. */
  first(stream: number): Uint32Array {
    return this.#read(stream, 0);
  }

  /** Whether the last pages of what is stored (`length` bytes) are those of the given identity. */
  endsLike(stream: number, length: number, pages: Uint32Array): boolean {
    const common = Math.min(wholePages(length), pages.length);
    const chunk = Math.floor(Math.max(0, common - 1) / CHUNK);
    return samePages(this.#read(stream, chunk), pages.subarray(chunk * CHUNK, common));
  }

  /** Adds the pages after those that `length` bytes fill. */
  grow(stream: number, length: number, pages: Uint32Array): void {
    if (pages.length === wholePages(length)) return;
    for (let chunk = Math.floor(wholePages(length) / CHUNK); chunk * CHUNK < pages.length; chunk++) {
      const part = pages.subarray(chunk * CHUNK, (chunk + 1) * CHUNK);
      this.#put.run(stream, chunk, Buffer.from(part.buffer, part.byteOffset, part.byteLength));
    }
  }

  #read(stream: number, chunk: number): Uint32Array {
    return toPages(this.#chunk.get(stream, chunk) ?? Buffer.alloc(0));
  }
}

/** A copy, because the bytes SQLite gives out need not lie where 32-bit numbers may. */
function toPages(bytes: Uint8Array): Uint32Array {
  const pages = new Uint32Array(bytes.length / 4);
  new Uint8Array(pages.buffer).set(bytes);
  return pages;
}
