/**
 * What reading yields, part by part, as plain data that one thread can hand to another. Lines are counted from where the
 * reading began, and a time told before that is not known: whoever puts the parts together adds both.
 */
import type { Used } from '../bundles/archive/limits.js';
import type { Fact } from '../facts.js';
import type { Level, SourceKind, SourceReport, TimeBasis } from '../model.js';
import type { EncodingName } from '../parsers/encoding.js';
import type { ContentIdentitySnapshot } from '../store/content-identity.js';
import type { PackedTexts } from './packed-texts.js';

/** Hits and recoveries after which a part ends: the store takes them in one transaction. */
export const PART_HITS = 5000;
/** Characters of text after which a part ends: it goes from thread to thread in one piece of memory, which is copied. */
export const PART_TEXT = 1 << 18;

/** Hits in file order, as columns: they are many, and most name the same few failures. */
export interface FoundHits {
  /** Different failures. */
  failures: { signature: string; fingerprint: string; entities: Readonly<Record<string, string>> }[];
  /** For each hit, which of them it is. */
  failure: number[];
  line: number[];
  byteStart: number[];
  byteEnd: number[];
  digest: string[];
  time: (string | null)[];
  timeBasis: TimeBasis[];
  /**
   * Which of the texts an excerpt is made of, the part of the record's text that it takes; secrets are still in it. Null
   * where it can be read again: few hits keep their text.
   */
  shown: (number | null)[];
  texts: PackedTexts;
}

/** One record that proves a failure over. They are few. */
export interface FoundRecovery {
  /** The failure that is over. */
  signature: string;
  line: number;
  byteStart: number;
  byteEnd: number;
  digest: string;
  time: string | null;
  timeBasis: TimeBasis;
  /** The text that its excerpt is made of, as that of a hit. */
  shown: string | null;
}

/** One record that tells of recovery. */
export interface FoundMark {
  /** The id of the mark. */
  mark: string;
  line: number;
  byteStart: number;
  byteEnd: number;
  time: string | null;
  timeBasis: TimeBasis;
  /** What a timeline shows of it. */
  text: string;
}

/** Error records of one template that no signature explains, and the first of them. */
export interface FoundUnknown {
  template: string;
  level: Level;
  count: number;
  line: number;
  byteStart: number;
  byteEnd: number;
  digest: string;
  shown: string;
}

/** What one part of a source tells; numbers are those of the part alone. */
export interface Part {
  report: SourceReport;
  /** Line ends in it. */
  lineEnds: number;
  hits: FoundHits;
  /** In file order. */
  recoveries: FoundRecovery[];
  unknown: FoundUnknown[];
  /** What it says about the appliance. */
  facts: Fact[];
  /** What it tells of recovery, in file order. */
  marks: FoundMark[];
  /** Names of machines that it tells as its own. */
  machines: string[];
  /** Those of them of whose records something was found. */
  tellers: string[];
  /** The last time told in it, which may be one that is only near. */
  lastTime: string | null;
  /** Digests of the pages that were completed in it, and of what is behind them. */
  identity: ContentIdentitySnapshot;
}

/** What reading a member of an archive tells before its parts. */
export interface FoundSource {
  path: string;
  /** Its first bytes. */
  head: Uint8Array;
  kind: SourceKind;
  encoding: EncodingName | 'binary';
  skipped: string | null;
}

export type Message = AnyMessage & {
  /** What the archive's part that is being read has used of the limits by then. */
  used?: Used;
};

type AnyMessage =
  /** A member begins. A file's source is known to who asked for it. */
  | { type: 'source'; source: FoundSource }
  | { type: 'part'; part: Part }
  /** The source, or the range of it that was asked for, ends: how long it is, and its last bytes. */
  | { type: 'end'; size: number; tail: Uint8Array; failure: string | null }
  /** Something that could not be read, or not as it stands. */
  | { type: 'problem'; path: string; why: string }
  /** Ends a part of an archive: nothing but what it used. */
  | { type: 'used' };
