/**
 * A record's text without whitespace ("squeezed"), with the way back. Whitespace here is every character up to U+0020,
 * NUL and escapes included: the same bytes that the search for candidates passes over, so that no match escapes it.
 */
export class RecordText {
  readonly raw: string;
  readonly squeezed: string;
  /** The last place that was looked up: the next one is most often behind it. */
  #known = { index: 0, place: 0 };

  constructor(raw: string) {
    this.raw = raw;
    this.squeezed = squeeze(raw);
  }

  /**
   * The original text of a piece of the squeezed one, runs of whitespace as single spaces. A line break vanishes where
   * the line before it is as long as any: a console cut the text there, most likely inside a word.
   */
  original(start: number, end: number): string {
    if (end <= start) return '';
    const from = this.place(start);
    const to = this.place(end - 1) + 1;
    const piece = this.raw.slice(from, to);
    if (!piece.includes('\n')) return piece.replace(/[\0-\x20]+/g, ' ');
    const width = consoleWidth(this.raw);
    const joined = piece.replace(/\r?\n[ ]*/g, (lineBreak, offset: number) => {
      const lineStart = this.raw.lastIndexOf('\n', from + offset - 1) + 1;
      return from + offset - lineStart >= width ? '' : lineBreak;
    });
    return joined.replace(/[\0-\x20]+/g, ' ');
  }

  /** Index in `raw` of a character of `squeezed`. */
  place(index: number): number {
    const from = index >= this.#known.index ? this.#known : { index: 0, place: 0 };
    let left = index - from.index;
    let place = from.place;
    for (; place < this.raw.length; place++) {
      if (this.raw.charCodeAt(place) <= 0x20) continue;
      if (left === 0) break;
      left--;
    }
    this.#known = { index, place };
    return place;
  }
}

/** The length of the longest line, which is where a console cuts; no console is narrower than 40 columns. */
function consoleWidth(text: string): number {
  return text.split(/\r?\n/).reduce((longest, line) => Math.max(longest, line.length), 40);
}

/** The text without any character up to U+0020. */
export function squeeze(text: string): string {
  return text.replace(/[\0-\x20]+/g, '');
}
