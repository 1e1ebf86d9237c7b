/** `C:\Scripts\Deploy.ps1 : message` names a script by its path, which a narrow console wraps. */
import type { TextLine } from '../text-line.js';
import { isScriptPrefix } from './lines.js';
import { mayBeWrapped, widthOf } from './width.js';

const ROOT = /^(?:[A-Za-z]:\\|\\\\|\.\\)/;
/** A path of 260 characters at 40 columns. */
const MAX_LINES = 7;

/** Takes the lines that hold the first part of the script's path off the end of `lines`. */
export function wrappedScriptPath(lines: TextLine[], start: TextLine): TextLine[] {
  if (!isScriptPrefix(start.text) || ROOT.test(start.text)) return [];
  for (let at = lines.length - 1; at >= Math.max(0, lines.length - MAX_LINES); at--) {
    const { text } = lines[at]!;
    const isRoot = ROOT.test(text);
    if (text.slice(isRoot ? 2 : 0).includes(':')) return [];
    if (!isRoot) continue;
    const path = [...lines.slice(at), start];
    const width = widthOf(path);
    const isWrapped = path.every((line, index) => index === 0 || mayBeWrapped(path[index - 1]!.text, line.text, width));
    return isWrapped ? lines.splice(at) : [];
  }
  return [];
}
