/** A scanner that is dropped anywhere and begun anew at its settled place gives what one that was never dropped gives. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { type ScannerKind, Scanners } from '../../src/scanner/scanners.js';
import { logText, portions } from '../support/log-arbitraries.js';

const ENCODERS: [string, (text: string) => Buffer][] = [
  ['utf-8', (text) => Buffer.from(text)],
  ['utf-8 with mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['utf-16le with mark', (text) => Buffer.from(`\uFEFF${text}`, 'utf16le')],
];

interface Account {
  records: [line: number, byteStart: number, byteEnd: number][];
  lineEnds: number;
  orphanLines: number;
  nulBytes: number;
  invalidBytes: number;
}

const SCANNERS = { plain: new Scanners([], 'plain'), simd: new Scanners([], 'simd') };

/** Reads in portions; after each, where `drops` says so, everything in memory is forgotten. */
function read(bytes: Buffer, sizes: readonly number[], drops: readonly boolean[], kind: ScannerKind): Account {
  const encoding = detectEncoding(bytes);
  const scanners = SCANNERS[kind as 'plain' | 'simd'];
  const total: Account = { records: [], lineEnds: 0, orphanLines: 0, nulBytes: 0, invalidBytes: 0 };
  let scanner = scanners.trace(encoding, 0);
  let at = 0;
  const take = () => {
    const { table, window } = scanner;
    for (let row = 0; row < table.count; row++)
      total.records.push([
        total.lineEnds + (table.line[row] as number),
        window.offsetOf(table.start[row] as number),
        window.offsetOf(table.end[row] as number),
      ]);
    scanner.release();
  };
  for (let step = 0; at < bytes.length; step++) {
    const end = Math.min(bytes.length, at + (sizes[step] ?? bytes.length));
    for (; at < end; at += scanner.block) {
      scanner.window.append(bytes.subarray(at, Math.min(end, at + scanner.block)));
      scanner.advance(false);
      take();
    }
    at = end;
    if (!drops[step]) continue;
    const { settled, window } = scanner;
    total.lineEnds += settled.lineEnds;
    total.orphanLines += settled.orphanLines;
    total.nulBytes += settled.nulBytes;
    total.invalidBytes += window.invalidBytes - window.invalidBytesInside;
    at = window.offsetOf(0);
    scanner.close();
    scanner = scanners.trace(encoding, at === encoding.markLength ? 0 : at);
    if (at === encoding.markLength) at = 0;
  }
  scanner.window.finish();
  scanner.advance(true);
  take();
  const { settled, window } = scanner;
  total.lineEnds += settled.lineEnds;
  total.orphanLines += settled.orphanLines;
  total.nulBytes += settled.nulBytes;
  total.invalidBytes += window.invalidBytes;
  scanner.close();
  return total;
}

describe.each(['plain', 'simd'] as const)('the %s scanner', (kind) => {
  it.each(ENCODERS)('in %s', (_, encode) => {
    fc.assert(
      fc.property(logText(), portions, fc.array(fc.boolean(), { maxLength: 40 }), (text, sizes, drops) => {
        const bytes = encode(text);
        expect(read(bytes, sizes, drops, kind)).toEqual(read(bytes, [], [], kind));
      }),
      { numRuns: 300 },
    );
  });

  it('in bytes that are no text', () => {
    const piece = fc.constantFrom(
      '\n',
      '\r\n',
      '\0',
      '\0'.repeat(5000),
      ' ',
      'A Error: 0 : x',
      'é',
      '\n\nline\n',
      ' B Stop: 1 : ',
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }),
        portions,
        fc.array(fc.boolean(), { maxLength: 40 }),
        (parts, sizes, drops) => {
          const bytes = Buffer.from(parts.join(''), 'latin1');
          expect(read(bytes, sizes, drops, kind)).toEqual(read(bytes, [], [], kind));
        },
      ),
      { numRuns: 300 },
    );
  });
});
