/**
 * A standard stream whose other end need not read: a terminal that was halted with Ctrl+S, a pipe to a program that is
 * busy, a full disk. Whoever writes never waits for it, and what waits has a bound.
 */

/** Characters that wait; some thousand events as NDJSON. What comes beyond is left out. */
const MOST_WAITING = 1 << 22;

export interface OutletEvents {
  /** Nobody takes what is written: it is left out from now on. */
  onStalled?: () => void;
  /** It is taken again, after so many lines were left out. */
  onTaken?: (leftOut: number) => void;
  /** Something could not be written. */
  onRefused?: (error: NodeJS.ErrnoException) => void;
  /** Something was written after a refusal. */
  onAccepted?: () => void;
}

export interface Outlet {
  isTerminal: boolean;
  columns: () => number;
  /** Something that was written before is not taken yet. */
  isWaiting: () => boolean;
  write: (text: string) => void;
  /** Whether all of it is taken, at once or within so many milliseconds. */
  flushed: (ms: number) => Promise<boolean>;
  /** Calls when the terminal has another size; gives what ends that. */
  onResize: (call: () => void) => () => void;
}

/** @param mostWaiting is less in tests */
export function outlet(
  stream: NodeJS.WriteStream,
  { onStalled, onTaken, onRefused, onAccepted }: OutletEvents = {},
  mostWaiting = MOST_WAITING,
): Outlet {
  doNotBlock(stream);
  let isStalled = false;
  let leftOut = 0;
  let isRefused = false;
  const taken = () => {
    if (!isStalled) return;
    isStalled = false;
    const count = leftOut;
    leftOut = 0;
    onTaken?.(count);
  };
  const written = (error?: Error | null) => {
    if (error) {
      isRefused = true;
      onRefused?.(error);
      return;
    }
    if (isRefused) onAccepted?.();
    isRefused = false;
    if (stream.writableLength === 0) taken();
  };
  return {
    isTerminal: stream.isTTY === true,
    columns: () => stream.columns || 80,
    isWaiting: () => stream.writableLength > 0,
    write: (text) => {
      // Once it is full it is emptied first: a line now and then would say nothing.
      if (!isStalled && stream.writableLength + text.length <= mostWaiting) {
        stream.write(text, written);
        return;
      }
      if (text.endsWith('\n')) leftOut++;
      if (isStalled) return;
      isStalled = true;
      onStalled?.();
    },
    flushed: (ms) =>
      new Promise((done) => {
        if (stream.writableLength === 0) {
          done(true);
          return;
        }
        const patience = setTimeout(() => done(false), ms);
        stream.write('', (error) => {
          clearTimeout(patience);
          done(!error);
        });
      }),
    onResize: (call) => {
      stream.on('resize', call);
      return () => stream.off('resize', call);
    },
  };
}

/**
 * Node waits for terminals on Linux, and for pipes on Windows: nothing goes on then, a signal is not seen either. There is
 * no public way to say otherwise. Consoles of Windows and files are written at once whatever is said.
 */
function doNotBlock(stream: NodeJS.WriteStream): void {
  const { _handle } = stream as { _handle?: { setBlocking?: (isBlocking: boolean) => unknown } };
  _handle?.setBlocking?.(false);
}
