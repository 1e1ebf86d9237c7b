/**
 * The automaton behind the search for candidates (Aho and Corasick, 1975), as one dense table over classes of bytes. Built
 * once per pack and width of code unit.
 */
import { literalUnits, type Unit } from './literal-units.js';

/** Next states, premultiplied by the number of classes; small ones fit the processor's cache in half the space. */
export type Table = Uint16Array | Int32Array;

/** Bytes up to this one do not move the automaton: whitespace, NUL and other controls. */
const LAST_SKIPPED = 0x20;
const SKIP_CLASS = 0;
const OTHER_CLASS = 1;

export interface Automaton {
  next: Table;
  /** Class of each byte. */
  classes: Uint8Array;
  /** Number of classes. */
  width: number;
  /** States from this one on end a literal. */
  firstFinal: number;
  /** Signatures that a final state stands for, by its rank among the final ones. */
  outputs: (readonly number[])[];
}

/**
 * @param literals for each signature, by its number, the literals of which one stands in any match
 * @param unit bytes per code unit of the sources to search: literals beyond ASCII are folded as the window folds them
 */
export function buildAutomaton(literals: readonly (readonly string[])[], unit: Unit): Automaton {
  const words: Word[] = [];
  for (const [signature, texts] of literals.entries())
    for (const text of texts) words.push({ bytes: literalUnits(text, unit), signature });
  const classes = new Uint8Array(256);
  const width = assignClasses(classes, words);
  const trie = buildTrie(words, classes);
  const { rank, firstFinal, outputs } = finalsLast(trie);
  return { next: denseTable(trie, rank, width), classes, width, firstFinal: firstFinal * width, outputs };
}

interface Word {
  bytes: number[];
  signature: number;
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
