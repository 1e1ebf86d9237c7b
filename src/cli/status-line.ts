/** A line at the bottom of a terminal that stays there while others are printed above it. */
import type { Outlet } from './outlet.js';

export interface StatusLine {
  /** @param lineFor gives the line for a terminal of so many columns: fewer characters than these */
  show(lineFor: (columns: number) => string): void;
  /** Prints a line above it. */
  print(line: string, to: Outlet): void;
  end(): void;
}

/** All from the beginning of the line on: a terminal that became narrower has wrapped it into several. */
const CLEAR = '\r\x1b[J';

/**
 * @param terminal standard error
 * @param isShown false where nobody wants it or there is no terminal: only printed lines come then
 */
export function statusLine(terminal: Outlet, isShown: boolean): StatusLine {
  let lineFor: ((columns: number) => string) | null = null;
  let shown = '';
  const draw = (line: string) => {
    // The cursor goes back to its beginning: there it stays when the terminal wraps the line anew, and what is typed, ^C
    // too, overwrites the line instead of making it longer.
    terminal.write(`${CLEAR}${line}\r`);
    shown = line;
  };
  const clear = () => {
    if (shown !== '') terminal.write(CLEAR);
    shown = '';
  };
  const redraw = () => {
    if (lineFor !== null) draw(lineFor(terminal.columns()));
  };
  const forget = isShown ? terminal.onResize(redraw) : () => {};
  return {
    show: (next) => {
      // While a terminal takes nothing, older lines need not wait in it: the newest is enough.
      if (!isShown || terminal.isWaiting()) return;
      lineFor = next;
      const line = next(terminal.columns());
      if (line !== shown) draw(line);
    },
    print: (line, to) => {
      const below = shown;
      clear();
      to.write(`${line}\n`);
      if (below !== '') draw(below);
    },
    end: () => {
      forget();
      clear();
    },
  };
}
