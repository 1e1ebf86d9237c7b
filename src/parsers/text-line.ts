/** One line of a text source as the console and event log parsers take it. Offsets count bytes of the raw file. */
export interface TextLine {
  /** Without its line end. */
  text: string;
  /** 1-based. */
  number: number;
  byteStart: number;
  /** After the line end. */
  byteEnd: number;
}
