/**
 * The digest of a page of a log, 32 bits, by which its bytes are known again. It is no secret's keeper, but any change of
 * a page changes it but for one chance in four billion, and it is as fast as the memory.
 *
 * Sixteen lanes take four bytes each of a block of 64: lane = mix(lane, word), where mix(a, b) is x ^ (x >>> 15) for
 * x = (a ^ b) * 0x9e3779b1 modulo 2^32. A change in one place always changes its lane. At the end what is left of the last
 * block is mixed in, then the length and all lanes into one number.
 */
import { instantiate, isSimdAvailable, type ScannerExports } from './simd-module.js';

const BLOCK = 64;
const PRIME = 0x9e3779b1 | 0;

export interface PageDigest {
  reset(): void;
  update(bytes: Uint8Array): void;
  /** The digest of what was added since the reset; more may be added afterwards. */
  value(): number;
}

/** A digest of its own, with SIMD where there is some. */
export function pageDigest(): PageDigest {
  return isSimdAvailable() ? new SimdDigest(shared()) : new PlainDigest();
}

let instance: ScannerExports | null = null;

function shared(): ScannerExports {
  instance ??= instantiate();
  return instance;
}

/** In plain JavaScript. */
export class PlainDigest implements PageDigest {
  readonly #lanes = new Int32Array(16);
  readonly #waiting = new Uint8Array(BLOCK);
  #waitingCount = 0;
  #length = 0;

  constructor() {
    this.reset();
  }

  reset(): void {
    for (let lane = 0; lane < 16; lane++) this.#lanes[lane] = Math.imul(lane + 1, PRIME);
    this.#waitingCount = 0;
    this.#length = 0;
  }

  update(bytes: Uint8Array): void {
    this.#length += bytes.length;
    let at = 0;
    if (this.#waitingCount > 0) {
      at = Math.min(BLOCK - this.#waitingCount, bytes.length);
      this.#waiting.set(bytes.subarray(0, at), this.#waitingCount);
      this.#waitingCount += at;
      if (this.#waitingCount < BLOCK) return;
      this.#mixBlock(this.#waiting, 0);
    }
    for (; at + BLOCK <= bytes.length; at += BLOCK) this.#mixBlock(bytes, at);
    this.#waiting.set(bytes.subarray(at));
    this.#waitingCount = bytes.length - at;
  }

  value(): number {
    const count = this.#waitingCount;
    const rest = new Uint8Array(BLOCK);
    rest.set(this.#waiting.subarray(0, count));
    let value = this.#length | 0;
    for (const [lane, state] of this.#lanes.entries()) {
      const word = 4 * lane < count ? mix(state, wordAt(rest, 4 * lane)) : state;
      value = mix(value, word);
    }
    value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    return (value ^ (value >>> 16)) >>> 0;
  }

  #mixBlock(bytes: Uint8Array, at: number): void {
    const lanes = this.#lanes;
    for (let lane = 0; lane < 16; lane++) lanes[lane] = mix(lanes[lane] as number, wordAt(bytes, at + 4 * lane));
  }
}

/** In WebAssembly. Several may share an instance: the state is put there for each update. */
export class SimdDigest implements PageDigest {
  readonly #exports: ScannerExports;
  readonly #memory: Uint8Array;
  readonly #state: Uint8Array;
  readonly #saved: Uint8Array;
  #value: number | null = null;

  constructor(exports: ScannerExports) {
    this.#exports = exports;
    this.#memory = new Uint8Array(exports.memory.buffer);
    this.#state = this.#memory.subarray(exports.DIGEST_LANES.value, exports.DIGEST_LANES.value + STATE_SIZE);
    this.#saved = new Uint8Array(STATE_SIZE);
    this.reset();
  }

  reset(): void {
    this.#exports.resetDigest();
    this.#saved.set(this.#state);
    this.#value = null;
  }

  update(bytes: Uint8Array): void {
    const { updateDigest, SCRATCH, SCRATCH_SIZE } = this.#exports;
    this.#state.set(this.#saved);
    // What stands in this memory already, as a log that is being scanned does, is not copied.
    if (bytes.buffer === this.#memory.buffer) updateDigest(bytes.byteOffset, bytes.length);
    else {
      for (let at = 0; at < bytes.length; at += SCRATCH_SIZE.value) {
        const piece = bytes.subarray(at, at + SCRATCH_SIZE.value);
        this.#memory.set(piece, SCRATCH.value);
        updateDigest(SCRATCH.value, piece.length);
      }
    }
    this.#saved.set(this.#state);
    this.#value = null;
  }

  value(): number {
    if (this.#value === null) {
      this.#state.set(this.#saved);
      this.#value = this.#exports.digestValue() >>> 0;
    }
    return this.#value;
  }
}

/** Lanes, a block that waits, and two counts. */
const STATE_SIZE = 64 + 64 + 8;

function mix(state: number, word: number): number {
  const product = Math.imul(state ^ word, PRIME);
  return product ^ (product >>> 15);
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] as number) |
    ((bytes[at + 1] as number) << 8) |
    ((bytes[at + 2] as number) << 16) |
    ((bytes[at + 3] as number) << 24)
  );
}
