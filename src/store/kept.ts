/**
 * Which hits of an incident in one stream keep their text: the first three, the 10th, 100th …, and the last. A fault
 * that repeats a million times leaves about ten pieces of evidence. Pure.
 */
import type { Hit } from '../model.js';

const FIRST = 3;

export interface Piece {
  byteStart: number;
  /** The power of ten of its ordinal, from 10 on; else 0. */
  decade: number;
  /** Whose text is to be written; null when the store has it. The text is made when it is asked for: few are. */
  pending: Pick<Hit, 'excerpt'> | null;
}

/** The pieces of one incident and stream, ordered by their place in it. */
export class Kept {
  readonly pieces: Piece[];
  /** Places of pieces which the store has and which are to go. */
  readonly dropped: number[] = [];

  constructor(stored: Piece[]) {
    this.pieces = stored;
  }

  /** Takes a hit, the `ordinal`th that arrived. */
  add(hit: Pick<Hit, 'byteStart' | 'excerpt'>, ordinal: number): void {
    const { byteStart } = hit;
    const decade = decadeOf(ordinal);
    const end = this.pieces.length - 1;
    const last = this.pieces[end];
    if (end >= FIRST && byteStart > last!.byteStart && last!.decade === 0) {
      // The common case, a log read in order: the newest hit takes the place of the one that was last.
      if (last!.pending === null) this.dropped.push(last!.byteStart);
      last!.byteStart = byteStart;
      last!.decade = decade;
      last!.pending = hit;
      return;
    }
    this.pieces.push({ byteStart, decade, pending: hit });
    if (end < FIRST || byteStart <= last!.byteStart) this.#settle();
  }

  /** Takes over what another incident kept of the same stream. */
  merge(other: Kept): void {
    this.pieces.push(...other.pieces);
    this.dropped.push(...other.dropped);
    this.#settle();
  }

  #settle(): void {
    this.pieces.sort((a, b) => a.byteStart - b.byteStart);
    const decades = new Set<number>();
    for (const piece of this.pieces) {
      // Two incidents that became one have two tenth hits: one is enough.
      if (decades.has(piece.decade)) piece.decade = 0;
      else decades.add(piece.decade);
    }
    for (let i = this.pieces.length - 2; i >= FIRST; i--) if (this.pieces[i]!.decade === 0) this.#drop(i);
  }

  #drop(index: number): void {
    const [piece] = this.pieces.splice(index, 1);
    if (piece!.pending === null) this.dropped.push(piece!.byteStart);
  }
}

function decadeOf(ordinal: number): number {
  if (ordinal % 10 !== 0) return 0;
  const decade = Math.round(Math.log10(ordinal));
  return decade > 0 && 10 ** decade === ordinal ? decade : 0;
}
