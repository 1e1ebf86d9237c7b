/** Text laid out for a terminal of a given width. */
import pc from 'picocolors';
import type { Severity } from '../model.js';
import { columnsOf, wrapLines } from './text-width.js';

export type Colours = ReturnType<typeof pc.createColors>;

export function coloursFor(colour: boolean): Colours {
  return pc.createColors(colour);
}

/** Narrower than this nothing is readable; wider lines than this nobody reads. */
export function usableWidth(columns: number): number {
  return Math.max(40, Math.min(columns, 140));
}

/** Wraps a text to a width, each line behind `indent`; the first behind `first` where it is given. */
export function wrapped(text: string, width: number, indent: string, first = indent): string {
  const lines = wrapLines(text, Math.max(20, width - columnsOf(indent)));
  return lines.map((line, index) => `${index === 0 ? first : indent}${line}`.trimEnd()).join('\n');
}

/** Cuts a text to a width; what is cut shows as an ellipsis. */
export function fitted(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  let cut = '';
  for (const character of text) {
    if (columnsOf(cut + character) >= width) break;
    cut += character;
  }
  return `${cut}…`;
}

export function severityColour(colours: Colours, severity: Severity): (text: string) => string {
  if (severity === 'critical') return (text) => colours.bold(colours.red(text));
  if (severity === 'error') return colours.red;
  return severity === 'warning' ? colours.yellow : colours.cyan;
}

/** A moment on a line of its own: `2018-09-07 10:40:37Z`. */
export function momentText(time: string): string {
  return `${shortTime(time)}Z`;
}

/** An ISO time without the letters: `2018-09-07 10:40:37`. Always UTC. */
export function shortTime(time: string): string {
  return time.slice(0, 19).replace('T', ' ');
}
