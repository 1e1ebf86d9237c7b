/** Places behind literals that were found, in order. */
export class Found {
  count = 0;
  /** Index behind the literal. */
  position = new Int32Array(256);
  /** What was found there, in the numbers of the search that found it. */
  what = new Int32Array(256);

  clear(): void {
    this.count = 0;
  }

  push(position: number, what: number): void {
    if (this.count === this.position.length) {
      this.position = doubled(this.position);
      this.what = doubled(this.what);
    }
    this.position[this.count] = position;
    this.what[this.count++] = what;
  }
}

function doubled(from: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const to = new Int32Array(from.length * 2);
  to.set(from);
  return to;
}
