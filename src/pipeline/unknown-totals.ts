/** Unknown errors of all sources together. */
import { hash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Level, UnknownError } from '../model.js';
import { parseExceptions } from '../parsers/exceptions.js';
import type { UnknownCount, UnknownEvidence } from '../store/index.js';
import { excerptOf } from './excerpt.js';
import type { FoundUnknown } from './part.js';

/** Templates that are kept apart; further ones are counted together. */
const LIMIT = 20_000;
const FURTHER = '(further errors, too many to tell apart)';
/** Templates of unknown errors that a report lists. */
export const LISTED = 200;

interface Counted {
  template: string;
  level: Level;
  count: number;
  first: UnknownEvidence;
  /** The count in each stream. */
  streams: Map<number, number>;
}

/** Where the errors of a part stand. */
interface Origin {
  path: string;
  stream: number;
  /** Names the log by its content, wherever it lies. */
  streamKey: string;
  /** Line ends before the part. */
  lines: number;
}

export class UnknownTotals {
  readonly #counted = new Map<string, Counted>();

  /** Adds the unknown errors of one part, which must come in the order of the source. */
  add(found: readonly FoundUnknown[], origin: Origin): void {
    for (const error of found) {
      const full = this.#counted.size >= LIMIT && !this.#counted.has(keyOf(error.level, error.template));
      const template = full ? FURTHER : error.template;
      const key = keyOf(error.level, template);
      let known = this.#counted.get(key);
      if (known === undefined) {
        const first = evidenceOf(error, origin);
        known = { template, level: error.level, count: 0, first, streams: new Map() };
        this.#counted.set(key, known);
      }
      known.count += error.count;
      known.streams.set(origin.stream, (known.streams.get(origin.stream) ?? 0) + error.count);
    }
  }

  /** Those that a report lists, the most frequent first, where their first records stand, and how many each log has. */
  list(): { errors: UnknownError[]; evidence: UnknownEvidence[]; counts: UnknownCount[] } {
    const listed = [...this.#counted.values()]
      .sort(
        (left, right) =>
          right.count - left.count || (left.template < right.template ? -1 : left.template > right.template ? 1 : 0),
      )
      .slice(0, LISTED);
    const errors = listed.map(({ template, level, count, first: { evidence } }) => ({
      template,
      level,
      count,
      exceptions: parseExceptions(evidence.excerpt).map(({ type }) => type),
      evidence,
    }));
    const counts = listed.flatMap(({ template, level, streams, first }) =>
      [...streams].map(([stream, count]) => ({ stream, level, template, count, evidence: first.evidence.id })),
    );
    return { errors, evidence: listed.map(({ first }) => first), counts };
  }
}

function keyOf(level: Level, template: string): string {
  return `${level}\0${template}`;
}

/** The evidence of an unknown error; its id begins with u, for no hit stands behind it. The excerpt is made when it is read. */
function evidenceOf(error: FoundUnknown, { path, stream, streamKey, lines }: Origin): UnknownEvidence {
  const { byteStart, byteEnd, digest, shown } = error;
  const id = `u${hash('sha256', `${streamKey}\0${byteStart}`).slice(0, 12)}`;
  const line = lines + error.line;
  return {
    evidence: { id, source: path, line, byteStart, byteEnd, excerpt: excerptOf(shown) },
    stream,
    path: resolve(path),
    digest,
  };
}
