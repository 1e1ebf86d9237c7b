/** A file as blocks of bytes. Large synchronous reads are several times faster than a stream. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { t } from '../texts/texts.js';
import { passOn } from './passing-blocks.js';
import type { SourceBytes } from './source-bytes.js';

export const BLOCK_SIZE = 1 << 18;

let spare: Buffer | null = null;

/**
 * Memory for one block, to be given back. A bundle has hundreds of files, and what each of them allocates anew the system
 * gets back late or never.
 */
export function takeBlock(): Buffer {
  const block = spare ?? Buffer.allocUnsafeSlow(BLOCK_SIZE);
  spare = null;
  return block;
}

export function giveBlock(block: Buffer): void {
  spare = block;
}

/** An open file, as any thread of this process can read it: its path may be another file's by then. Plain data. */
export interface SharedFile {
  descriptor: number;
  size: number;
}

/** An open file, up to the size it had when it was opened: a live log may be growing. */
export class FileBlocks implements SourceBytes {
  readonly size: number;
  readonly #file: number;
  readonly #isShared: boolean;
  #isClosed = false;

  /**
   * Throws the file system's error where the file cannot be opened.
   *
   * @param file its path, or what another thread has open: that one closes it
   */
  constructor(file: string | SharedFile) {
    this.#isShared = typeof file !== 'string';
    if (typeof file !== 'string') {
      this.#file = file.descriptor;
      this.size = file.size;
      return;
    }
    // What has become a pipe since its folder was listed must not be waited for. Windows has no such flag.
    this.#file = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    try {
      const stats = fstatSync(this.#file);
      if (!stats.isFile() && !stats.isDirectory())
        throw Object.assign(new Error(t`neither a file nor a folder`), { syscall: 'open' });
      this.size = stats.size;
    } catch (error) {
      closeSync(this.#file);
      throw error;
    }
  }

  /** Bytes from anywhere in the file; fewer at its end. */
  at(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - offset)));
    // Small ones share their memory with others.
    if (buffer.length > 0 && buffer.length === buffer.buffer.byteLength) passOn(buffer);
    return buffer.subarray(0, this.into(buffer, offset));
  }

  /** Fills `target` with the bytes from an offset on; how many there were. */
  into(target: Uint8Array, offset: number): number {
    const wanted = Math.min(target.length, this.size - offset);
    let read = 0;
    while (read < wanted) {
      const count = readSync(this.#file, target, read, wanted - read, offset + read);
      if (count === 0) break;
      read += count;
    }
    return read;
  }

  /** For other threads, until this one closes it. */
  get shared(): SharedFile {
    return { descriptor: this.#file, size: this.size };
  }

  /** Once is enough: its number may be another file's by then. */
  close(): void {
    if (!this.#isClosed && !this.#isShared) closeSync(this.#file);
    this.#isClosed = true;
  }
}
