/** The central directory of a zip, read by yauzl from a window over the file: an entry costs no read of its own. */
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl';
import type { Bytes } from './bytes.js';
import { CENTRAL_HEADER, type RawEntry } from './zip-entry.js';
import { zipName } from './zip-name.js';

const WINDOW = 1 << 20;

/** Thrown by the reader, so that an error of the file system is told from what yauzl says of the content. */
class ReadFailure extends Error {}

class WindowReader extends RandomAccessReader {
  readonly #bytes: Bytes;
  #window: Buffer = Buffer.alloc(0);
  #start = 0;

  constructor(bytes: Bytes) {
    super();
    this.#bytes = bytes;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, read?: number) => void,
  ): void {
    try {
      if (position < this.#start || position + length > this.#start + this.#window.length) {
        this.#window = this.#bytes.at(position, Math.max(length, WINDOW));
        this.#start = position;
      }
    } catch (error) {
      callback(new ReadFailure('', { cause: error }));
      return;
    }
    const from = position - this.#start;
    callback(null, this.#window.copy(buffer, offset, from, from + length));
  }
}

/** Entries in the order of the directory. Ends early, with the reason, where the directory cannot be read on. */
export async function* zipDirectory(bytes: Bytes): AsyncGenerator<RawEntry, string | null> {
  let zip: ZipFile | null = null;
  try {
    zip = await fromRandomAccessReaderPromise(new WindowReader(bytes), bytes.size, {
      decodeStrings: false,
      validateEntrySizes: false,
    });
    for await (const entry of zip.eachEntry()) yield toEntry(entry);
    return goesOn(bytes, zip) ? 'more entries than are counted' : null;
  } catch (error) {
    if (error instanceof ReadFailure) throw error.cause;
    return (error as Error).message;
  } finally {
    zip?.close();
  }
}

/** Whether an entry stands behind the last one: a count of 16 bits begins anew at 65,536, and a damaged one is any number. */
function goesOn(bytes: Bytes, zip: ZipFile): boolean {
  // Its type says boolean, for a number.
  const next = bytes.at(Number(zip.readEntryCursor), 4);
  return next.length === 4 && next.readUInt32LE(0) === CENTRAL_HEADER;
}

function toEntry(entry: Entry): RawEntry {
  const host = entry.versionMadeBy >> 8;
  return {
    name: zipName(entry.fileNameRaw, entry.generalPurposeBitFlag, host, entry.extraFields),
    offset: entry.relativeOffsetOfLocalHeader,
    packed: entry.compressedSize,
    size: entry.uncompressedSize,
    method: entry.compressionMethod,
    crc: entry.crc32,
    flags: entry.generalPurposeBitFlag,
    mode: entry.externalFileAttributes >>> 16,
  };
}
