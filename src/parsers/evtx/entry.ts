/** The entry that a record is. */
import { detailsOf, type EventEntry } from '../event-log/entry.js';
import type { XmlElement } from './binxml/nodes.js';
import { renderXml } from './binxml/render.js';
import { fileTime } from './binxml/times.js';
import type { ChunkRecord } from './chunk.js';

/**
 * @param ordinal 1-based number of the record in the file, which stands for a line
 * @param offset of the chunk in the file
 */
export function entryOfRecord(
  { start, end, written, event }: ChunkRecord & { event: XmlElement },
  ordinal: number,
  offset: number,
): EventEntry {
  const system = child(event, 'System');
  const value = (name: string) => textIn(child(system, name));
  const time = attribute(child(system, 'TimeCreated'), 'SystemTime');
  const ofRecord = fileTime(written) ?? '';
  return {
    firstLine: ordinal,
    byteStart: offset + start,
    byteEnd: offset + end,
    text: renderXml(event),
    ...detailsOf({
      id: value('EventID'),
      level: value('Level'),
      // When it was written differs from when it happened by no more than the service was late.
      time: isSet(time) ? time : isSet(ofRecord) ? ofRecord : '',
      provider: attribute(child(system, 'Provider'), 'Name'),
      computer: value('Computer'),
      message: messageOf(event),
    }),
  };
}

/** FILETIME begins with 1601: a time that nobody set is that of its first moment. */
function isSet(time: string): boolean {
  return time !== '' && !time.startsWith('1601-01-01');
}

/**
 * The rendered message, which forwarded events have. Of all others the file has only what is inserted into a message that
 * stands in a library of the machine: those strings, one a line.
 */
function messageOf(event: XmlElement): string {
  const rendered = textIn(child(child(event, 'RenderingInfo'), 'Message'));
  if (rendered.trim() !== '') return rendered;
  const body = event.content.filter(
    (one) => typeof one !== 'string' && !['System', 'RenderingInfo'].includes(one.name),
  );
  const data = (body as XmlElement[]).flatMap(({ name, content }) =>
    name === 'EventData' ? content.filter((one) => typeof one !== 'string' && one.name === 'Data') : [],
  );
  return (data.length > 0 ? data : body)
    .flatMap(textsIn)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .join('\n');
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  const found = element?.content.find((one) => typeof one !== 'string' && one.name === name);
  return found as XmlElement | undefined;
}

function attribute(element: XmlElement | undefined, name: string): string {
  return element?.attributes.find(([key]) => key === name)?.[1] ?? '';
}

function textIn(element: XmlElement | undefined): string {
  return element === undefined ? '' : textsIn(element).join('');
}

/** The texts in an element and in those within it. */
function textsIn(one: XmlElement | string): string[] {
  return typeof one === 'string' ? [one] : one.content.flatMap(textsIn);
}
