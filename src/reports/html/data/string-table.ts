/** Texts by number, each kept once. */
export class StringTable {
  readonly strings: string[] = [];
  readonly #places = new Map<string, number>();

  /** The place of a text; it is added where it is new. Null is -1. */
  of(text: string | null): number {
    if (text === null) return -1;
    const known = this.#places.get(text);
    if (known !== undefined) return known;
    this.#places.set(text, this.strings.length);
    return this.strings.push(text) - 1;
  }

  /** Characters that a text would add to the file. */
  costOf(text: string): number {
    return this.#places.has(text) ? 0 : text.length + 3;
  }
}
