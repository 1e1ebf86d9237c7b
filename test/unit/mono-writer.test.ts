/** Records that a genuine .NET trace listener wrote: the Mono runtime's, built from test/mono/TraceWriter.cs. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseExceptions } from '../../src/parsers/exceptions.js';
import { buildMono, hasMono } from '../support/mono.js';
import { readLog } from '../support/trace.js';

const installed = hasMono();

const ALL = 'ProcessId, LogicalOperationStack, ThreadId, DateTime, Timestamp, Callstack';

describe.skipIf(!installed)('a genuine trace listener', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-mono-'));
  const program = installed ? buildMono('TraceWriter') : '';
  const write = (name: string, records: number, footers: string[] = []) => {
    execFileSync('mono', [program, join(folder, name), String(records), ...footers]);
    return readFileSync(join(folder, name));
  };

  it.each([
    ['no footers', []],
    ['DateTime', ['DateTime']],
    ['ProcessId and DateTime', ['ProcessId, DateTime']],
    ['all footers', [ALL]],
  ])('with %s gives as many records as were traced, with their levels and times', (name, footers) => {
    const { records, orphanLines } = readLog(write(`${name}.log`, 50, footers));
    expect(records).toHaveLength(50);
    expect(orphanLines).toBe(0);
    expect(records.slice(0, 5).map(({ level }) => level)).toEqual([
      'information',
      'error',
      'warning',
      'verbose',
      'other',
    ]);
    const timed = footers.length > 0 ? records.length : 0;
    expect(records.filter(({ time }) => time !== null)).toHaveLength(timed);
  });

  it('gives the same records in portions of 4,096 bytes, as its writer flushes them', () => {
    const bytes = write('portions.log', 200, [ALL]);
    const portions = Array.from({ length: Math.ceil(bytes.length / 4096) }, () => 4096);
    expect(readLog(bytes, portions)).toEqual(readLog(bytes));
  });

  it('nests exceptions as the parser reads them', () => {
    const { records } = readLog(write('nested.log', 2));
    expect(parseExceptions(records[1]?.text ?? '').map(({ type, message, depth }) => [type, message, depth])).toEqual([
      ['System.InvalidOperationException', 'The session ended.', 0],
      ['System.TimeoutException', 'The operation has timed out.', 1],
      ['System.ArgumentException', expect.stringContaining('Value is out of range.'), 2],
    ]);
  });
});
