/** What the readers of this folder hand to each other: an answer that is being read, and what was found in it. */
import type { FACT_VALUES, FactKind } from '../../facts.js';
import type { TextLine } from '../text-line.js';

/** What the text says about the lines that come: they answer a command that was typed, or that the file is named after. */
export interface Answer {
  /** What was typed behind the prompt; empty where no prompt was seen. */
  typed: string;
  /** The command in its usual spelling; null where it is none that is known. */
  command: string | null;
  /** The machine that answers, as far as the command, the prompt or the transcript names it. */
  machine: string | null;
  /** The line with the prompt; null where the file's name alone tells the command. */
  prompt: TextLine | null;
  /** Whether the command shows or asks for secrets: then nothing below it is looked at. */
  isSecret: boolean;
  /** Whether errors or warnings stand in it. */
  hasErrors: boolean;
}

/** A fact before it is known where in the file it stands. */
export interface Found {
  about: FactKind;
  values: Readonly<Record<string, string | undefined>>;
  lines: readonly TextLine[];
  /** Where the lines themselves name the machine. */
  machine?: string | undefined;
  /** Where the lines themselves show which command printed them. */
  command?: string | undefined;
}

/** How an answer ended: with the next prompt, or because the file did. */
export type AnswerEnd = 'prompt' | 'file';

/** Reads one kind of output, wherever in an answer it begins. After `end` it is as new. */
export interface OutputReader {
  push(line: TextLine, answer: Answer): Found[];
  end(answer: Answer, how: AnswerEnd): Found[];
}

type ValuesOf<K extends FactKind> = { [N in (typeof FACT_VALUES)[K][number]]?: string | undefined };

/** A finding whose values have the names that its kind knows. A value that is undefined is absent. */
export function found<K extends FactKind>(about: K, values: ValuesOf<K>, lines: readonly TextLine[]): Found {
  return { about, values, lines };
}

/** Lines of one object, adapter or rule that are kept at most, and the characters in them. */
export const MAX_LINES = 600;
export const MAX_CHARACTERS = 128 * 1024;

/** Longer lines are no output that anybody prints; only JSON, CSV and CLIXML have longer ones. */
export const MAX_LINE = 8192;
