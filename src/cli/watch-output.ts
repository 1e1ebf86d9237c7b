/** What a watch prints: events on standard output, all else on standard error, and nothing of it ever keeps it waiting. */

import { printableLine } from '../redaction/printable.js';
import { kept, plural, t, translated } from '../texts/texts.js';
import type { Problems } from '../watch/problems.js';
import { outlet } from './outlet.js';
import { statusLine } from './status-line.js';

/** At the end what is printed has so long to be taken: who halted the terminal, or does not read, would wait forever. */
const LAST_MS = 250;
const OUTPUT = kept`standard output`;

export interface WatchOutput {
  event: (line: string) => void;
  say: (line: string) => void;
  warn: (text: string) => void;
  /** @param lineFor gives the line at the bottom of a terminal of so many columns */
  pulse: (lineFor: (columns: number) => string) => void;
  end: () => Promise<void>;
}

export interface WatchOutputOptions {
  isQuiet: boolean;
  /** Null before it is watched. */
  problems: () => Problems | null;
  /** Whoever read the events has gone. */
  onClosed: () => void;
}

export function watchOutput({ isQuiet, problems, onClosed }: WatchOutputOptions): WatchOutput {
  const leftOut = (count: number, from: string) =>
    plural(
      count,
      '{0} line left out of {1}, which nobody took; the store has what was told',
      '{0} lines left out of {1}, which nobody took; the store has what was told',
      translated(from),
    );
  const errors = outlet(process.stderr, {
    onTaken: (count) => warn(leftOut(count, kept`standard error`)),
  });
  const events = outlet(process.stdout, {
    onStalled: () =>
      problems()?.begin('output', OUTPUT, t`nobody takes what is told; it is left out, the store has it`),
    onTaken: (count) => {
      problems()?.end('output', OUTPUT);
      warn(leftOut(count, OUTPUT));
    },
    onRefused: ({ code, message }) => {
      if (code === 'EPIPE') onClosed();
      else problems()?.begin('output', OUTPUT, t`what is told cannot be written (${message}); the store has it`);
    },
    onAccepted: () => problems()?.end('output', OUTPUT),
  });
  const bottom = statusLine(errors, errors.isTerminal && events.isTerminal && !isQuiet);
  const warn = (text: string) => bottom.print(t`warning: ${printableLine(text)}`, errors);
  return {
    event: (line) => bottom.print(line, events),
    say: (line) => bottom.print(line, errors),
    warn,
    pulse: bottom.show,
    end: async () => {
      bottom.end();
      const taken = await Promise.all([events.flushed(LAST_MS), errors.flushed(LAST_MS)]);
      // What is still being written keeps a process alive. By then the command has set the exit code.
      if (taken.includes(false)) setTimeout(() => process.exit(), 0).unref();
    },
  };
}
