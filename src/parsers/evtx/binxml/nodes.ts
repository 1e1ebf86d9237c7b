/** A value that fills a place of a template: its type, and the bytes of the chunk that hold it. */
export interface Value {
  type: number;
  start: number;
  size: number;
}

/** BinXML as it is written: elements with places for values, and templates with the values to put there. */
export type Part =
  | {
      is: 'element';
      name: string;
      attributes: readonly { name: string; value: readonly Part[] }[];
      content: readonly Part[];
    }
  | { is: 'text'; text: string }
  | { is: 'place'; index: number }
  | { is: 'template'; content: readonly Part[]; values: readonly Value[] };

/** XML with all values in their places. */
export interface XmlElement {
  name: string;
  attributes: [name: string, value: string][];
  content: (XmlElement | string)[];
}
