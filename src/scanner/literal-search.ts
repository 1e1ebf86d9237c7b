/**
 * The search for candidates: all literals of all signatures in one pass over raw bytes (Aho-Corasick, as one dense table
 * over classes of bytes). Whitespace is passed over, so a literal is found however its text was wrapped; ASCII case is
 * ignored. What it finds is a suspicion: the full match decides.
 */
import { type Automaton, buildAutomaton, type Table } from './automaton.js';
import { Found } from './found.js';
import type { Unit } from './literal-units.js';

const LANES = 4;
const NO_CUTS = new Int32Array(0);

/** Finds of one lane; whitespace behind a literal leaves the automaton where it was, which is still the same find. */
class Lane extends Found {
  #last = -1;

  override clear(): void {
    super.clear();
    this.#last = -1;
  }

  override push(position: number, state: number): void {
    const again = position === this.#last + 1 && this.what[this.count - 1] === state;
    this.#last = position;
    if (!again) super.push(position, state);
  }
}

export class LiteralSearch {
  readonly #automaton: Automaton;
  readonly #lanes = Array.from({ length: LANES }, () => new Lane());
  readonly #found = new Found();

  /** Takes what `buildAutomaton` takes. */
  constructor(literals: readonly (readonly string[])[], unit: Unit) {
    this.#automaton = buildAutomaton(literals, unit);
  }

  /** Signatures that a find (`what`) stands for. */
  signatures(state: number): readonly number[] {
    const { outputs, firstFinal, width } = this.#automaton;
    return outputs[(state - firstFinal) / width] ?? [];
  }

  /**
   * Searches [start, end). `cuts` are ascending places at which no literal needs to be found across, such as record
   * starts: the range is split there into lanes that run side by side.
   */
  search(bytes: Uint8Array, start: number, end: number, cuts = NO_CUTS, cutCount = cuts.length): Found {
    for (const lane of this.#lanes) lane.clear();
    const bounds = laneBounds(start, end, cuts, cutCount);
    const { next, classes, firstFinal } = this.#automaton;
    runLanes(bytes, next, classes, firstFinal, bounds, this.#lanes);
    this.#found.clear();
    for (const lane of this.#lanes)
      for (let index = 0; index < lane.count; index++)
        this.#found.push(lane.position[index] as number, lane.what[index] as number);
    return this.#found;
  }
}

/** Four automata take turns byte by byte: each waits for memory while the others work. */
function runLanes(
  bytes: Uint8Array,
  next: Table,
  classes: Uint8Array,
  firstFinal: number,
  bounds: Int32Array,
  lanes: readonly Lane[],
): void {
  const [one, two, three, four] = lanes as [Lane, Lane, Lane, Lane];
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
  found: Lane,
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
