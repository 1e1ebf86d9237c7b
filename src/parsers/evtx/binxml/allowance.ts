import { BrokenBinXml } from './cursor.js';

/** Tokens and nodes. Of 900 public logs, no record takes more than 1,500 and no chunk more than 20,000. */
const RECORD_STEPS = 40_000;
const CHUNK_STEPS = 80_000;
/** Characters. A record is 64 KB at most, and binary data doubles as text; no chunk of those logs takes 200,000. */
const RECORD_TEXT = 256 * 1024;
const CHUNK_TEXT = 1024 * 1024;

/**
 * What reading one chunk may cost. A few bytes can refer to a template that refers to a long value a thousand times, so
 * work and text are counted rather than bytes.
 */
export class Allowance {
  #steps = CHUNK_STEPS;
  #text = CHUNK_TEXT;
  #stepsEnd = 0;
  #textEnd = 0;

  /** A record begins: it may take what the chunk has left, up to a limit of its own. */
  beginRecord(): void {
    this.#stepsEnd = Math.max(0, this.#steps - RECORD_STEPS);
    this.#textEnd = Math.max(0, this.#text - RECORD_TEXT);
  }

  step(count = 1): void {
    this.#steps -= count;
    if (this.#steps < this.#stepsEnd) throw new BrokenBinXml('says more than a record can');
  }

  text(length: number): void {
    this.#text -= length;
    if (this.#text < this.#textEnd) throw new BrokenBinXml('says more than a record can');
  }
}
