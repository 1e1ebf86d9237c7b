import { describe, expect, it } from 'vitest';
import type { EventEntry } from '../../src/parsers/event-log/index.js';
import { damageIn, EvtxEvents, isEvtx } from '../../src/parsers/evtx/index.js';
import {
  CHUNK,
  chunkOf,
  classicEvent,
  type Document,
  type Element,
  evtxOf,
  fileOf,
  NULL,
  number,
  type SyntheticEvent,
  sealChunk,
  text,
  texts,
} from '../support/evtx-writer.js';

const RECOVERY = 'Completed recovery of the appliance, recover result: CannotRecover';
const HEADER = 4096;

function read(bytes: Buffer): { entries: EventEntry[]; events: EvtxEvents; damage: string | null } {
  const events = new EvtxEvents();
  const entries = [...events.push(bytes), ...events.end()];
  return { entries, events, damage: damageIn(events.counts) };
}

function event(index: number, strings = [`message ${index}`]): SyntheticEvent {
  return { id: 300 + index, time: `2018-09-07T10:40:${String(index % 60).padStart(2, '0')}.1234567Z`, strings };
}

const many = (count: number) => Array.from({ length: count }, (_, index) => event(index));

/** One record of a template of its own. */
function readOne(template: Element, values: Document['values'] = []): EventEntry {
  const { entries, damage } = read(fileOf([chunkOf([{ template, values }], 1).bytes]));
  expect(damage).toBeNull();
  expect(entries).toHaveLength(1);
  return entries[0] as EventEntry;
}

describe('an event', () => {
  it('has the values of its System element and its strings as message', () => {
    const file = evtxOf([{ id: 304, time: '2018-09-07T10:40:37.1234567Z', strings: [RECOVERY] }]);
    expect(isEvtx(file)).toBe(true);
    const { entries, damage } = read(file);
    expect(damage).toBeNull();
    expect(entries).toEqual([
      {
        firstLine: 1,
        byteStart: HEADER + 512,
        byteEnd: HEADER + file.readUInt32LE(HEADER + 48),
        text: expect.stringContaining(`    <Data>${RECOVERY}</Data>`),
        eventId: 304,
        level: 'error',
        time: '2018-09-07T10:40:37.1234567Z',
        localTime: null,
        provider: 'CceService',
        computer: 'CCEHOST1',
        message: RECOVERY,
      },
    ]);
    expect(entries[0]?.text).toContain(
      '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event">\n  <System>',
    );
    // What is not given is not there.
    expect(entries[0]?.text).toContain('<Security/>');
  });

  it('has one Data element for each string', () => {
    const [entry] = read(evtxOf([event(1, ['first & <last>', '', 'übrig 日本'])])).entries;
    expect(entry?.message).toBe('first & <last>\nübrig 日本');
    expect(entry?.text).toContain('<Data>first &amp; &lt;last&gt;</Data>\n    <Data/>\n    <Data>übrig 日本</Data>');
  });

  it('is the same whether its template stands in it or in front of it, in each chunk', () => {
    const { entries, events } = read(evtxOf(many(20), 5));
    expect(events.counts).toMatchObject({ chunks: 4, records: 20, damagedRecords: 0 });
    expect(entries.map(({ message }) => message)).toEqual(many(20).map(({ strings }) => strings[0]));
    expect(entries.map(({ firstLine }) => firstLine)).toEqual(many(20).map((_, index) => index + 1));
    expect(entries.map(({ eventId }) => eventId)).toEqual(many(20).map(({ id }) => id));
    expect(entries[5]?.byteStart).toBe(HEADER + CHUNK + 512);
  });

  it('has the message that was rendered where it was forwarded', () => {
    const entry = readOne({
      name: 'Event',
      content: [
        { name: 'System', content: [{ name: 'Computer', content: ['CCEHOST2'] }] },
        { name: 'EventData', content: [{ name: 'Data', content: ['CannotRecover'] }] },
        {
          name: 'RenderingInfo',
          attributes: { Culture: ['en-US'] },
          content: [{ name: 'Message', content: [RECOVERY] }],
        },
      ],
    });
    expect(entry).toMatchObject({ message: RECOVERY, computer: 'CCEHOST2', eventId: null });
  });

  it('without a time of its own has that of its record', () => {
    const entry = readOne({
      name: 'Event',
      content: [{ name: 'UserData', content: [{ name: 'x', content: ['said'] }] }],
    });
    expect(entry).toMatchObject({ time: '2018-09-07T10:40:38.0000001Z', message: 'said', provider: null });
  });

  it('may have text, entities, characters and CDATA between its values', () => {
    const content = ['a', { entity: 'lt' }, { place: 0 }, { character: 0x41 }, { cdata: '<b>' }, { entity: 'other' }];
    const data: Element = {
      name: 'Data',
      attributes: { Name: ['n', { place: 0 }], Gone: [{ place: 1, optional: true }] },
      content,
    };
    const entry = readOne({ name: 'Event', content: [{ name: 'EventData', content: [data] }] }, [
      number(8, 7, 4),
      NULL,
    ]);
    expect(entry.message).toBe('a<7A<b>&other;');
    expect(entry.text).toContain('<Data Name="n7">a&lt;7A&lt;b&gt;&amp;other;</Data>');
  });

  it('may have values in values', () => {
    const inner: Element = { name: 'Inner', content: [{ place: 0 }] };
    const outer: Element = { name: 'Outer', content: [{ place: 0 }, { place: 1 }] };
    const entry = readOne({ name: 'Event', content: [{ name: 'UserData', content: [{ place: 0 }] }] }, [
      { template: outer, values: [{ template: inner, values: [text('deep')] }, text('beside')] },
    ]);
    expect(entry.message).toBe('deep\nbeside');
    expect(entry.text.split('\n').map((line) => line.trim())).toContain('<Inner>deep</Inner>');
  });
});

describe('values of every type', () => {
  const bytes = (hex: string) => Buffer.from(hex, 'hex');
  const cases: [name: string, type: number, value: Buffer, shown: string][] = [
    ['text', 0x01, Buffer.from('x\0', 'utf16le'), 'x'],
    ['ANSI text', 0x02, bytes('e46f00'), 'äo'],
    ['int8', 0x03, bytes('ff'), '-1'],
    ['uint8', 0x04, bytes('ff'), '255'],
    ['int16', 0x05, bytes('feff'), '-2'],
    ['uint16', 0x06, bytes('feff'), '65534'],
    ['int32', 0x07, bytes('fdffffff'), '-3'],
    ['uint32', 0x08, bytes('fdffffff'), '4294967293'],
    ['int64', 0x09, bytes('ffffffffffffffff'), '-1'],
    ['uint64', 0x0a, bytes('ffffffffffffffff'), '18446744073709551615'],
    ['float', 0x0b, bytes('0000c03f'), '1.5'],
    ['double', 0x0c, bytes('000000000000f83f'), '1.5'],
    ['boolean', 0x0d, bytes('01000000'), 'true'],
    ['boolean of one byte', 0x0d, bytes('00'), 'false'],
    ['binary', 0x0e, bytes('00ff1a'), '00FF1A'],
    ['GUID', 0x0f, bytes('33221100554477668899aabbccddeeff'), '{00112233-4455-6677-8899-AABBCCDDEEFF}'],
    ['size of 4 bytes', 0x10, bytes('10000000'), '0x10'],
    ['size of 8 bytes', 0x10, bytes('1000000000000000'), '0x10'],
    ['FILETIME', 0x11, fileTimeBytes(), '2018-09-07T10:40:37.1234567Z'],
    ['SYSTEMTIME', 0x12, bytes('e207090005000700' + '0a00280025007b00'), '2018-09-07T10:40:37.123Z'],
    ['SID', 0x13, bytes('0102000000000005' + '2000000020020000'), 'S-1-5-32-544'],
    ['hexadecimal of 4 bytes', 0x14, bytes('ff000000'), '0xff'],
    ['hexadecimal of 8 bytes', 0x15, bytes('0000000000008000'), '0x80000000000000'],
    ['a type that nobody knows', 0x3f, bytes('0102'), ''],
    ['one that is too short', 0x08, bytes('0102'), ''],
  ];

  it.each(cases)('%s', (_, type, value, shown) => {
    const template: Element = { name: 'Event', content: [{ name: 'UserData', content: ['=', { place: 0 }] }] };
    expect(readOne(template, [{ type, bytes: value }]).text).toContain(`<UserData>=${shown}</UserData>`);
  });

  it('and several of one', () => {
    const data: Element = { name: 'EventData', content: [{ name: 'Data', content: ['=', { place: 0 }] }] };
    const messageOf = (value: Document['values'][number]) =>
      readOne({ name: 'Event', content: [data] }, [value]).message;
    expect(messageOf({ type: 0x86, bytes: bytes('01000200ff') })).toBe('=1\n=2');
    expect(messageOf({ type: 0x93, bytes: bytes('010100000000000512000000' + '010100000000000513000000') })).toBe(
      '=S-1-5-18\n=S-1-5-19',
    );
    expect(messageOf(texts(['a', 'b']))).toBe('=a\n=b');
    // In an attribute, there is but one place for them.
    const attribute: Element = { name: 'UserData', attributes: { all: [{ place: 0 }] }, content: ['x'] };
    expect(readOne({ name: 'Event', content: [attribute] }, [texts(['a', 'b'])]).text).toContain('all="a, b"');
  });
});

function fileTimeBytes(): Buffer {
  const [, , , , value] = classicEvent({ id: 1, time: '2018-09-07T10:40:37.1234567Z', strings: [] }, 1).values;
  return (value as { bytes: Buffer }).bytes;
}

describe('a log that is damaged', () => {
  const file = evtxOf(many(30), 10);
  const messages = (entries: EventEntry[]) => entries.map(({ message }) => message);
  const all = messages(read(file).entries);
  const changed = (change: (bytes: Buffer) => void) => {
    const copy = Buffer.from(file);
    change(copy);
    return read(copy);
  };

  it('or was not closed has its records; nobody expects its checksums to be right', () => {
    const open = fileOf(
      [
        chunkOf(
          many(4).map((one, index) => classicEvent(one, index + 1)),
          1,
        ).bytes,
      ],
      { dirty: true },
    );
    // The header of the chunk is behind by two records.
    open.writeBigUInt64LE(2n, HEADER + 32);
    open.writeUInt32LE(HEADER, HEADER + 56);
    const { entries } = read(open);
    const second = entries[1] as EventEntry;
    open.writeUInt32LE(second.byteEnd - HEADER, HEADER + 48);
    expect(read(open)).toMatchObject({ damage: null, entries: { length: 4 } });
  });

  it('shows no records that are left over behind the last one', () => {
    const chunk = chunkOf(
      many(4).map((one, index) => classicEvent(one, index + 1)),
      1,
    ).bytes;
    const { entries } = read(fileOf([chunk]));
    const [, second, third] = entries as [EventEntry, EventEntry, EventEntry];
    chunk.writeUInt32LE(second.byteEnd - HEADER, 48);
    // It was written when the chunk held other numbers.
    chunk.writeBigUInt64LE(999n, third.byteStart - HEADER + 8);
    sealChunk(chunk);
    expect(read(fileOf([chunk]))).toMatchObject({ damage: null, entries: { length: 2 } });
  });

  it('has unused chunks', () => {
    expect(read(Buffer.concat([file, Buffer.alloc(3 * CHUNK)]))).toMatchObject({
      damage: null,
      entries: { length: 30 },
    });
  });

  it('without its header, or with a broken one, has its chunks', () => {
    expect(messages(read(file.subarray(HEADER)).entries)).toEqual(all);
    const headless = changed((bytes) => bytes.fill(0xee, 0, HEADER));
    expect(messages(headless.entries)).toEqual(all);
    expect(headless.damage).toBeNull();
    expect(isEvtx(file.subarray(HEADER))).toBe(true);
  });

  it('that is cut within a record has those before it', () => {
    const { byteStart, byteEnd } = read(file).entries[24] as EventEntry;
    const { entries, events, damage } = read(file.subarray(0, byteEnd - 9));
    expect(messages(entries)).toEqual(all.slice(0, 24));
    expect(events.counts).toMatchObject({ cutRecords: 1, damagedRecords: 0 });
    expect(damage).toBe('a damaged event log: the file ends within a record');
    expect(read(file.subarray(0, byteStart + 10)).events.counts).toMatchObject({ cutRecords: 1 });
    // Between two chunks nothing shows that it was longer.
    expect(read(file.subarray(0, HEADER + CHUNK))).toMatchObject({ damage: null, entries: { length: 10 } });
  });

  it('has what stands before and behind a chunk that is no more', () => {
    const { entries, damage } = changed((bytes) => bytes.fill(0xab, HEADER + CHUNK, HEADER + 2 * CHUNK));
    expect(messages(entries)).toEqual([...all.slice(0, 10), ...all.slice(20)]);
    expect(damage).toBe('a damaged event log: 1 of 3 chunks damaged');
  });

  it('has the records of a chunk whose signature is gone', () => {
    const { entries, damage } = changed((bytes) => bytes.fill(0, HEADER + CHUNK, HEADER + CHUNK + 8));
    expect(messages(entries)).toEqual(all);
    expect(damage).toBe('a damaged event log: 1 of 3 chunks damaged');
  });

  it('has the records behind one that is damaged', () => {
    const { byteStart, byteEnd } = read(file).entries[14] as EventEntry;
    const without = [...all.slice(0, 14), ...all.slice(15)];
    const wrong = ['a damaged event log: 1 record unreadable', 'wrong checksums in 1 of 3 chunks'].join(', ');
    const signature = changed((bytes) => bytes.fill(0x11, byteStart, byteStart + 4));
    expect([messages(signature.entries), signature.damage]).toEqual([without, wrong]);
    const inside = changed((bytes) => bytes.fill(0x77, byteStart + 24, byteEnd - 4));
    expect([messages(inside.entries), inside.damage]).toEqual([without, wrong]);
    const size = changed((bytes) => bytes.writeUInt32LE(0xffffffff, byteStart + 4));
    expect([messages(size.entries), size.damage]).toEqual([without, wrong]);
  });

  it('has the texts of records whose template is damaged', () => {
    const data = file.indexOf(Buffer.from('EventData', 'utf16le'), HEADER + CHUNK);
    // The token behind the name, which begins the element's content.
    const { entries, events } = changed((bytes) => bytes.writeUInt8(0x1f, data + 2 * 'EventData'.length + 2));
    expect(messages(entries)).toEqual(all);
    expect(events.counts).toMatchObject({ records: 30, damagedRecords: 10, wrongChecksums: 1 });
  });

  it('says where checksums are wrong, though all can be read', () => {
    const at = file.indexOf(Buffer.from('message 12', 'utf16le'));
    const { entries, damage } = changed((bytes) => bytes.write('n', at, 'utf16le'));
    expect(entries[12]?.message).toBe('nessage 12');
    expect(damage).toBe('a damaged event log: wrong checksums in 1 of 3 chunks');
  });

  it('is none where it is shorter than a header', () => {
    expect(read(file.subarray(0, 1000))).toMatchObject({
      entries: [],
      damage: 'a damaged event log: 1 of 1 chunks damaged',
    });
    expect(read(file.subarray(0, HEADER))).toMatchObject({ entries: [], damage: null });
  });
});

describe('what costs more than it weighs', () => {
  it('is not read: a value in ten thousand places', () => {
    const places = Array.from({ length: 10_000 }, () => ({ place: 0 }));
    const bomb: Document = {
      template: { name: 'Event', content: [{ name: 'UserData', content: places }] },
      values: [text('x'.repeat(2000))],
    };
    const { entries, events } = read(fileOf([chunkOf([bomb, classicEvent(event(1), 2)], 1).bytes]));
    expect(events.counts).toMatchObject({ damagedRecords: 1, records: 1 });
    expect(entries[0]?.message).toBe('message 1');
  });

  it('is not read: elements in each other', () => {
    let element: Element = { name: 'x', content: ['core'] };
    for (let depth = 0; depth < 800; depth++) element = { name: 'x', content: [element] };
    const { entries, events } = read(fileOf([chunkOf([{ template: element, values: [text('kept')] }], 1).bytes]));
    expect(events.counts).toMatchObject({ damagedRecords: 1 });
    expect(entries[0]?.message).toBe('kept');
  });
});
