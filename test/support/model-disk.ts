/** A folder of logs and the service that writes them, mirrored in memory: what a file holds is known without reading it. */
import { closeSync, copyFileSync, ftruncateSync, openSync, renameSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { LOG } from './watch-desk.js';

/** A file, whatever it is called; null: it was deleted. */
export interface ModelFile {
  content: Buffer;
  name: string | null;
}

export class ModelDisk {
  /** All that have a name, and those that are still written. */
  readonly files = new Set<ModelFile>();
  readonly #folder: string;
  /** Numbers that files had. */
  readonly #numbers = new Set<bigint>();
  #names = 0;
  #writing: { file: ModelFile; handle: number; position: number } | null = null;
  #pending: Buffer[] = [];

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The file that has the log's name. */
  get live(): ModelFile | null {
    return [...this.files].find(({ name }) => name === LOG) ?? null;
  }

  /** What the service has not written out. */
  get pending(): number {
    return this.#pending.reduce((sum, { length }) => sum + length, 0);
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  /** The service has something to write; nothing of it is in the file before `flush`. */
  buffer(text: string): void {
    this.#pending.push(Buffer.from(text));
  }

  /** Writes out so many bytes of what waits. */
  flush(bytes = this.pending): void {
    if (this.#writing === null) this.reopen();
    const { file, handle, position } = this.#writing!;
    const waiting = Buffer.concat(this.#pending);
    const piece = waiting.subarray(0, bytes);
    this.#pending = bytes < waiting.length ? [waiting.subarray(bytes)] : [];
    if (piece.length === 0) return;
    writeSync(handle, piece, 0, piece.length, position);
    const hole = Buffer.alloc(Math.max(0, position - file.content.length));
    file.content = Buffer.concat([file.content, hole, piece]);
    this.#writing!.position = file.content.length;
  }

  /** The service opens the log by its name, which makes it where there is none. */
  reopen(): void {
    this.close();
    let file = this.live;
    const handle = openSync(this.path(LOG), file === null ? 'w' : 'r+');
    if (file === null) {
      this.#isNumberUsed(LOG);
      file = { content: Buffer.alloc(0), name: LOG };
      this.files.add(file);
    }
    this.#writing = { file, handle, position: file.content.length };
  }

  close(): void {
    if (this.#writing !== null) closeSync(this.#writing.handle);
    this.#writing = null;
    for (const file of this.files) if (file.name === null) this.files.delete(file);
  }

  /** Gives the log another name, which may be one that nobody looks at. */
  rename(file: ModelFile, isWatched: boolean): void {
    const name = this.#newName(isWatched);
    renameSync(this.path(file.name!), this.path(name));
    file.name = name;
  }

  /** The file that was renamed last gets the log's name again, where no other has it. */
  renameBack(): ModelFile | null {
    const file = [...this.files].findLast(({ name }) => name !== null);
    if (file === undefined || this.live !== null) return null;
    renameSync(this.path(file.name!), this.path(LOG));
    file.name = LOG;
    return file;
  }

  delete(file: ModelFile): void {
    unlinkSync(this.path(file.name!));
    file.name = null;
    if (this.#writing?.file !== file) this.files.delete(file);
  }

  /** @param isStale the service goes on where it was, so that a hole remains before what it writes next */
  cut(file: ModelFile, length: number, isStale: boolean): void {
    const handle = openSync(this.path(file.name!), 'r+');
    ftruncateSync(handle, length);
    closeSync(handle);
    file.content = file.content.subarray(0, length);
    if (this.#writing?.file === file && !isStale) this.#writing.position = length;
  }

  /** Says whether the copy got the number of a file that was deleted. */
  copy(file: ModelFile, isWatched: boolean): boolean {
    const name = this.#newName(isWatched);
    copyFileSync(this.path(file.name!), this.path(name));
    this.files.add({ content: file.content, name });
    return this.#isNumberUsed(name);
  }

  /** Whether another file had the number of a new one, which is kept. */
  #isNumberUsed(name: string): boolean {
    const { ino } = statSync(this.path(name), { bigint: true });
    const isUsed = this.#numbers.has(ino);
    this.#numbers.add(ino);
    return isUsed;
  }

  /** Names that are watched end like the log's own; half of them sort before it. */
  #newName(isWatched: boolean): string {
    const number = ++this.#names;
    if (!isWatched) return `old-${number}.txt`;
    return `${number % 2 === 0 ? 'a' : '9'}${number}-${LOG}`;
  }
}
