/**
 * The search for candidates: all literals of all signatures in one pass over raw bytes (Aho-Corasick, as one dense table
 * over classes of bytes). Whitespace is passed over, so a literal is found however its text was wrapped; ASCII case is
 * ignored. What it finds is a suspicion: the full match decides.
 */
import { foldUnit } from '../parsers/text-window.js';

export type Unit = 1 | 2;

/** Bytes up to this one do not move the automaton: whitespace, NUL and other controls. */
const LAST_SKIPPED = 0x20;
const SKIP_CLASS = 0;
const OTHER_CLASS = 1;
const LANES = 4;

/** Positions behind literals that were found, in order, with the automaton's state there. */
export class Found {
  count = 0;
  position = new Int32Array(256);
  state = new Int32Array(256);
  #last = -1;

  clear(): void {
    this.count = 0;
    this.#last = -1;
  }

  push(position: number, state: number): void {
    // Whitespace behind a literal leaves the automaton where it was: that is still the same find.
    const again = position === this.#last + 1 && this.state[this.count - 1] === state;
    this.#last = position;
    if (again) return;
    if (this.count === this.position.length) {
      const [position, state] = [this.position, this.state];
      this.position = new Int32Array(this.count * 2);
      this.position.set(position);
      this.state = new Int32Array(this.count * 2);
      this.state.set(state);
    }
    this.position[this.count] = position;
    this.state[this.count++] = state;
  }
}

export class LiteralSearch {
  readonly #classes = new Uint8Array(256);
  readonly #width: number;
  readonly #next: Table;
  /** States from this one on (premultiplied by the width) end a literal. */
  readonly #firstFinal: number;
  /** Signatures by final state. */
  readonly #outputs: (readonly number[])[];
  readonly #lanes = Array.from({ length: LANES }, () => new Found());

  /**
   * @param literals for each signature, by its number, the literals of which one stands in any match
   * @param unit bytes per code unit of the sources to search: literals beyond ASCII are folded as the window folds them
   */
  constructor(literals: readonly (readonly string[])[], unit: Unit) {
    const words: { bytes: number[]; signature: number }[] = [];
    for (const [signature, texts] of literals.entries())
      for (const text of texts) words.push({ bytes: literalBytes(text, unit), signature });
    this.#width = assignClasses(this.#classes, words);
    const trie = buildTrie(words, this.#classes);
    const order = finalsLast(trie);
    this.#firstFinal = order.firstFinal * this.#width;
    this.#outputs = order.outputs;
    this.#next = denseTable(trie, order.rank, this.#width);
  }

  /** Signatures that a state stands for. */
  signatures(state: number): readonly number[] {
    return this.#outputs[(state - this.#firstFinal) / this.#width] ?? [];
  }

  /**
   * Searches [start, end). `cuts` are ascending places at which no literal needs to be found across, such as record
   * starts: the range is split there into lanes that run side by side.
   */
  search(bytes: Uint8Array, start: number, end: number, cuts: Int32Array, cutCount: number): Found[] {
    for (const lane of this.#lanes) lane.clear();
    const bounds = laneBounds(start, end, cuts, cutCount);
    runLanes(bytes, this.#next, this.#classes, this.#firstFinal, bounds, this.#lanes);
    return this.#lanes;
  }
}

type Table = Uint16Array | Int32Array;

/** Four automata take turns byte by byte: each waits for memory while the others work. */
function runLanes(
  bytes: Uint8Array,
  next: Table,
  classes: Uint8Array,
  firstFinal: number,
  bounds: Int32Array,
  lanes: readonly Found[],
): void {
  const [one, two, three, four] = lanes as [Found, Found, Found, Found];
  let a = bounds[0] as number;
  let b = bounds[1] as number;
  let c = bounds[2] as number;
  let d = bounds[3] as number;
  const end = bounds[4] as number;
  const aEnd = b;
  const bEnd = c;
  const cEnd = d;
  let stateA = 0;
  let stateB = 0;
  let stateC = 0;
  let stateD = 0;
  const common = Math.min(aEnd - a, bEnd - b, cEnd - c, end - d);
  const stop = a + common;
  while (a < stop) {
    stateA = next[stateA + (classes[bytes[a++] as number] as number)] as number;
    stateB = next[stateB + (classes[bytes[b++] as number] as number)] as number;
    stateC = next[stateC + (classes[bytes[c++] as number] as number)] as number;
    stateD = next[stateD + (classes[bytes[d++] as number] as number)] as number;
    if (stateA >= firstFinal) one.push(a, stateA);
    if (stateB >= firstFinal) two.push(b, stateB);
    if (stateC >= firstFinal) three.push(c, stateC);
    if (stateD >= firstFinal) four.push(d, stateD);
  }
  runLane(bytes, next, classes, firstFinal, a, aEnd, stateA, one);
  runLane(bytes, next, classes, firstFinal, b, bEnd, stateB, two);
  runLane(bytes, next, classes, firstFinal, c, cEnd, stateC, three);
  runLane(bytes, next, classes, firstFinal, d, end, stateD, four);
}

function runLane(
  bytes: Uint8Array,
  next: Table,
  classes: Uint8Array,
  firstFinal: number,
  from: number,
  to: number,
  state: number,
  found: Found,
): void {
  let current = state;
  let at = from;
  while (at < to) {
    current = next[current + (classes[bytes[at++] as number] as number)] as number;
    if (current >= firstFinal) found.push(at, current);
  }
}

/** Bounds of the lanes: each begins at a cut, as near as there is one to an even split. */
function laneBounds(start: number, end: number, cuts: Int32Array, cutCount: number): Int32Array {
  const bounds = new Int32Array(LANES + 1).fill(end);
  bounds[0] = start;
  let cut = 0;
  for (let lane = 1; lane < LANES; lane++) {
    const wanted = start + Math.floor(((end - start) * lane) / LANES);
    while (cut < cutCount && (cuts[cut] as number) < wanted) cut++;
    bounds[lane] = cut < cutCount ? Math.min(cuts[cut] as number, end) : end;
  }
  return bounds;
}

function literalBytes(text: string, unit: Unit): number[] {
  const folded = text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  if (unit === 1) return [...Buffer.from(folded, 'utf8')];
  return Array.from({ length: folded.length }, (_, index) => foldUnit(folded.charCodeAt(index)));
}

/** Gives every byte that occurs in a literal a class of its own, both cases of a letter the same. */
function assignClasses(classes: Uint8Array, words: { bytes: number[] }[]): number {
  classes.fill(OTHER_CLASS);
  classes.fill(SKIP_CLASS, 0, LAST_SKIPPED + 1);
  let count = 2;
  for (const { bytes } of words) {
    for (const byte of bytes) {
      if (classes[byte] !== OTHER_CLASS) continue;
      classes[byte] = count;
      if (byte >= 0x61 && byte <= 0x7a) classes[byte - 0x20] = count;
      count++;
    }
  }
  return count;
}

interface Trie {
  /** Children by class. */
  children: Map<number, number>[];
  fail: number[];
  outputs: number[][];
  /** States in breadth-first order. */
  order: number[];
}

function buildTrie(words: { bytes: number[]; signature: number }[], classes: Uint8Array): Trie {
  const trie: Trie = { children: [new Map()], fail: [0], outputs: [[]], order: [] };
  for (const { bytes, signature } of words) {
    let state = 0;
    for (const byte of bytes) {
      const cls = classes[byte] as number;
      let child = trie.children[state]?.get(cls);
      if (child === undefined) {
        child = trie.children.length;
        trie.children.push(new Map());
        trie.fail.push(0);
        trie.outputs.push([]);
        trie.children[state]?.set(cls, child);
      }
      state = child;
    }
    trie.outputs[state]?.push(signature);
  }
  linkFailures(trie);
  return trie;
}

function linkFailures(trie: Trie): void {
  const queue = [0];
  for (let head = 0; head < queue.length; head++) {
    const state = queue[head] as number;
    trie.order.push(state);
    for (const [cls, child] of trie.children[state] ?? []) {
      queue.push(child);
      if (state === 0) continue;
      let back = trie.fail[state] as number;
      while (back !== 0 && !trie.children[back]?.has(cls)) back = trie.fail[back] as number;
      const target = trie.children[back]?.get(cls) ?? 0;
      trie.fail[child] = target;
      trie.outputs[child]?.push(...(trie.outputs[target] ?? []));
    }
  }
}

/** Numbers the states so that one comparison tells whether a state ends a literal. */
function finalsLast(trie: Trie): { rank: number[]; firstFinal: number; outputs: number[][] } {
  const isFinal = (state: number) => (trie.outputs[state]?.length ?? 0) > 0;
  const plain = trie.order.filter((state) => !isFinal(state));
  const finals = trie.order.filter(isFinal);
  const rank: number[] = [];
  for (const [place, state] of [...plain, ...finals].entries()) rank[state] = place;
  const outputs = finals.map((state) => [...new Set(trie.outputs[state])].sort((left, right) => left - right));
  return { rank, firstFinal: plain.length, outputs };
}

function denseTable(trie: Trie, rank: number[], width: number): Table {
  const size = trie.order.length * width;
  const table = size <= 0xffff ? new Uint16Array(size) : new Int32Array(size);
  for (const state of trie.order) {
    const row = (rank[state] as number) * width;
    const failRow = (rank[trie.fail[state] as number] as number) * width;
    for (let cls = 0; cls < width; cls++) {
      const child = trie.children[state]?.get(cls);
      if (child !== undefined) table[row + cls] = (rank[child] as number) * width;
      else table[row + cls] = state === 0 ? 0 : (table[failRow + cls] as number);
    }
    table[row + SKIP_CLASS] = row;
  }
  return table;
}
