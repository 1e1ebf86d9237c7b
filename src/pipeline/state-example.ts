/** The files of a state's example, read as those of a bundle are, and what the rules find in them. */
import { contextOf } from '../context/index.js';
import { findStates } from '../detectors/state/find-states.js';
import type { Finding, StateSignature } from '../detectors/state/finding.js';
import type { StateExample } from '../model.js';
import { detectEncoding, type Encoding } from '../parsers/encoding.js';
import { FactReader } from '../parsers/facts/index.js';
import { kindOf } from '../parsers/kind.js';
import type { TextLine } from '../parsers/text-line.js';
import { decodeText } from '../parsers/text-window.js';

/** What the rules of the signatures find in the files of an example. */
export function findingsOf(signatures: readonly StateSignature[], example: StateExample): Finding[] {
  const context = contextOf(
    Object.entries(example.files).map(([path, text]) => sourceOf(path, text, example.encoding)),
    { appliance: null },
  );
  const appliances = context.appliances.map(({ key, name, site, product, asOf }) => ({
    key,
    name,
    site,
    version: example.version ?? product?.version ?? null,
    asOf: example.asOf ?? asOf,
  }));
  return findStates(signatures, context.facts, { appliances });
}

function sourceOf(path: string, text: string, written: StateExample['encoding']) {
  const bytes = bytesOf(text, written);
  const encoding = detectEncoding(bytes);
  const told = kindOf(bytes, encoding).kind;
  const kind = /\.ini$/i.test(path) ? 'config' : told === 'other' ? 'command-output' : told;
  const reader = new FactReader({ path, kind });
  const facts = [...linesOf(bytes, encoding).flatMap((line) => reader.push(line)), ...reader.end()];
  return { path, kind, machines: [], facts, firstTime: null, lastTime: null };
}

function bytesOf(text: string, written: StateExample['encoding']): Buffer {
  if (written === undefined) return Buffer.from(text, 'utf8');
  return Buffer.from(`\uFEFF${text}`, written === 'utf-16le' ? 'utf16le' : 'utf8');
}

function linesOf(bytes: Buffer, encoding: Encoding): TextLine[] {
  const size = (text: string) => Buffer.byteLength(text, encoding.unit === 2 ? 'utf16le' : 'utf8');
  let byteStart: number = encoding.markLength;
  return decodeText(bytes.subarray(byteStart), encoding)
    .split(/(?<=\n)/)
    .map((whole, index) => {
      const line = {
        text: whole.replace(/\r?\n$/, ''),
        number: index + 1,
        byteStart,
        byteEnd: byteStart + size(whole),
      };
      byteStart = line.byteEnd;
      return line;
    });
}
