/** What a typed line says about the lines below it. */
import type { TextLine } from '../text-line.js';
import { commandOf, machineAsked } from './commands.js';
import type { Answer } from './found.js';
import { isSecretCommand } from './secret-name.js';

/** What stands before the first prompt answers the command that the file is named after. */
export function unasked(command: string | null): Answer {
  return { typed: '', command, machine: null, prompt: null, isSecret: false, hasErrors: false };
}

/** @param remote the machine that the prompt names */
export function answerTo(typed: string, remote: string | null, prompt: TextLine): Answer {
  const machine = machineAsked(typed) ?? remote;
  return { typed, command: commandOf(typed), machine, prompt, isSecret: isSecretCommand(typed), hasErrors: false };
}

/** Name of the state file that a command shows: what comes is its text. */
export function fileShown(typed: string): string | null {
  const shown = /^(?:Get-Content|gc|cat|type)\s.{0,300}?([^\s\\"']{1,60}\.ini|CceSer?vicePersistent\S{0,10})["']?\s*$/i;
  return shown.exec(typed)?.[1] ?? null;
}
