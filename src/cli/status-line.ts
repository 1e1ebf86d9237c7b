/** A line at the bottom of a terminal that stays there while others are printed above it. */

export interface StatusLine {
  show(line: string): void;
  /** Prints a line above it, to standard output or to standard error. */
  print(line: string, to?: NodeJS.WriteStream): void;
  end(): void;
}

const CLEAR = '\r\x1b[K';

/** @param isShown false where there is no terminal, or nobody wants it: only printed lines come then */
export function statusLine(isShown: boolean): StatusLine {
  let shown = '';
  const draw = (line: string) => {
    if (!isShown) return;
    process.stderr.write(`${CLEAR}${line}`);
    shown = line;
  };
  return {
    show: (line) => {
      if (line !== shown) draw(line);
    },
    print: (line, to = process.stdout) => {
      const below = shown;
      if (below !== '') process.stderr.write(CLEAR);
      to.write(`${line}\n`);
      if (below !== '') draw(below);
    },
    end: () => {
      if (shown !== '') process.stderr.write(CLEAR);
      shown = '';
    },
  };
}
