/** Prompts of PowerShell and of cmd, and what was typed behind them. */

export interface Prompt {
  /** The machine of a remote session, `[CCEMS1]: PS C:\>`; null on the machine itself. */
  remote: string | null;
  typed: string;
  /** `>>`: what was typed goes on. */
  isContinued: boolean;
}

const POWERSHELL =
  /^(?:\[([^\]]{1,80})\]: ?)?(?:\[DBG\]: ?)?PS(?: (?:\w{1,30}:|\\\\|[\w.]{1,60}\\\w{1,30}::)[^>]{0,300})?>{1,3}(.*)$/;
const CMD = /^[A-Za-z]:\\[^<>|"?*]{0,260}>(.*)$/;
const CONTINUED = /^>>(?: (.*))?$/;
/** What a transcript of a host application writes besides: no prompt of anybody. */
const NOTE = /^(?:PS>|>> ?)(?:TerminatingError|CommandInvocation|ParameterBinding)\(/;

/** Reads a prompt and what stands behind it; null where the line is none. */
export function readPrompt(text: string): Prompt | null {
  if (text.length > 8192 || NOTE.test(text)) return null;
  const session = POWERSHELL.exec(text);
  if (session)
    return {
      remote: session[1] === 'localhost' ? null : (session[1] ?? null),
      typed: session[2]!.trim(),
      isContinued: false,
    };
  const continued = CONTINUED.exec(text);
  if (continued) return { remote: null, typed: (continued[1] ?? '').trim(), isContinued: true };
  const cmd = CMD.exec(text);
  return cmd ? { remote: null, typed: cmd[1]!.trim(), isContinued: false } : null;
}

/** A note of a transcript about what runs: neither prompt nor output. */
export function isTranscriptNote(text: string): boolean {
  return NOTE.test(text);
}
