/**
 * How `--on-incident` is read where no shell is asked for: into a program and its arguments, and nothing in it is expanded.
 *
 * Everywhere: blanks separate words; text in double quotes is one word, or a part of one.
 * On Windows: a backslash is a backslash, also before a quote, so that "C:\Program Files\tool\" is what it looks like.
 *   Within quotes, "" is a quote. Single quotes mean nothing: they occur in names.
 * Elsewhere, as a shell has it: text in single quotes stands for itself; a backslash takes the next character as it is, in
 *   double quotes only before " \ $ and `.
 */
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';

export type Command = { shell: false; program: string; args: string[] } | { shell: true; line: string };

export interface CommandOptions {
  /** `--shell`: the shell of the system reads the line, with all that this means. */
  shell?: boolean;
  platform?: NodeJS.Platform;
}

interface Word {
  text: string;
  /** Nothing of it was quoted. */
  isBare: boolean;
}

/** One part of a word: quoted, or as it stands. In the group: what it stands for, but for escapes. */
const WINDOWS_PART = /"(?<double>(?:[^"]|"")*)"|(?<bare>[^ \t\r\n"]+)/y;
const SHELL_PART =
  /'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\[\s\S])*)"|\\(?<escaped>[\s\S])|(?<bare>[^ \t\r\n'"\\]+)/y;

/** Who writes these without quotes wants a shell: as arguments they would be passed on and do nothing. */
const OPERATOR = /^(?:\|\|?|&&?|;|<|\d?>>?(?:&\d)?)$/;

/** What the user gave as a command. Throws BAD_USAGE; the text is not in the message, for it may hold a secret. */
export function parseCommand(
  text: string,
  { shell = false, platform = process.platform }: CommandOptions = {},
): Command {
  if (text.includes('\0')) throw wrong(t`it holds a NUL character`);
  if (text.trim() === '') throw wrong(t`it is empty`);
  if (shell) return { shell: true, line: text };
  const words = wordsOf(text, platform === 'win32');
  const operator = words.find((word) => word.isBare && OPERATOR.test(word.text));
  if (operator !== undefined)
    throw wrong(t`${operator.text} means something to a shell only`, t`add --shell, or put it in quotes to pass it on`);
  const [program = '', ...args] = words.map((word) => word.text);
  if (program.trim() === '') throw wrong(t`it names no program`);
  if (platform === 'win32') refuseScripts(program);
  return { shell: false, program, args };
}

function wordsOf(text: string, isWindows: boolean): Word[] {
  const part = isWindows ? WINDOWS_PART : SHELL_PART;
  const words: Word[] = [];
  let word: Word | null = null;
  for (let at = 0; at < text.length; at = part.lastIndex) {
    if (/[ \t\r\n]/.test(text.charAt(at))) {
      word = null;
      part.lastIndex = at + 1;
      continue;
    }
    part.lastIndex = at;
    const groups = part.exec(text)?.groups;
    if (groups === undefined) throw wrong(whyOpen(text.charAt(at)), t`close it`);
    const { single, double, escaped, bare } = groups;
    if (word === null) {
      word = { text: '', isBare: true };
      words.push(word);
    }
    if (bare === undefined) word.isBare = false;
    const inDouble = isWindows ? double?.replaceAll('""', '"') : double?.replace(/\\(["\\$`])/g, '$1');
    word.text += bare ?? single ?? escaped ?? inDouble ?? '';
  }
  return words;
}

function whyOpen(character: string): string {
  if (character === '\\') return t`a backslash has no end`;
  return character === '"' ? t`a double quote has no end` : t`a single quote has no end`;
}

/** Windows runs these only through another program, and Node.js refuses to do so unasked: told now, not at the incident. */
function refuseScripts(program: string): void {
  if (/\.(?:cmd|bat)$/i.test(program)) throw wrong(t`a batch file is run by the shell`, t`add --shell`);
  if (/\.ps1$/i.test(program))
    throw wrong(
      t`a script is run by PowerShell`,
      t`powershell.exe -NoProfile -NonInteractive -File <script>, as the command`,
    );
}

function wrong(why: string, advice?: string): CcelogError {
  const details = { why, try: advice ?? '--on-incident "program argument"' };
  return new CcelogError('BAD_USAGE', t`the command of --on-incident cannot be run`, details);
}
