/** Lines that a transcript writes around commands and at its end: no part of an answer. */
import type { LineKind } from '../console/lines.js';
import { isTranscriptNote } from './prompt.js';

/** When a command began and when the transcript ends: `Command start time: 20180907104037` in any language. */
const TIME = /[:\uFF1A]\s?\d{14}\s*$/;

export class TranscriptFrames {
  /** Whether the line before was one of them. */
  #isInside = false;

  /** Whether a line is one of them, after all that came before it. */
  take(text: string, kind: LineKind): boolean {
    const wasInside = this.#isInside;
    const isTitle = wasInside && /PowerShell/.test(text.slice(0, 200));
    this.#isInside = kind === 'rule' || isTitle;
    return this.#isInside || isTranscriptNote(text) || (wasInside && TIME.test(text.slice(-20)));
  }
}
