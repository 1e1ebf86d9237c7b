import { describe, expect, it } from 'vitest';
import { EventEntries, type EventEntry, type EventLogForm, eventLogForm } from '../../src/parsers/event-log/index.js';

/** Parses lines with CRLF line ends; `bytesOf` is the encoding of the file. */
function parse(
  form: EventLogForm,
  lines: string[],
  bytesOf: (text: string) => Buffer = (text) => Buffer.from(text),
): EventEntry[] {
  const entries = new EventEntries(form);
  const parsed: EventEntry[] = [];
  let byteStart = 0;
  for (const [index, text] of lines.entries()) {
    const byteEnd = byteStart + bytesOf(`${text}\r\n`).length;
    for (const entry of entries.push({ text, number: index + 1, byteStart, byteEnd })) parsed.push(entry);
    byteStart = byteEnd;
  }
  return [...parsed, ...entries.end()];
}

/** Parses an export after telling its form from its content. */
function read(lines: string[]): EventEntry[] {
  const form = eventLogForm(lines);
  expect(form).not.toBeNull();
  return parse(form!, lines);
}

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';
const RECOVERY = 'Completed recovery of the appliance, recover result: CannotRecover';

function wevtutilXml(id: number, message: string, level = 2): string {
  return (
    `<Event xmlns='${NAMESPACE}'><System><Provider Name='CceService'/><EventID Qualifiers='0'>${id}</EventID>` +
    `<Level>${level}</Level><Task>0</Task><Keywords>0x80000000000000</Keywords>` +
    `<TimeCreated SystemTime='2018-09-07T10:40:37.123456789Z'/><EventRecordID>4711</EventRecordID>` +
    `<Channel>Application</Channel><Computer>CCEHOST1</Computer><Security/></System>` +
    `<EventData><Data>${message}</Data></EventData></Event>`
  );
}

describe('XML', () => {
  it('of wevtutil has no root and single quotes', () => {
    const lines = [wevtutilXml(304, RECOVERY), wevtutilXml(20006, 'Appliance cannot be recovered', 3)];
    const [first, second] = read(lines);
    expect(first).toEqual({
      firstLine: 1,
      byteStart: 0,
      byteEnd: lines[0]!.length + 2,
      text: lines[0],
      eventId: 304,
      level: 'error',
      time: '2018-09-07T10:40:37.1234567Z',
      localTime: null,
      provider: 'CceService',
      computer: 'CCEHOST1',
      message: RECOVERY,
    });
    expect(second).toMatchObject({ firstLine: 2, byteStart: lines[0]!.length + 2, eventId: 20006, level: 'warning' });
  });

  it('of Event Viewer has a root, double quotes, a rendered message and lines anywhere', () => {
    const lines = [
      '\uFEFF<?xml version="1.0" encoding="utf-8" standalone="yes"?>',
      '<Events>',
      `<Event xmlns="${NAMESPACE}">`,
      '  <System><Provider Name="Cloud &amp; Co" Guid="{0}" EventSourceName="Name"/>',
      '  <EventID>304</EventID><Level>4</Level>',
      '  <TimeCreated SystemTime="2018-09-07T10:40:37.000000000Z" /><Computer>CCEHOST1</Computer></System>',
      '  <EventData><Data Name="a">inserted</Data></EventData>',
      '  <RenderingInfo Culture="de-DE"><Message>Erste &lt;Zeile&gt;&#xd;&#10;&quot;Zweite&quot; &amp;amp; &#x1F4A9;&#x110000;',
      'Dritte</Message><Level>Informationen</Level></RenderingInfo>',
      '</Event></Events>',
    ];
    const entries = read(lines);
    expect(entries).toHaveLength(1);
    expect(entries[0]).toMatchObject({
      firstLine: 3,
      provider: 'Cloud & Co',
      level: 'information',
      time: '2018-09-07T10:40:37.0000000Z',
      message: 'Erste <Zeile>\r\n"Zweite" &amp; \u{1F4A9}&#x110000;\nDritte',
    });
  });

  it.each<[string, (text: string) => Buffer]>([
    ['UTF-8', (text) => Buffer.from(text)],
    ['UTF-16', (text) => Buffer.from(text, 'utf16le')],
    ['one byte for each character', (text) => Buffer.from(text, 'latin1')],
  ])('on one line is cut at the bytes of its entries: %s', (_, bytesOf) => {
    const [first, second] = [wevtutilXml(1, 'Schlüssel für Ä'), wevtutilXml(2, 'zwei')];
    const line = `<Events>${first}${second}</Events>`;
    const entries = parse('xml', ['', line], bytesOf);
    const file = bytesOf(`\r\n${line}\r\n`);
    for (const [index, text] of [first, second].entries()) {
      const { byteStart, byteEnd } = entries[index]!;
      expect(entries[index]!.text).toBe(text);
      expect(file.subarray(byteStart, byteEnd)).toEqual(bytesOf(text));
    }
  });

  it('may lack a rendered message, fields and its end', () => {
    const start = `<Event xmlns='${NAMESPACE}'><System><EventID>7</EventID></System>`;
    const lines = [
      `${start}<UserData><Failure><Why>disk</Why><Code>5</Code></Failure></UserData></Event>`,
      `${start}<EventData><Data>a</Data><Data/><Data Name='x'>b</Data></EventData>`,
      `${start}</Event>`,
    ];
    expect(read(lines).map(({ message, level, time, computer }) => [message, level, time, computer])).toEqual([
      ['disk\n5', 'other', null, null],
      ['a\nb', 'other', null, null],
      ['', 'other', null, null],
    ]);
  });
});

describe('text of wevtutil', () => {
  const entry = (start: string, date: string) => [
    start,
    '  Log Name: Application',
    '  Source: CceService',
    `  Date: ${date}`,
    '  Event ID: 304',
    '  Task: N/A\0',
    '  Level: Error\0',
    '  Keyword: Classic,',
    '  User Name: N/A',
    '  Computer: CCEHOST1',
    '  Description: ',
  ];

  it('has a local time and the message below its label', () => {
    const lines = [...entry('Event[0]:', '2020-12-14T17:09:08.940'), RECOVERY, '', 'Source: the disk', ''];
    const [first, second] = read([...lines, ...entry('Event[1]:', '2020-12-14T17:09:09'), 'Second']);
    expect(first).toMatchObject({
      firstLine: 1,
      eventId: 304,
      level: 'error',
      time: null,
      localTime: '2020-12-14T17:09:08.940',
      provider: 'CceService',
      computer: 'CCEHOST1',
      message: `${RECOVERY}\n\nSource: the disk`,
    });
    expect(first!.text).toBe(lines.slice(0, -1).join('\n'));
    expect(second).toMatchObject({ firstLine: 16, message: 'Second' });
  });

  it('of newer versions of Windows has no colon and UTC', () => {
    expect(
      read([...entry('Event[0]', '2026-03-17T09:03:12.7750000Z').slice(0, -1), '  Description: On the line']),
    ).toMatchObject([{ time: '2026-03-17T09:03:12.7750000Z', localTime: null, message: 'On the line' }]);
  });

  it('may have lost its indentation and its date, or have labels in another language', () => {
    const lines = entry('Event[0]:', '').filter((line) => !line.includes('Date'));
    expect(read([...lines.map((line) => line.trim()), RECOVERY])).toMatchObject([
      { eventId: 304, time: null, localTime: null, message: RECOVERY },
    ]);
    expect(read(['Event[0]:', '  Protokollname: Application', '  Beschreibung:', RECOVERY])[0]!.message).toContain(
      RECOVERY,
    );
  });
});

describe('a list of Get-WinEvent', () => {
  const lines = [
    'PS C:\\> Get-WinEvent -LogName Application | Format-List',
    '',
    'TimeCreated  : 8/30/2018 11:39:09 PM',
    'ProviderName : CceService',
    'Id           : 304',
    'Message      : Completed recovery of the appliance,',
    '               recover result: CannotRecover',
    '',
    '               Id: see above',
    '',
    'TimeCreated  : 7.9.2018 10:40:37',
    'ProviderName : CceService',
    'Id           : 20006',
    'Message      : Appliance cannot be recovered automatically',
    '',
    'PS C:\\> exit',
  ];

  it('has entries that begin when a property comes again', () => {
    const entries = read(lines);
    expect(entries).toMatchObject([
      {
        firstLine: 3,
        eventId: 304,
        level: 'other',
        time: null,
        localTime: '2018-08-30T23:39:09',
        message: `Completed recovery of the appliance,\nrecover result: CannotRecover\n\nId: see above`,
      },
      { firstLine: 11, eventId: 20006, localTime: '2018-09-07T10:40:37' },
    ]);
    expect(entries[0]!.text).toBe(lines.slice(2, 8 + 1).join('\n'));
  });

  it('may have all properties, or be of Get-EventLog', () => {
    expect(
      read([
        'Message          : x',
        'Id               : 1',
        'Level            : 3',
        'MachineName      : A',
        'TimeCreated      : 2018-09-07 10:40:37',
      ]),
    ).toMatchObject([{ level: 'warning', computer: 'A', message: 'x', localTime: '2018-09-07T10:40:37' }]);
    expect(
      read([
        'Index         : 5',
        'EntryType     : Error',
        'InstanceId    : 3221225776',
        'Message       : x',
        'Source        : CceService',
        'TimeGenerated : 13/07/2018 10:40:37',
      ]),
    ).toMatchObject([{ eventId: 304, level: 'error', provider: 'CceService', localTime: '2018-07-13T10:40:37' }]);
  });
});

describe('CSV', () => {
  const header = '"Message","Id","Level","ProviderName","MachineName","TimeCreated","LevelDisplayName"';

  it('of Export-Csv has messages of several lines with quotes and delimiters', () => {
    const lines = [
      '#TYPE System.Diagnostics.Eventing.Reader.EventLogRecord',
      header,
      '"Completed recovery,',
      'result: ""CannotRecover""","304","2","CceService","CCEHOST1","9/7/2018 10:40:37 AM","Fehler"',
      '"two","20006","0","CceService","CCEHOST1","9/13/2018 10:40:37 AM","Informationen"',
    ];
    expect(read(lines)).toMatchObject([
      {
        firstLine: 3,
        eventId: 304,
        level: 'error',
        message: 'Completed recovery,\nresult: "CannotRecover"',
        time: null,
        localTime: null,
        text: lines.slice(2, 4).join('\n'),
      },
      { firstLine: 5, eventId: 20006, level: 'information', localTime: '2018-09-13T10:40:37' },
    ]);
  });

  it('may have another delimiter and no type line', () => {
    const lines = [header.replaceAll(',', ';'), '"x;y";"304";"3";"CceService";"A";"13.09.2018 10:40:37";"Warnung"'];
    expect(read(lines)).toMatchObject([{ message: 'x;y', level: 'warning', localTime: '2018-09-13T10:40:37' }]);
  });

  it('of Event Viewer has a column without a name, and a header in any language', () => {
    expect(
      read([
        'Level,Date and Time,Source,Event ID,Task Category',
        'Error,8/30/2018 11:39:09 AM,CceService,304,None,"Completed recovery of the appliance,',
        'recover result: CannotRecover"',
      ]),
    ).toMatchObject([{ level: 'error', eventId: 304, provider: 'CceService', message: RECOVERY.replace(', ', ',\n') }]);
    expect(
      read([
        'Ebene\tDatum und Uhrzeit\tQuelle\tEreignis-ID\tAufgabenkategorie',
        'Warnung\t30.08.2018 11:39:09\tCceService\t304\tKeine\tText',
      ]),
    ).toMatchObject([{ level: 'warning', localTime: '2018-08-30T11:39:09', message: 'Text' }]);
  });
});

describe('what is no export of an event log', () => {
  it.each([
    [['']],
    [['Name             : CCEMS1', 'State            : Running', 'Id               : 5']],
    [['a,b,c,d,e', '1,2,3,4,5,6']],
    [['Message,Id', 'x,1']],
    [['<Events>', '</Events>']],
    [['CceService Error: 0 : x', "<Event xmlns='http://example.org'>"]],
    [['PS C:\\> x', 'y', 'z', 'TimeCreated : 1', 'Id          : 1', 'Message     : 1']],
  ])('%j', (lines) => {
    expect(eventLogForm(lines)).toBeNull();
  });
});

describe('hostile text', () => {
  const megabyte = (piece: string) => piece.repeat(Math.ceil((1 << 20) / piece.length));
  const forms: EventLogForm[] = ['xml', 'text', 'list', 'csv'];
  const texts: [string, string][] = [
    ['openings', megabyte('<Event >')],
    ['closings', `<Event >${megabyte('</Event>')}`],
    ['angle brackets', `<Event ></System>${megabyte('<')}`],
    ['attributes', `<Event >${megabyte('<Provider Name=')}`],
    ['entities', `<Event ><RenderingInfo><Message>${megabyte('&#x')}`],
    ['an entry without end', `Event[0]:\n${megabyte('Description: x\n')}`],
    ['a list without end', `Id : 1\n${megabyte('x\n')}`],
    ['quotes', `Message,Id,TimeCreated\n${megabyte('"\n')}`],
    ['delimiters', megabyte(',')],
    ['blank lines', megabyte('\n')],
  ];

  it.each(texts)('%s take little time and memory', (_, text) => {
    const lines = text.split('\n');
    const start = performance.now();
    eventLogForm(lines);
    for (const form of forms) {
      expect(parse(form, lines).every(({ text }) => lines.length === 1 || text.length < 300_000)).toBe(true);
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('an entry over 256 K characters is closed, and the next one is read', () => {
    const long = Array.from({ length: 300 }, () => 'x'.repeat(1000));
    expect(parse('text', ['Event[0]:', ...long, 'Event[1]:', '  Event ID: 2'])).toHaveLength(2);
    expect(parse('xml', ['<Event >', ...long, '</Event>', wevtutilXml(2, 'x')]).at(-1)!.eventId).toBe(2);
    expect(parse('csv', ['Message,Id,TimeCreated', '"', ...long]).length).toBeGreaterThan(0);
  });
});

describe('tables', () => {
  const GET_WIN_EVENT = [
    'PS C:\\> Get-WinEvent -FilterHashtable @{LogName="Application";Id=304,20006}',
    '',
    '',
    '   ProviderName: CceService',
    '',
    'TimeCreated                     Id LevelDisplayName Message',
    '-----------                     -- ---------------- -------',
    `9/27/2018 10:00:15 AM          304 Error            ${RECOVERY}`,
    '9/27/2018 10:01:15 AM        20006 Fehler           Appliance cannot be recovered automatically, please recover',
    '                                                    manually',
    '',
  ];

  it('of Get-WinEvent have the time, the number right aligned and a message that may go on', () => {
    expect(read(GET_WIN_EVENT)).toMatchObject([
      { firstLine: 8, eventId: 304, level: 'error', localTime: '2018-09-27T10:00:15', message: RECOVERY },
      {
        eventId: 20006,
        level: 'error',
        provider: 'CceService',
        message: 'Appliance cannot be recovered automatically, please recover\nmanually',
      },
    ]);
  });

  it('of Get-EventLog begin with the place in the log', () => {
    const entries = read([
      '   Index Time          EntryType   Source                 InstanceID Message',
      '   ----- ----          ---------   ------                 ---------- -------',
      `    4711 Sep 07 10:00  Error       CceService                    304 ${RECOVERY}`,
    ]);
    expect(entries).toMatchObject([{ eventId: 304, level: 'error', provider: 'CceService', message: RECOVERY }]);
  });

  it('with something else behind them are a console', () => {
    const more = [
      ...GET_WIN_EVENT,
      'PS C:\\> Get-CcCredential',
      'ConvertTo-SecureString : Key not valid.',
      'PS C:\\> ',
    ];
    expect(eventLogForm(more)).toBeNull();
  });
});
