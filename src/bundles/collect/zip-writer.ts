/** Writes a zip member by member, each as a stream: nothing is held in memory but the names. */
import { createHash } from 'node:crypto';
import { createWriteStream, type WriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

export interface Added {
  bytes: number;
  sha256: string;
}

/** What 32 bits cannot hold, with room for what compression may add. */
const ZIP64_FROM = 0xff_00_00_00;

export class ZipWriter {
  readonly #zip = new ZipFile();
  readonly #path: string;
  readonly #file: WriteStream;
  #isMade = false;
  /** Rejects when the file cannot be written; resolves when all of it is. */
  readonly #written: Promise<void>;

  /** The file must not exist. */
  constructor(path: string) {
    this.#path = path;
    this.#file = createWriteStream(path, { flags: 'wx' });
    this.#file.once('open', () => {
      this.#isMade = true;
    });
    this.#written = finished(this.#file);
    // Whoever adds or ends is told; before that, a failure waits.
    this.#written.catch(() => {});
    this.#zip.outputStream.pipe(this.#file);
  }

  /**
   * Adds a member; resolves when its bytes were taken.
   *
   * @param size about how many they will be
   */
  async add(member: string, blocks: Iterable<Buffer>, modified: Date, size: number): Promise<Added> {
    const hash = createHash('sha256');
    let bytes = 0;
    function* counted(): Generator<Buffer> {
      for (const block of blocks) {
        if (block.length === 0) continue;
        hash.update(block);
        bytes += block.length;
        yield block;
      }
    }
    const options = { mtime: modified, mode: 0o100644, forceZip64Format: size >= ZIP64_FROM };
    // Made when its turn comes, so that it is not read before.
    const taken = new Promise<void>((done, fail) => {
      this.#zip.addReadStreamLazy(member, options, (give) => {
        const stream = Readable.from(counted(), { objectMode: true, highWaterMark: 1 });
        stream.once('end', done).once('error', fail);
        give(null, stream);
      });
    });
    await Promise.race([taken, this.#written]);
    return { bytes, sha256: hash.digest('hex') };
  }

  /** Writes the directory and waits for the last byte. Rejects with the file system's error. */
  async end(): Promise<void> {
    this.#zip.end();
    await this.#written;
  }

  /** Leaves nothing of it. What was there before stays: it was not made here. */
  async discard(): Promise<void> {
    this.#file.destroy();
    await this.#written.catch(() => {});
    if (this.#isMade) await rm(this.#path, { force: true });
  }
}
