/** Puts values into the places of their templates. */
import { BrokenBinXml } from './cursor.js';
import type { Part, Value, XmlElement } from './nodes.js';
import { type BinXmlChunk, DEPTH_LIMIT } from './parse.js';
import { BIN_XML, isArray, itemsOf, NULL, textOf } from './values.js';

type Content = XmlElement['content'];

interface Scope {
  chunk: BinXmlChunk;
  values: readonly Value[];
  /** An item of an array that stands in the place of all of it. */
  item: { index: number; text: string } | null;
  depth: number;
}

/** The elements of a record's BinXML. Throws `BrokenBinXml` where it is damaged, or says more than a record can. */
export function expand(chunk: BinXmlChunk, parts: readonly Part[]): XmlElement[] {
  const content: Content = [];
  put(parts, { chunk, values: [], item: null, depth: 0 }, content);
  return content.filter((one) => typeof one !== 'string');
}

function put(parts: readonly Part[], scope: Scope, into: Content): void {
  if (scope.depth > DEPTH_LIMIT) throw new BrokenBinXml('too many elements in each other');
  for (const part of parts) {
    scope.chunk.allowance.step();
    if (part.is === 'text') putText(part.text, scope, into);
    else if (part.is === 'place') putValue(part.index, scope, into);
    else if (part.is === 'element') putElement(part, scope, into);
    else put(part.content, { ...scope, values: part.values, item: null, depth: scope.depth + 1 }, into);
  }
}

/** An element with an array in it stands once for each item: how Windows writes the strings of a classic event. */
function putElement(part: Part & { is: 'element' }, scope: Scope, into: Content): void {
  const index = scope.item === null ? arrayIn(part.content, scope.values) : null;
  if (index === null) {
    into.push(elementOf(part, scope));
    return;
  }
  const { type, start, size } = scope.values[index] as Value;
  scope.chunk.allowance.text(size);
  const items = itemsOf(type, scope.chunk.bytes.subarray(start, start + size));
  for (const text of items.length === 0 ? [''] : items) {
    scope.chunk.allowance.step();
    into.push(elementOf(part, { ...scope, item: { index, text } }));
  }
}

/** Which value of several items the content has a place for. */
function arrayIn(content: readonly Part[], values: readonly Value[]): number | null {
  for (const part of content) {
    if (part.is === 'place' && isArray(values[part.index]?.type ?? NULL)) return part.index;
  }
  return null;
}

function elementOf({ name, attributes, content }: Part & { is: 'element' }, scope: Scope): XmlElement {
  const element: XmlElement = { name, attributes: [], content: [] };
  scope.chunk.allowance.text(name.length);
  for (const attribute of attributes) {
    const value: Content = [];
    put(attribute.value, scope, value);
    const text = value.filter((one) => typeof one === 'string').join('');
    scope.chunk.allowance.text(attribute.name.length);
    // As Windows does with one whose value is not given.
    if (text !== '' || !attribute.value.some(({ is }) => is === 'place'))
      element.attributes.push([attribute.name, text]);
  }
  put(content, { ...scope, depth: scope.depth + 1 }, element.content);
  return element;
}

function putValue(index: number, scope: Scope, into: Content): void {
  if (scope.item?.index === index) {
    putText(scope.item.text, scope, into);
    return;
  }
  const value = scope.values[index];
  if (value === undefined || value.type === NULL || value.size === 0) return;
  const { type, start, size } = value;
  const { chunk, depth } = scope;
  if (type === BIN_XML) {
    const parts = chunk.fragment(start, start + size, depth + 1);
    put(parts, { chunk, values: [], item: null, depth: depth + 1 }, into);
    return;
  }
  const bytes = chunk.bytes.subarray(start, start + size);
  chunk.allowance.text(size);
  putText(isArray(type) ? itemsOf(type, bytes).join(', ') : textOf(type, bytes), scope, into);
}

function putText(text: string, { chunk }: Scope, into: Content): void {
  chunk.allowance.text(text.length);
  const before = into.at(-1);
  // Texts that stand side by side are one.
  if (typeof before === 'string') into[into.length - 1] = before + text;
  else if (text !== '') into.push(text);
}
