/** What is read is not what it should be, or goes on for longer than anything that Windows writes. */
export class BrokenBinXml extends Error {}

/** Reads forward in a range of a chunk. Whatever lies outside throws `BrokenBinXml`. */
export class Cursor {
  readonly bytes: Buffer;
  readonly end: number;
  at: number;

  constructor(bytes: Buffer, at: number, end: number) {
    this.bytes = bytes;
    this.end = Math.min(end, bytes.length);
    this.at = at;
  }

  u8(): number {
    return this.bytes[this.take(1)] as number;
  }

  u16(): number {
    return this.bytes.readUInt16LE(this.take(2));
  }

  u32(): number {
    return this.bytes.readUInt32LE(this.take(4));
  }

  /** UTF-16 of so many code units. */
  text(units: number): string {
    const start = this.take(units * 2);
    return this.bytes.toString('utf16le', start, this.at);
  }

  /** Passes over bytes; where they begin. */
  take(length: number): number {
    const start = this.at;
    if (start < 0 || length > this.end - start) throw new BrokenBinXml(`ends within what stands at ${start}`);
    this.at = start + length;
    return start;
  }
}
