/**
 * Characters that no reader sees: controls, terminal sequences, zero-width and direction marks. A word with one inside
 * reads the same and is found by no pattern.
 */
const UNSEEN =
  /\x1b(?:\[[0-?]{0,20}[ -/]{0,4}[@-~]|\][^\x07\x1b\r\n]{0,200}(?:\x07|\x1b\\)|[@-Z\\-_])|(?![\t\n\r])[\p{Cc}\p{Default_Ignorable_Code_Point}\ufff9-\ufffb]/gu;

export interface ReadablePart {
  readable: string;
  /** Where each character of it stands in the text; null where it is all of the text. */
  places: number[] | null;
}

/** What a reader sees of a text. */
export function readablePart(text: string): ReadablePart {
  if (text.search(UNSEEN) < 0) return { readable: text, places: null };
  const places: number[] = [];
  let readable = '';
  let from = 0;
  const keep = (to: number) => {
    readable += text.slice(from, to);
    for (let place = from; place < to; place++) places.push(place);
  };
  for (const { index, 0: found } of text.matchAll(UNSEEN)) {
    keep(index);
    from = index + found.length;
  }
  keep(text.length);
  return { readable, places };
}
