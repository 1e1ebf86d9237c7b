/**
 * A record's text without whitespace ("squeezed"), with the way back. Whitespace here is every character up to U+0020,
 * NUL and escapes included: the same bytes that the search for candidates passes over, so that no match escapes it.
 */
export class RecordText {
  readonly raw: string;
  readonly squeezed: string;
  #places: Uint32Array | null = null;

  constructor(raw: string) {
    this.raw = raw;
    this.squeezed = squeeze(raw);
  }

  /** The original text of a piece of the squeezed one, its line breaks and runs of whitespace as single spaces. */
  original(start: number, end: number): string {
    if (end <= start) return '';
    const places = this.places();
    const from = places[start] ?? 0;
    const to = (places[end - 1] ?? from) + 1;
    return this.raw.slice(from, to).replace(/[\0-\x20]+/g, ' ');
  }

  /** Index in `raw` of a character of `squeezed`. */
  place(index: number): number {
    return this.places()[index] ?? this.raw.length;
  }

  private places(): Uint32Array {
    if (this.#places === null) {
      const places = new Uint32Array(this.squeezed.length);
      let at = 0;
      for (let index = 0; index < this.raw.length; index++) {
        if (this.raw.charCodeAt(index) > 0x20) places[at++] = index;
      }
      this.#places = places;
    }
    return this.#places;
  }
}

/** The text without any character up to U+0020. */
export function squeeze(text: string): string {
  return text.replace(/[\0-\x20]+/g, '');
}
