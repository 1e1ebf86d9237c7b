/** Tells command output from other text by reading it: what yields a fact is output of something that is known. */
import { FactReader } from './reader.js';

/** Whether the lines that a text begins with say anything of an appliance, whatever its name. */
export function yieldsFacts(lines: readonly string[]): boolean {
  const reader = new FactReader({ path: '', kind: 'command-output' });
  const isFact = (text: string, index: number) =>
    reader.push({ text, number: index + 1, byteStart: 0, byteEnd: 0 }).length > 0;
  return lines.some(isFact) || reader.end().length > 0;
}
