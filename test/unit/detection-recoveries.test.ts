/** Records that prove a failure over: found apart from hits, wherever they are written. All logs are synthetic. */
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../src/bundles/source-bytes.js';
import { Detector } from '../../src/detectors/detector.js';
import type { SourceKind } from '../../src/model.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { recordText } from '../../src/pipeline/excerpt.js';
import { recoveriesOfPart } from '../../src/pipeline/hits-of-part.js';
import { PART_HITS, type Part } from '../../src/pipeline/part.js';
import { readMember } from '../../src/pipeline/read-member.js';
import { foundIn } from '../../src/pipeline/run-examples.js';
import { SourceFindings } from '../../src/pipeline/source-findings.js';
import { TraceReader } from '../../src/pipeline/trace-reader.js';
import { ContentIdentity } from '../../src/store/index.js';
import { FAILED, FIRE, OVER, packOf } from '../support/fire-signature.js';
import { healthy, minute, record } from '../support/synthetic-log.js';

const pack = await packOf(FIRE);
const detector = new Detector(pack);

/** Lines of hits and recoveries. */
function linesIn(text: string, kind: SourceKind) {
  const { hits, recoveries } = foundIn(detector, text, kind);
  return { hits: hits.map(({ line }) => line), recoveries: recoveries.map(({ line }) => line) };
}

/** The parts of a trace log that is read in one go. */
async function partsOf(text: string): Promise<Part[]> {
  async function* blocks() {
    // More than a member that is held as a whole: only then it has several parts.
    for (let at = 0; at < text.length; at += 1 << 20) yield Buffer.from(text.slice(at, at + (1 << 20)));
  }
  const parts: Part[] = [];
  for await (const message of readMember('x.log', blocks(), detector))
    if (message.type === 'part') parts.push(message.part);
  return parts;
}

describe('a record of the service log', () => {
  it('that proves a failure over is a recovery, with its place and its time', () => {
    const log = healthy(minute(1)) + record('Error', FAILED, minute(2)) + record('Information', OVER, minute(3));
    const { hits, recoveries } = foundIn(detector, log, 'trace-log');
    expect(hits.map(({ signature }) => signature)).toEqual(['gateway-on-fire']);
    expect(recoveries).toMatchObject([
      {
        signature: 'gateway-on-fire',
        line: 7,
        byteStart: log.lastIndexOf('CceService'),
        byteEnd: log.length - 2,
        time: minute(3),
        timeBasis: 'explicit',
        excerpt: expect.stringContaining(OVER),
      },
    ]);
    expect(recoveries[0]?.digest).toMatch(/^[0-9a-f]{32}$/);
  });

  it('is found however it was wrapped', () => {
    const log = `CceService Information: 0 : the gate\r\n   way burns no mo\r\nre\r\n    DateTime=${minute(1)}\r\n`;
    expect(linesIn(log, 'trace-log')).toEqual({ hits: [], recoveries: [1] });
  });

  it('that says both is the failure', () => {
    const log = record('Error', `${FAILED}; ${OVER}`, minute(1));
    expect(linesIn(log, 'trace-log')).toEqual({ hits: [1], recoveries: [] });
  });

  it('that a condition rules out is none', () => {
    expect(linesIn(record('Information', `almost: ${OVER}`, null), 'trace-log').recoveries).toEqual([]);
  });

  it('of level Error is no unknown error, and no hit', async () => {
    const [part] = await partsOf(record('Error', OVER, minute(1)) + record('Error', 'something else', minute(2)));
    expect(part?.unknown.map(({ template }) => template)).toEqual(['something else']);
    expect(part?.report.hits).toEqual({});
    expect(part?.recoveries).toHaveLength(1);
  });

  it('is found by either scanner, in UTF-16 too', () => {
    const text = `\uFEFF${healthy(minute(1))}${record('Information', OVER, null)}`;
    for (const kind of ['plain', 'simd'] as const) {
      for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(text, 'utf16le').swap16()]) {
        const own = new Detector(pack, kind);
        const findings = new SourceFindings(own.signatures, (from, to) => bytes.subarray(from, to), true);
        const encoding = detectEncoding(bytes);
        const reader = new TraceReader(encoding, own, findings);
        reader.push(bytes);
        reader.end();
        const part = findings.take(new ContentIdentity().snapshot());
        expect(part.recoveries).toMatchObject([{ time: minute(1), timeBasis: 'estimated', shown: null }]);
        // What can be read again is not carried along.
        const textAt = (from: number, to: number) => recordText(bytesInMemory(bytes), encoding, from, to);
        expect(recoveriesOfPart(part, { lines: 10, time: null }, textAt)).toMatchObject([
          { line: 14, time: minute(1), excerpt: expect.stringContaining(OVER) },
        ]);
      }
    }
  });
});

describe('a console', () => {
  const wrapped = (text: string, width: number) => text.replace(new RegExp(`(.{${width}})(?=.)`, 'g'), '$1\r\n');

  it('tells it at any width, in the middle of words too', () => {
    for (let width = 4; width <= 30; width++) {
      const { hits, recoveries } = foundIn(
        detector,
        `PS C:\\> Get-Fire\r\n\r\n${wrapped(OVER, width)}\r\n\r\n`,
        'console',
      );
      expect(hits).toEqual([]);
      expect(recoveries).toMatchObject([
        { line: 3, time: null, timeBasis: 'none', excerpt: wrapped(OVER, width).replaceAll('\r\n', '\n') },
      ]);
    }
  });

  it('tells it in a warning, and in an error that is no unknown one', async () => {
    const warning = `WARNING: ${OVER}\r\n`;
    const error = `Get-Fire : ${OVER}\r\n    + FullyQualifiedErrorId : Gone\r\n`;
    expect(linesIn(warning + error, 'console')).toEqual({ hits: [], recoveries: [1, 2] });
    const [part] = await partsOf(`PS C:\\> Get-Fire\r\n${error}`);
    expect(part).toMatchObject({ unknown: [], recoveries: [{ line: 2 }] });
  });

  it('tells each in lines of notes, and of what was typed none', () => {
    const notes = `${OVER}\r\nnothing\r\n${OVER} and ${OVER}\r\n`;
    expect(linesIn(notes, 'console').recoveries).toEqual([1, 3]);
    expect(linesIn(`PS C:\\> Write-Host '${OVER}'\r\n`, 'console').recoveries).toEqual([]);
  });

  it('tells none in a list that holds the failure too: the newest may come first', () => {
    const list = `304 Error        ${FAILED}\r\n304 Information  ${OVER}\r\n`;
    expect(linesIn(list, 'console')).toEqual({ hits: [1], recoveries: [] });
    const apart = list.replace('\r\n', '\r\n\r\n');
    expect(linesIn(apart, 'console')).toEqual({ hits: [1], recoveries: [3] });
  });
});

it('an event log tells it with the time of the event', () => {
  const event = (id: number, time: string, text: string) =>
    `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='X'/><EventID>${id}</EventID>` +
    `<Level>2</Level><TimeCreated SystemTime='${time}'/><Computer>HOST1</Computer></System><EventData><Data>${text}</Data></EventData></Event>\n`;
  const log = event(1, '2018-09-07T10:40:37.000Z', FAILED) + event(2, '2018-09-07T10:50:37.000Z', OVER);
  const { hits, recoveries } = foundIn(detector, log, 'event-log');
  expect(hits).toHaveLength(1);
  expect(recoveries).toMatchObject([
    { line: 2, time: '2018-09-07T10:50:37.000Z', timeBasis: 'explicit', excerpt: `Event 2 (X): ${OVER}` },
  ]);
});

describe('the recoveries of a part', () => {
  it('take lines and times from what was read before', async () => {
    const [part] = await partsOf(`${record('Information', OVER, null)}${record('Information', OVER, minute(4))}`);
    expect(recoveriesOfPart(part as Part, { lines: 100, time: minute(2) })).toMatchObject([
      { line: 101, time: minute(2), timeBasis: 'estimated' },
      { line: 103, time: minute(4), timeBasis: 'explicit' },
    ]);
  });

  it('are masked, and plain data that another thread can take', async () => {
    const [part] = await partsOf(record('Information', `${OVER} (Password: Zx9Qw7Rt5Yp3)`, null));
    expect(structuredClone(part)).toEqual(part);
    const [recovery] = recoveriesOfPart(part as Part, { lines: 0, time: null });
    expect(recovery?.excerpt).toContain(OVER);
    expect(recovery?.excerpt).not.toContain('Zx9Qw7Rt5Yp3');
  });

  it('end it when they are many, as hits do', async () => {
    const count = 150_000;
    const parts = await partsOf(record('Information', OVER, null).repeat(count));
    expect(parts.reduce((sum, part) => sum + part.recoveries.length, 0)).toBe(count);
    // The first holds what was in memory before it was known what the member is.
    expect(parts.length).toBeGreaterThan(2);
    expect(Math.max(...parts.slice(1).map((part) => part.recoveries.length))).toBeLessThan(PART_HITS * 4);
  });
});
