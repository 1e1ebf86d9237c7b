/** The files and the logs in them: which file is which log, through renames, emptying, deletion and copies. */
import { describe } from '../bundles/walk.js';
import type { Detector } from '../detectors/detector.js';
import { CcelogError } from '../errors.js';
import { turn } from '../pipeline/read-task.js';
import type { Batch, Store } from '../store/index.js';
import { t } from '../texts/texts.js';
import type { Clock } from './clock.js';
import { type FoundLog, isGone, type Scan } from './discover.js';
import { type Entry, entryOf, pauseAfter } from './entry.js';
import { type Look, lookAt } from './live-file.js';
import type { Problems } from './problems.js';
import { recognise } from './recognise.js';
import { Shortage } from './shortage.js';
import { Tail } from './tail.js';

/** Bytes of one file that are read before the others have their turn. */
const SHARE_BYTES = 1 << 28;
/** A log that does nothing for so long gives its memory back; where there are many, each does after each look. */
const REST_AFTER_MS = 10_000;
const MOST_AWAKE = 8;
/** Files that are looked at between two looks at the world outside. */
const VISITS_TO_TURN = 50;
/** Handles that stay open while their files do nothing. */
const MOST_HANDLES = 100;

export interface FollowOptions {
  detector: Detector;
  clock: Clock;
  problems: Problems;
  appliance: string | null;
  quietMs: number;
  /** A file that is not found any more is read for so long after it last grew: its writer may go on. */
  lingerMs: number;
  commit: (entry: Entry, batch: Batch, records: number, unknown: number) => void;
  /** All that a file held when it was found is read. */
  onCaughtUp: (entry: Entry, tail: Tail) => void;
}

export class Follow {
  readonly #options: FollowOptions;
  readonly #entries = new Map<string, Entry>();
  /** The log that was followed last at each path, in this run. */
  readonly #lastAt = new Map<string, number>();
  /** Logs whose files were seen deleted, or gone from their place. */
  readonly #deleted = new Set<number>();
  readonly #shortage: Shortage;
  #mostHandles = MOST_HANDLES;
  /** The latest log that was followed. */
  #latest = 0;
  /** Paths that were refused at the last look into the folders. */
  #refused = new Set<string>();
  /** Something is not where it was: the folders are to be read. */
  isScanDue = true;
  /** A backlog is there that is not read yet: no reason to wait. */
  isBehind = false;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#shortage = new Shortage(options.problems);
  }

  get entries(): Iterable<Entry> {
    return this.#entries.values();
  }

  /** Takes what was found in the folders. */
  take({ logs, refused }: Scan): void {
    this.isScanDue = false;
    const { problems, clock } = this.#options;
    const now = clock.monotonic();
    for (const path of this.#refused) this.#shortage.over(path);
    for (const { path, error } of refused)
      if (!this.#shortage.takes(path, error)) problems.begin('source', path, wordsFor(error));
    const names = new Set(refused.map(({ path }) => path));
    for (const path of this.#refused) if (!names.has(path)) problems.end('source', path);
    this.#refused = names;
    // The largest first: what is a copy of its beginning is known as one then.
    for (const log of logs.sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1))) this.#takeLog(log, now);
    const present = new Set(logs.map(keyOf));
    for (const [key, entry] of this.#entries) if (!present.has(key)) entry.missingSince ??= now;
  }

  /** Looks at each file once, and reads what is new. Throws the store's errors. */
  async visitAll(store: Store, signal: AbortSignal): Promise<void> {
    this.isBehind = false;
    let visits = 0;
    for (const [key, entry] of [...this.#entries]) {
      // Each file takes a moment, one that is recognised some more: what waits outside is not to wait for all of them.
      if (visits >= VISITS_TO_TURN) {
        visits = 0;
        await turn();
      }
      if (signal.aborted) return;
      visits += entry.tail === null ? VISITS_TO_TURN : 1;
      if (this.#options.clock.monotonic() < entry.retryAt) continue;
      try {
        await this.#visit(store, key, entry, signal);
      } catch (error) {
        if (error instanceof CcelogError || (error as { syscall?: unknown }).syscall === undefined) throw error;
        this.#refuse(key, entry, error);
      }
    }
    this.#shortage.tell();
  }

  /** Forgets what is not in the store; the files stay open, so that nothing that is renamed or deleted is lost. */
  dropTails(): void {
    for (const entry of this.#entries.values()) {
      entry.tail?.close();
      entry.tail = null;
      // What a copy is of may not be in the store, and may be gone when that can be used again.
      comparedAnew(entry);
    }
  }

  /** The store is another one: the numbers of its logs say nothing of those that were followed. */
  forgetStore(): void {
    this.dropTails();
    this.#lastAt.clear();
    this.#deleted.clear();
    this.#latest = 0;
    for (const entry of this.#entries.values()) {
      if (entry.passedOver?.stream !== null) entry.passedOver = null;
      Object.assign(entry, { stream: null, predecessor: null, before: null, after: 0 });
    }
  }

  /** Brings all that was read into the store and lets the files go. Throws the store's errors. */
  finish(): void {
    try {
      for (const entry of this.#entries.values()) {
        entry.tail?.finish();
        entry.tail = null;
      }
    } finally {
      this.letGo();
    }
  }

  /** Lets the files go, with what was read of them and is not in the store. */
  letGo(): void {
    this.dropTails();
    for (const entry of this.#entries.values()) entry.file.close();
    this.#entries.clear();
  }

  #takeLog(log: FoundLog, now: number): void {
    const key = keyOf(log);
    const known = this.#entries.get(key);
    if (known === undefined) {
      this.#entries.set(key, { ...entryOf(log, this.#predecessorOf(log), now), after: this.#latest });
      return;
    }
    known.missingSince = null;
    if (known.path === log.path) return;
    known.path = log.path;
    known.file.path = log.path;
    known.tail?.renamed(log.path);
  }

  /** The log that stood at a path before the file that was found there, where it surely is another. */
  #predecessorOf({ path, id }: FoundLog): number | null {
    const stream = this.#lastAt.get(path);
    if (stream === undefined) return null;
    const isElsewhere = [...this.#entries.values()].some((entry) => entry.stream === stream && entry.id !== id);
    return isElsewhere || this.#deleted.has(stream) ? stream : null;
  }

  async #visit(store: Store, key: string, entry: Entry, signal: AbortSignal): Promise<void> {
    const { clock, problems } = this.#options;
    const look = entry.file.look();
    // Opened anew by its name, which leads to another file now.
    if (look.id !== entry.id) {
      this.#leave(key, entry, true);
      return;
    }
    const now = clock.monotonic();
    if (look.size > entry.size) entry.grewAt = now;
    entry.size = look.size;
    await this.#read(store, entry, look, signal);
    // A file that can be opened need not be readable.
    if (entry.refusals > 0) problems.end('source', entry.path);
    this.#shortage.over(key);
    entry.refusals = 0;
    this.#letRest(entry);
    if (now - entry.grewAt >= REST_AFTER_MS || this.#entries.size > MOST_AWAKE) entry.tail?.rest();
    if (entry.missingSince === null) this.#checkName(entry);
    else if (this.#isOver(entry, now)) this.#leave(key, entry, look.isDeleted);
  }

  async #read(store: Store, entry: Entry, look: Look, signal: AbortSignal): Promise<void> {
    const { clock, onCaughtUp } = this.#options;
    // Twice at most: a log that was emptied is another one, which is read at once.
    for (let attempt = 0; attempt < 2; attempt++) {
      const tail = entry.tail ?? (await this.#begin(store, entry, look));
      if (tail === null) return;
      if (look.size > tail.offset) entry.unreadSince ??= clock.monotonic();
      if (await tail.read(Math.min(look.size, tail.offset + SHARE_BYTES), look.modified, signal)) {
        if (tail.offset < look.size) {
          this.isBehind = true;
          return;
        }
        entry.unreadSince = null;
        entry.lastReadAt = clock.wall();
        if (entry.isBehind) onCaughtUp(entry, tail);
        entry.isBehind = false;
        return;
      }
      this.#endTail(entry, tail, look.size < tail.offset);
    }
  }

  /** What was read of the log stays; what the file holds now is another log. */
  #endTail(entry: Entry, tail: Tail, isShorter: boolean): void {
    const what = !isShorter
      ? t`it was written anew; what it holds now is read from its beginning`
      : entry.size === 0
        ? t`it was emptied; what it holds now is read from its beginning`
        : t`it was cut to ${entry.size} of ${tail.offset} bytes; what it holds now is read from its beginning`;
    this.#options.problems.note('rotation', entry.path, what);
    entry.tail = null;
    entry.stream = null;
    // What had no line in it was the beginning of what is there now: the size of a copy, or a hole, before its bytes.
    const { records, orphanLines } = tail.report;
    entry.predecessor = records + orphanLines === 0 ? entry.before : tail.stream;
    entry.after = this.#latest;
    tail.finish();
  }

  /** A file was looked at: its handle goes where it must not be kept, or where there are too many. */
  #letRest({ file }: Entry): void {
    file.rest();
    if (this.#entries.size > this.#mostHandles) file.close();
  }

  /** Begins to follow the log that a file is, where it is one. */
  async #begin(store: Store, entry: Entry, look: Look): Promise<Tail | null> {
    const { commit, ...options } = this.#options;
    const stream = await recognise(store, entry, look, {
      entries: this.#entries,
      latest: this.#latest,
      problems: options.problems,
      onLookedAt: (other) => this.#letRest(other),
    });
    if (stream === null) return null;
    const tail = new Tail(
      { ...options, store, commit: (...found) => commit(entry, ...found) },
      entry.file,
      entry.id,
      stream,
      store.watching.position(stream),
    );
    entry.tail = tail;
    entry.stream = stream;
    entry.before = entry.predecessor;
    entry.predecessor = null;
    entry.isBehind = true;
    this.#lastAt.set(entry.path, stream);
    this.#latest = Math.max(this.#latest, stream);
    return tail;
  }

  /** The name may lead to another file, or nowhere, since the folder was read. */
  #checkName(entry: Entry): void {
    try {
      if (lookAt(entry.path).id === entry.id) {
        if (entry.tail) this.#lastAt.set(entry.path, entry.tail.stream);
        return;
      }
    } catch {
      // Gone, or refused: the folder will tell.
    }
    this.isScanDue = true;
  }

  /** Whether a file that is not found any more is let go: who writes it may go on for a while. */
  #isOver({ grewAt, missingSince, isHeld }: Entry, now: number): boolean {
    return !isHeld || now - Math.max(grewAt, missingSince ?? now) >= this.#options.lingerMs;
  }

  #leave(key: string, entry: Entry, isGoneFromPlace = false): void {
    this.#entries.delete(key);
    this.#shortage.over(key);
    this.isScanDue = true;
    if (isGoneFromPlace && entry.stream !== null) this.#deleted.add(entry.stream);
    try {
      entry.tail?.finish();
    } finally {
      entry.file.close();
      this.#freeCopies(entry.stream);
    }
  }

  /** Copies of a log that is not followed any more: one of them may go on with it. */
  #freeCopies(stream: number | null): void {
    if (stream === null) return;
    for (const entry of this.#entries.values()) if (entry.passedOver?.stream === stream) comparedAnew(entry);
  }

  #refuse(key: string, entry: Entry, error: unknown): void {
    const { problems, clock } = this.#options;
    // What was not open yet cannot be read any more.
    if (isGone(error)) {
      this.#leave(key, entry);
      return;
    }
    entry.file.close();
    entry.refusals++;
    entry.retryAt = clock.monotonic() + pauseAfter(entry.refusals);
    if (this.#shortage.takes(key, error)) this.#holdFewer();
    else problems.begin('source', entry.path, wordsFor(error));
  }

  /** Handles are short: those of files that have their names are opened anew at each look from now on. */
  #holdFewer(): void {
    const held = [...this.#entries.values()].filter(({ file, missingSince }) => file.isOpen && missingSince === null);
    this.#mostHandles = Math.min(this.#mostHandles, held.length >> 1);
    for (const { file } of held) file.close();
  }
}

/** A copy is to be looked at again, though it did not change. */
function comparedAnew({ passedOver }: Entry): void {
  if (passedOver !== null && passedOver.stream !== null) passedOver.modified = Number.NaN;
}

/** Files without a number are known by their names. */
function keyOf({ id, path }: FoundLog): string {
  return id.endsWith(':0') ? path : id;
}

function wordsFor(error: unknown): string {
  return isGone(error) ? t`it is not there; it is waited for` : describe(error);
}
