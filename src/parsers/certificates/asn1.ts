/** As much of DER and BER (X.690) as is needed to find certificates: tags and lengths, no values. */
export interface Element {
  tag: number;
  /** Where it begins itself. */
  at: number;
  /** Where its content begins and ends, and where what follows it does. */
  start: number;
  end: number;
  next: number;
}

export const TAG = { integer: 0x02, octets: 0x04, oid: 0x06, sequence: 0x30, set: 0x31, first: 0xa0 } as const;

/** Elements in each other whose length is not given; nothing needs more than a handful. */
const OPEN_LIMIT = 32;
/** Elements that are passed over to find the end of one whose length is not given. */
const PASSED_LIMIT = 20_000;

/**
 * The element at an offset; null where none stands, or one that goes on beyond `end`. Tags of several bytes, which
 * certificates have none of, are none.
 *
 * @param end of the element around it
 */
export function elementAt(bytes: Uint8Array, at: number, end: number): Element | null {
  const header = headerAt(bytes, at, end);
  if (header === null) return null;
  const { tag, start, length } = header;
  if (length !== null) {
    const next = start + length;
    return next > end ? null : { tag, at, start, end: next, next };
  }
  const next = endOfOpen(bytes, start, end);
  return next === null ? null : { tag, at, start, end: next - 2, next };
}

/** The elements in a range, up to a limit; what stands behind the first that is none is left out. */
export function elementsIn(
  bytes: Uint8Array,
  { start, end }: Pick<Element, 'start' | 'end'>,
  limit: number,
): Element[] {
  const elements: Element[] = [];
  for (let at = start; at < end && elements.length < limit; ) {
    const element = elementAt(bytes, at, end);
    if (element === null) break;
    elements.push(element);
    at = element.next;
  }
  return elements;
}

/** Null as length where the element ends with two NUL. */
function headerAt(
  bytes: Uint8Array,
  at: number,
  end: number,
): { tag: number; start: number; length: number | null } | null {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined || at + 2 > end || (tag & 0x1f) === 0x1f) return null;
  if (first < 0x80) return { tag, start: at + 2, length: first };
  if (first === 0x80) return (tag & 0x20) === 0 ? null : { tag, start: at + 2, length: null };
  const count = first & 0x7f;
  // Four bytes of length are more than any file that is read.
  if (count > 4 || at + 2 + count > end) return null;
  let length = 0;
  for (let index = 0; index < count; index++) length = length * 256 + (bytes[at + 2 + index] as number);
  return { tag, start: at + 2 + count, length };
}

function endOfOpen(bytes: Uint8Array, from: number, end: number): number | null {
  let open = 1;
  let at = from;
  for (let passed = 0; passed < PASSED_LIMIT; passed++) {
    if (bytes[at] === 0 && bytes[at + 1] === 0 && at + 2 <= end) {
      at += 2;
      if (--open === 0) return at;
      continue;
    }
    const header = headerAt(bytes, at, end);
    if (header === null) return null;
    if (header.length === null && ++open > OPEN_LIMIT) return null;
    at = header.start + (header.length ?? 0);
    if (at > end) return null;
  }
  return null;
}
