import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORD_LIMIT } from '../../src/parsers/trace-records.js';
import { realLogs } from '../support/real-logs.js';
import { type ReadLog, readLog } from '../support/trace.js';

const read = (text: string): ReadLog => readLog(Buffer.from(text, 'utf8'));
const levels = (text: string) => read(text).records.map((record) => record.level);

describe('headers', () => {
  it('knows all ten event types, with any source and any id', () => {
    const types = [
      'Critical',
      'Error',
      'Warning',
      'Information',
      'Verbose',
      'Start',
      'Stop',
      'Suspend',
      'Resume',
      'Transfer',
    ];
    const log = types.map((type, index) => `Cce Service.exe ${type}: ${index - 5} : message ${index}\r\n`).join('');
    expect(levels(log)).toEqual(['critical', 'error', 'warning', 'information', 'verbose', ...Array(5).fill('other')]);
  });

  it('takes an empty source by the blank it leaves', () => {
    expect(levels(' Error: 0 : no source\n Warning: -7 : neither\n')).toEqual(['error', 'warning']);
  });

  it('takes numbers and joined names for unknown types', () => {
    expect(levels('CceService 3: 0 : x\nCceService Error, Warning: 0 : y\n')).toEqual(['other', 'warning']);
  });

  it('accepts an empty message with and without its trailing blank', () => {
    expect(levels('CceService Error: 0 : \r\nCceService Error: 1 :\r\nCceService Stop: 2 :')).toEqual([
      'error',
      'error',
      'other',
    ]);
  });

  it.each([
    'Error: 5 : prose in column 0',
    'CceService Error: zero : x',
    'CceService Error 0 : x',
    'CceService error: 0 : lower case is not an event type',
    'note: CceService Error: 0 : quoted behind a colon',
    'CceService Error: 0: no blank before the colon',
  ])('is not: %s', (line) => {
    expect(read(`${line}\n`).records.map(({ level }) => level)).toEqual(['orphan']);
  });
});

describe('bodies', () => {
  it('keeps blank lines, lines without header and column-0 text in the record', () => {
    const { records } = read('CceService Error: 0 : a\r\n\r\nplain line\r\n   at X.Y()\r\nCceService Stop: 0 : b\r\n');
    expect(records.map(({ text }) => text)).toEqual([
      'CceService Error: 0 : a\r\n\r\nplain line\r\n   at X.Y()',
      'CceService Stop: 0 : b',
    ]);
    expect(records.map(({ line }) => line)).toEqual([1, 5]);
  });

  it('takes a record that is quoted inside another, indented, for its body', () => {
    const log =
      'CceService Error: 0 : the other side said:\n    CceService Error: 0 : Logon failed\n        ProcessId=9\n    CceService Stop: 0 : x\n    ProcessId=1\n    DateTime=2018-09-07T10:40:32.8680668Z\nCceService Stop: 0 : next\n';
    const { records } = read(log);
    expect(records).toHaveLength(2);
    expect(records[0]?.time).toBe('2018-09-07T10:40:32.8680668Z');
  });

  it('finds records that are indented as a whole', () => {
    const log =
      '    CceService Error: 0 : a\n        ProcessId=1\n    CceService Warning: 0 : b\n        ProcessId=1\nCceService Stop: 0 : c\n    ProcessId=1\n    CceService Verbose: 0 : d\n        ProcessId=1\n';
    expect(levels(log)).toEqual(['error', 'warning', 'other', 'verbose']);
  });
});

describe('footers', () => {
  it('reads the time in any subset and order of footers, with or without their indentation', () => {
    const log = [
      'CceService Error: 0 : a\r\n    ProcessId=1\r\n    LogicalOperationStack=\r\n    ThreadId=4\r\n    DateTime=2018-09-07T10:40:37.3875187Z\r\n    Timestamp=12\r\n    Callstack=   at System.Environment.GetStackTrace()\r\n   at B.C()\r\n',
      'CceService Error: 0 : b\r\nDateTime=2018-09-07T10:41:37.0000001Z\r\nThreadId=4\r\n',
      'CceService Error: 0 : c\r\n    ThreadId=4\r\n',
    ];
    expect(read(log.join('')).records.map(({ time }) => time)).toEqual([
      '2018-09-07T10:40:37.3875187Z',
      '2018-09-07T10:41:37.0000001Z',
      null,
    ]);
  });

  it('reads a time before the header or at the start of the message', () => {
    const log =
      '2018-09-07 10:40:37.123 CceService Error: 0 : a\n[2018-09-07T12:40:38+02:00] CceService Error: 0 : b\nCceService Error: 0 : [2018-09-07 10:40:39] c\nCceService Error: 0 : 9/7/2018 10:40:40 cannot be told\n';
    expect(read(log).records.map(({ time }) => time)).toEqual([
      '2018-09-07T10:40:37.123Z',
      '2018-09-07T10:40:38Z',
      '2018-09-07T10:40:39Z',
      null,
    ]);
  });
});

describe('damage', () => {
  it('counts lines before the first header and keeps them as one piece to search', () => {
    const { records, orphanLines } = read('   at X.Y()\n--- End ---\nCceService Stop: 0 : x\n');
    expect(orphanLines).toBe(2);
    expect(records.map(({ level }) => level)).toEqual(['orphan', 'other']);
  });

  it('passes over NUL bytes and counts them, and finds the header behind them', () => {
    const log = `CceService Error: 0 : half a li${'\0'.repeat(5000)}CceService Stop: 0 : after\n${'\0'.repeat(3)}`;
    const { records, nulBytes } = read(log);
    expect(nulBytes).toBe(5003);
    expect(records.map(({ text }) => text)).toEqual(['CceService Error: 0 : half a li', 'CceService Stop: 0 : after']);
    expect(records[1]?.byteStart).toBe(5031);
  });

  it('keeps a megabyte of an oversized record, flags it, and loses neither its time nor what follows', () => {
    const log = `CceService Error: 0 : ${'x'.repeat(3 * RECORD_LIMIT)}\r\n    DateTime=2018-09-07T10:40:37.3875187Z\r\nCceService Stop: 0 : next\r\n`;
    const whole = readLog(Buffer.from(log));
    expect(whole.records).toHaveLength(2);
    expect(whole.records[0]).toMatchObject({
      truncated: true,
      time: '2018-09-07T10:40:37.3875187Z',
      byteEnd: log.indexOf('\r\nCceService Stop'),
    });
    expect(whole.records[0]?.text).toHaveLength(RECORD_LIMIT);
    expect(whole.records[1]).toMatchObject({
      line: 3,
      byteStart: log.indexOf('CceService Stop'),
      text: 'CceService Stop: 0 : next',
    });
    const portions = Array.from({ length: 60 }, () => 65_521);
    expect(readLog(Buffer.from(log), portions)).toEqual(whole);
  });

  it('counts bytes that are no UTF-8 and reads on', () => {
    const log = Buffer.concat([
      Buffer.from('CceService Error: 0 : '),
      Buffer.from([0xff, 0xe2, 0x82, 0x41]),
      Buffer.from('\nCceService Stop: 0 : x\n'),
    ]);
    const { records, invalidBytes } = readLog(log);
    expect(invalidBytes).toBe(3);
    expect(records[0]?.text).toContain('\uFFFD');
    expect(records).toHaveLength(2);
  });
});

describe('encodings', () => {
  const text =
    'CceService Error: 0 : Schlüssel 😀 キー\r\n    DateTime=2018-09-07T10:40:37.3875187Z\r\nCceService Stop: 0 : 在\r\n';
  const le = Buffer.from(text, 'utf16le');
  const be = Buffer.from(le).swap16();
  it.each([
    ['UTF-8 with mark', Buffer.from(`\uFEFF${text}`), 3, 1],
    ['UTF-16 LE with mark', Buffer.concat([Buffer.from([0xff, 0xfe]), le]), 2, 2],
    ['UTF-16 BE with mark', Buffer.concat([Buffer.from([0xfe, 0xff]), be]), 2, 2],
    ['UTF-16 LE without', le, 0, 2],
    ['UTF-16 BE without', be, 0, 2],
  ])('reads %s with offsets in raw bytes', (_, bytes, mark, unit) => {
    const { records } = readLog(bytes);
    const plain = readLog(Buffer.from(text));
    expect(records.map(({ text: body, time }) => [body, time])).toEqual(
      plain.records.map(({ text: body, time }) => [body, time]),
    );
    const second =
      unit === 2
        ? text.indexOf('CceService Stop') * 2
        : Buffer.byteLength(text.slice(0, text.indexOf('CceService Stop')));
    expect(records[0]?.byteStart).toBe(mark);
    expect(records[1]?.byteStart).toBe(mark + second);
  });
});

describe.skipIf(realLogs === null)('logs of other programs, read in place', () => {
  it.each([
    ['tracelistener-02-system-net-3lines.log', 1],
    ['tracelistener-03-system-net-russian-message.log', 2],
    ['tracelistener-06-vstest-testplatform-a.log', 558],
  ])('%s has %i records', (name, count) => {
    const { records, orphanLines } = readLog(readFileSync(join(realLogs as string, name)));
    expect(records).toHaveLength(count);
    expect(orphanLines).toBe(0);
  });
});

describe('many lines without a header', () => {
  it('are kept in pieces, so that all of them are searched and none is cut', () => {
    const log = `${'a plain line\n'.repeat(200_000)}the last of them\nCceService Stop: 0 : x\n`;
    const { records, orphanLines } = readLog(Buffer.from(log));
    expect(orphanLines).toBe(200_001);
    expect(records.filter(({ truncated }) => truncated)).toEqual([]);
    expect(records.filter(({ text }) => text.includes('the last of them'))).toHaveLength(1);
    const pieces = records.filter(({ level }) => level === 'orphan');
    expect(pieces.map(({ text }) => text).join('\n')).toBe(log.slice(0, log.indexOf('\nCceService')));
  });
});
