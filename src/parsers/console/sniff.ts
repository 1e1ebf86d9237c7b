/** Tells the text of a console from its lines. */
import { lineKind } from './lines.js';
import { readTranscriptHeader } from './transcript.js';

const SIGNS = new Set(['prompt', 'announcement', 'start', 'warning', 'position', 'category', 'errorId']);

/** Whether the lines hold what only a PowerShell console prints: a transcript header, a prompt, an error or a warning. */
export function looksLikeConsole(lines: string[]): boolean {
  return readTranscriptHeader(lines) !== null || lines.some((line) => SIGNS.has(lineKind(line)));
}
