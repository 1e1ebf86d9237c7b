/** A place in a stream of blocks: looks ahead, takes as much as is wanted, gives back what was too much. */

export type BlockStream = AsyncIterator<Buffer, unknown> | Iterator<Buffer, unknown>;

export class Cursor {
  /** Bytes taken so far. */
  position = 0;
  readonly #blocks: BlockStream;
  /** Blocks, or what is left of them, that wait to be taken; the next one is the last. */
  readonly #waiting: Buffer[] = [];

  constructor(blocks: BlockStream) {
    this.#blocks = blocks;
  }

  /** The next bytes, which stay where they are; fewer only at the end. Meant for headers: they are put together. */
  async peek(length: number): Promise<Buffer> {
    const parts: Buffer[] = [];
    let missing = length;
    while (missing > 0 && (await this.#fill())) {
      const block = this.#waiting.pop()!;
      parts.push(block.subarray(0, missing));
      if (block.length > missing) this.#waiting.push(block.subarray(missing));
      missing -= Math.min(missing, block.length);
    }
    const bytes = parts.length === 1 ? parts[0]! : Buffer.concat(parts);
    if (bytes.length > 0) this.#waiting.push(bytes);
    return bytes;
  }

  /** Takes exactly so many bytes; fewer only at the end. */
  async take(length: number): Promise<Buffer> {
    const bytes = await this.peek(length);
    if (bytes.length > 0) this.#waiting.pop();
    this.position += bytes.length;
    return bytes;
  }

  /** Takes what is at hand, at most so many bytes; null at the end. Nothing is copied. */
  async next(limit = Number.POSITIVE_INFINITY): Promise<Buffer | null> {
    if (!(await this.#fill())) return null;
    const block = this.#waiting.pop()!;
    const bytes = block.subarray(0, limit);
    if (bytes.length < block.length) this.#waiting.push(block.subarray(bytes.length));
    this.position += bytes.length;
    return bytes;
  }

  /** Passes over bytes; gives how many there were. */
  async skip(length: number): Promise<number> {
    let left = length;
    while (left > 0) {
      const bytes = await this.next(left);
      if (bytes === null) break;
      left -= bytes.length;
    }
    return length - left;
  }

  /** Puts bytes that were taken last back to the front. */
  giveBack(bytes: Buffer): void {
    if (bytes.length > 0) this.#waiting.push(bytes);
    this.position -= bytes.length;
  }

  /** Takes all that is left, and lets go of the source when it is done or given up. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer, void> {
    try {
      for (let block = await this.next(); block !== null; block = await this.next()) yield block;
    } finally {
      await this.close();
    }
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    this.#waiting.length = 0;
    await this.#blocks.return?.(undefined);
  }

  /** Sees to it that a block waits; false at the end. */
  async #fill(): Promise<boolean> {
    while (this.#waiting.length === 0) {
      const { done, value } = await this.#blocks.next();
      if (done) return false;
      if ((value as Buffer).length > 0) this.#waiting.push(value as Buffer);
    }
    return true;
  }
}
