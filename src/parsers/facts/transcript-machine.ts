/** The headers of transcripts within a text: each names the machine that what follows was seen on. */
import { readTranscriptHeader, TRANSCRIPT_HEADER_LINES } from '../console/index.js';
import type { TextLine } from '../text-line.js';
import { type Found, found } from './found.js';

const SYSTEM = /(\S{1,64}) \(Microsoft Windows NT (\d{1,3}\.\d{1,3}\.\d{1,6})/;

export class TranscriptMachine {
  machine: string | null = null;
  /** From a line of asterisks on; null outside of what may be a header. */
  #lines: TextLine[] | null = null;

  /** Whether the header that the text may begin with is over: it is once there was a prompt. */
  isOver = false;

  /** Takes every line; gives what a header says once it is whole. */
  push(line: TextLine): Found[] {
    const isRule = /^\uFEFF?\*{22}\s*$/.test(line.text);
    if (this.#lines === null) {
      if (isRule) this.#lines = [line];
      return [];
    }
    const lines = [...this.#lines, line];
    this.#lines = lines.length > TRANSCRIPT_HEADER_LINES ? null : lines;
    if (!isRule) return [];
    this.#lines = [line];
    const machine = readTranscriptHeader(lines.map(({ text }) => text))?.machine ?? null;
    if (machine === null) return [];
    this.machine = machine;
    this.isOver = true;
    this.#lines = null;
    const place = lines.filter(({ text }) => text.length < 1000 && SYSTEM.test(text));
    const os = SYSTEM.exec(place[0]?.text ?? '')?.[2];
    return [{ ...found('machine', { name: machine, os }, place), machine }];
  }

  /** Whether a line, taken already, stands in a header that the text begins with: it answers nothing. */
  beginsWith({ text, number }: TextLine): boolean {
    if (number > TRANSCRIPT_HEADER_LINES || (this.#lines === null && /\S/.test(text))) this.isOver = true;
    return !this.isOver;
  }
}
