import { maskMarked } from '../redaction/mask-secrets.js';
import { markedPiece } from './marked-piece.js';
import { squeeze, squeezeAny, squeezeAscii } from './squeeze.js';

/** What stands in a line that quotes a script; nearly no record holds one, and this is the fastest way to see that. */
const SOURCE_LINE = '+ ';

/**
 * A record's text without whitespace ("squeezed"), with the way back. Whitespace here is every character up to U+0020,
 * NUL and escapes included: the same bytes that the search for candidates passes over, so that no match escapes it.
 */
export class RecordText {
  readonly #decode: () => string;
  /** The text in UTF-8, where it is at hand. */
  readonly #bytes: Uint8Array | null;
  #raw: string | null = null;
  #visible: string | null = null;
  #squeezed: string | null = null;
  /** The last place that was looked up: the next one is most often behind it. */
  #known = { index: 0, place: 0 };

  /** @param bytes the same text in UTF-8, where it is at hand: most texts are then never decoded */
  constructor(raw: string | (() => string), bytes: Uint8Array | null = null) {
    this.#decode = typeof raw === 'string' ? () => raw : raw;
    this.#bytes = bytes;
  }

  get raw(): string {
    this.#raw ??= this.#decode();
    return this.#raw;
  }

  /** As long as `raw`, line by line; what is not to be matched is blank. */
  get visible(): string {
    this.#visible ??= withoutSourceLines(this.raw);
    return this.#visible;
  }

  get squeezed(): string {
    this.#squeezed ??= this.#squeezeBytes() ?? squeeze(this.visible);
    return this.#squeezed;
  }

  /** Null where it takes a look at the text. */
  #squeezeBytes(): string | null {
    const bytes = this.#bytes;
    return bytes === null || Buffer.prototype.includes.call(bytes, SOURCE_LINE) ? null : squeezeAscii(bytes);
  }

  /**
   * The original text of a piece of the squeezed one, runs of whitespace as single spaces. A line break vanishes where a
   * console cut the text at its width, most likely inside a word; names with an `@` never hold a blank. Secrets are
   * masked: they are known by what stands around them here, which a piece alone no longer has.
   */
  original(start: number, end: number): string {
    if (end <= start) return '';
    const piece = markedPiece(this.raw, this.place(start), this.place(end - 1) + 1);
    if (piece.includes('@')) return maskMarked(squeezeAny(piece));
    const joined = piece.includes('\n') && isCut(this.raw) ? piece.replace(/\r?\n {0,3}/g, '') : piece;
    return maskMarked(joined.replace(/[\0-\x20]+/g, ' '));
  }

  /** Index in `raw` of a character of `squeezed`. */
  place(index: number): number {
    const from = index >= this.#known.index ? this.#known : { index: 0, place: 0 };
    let left = index - from.index;
    let place = from.place;
    const { visible } = this;
    for (; place < visible.length; place++) {
      if (visible.charCodeAt(place) <= 0x20) continue;
      if (left === 0) break;
      left--;
    }
    this.#known = { index, place };
    return place;
  }
}

/**
 * The text with the lines blanked in which PowerShell quotes the script below an error (`+ Remove-Item $x`): a name that
 * stands there is not what failed. The length stays.
 */
function withoutSourceLines(text: string): string {
  if (!text.includes(SOURCE_LINE)) return text;
  if (!/CategoryInfo|FullyQualifiedErrorId|^[ \t]{0,3}\+ ~/m.test(text)) return text;
  return text.replace(/^[ \t]{0,3}\+ (?!\s*(?:CategoryInfo|FullyQualifiedErrorId)).*$/gm, (line) =>
    ' '.repeat(line.length),
  );
}

/** Whether all lines but the last are of one length, and long enough for a console's: it cut them there. */
function isCut(text: string): boolean {
  const lines = text.trimEnd().split(/\r?\n/).slice(0, -1);
  const width = lines[0]?.length ?? 0;
  return width >= 40 && lines.every((line) => line.length === width);
}
