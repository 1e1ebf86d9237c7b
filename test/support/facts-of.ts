/** Facts of a text, read as the pipeline reads it: from bytes, in pieces. */
import type { Fact } from '../../src/facts.js';
import type { SourceKind } from '../../src/model.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { FactReader } from '../../src/parsers/facts/index.js';
import { Lines } from '../../src/parsers/lines.js';
import { TextWindow } from '../../src/parsers/text-window.js';

export interface Given {
  path?: string;
  kind?: SourceKind;
  /** Bytes of a piece. */
  piece?: number;
}

export function factsOf(
  content: string | Uint8Array,
  { path = 'output.txt', kind = 'console', piece = 4096 }: Given = {},
): Fact[] {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const window = new TextWindow(detectEncoding(bytes));
  const lines = new Lines(window);
  const reader = new FactReader({ path, kind });
  const facts: Fact[] = [];
  for (let at = 0; at < bytes.length; at += piece) {
    window.append(bytes.subarray(at, at + piece));
    for (const line of lines.advance(false)) facts.push(...reader.push(line));
  }
  window.finish();
  for (const line of lines.advance(true)) facts.push(...reader.push(line));
  return [...facts, ...reader.end()];
}

/** What each fact says, without its place. */
export function valuesOf(content: string | Uint8Array, given: Given = {}): Record<string, string>[] {
  return factsOf(content, given).map(({ about, values }) => ({ about, ...values }));
}

/** As Out-File and `>` of Windows PowerShell write it. */
export function utf16(text: string): Buffer {
  return Buffer.from(`\uFEFF${text.replaceAll('\n', '\r\n')}`, 'utf16le');
}
