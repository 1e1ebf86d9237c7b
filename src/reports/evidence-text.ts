/** A piece of evidence for the terminal, with line numbers; the record's own lines are marked. */
import type { OpenedEvidence } from '../model.js';
import { printable, printableLine } from '../redaction/printable.js';
import { t } from '../texts/texts.js';
import type { RenderOptions } from './format.js';
import { coloursFor } from './layout.js';

export function evidenceText({ evidence, path, state, why, lines }: OpenedEvidence, { colour }: RenderOptions): string {
  const colours = coloursFor(colour);
  const place = t`${printableLine(path)}, line ${evidence.line}, bytes ${evidence.byteStart}–${evidence.byteEnd}`;
  const verdict =
    state === 'unchanged'
      ? colours.green(t`these are the bytes that were seen (digest equal)`)
      : colours.yellow(
          state === 'gone'
            ? t`the file is gone; below is what the store kept`
            : t`the file has changed: ${printableLine(why ?? '')}; below is what the store kept`,
        );
  const digits = String(lines.at(-1)?.number ?? 1).length;
  const body = lines.map(({ number, text, inRecord }) => {
    const line = `${inRecord ? '>' : ' '} ${String(number).padStart(digits)} │ ${printable(text)}`;
    return inRecord ? line : colours.dim(line);
  });
  return `${colours.bold(evidence.id)}  ${place}\n${verdict}\n\n${body.join('\n')}\n`;
}
