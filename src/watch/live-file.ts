/** A file that somebody else writes, renames, empties or deletes while it is read. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { SourceBytes } from '../bundles/source-bytes.js';

/** What the file system says of a file now. */
export interface Look {
  /** Device and file number: the same file under any name, until the number is used again. */
  id: string;
  size: number;
  /** When it was written last: milliseconds with a fraction, for comparison only. */
  modified: number;
  /** Whether it was deleted, and is held by handles alone. */
  isDeleted: boolean;
}

/** A pipe that took the place of a log must not make anybody wait for its other end. */
const READING = process.platform === 'win32' ? 'r' : constants.O_RDONLY | constants.O_NONBLOCK;

/** What stands at a path. Throws the file system's error. */
export function lookAt(path: string): Look & { isFile: boolean; isFolder: boolean } {
  const stats = statSync(path, { bigint: true });
  return { ...toLook(stats), isFile: stats.isFile(), isFolder: stats.isDirectory() };
}

/**
 * The file is opened for reading only, and shared for writing, renaming and deleting: Node asks for all three on Windows.
 * Where even such a handle would be in the way it is closed after each look, and opened anew for the next.
 */
export class LiveFile implements SourceBytes {
  /** Where it stands; it may be renamed. */
  path: string;
  /** As of the last look. */
  size = 0;
  readonly #keepOpen: boolean;
  #handle: number | null = null;

  constructor(path: string, keepOpen: boolean) {
    this.path = path;
    this.#keepOpen = keepOpen;
  }

  get isOpen(): boolean {
    return this.#handle !== null;
  }

  /** Opens the file if need be. By its handle, not by its name: the name may lead to another file by now. */
  look(): Look {
    this.#handle ??= openSync(this.path, READING);
    const look = toLook(fstatSync(this.#handle, { bigint: true }));
    this.size = look.size;
    return look;
  }

  /** Bytes from an offset on, fewer at the end. */
  at(offset: number, length: number): Buffer {
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - offset)));
    return buffer.subarray(0, this.into(buffer, offset));
  }

  /** Fills `target` from an offset on; how many bytes there were. */
  into(target: Uint8Array, offset: number): number {
    this.#handle ??= openSync(this.path, READING);
    let read = 0;
    while (read < target.length) {
      const count = readSync(this.#handle, target, read, target.length - read, offset + read);
      if (count === 0) break;
      read += count;
    }
    return read;
  }

  /** Ends a look: the handle goes where it must not be kept. */
  rest(): void {
    if (!this.#keepOpen) this.close();
  }

  close(): void {
    if (this.#handle !== null) closeSync(this.#handle);
    this.#handle = null;
  }
}

interface Stats {
  dev: bigint;
  ino: bigint;
  size: bigint;
  mtimeNs: bigint;
  nlink: bigint;
}

function toLook({ dev, ino, size, mtimeNs, nlink }: Stats): Look {
  return { id: `${dev}:${ino}`, size: Number(size), modified: Number(mtimeNs) / 1e6, isDeleted: nlink === 0n };
}
