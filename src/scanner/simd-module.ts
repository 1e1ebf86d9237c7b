/** The scanner's WebAssembly module: compiled once in a thread, its memories used again from source to source. */
import { readFileSync } from 'node:fs';

/** Beside `src` and `dist` alike. */
const FILE = new URL('../../dist/scanner/scanner.wasm', import.meta.url);

/** The part of the platform's interface that is used here; its types come with those of browsers only. */
declare const WebAssembly: {
  Module: new (bytes: Uint8Array) => object;
  Instance: new (module: object) => { exports: unknown };
};

/** An address in the memory, or another constant of the module. */
interface Address {
  readonly value: number;
}

/** What `assembly/index.ts` exports. Addresses and indices are whole numbers. */
export interface ScannerExports {
  memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  BLOCK: Address;
  WINDOW: Address;
  UNITS: Address;
  RAW: Address;
  SQUEEZED: Address;
  FOUND_END: Address;
  FOUND_LITERAL: Address;
  ROW_START: Address;
  ROW_END: Address;
  ROW_KEPT_END: Address;
  ROW_LINE: Address;
  ROW_LEVEL: Address;
  ROW_BODY: Address;
  ROW_TIME: Address;
  ROW_TRUNCATED: Address;
  ROWS: Address;
  ERROR_ROWS: Address;
  TOTALS: Address;
  TABLES: Address;
  DIGEST_LANES: Address;
  SCRATCH: Address;
  SCRATCH_SIZE: Address;
  resetDigest(): void;
  updateDigest(address: number, length: number): void;
  digestValue(): number;
  hasHighUnits(): number;
  reset(): void;
  scan(from: number, length: number, final: number, left: number): number;
  addFragment(
    low: number,
    high: number,
    checks: number,
    bits: number,
    bitCount: number,
    entries: number,
    entryMask: number,
    width: number,
  ): void;
  findLiterals(
    first: number,
    end: number,
    stride: number,
    bits: number,
    bitCount: number,
    entries: number,
    entryMask: number,
    width: number,
  ): number;
  nextPlace(): number;
  foldUnits(from: number, to: number, bigEndian: number): number;
  rowCount(): number;
  completedIndex(): number;
  completedLine(): number;
  completedOrphanLines(): number;
  completedNulBytes(): number;
  shiftRecords(by: number): void;
  closeRecord(end: number): void;
  excessEnd(length: number): number;
  isOpenDropped(): number;
  keptLimit(): number;
  openTime(): number;
  dropExcess(to: number): void;
  lineNumber(): number;
  orphanLineCount(): number;
  nulByteCount(): number;
}

let compiled: object | null | undefined;

/** Whether the fast scanner can run here: its file is there, and the processor has what it needs. */
export function isSimdAvailable(): boolean {
  return simdModule() !== null;
}

function simdModule(): object | null {
  if (compiled === undefined) {
    try {
      compiled = new WebAssembly.Module(readFileSync(FILE));
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/** A new instance with a memory of its own. To be called where `isSimdAvailable`. */
export function instantiate(): ScannerExports {
  return new WebAssembly.Instance(simdModule() as object).exports as ScannerExports;
}
