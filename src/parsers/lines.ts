import type { TextLine } from './text-line.js';
import type { TextWindow } from './text-window.js';

/** Code units that are kept of one line; what is beyond leaves the window. */
export const LINE_LIMIT = 1 << 20;

/** Finds the lines of a text in a window, however the bytes arrived. NUL bytes are left out and counted. */
export class Lines {
  nulBytes = 0;
  truncatedLines = 0;
  readonly #window: TextWindow;
  #line = 1;
  #searched = 0;
  #cut = false;

  constructor(window: TextWindow) {
    this.#window = window;
  }

  /**
   * The lines that are complete, and consumes them; `final` gives the last one too. One by one: most are looked at and
   * forgotten, which costs the collector nothing as long as they do not wait for each other.
   */
  *advance(final: boolean): Generator<TextLine, void> {
    const window = this.#window;
    let at = 0;
    while (at < window.length) {
      const found = window.bytes.indexOf(0x0a, Math.max(at, this.#searched));
      const newline = found < 0 || found >= window.length ? -1 : found;
      if (newline < 0 && !final) break;
      const end = newline < 0 ? window.length : newline + 1;
      const line = this.#lineOf(at, end);
      this.#cut = false;
      this.#searched = end;
      at = end;
      yield line;
    }
    window.consume(at);
    this.#searched = window.length;
    this.#limit();
  }

  #lineOf(start: number, end: number): TextLine {
    const window = this.#window;
    const kept = Math.min(end, start + LINE_LIMIT);
    if (this.#cut || kept < end) this.truncatedLines++;
    let text = window.decode(start, this.#withoutEnd(start, kept));
    if (text.includes('\0')) {
      const without = text.replaceAll('\0', '');
      this.nulBytes += text.length - without.length;
      text = without;
    }
    return { text, number: this.#line++, byteStart: window.offsetOf(start), byteEnd: window.offsetOf(end) };
  }

  /** Where the line end begins. */
  #withoutEnd(start: number, end: number): number {
    const { bytes } = this.#window;
    const newline = end > start && bytes[end - 1] === 0x0a ? end - 1 : end;
    return newline > start && bytes[newline - 1] === 0x0d ? newline - 1 : newline;
  }

  #limit(): void {
    const window = this.#window;
    if (window.length <= LINE_LIMIT) return;
    window.drop(LINE_LIMIT, window.length);
    this.#searched = window.length;
    this.#cut = true;
  }
}
