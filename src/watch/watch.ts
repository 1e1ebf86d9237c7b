/** Watching: looks at the files again and again, and tells what becomes of the incidents in them. */
import type { Detector } from '../detectors/detector.js';
import { CcelogError } from '../errors.js';
import type { KnownVersion } from '../incidents/fixes.js';
import type { Batch, Store } from '../store/index.js';
import { reasonOf } from '../store/store-error.js';
import { Announcer, type Occasion } from './announcer.js';
import type { Clock } from './clock.js';
import { FolderWatch, scan } from './discover.js';
import { type Entry, pauseAfter } from './entry.js';
import type { WatchEvent } from './event.js';
import { Follow } from './follow.js';
import { overdue } from './overdue.js';
import { Problems } from './problems.js';
import { type Ended, endedBefore, RecoveryWatch } from './recovery-watch.js';
import type { StoreFile } from './store-file.js';
import type { Tail } from './tail.js';
import type { Target } from './targets.js';

export interface WatchOptions {
  /** What is to be watched: asked again and again, for a folder may come where nothing was. */
  targets: () => readonly Target[];
  storeFile: StoreFile;
  detector: Detector;
  version: KnownVersion | null;
  clock: Clock;
  appliance: string | null;
  pollMs: number;
  quietMs: number;
  /** How long a file that is not found any more is read on; 60 s where nothing is said. */
  lingerMs?: number;
  /** Channels whose receivers are told, by way of the outbox. */
  channels: readonly string[];
  onEvent: (event: WatchEvent) => void;
  /** Something was put into the outbox. */
  onOutbox?: () => void;
  /** After each look at the files. */
  onLook?: (watch: Watch) => void;
  /** When all is read and the store is still open. */
  beforeClose?: () => Promise<void>;
  warn: (line: string) => void;
}

/** How often the folders are read though nothing says that they changed. */
const SCAN_MS = 5000;
/** Events of the file system come in swarms: not more than so many looks for them. */
const LEAST_PAUSE_MS = 100;
const LINGER_MS = 60_000;

export class Watch {
  readonly problems: Problems;
  readonly recovery = new RecoveryWatch();
  /** What was found since the start: complete records, error records that no signature explains, hits by signature. */
  readonly found = { records: 0, unknown: 0, hits: new Map<string, number>() };
  readonly #options: WatchOptions;
  readonly #follow: Follow;
  readonly #announcer: Announcer;
  /** Says when to look sooner; nothing does where looks are made one by one. */
  #folders: FolderWatch | null = null;
  #store: Store | null = null;
  /** How often another store was found in the place of the one that was used. */
  #replaced = 0;
  #storeFailures = 0;
  #storeAt = 0;
  #scannedAt = Number.NEGATIVE_INFINITY;
  /** Targets whose folders were there at the last look. */
  #present: readonly Target[] = [];
  /** Receivers know what ended before this run. */
  #isUpToDate = false;
  #wakeUp = new AbortController();

  constructor(options: WatchOptions) {
    const { clock, warn, detector, appliance, quietMs, lingerMs = LINGER_MS } = options;
    this.#options = options;
    this.problems = new Problems(clock, warn);
    this.#announcer = new Announcer(options);
    this.#follow = new Follow({
      detector,
      clock,
      problems: this.problems,
      appliance,
      quietMs,
      lingerMs,
      commit: (...batch) => this.#commit(...batch),
      onCaughtUp: (entry, tail) => this.#caughtUp(entry, tail),
    });
  }

  /** The store, while it can be used. */
  get store(): Store | null {
    return this.#store;
  }

  /** The files that are looked at. */
  get files(): Iterable<Entry> {
    return this.#follow.entries;
  }

  /** Watches until the signal is given; then all that was read is in the store. */
  async run(signal: AbortSignal): Promise<void> {
    const { clock, pollMs } = this.#options;
    const wake = () => this.#wakeUp.abort();
    signal.addEventListener('abort', wake, { once: true });
    this.#folders = new FolderWatch(() => {
      this.#follow.isScanDue = true;
      wake();
    });
    try {
      while (!signal.aborted) {
        const began = clock.monotonic();
        await this.look(signal);
        if (this.#follow.isBehind) continue;
        await this.#pause(pollMs - (clock.monotonic() - began), signal);
      }
    } finally {
      signal.removeEventListener('abort', wake);
      await this.close();
    }
  }

  /** One look at everything. */
  async look(signal: AbortSignal): Promise<void> {
    const { clock, targets, onLook } = this.#options;
    const now = clock.monotonic();
    try {
      const store = this.#openStore(now);
      if (store !== null) this.#options.storeFile.check();
      if (this.#follow.isScanDue || now - this.#scannedAt >= SCAN_MS) {
        this.#scannedAt = now;
        this.#scan(targets());
      }
      if (store !== null) {
        this.#tellDecisions(store);
        this.#tellOverdue(store);
        await this.#follow.visitAll(store, signal);
        // A backlog is read before anybody is asked to tell of changes: that takes a while to begin.
        if (!this.#follow.isBehind && !signal.aborted) await this.#folders?.watch(this.#present);
        this.#resolve(store, this.recovery.ended());
        this.#storeWorks();
      }
    } catch (error) {
      if (!isStoreError(error)) throw error;
      this.#storeFailed(error);
    }
    this.#announcer.tellRepeats();
    this.problems.tellNotes();
    onLook?.(this);
  }

  #scan(targets: readonly Target[]): void {
    const found = scan(targets);
    this.#follow.take(found);
    const missing = new Set(found.refused.map(({ path }) => path));
    this.#present = targets.filter(({ folder }) => !missing.has(folder));
  }

  /** Ends: what was read is brought into the store, where it can be. */
  async close(): Promise<void> {
    try {
      if (this.#store === null) this.#follow.dropTails();
      this.#follow.finish();
    } catch (error) {
      if (!isStoreError(error)) throw error;
      this.problems.begin('store', error.details.file ?? null, reasonOf(error));
    } finally {
      await this.#options.beforeClose?.();
      this.#closeStore();
      await this.#folders?.close();
    }
  }

  /** Lets everything go as a process does that is killed: nothing is brought into the store any more. */
  crash(): void {
    this.#follow.letGo();
    this.#closeStore();
  }

  #closeStore(): void {
    this.#store?.close();
    this.#store = null;
    this.#options.storeFile.release();
  }

  async #pause(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const { clock } = this.#options;
    this.#wakeUp = new AbortController();
    const began = clock.monotonic();
    await clock.sleep(Math.max(0, ms), this.#wakeUp.signal);
    const left = LEAST_PAUSE_MS - (clock.monotonic() - began);
    if (!signal.aborted && this.#wakeUp.signal.aborted && left > 0) await clock.sleep(Math.min(left, Math.max(0, ms)));
  }

  #openStore(now: number): Store | null {
    if (this.#store !== null) return this.#store;
    if (now < this.#storeAt) return null;
    const { storeFile } = this.#options;
    const store = storeFile.open();
    this.#store = store;
    if (storeFile.replaced !== this.#replaced) {
      this.#replaced = storeFile.replaced;
      this.#follow.forgetStore();
      this.problems.forgetStore();
    }
    // Those of an earlier run that was killed.
    if (this.#storeFailures === 0) store.watching.endProblems(this.#options.clock.wall().toISOString());
    this.recovery.begin(store.unresolved());
    this.problems.keepIn(store);
    return store;
  }

  /** Everything that is not in the store is read again when it can be used: it still stands in the files. */
  #storeFailed(error: CcelogError): void {
    const { clock } = this.#options;
    this.#follow.dropTails();
    try {
      this.#closeStore();
    } catch {
      // It is opened anew.
      this.#store = null;
    }
    this.#storeFailures++;
    this.#storeAt = clock.monotonic() + pauseAfter(this.#storeFailures);
    this.problems.begin('store', error.details.file ?? null, reasonOf(error));
  }

  #storeWorks(): void {
    if (this.#storeFailures === 0) return;
    this.#storeFailures = 0;
    this.problems.endAll('store');
  }

  #commit(entry: Entry, batch: Batch, records: number, unknown: number): void {
    const store = this.#store as Store;
    const changes = this.#announcer.run(store, entry.isBehind ? 'late' : 'now', (tell) => store.commit(batch, tell));
    const scope = batch.source.appliance ?? store.stream(batch.stream).scope ?? batch.source.scope;
    if (records > 0) this.recovery.arrived(scope, this.#options.clock.monotonic());
    this.recovery.changed(changes);
    this.found.records += records;
    this.found.unknown += unknown;
    for (const { signature, hits } of changes)
      if (hits > 0) this.found.hits.set(signature, (this.found.hits.get(signature) ?? 0) + hits);
  }

  /** What users decided in other processes. Before the logs are read: what comes back there comes back after it. */
  #tellDecisions(store: Store): void {
    this.recovery.changed(this.#announcer.run(store, 'decided', (tell) => store.tellDecisions(tell)));
  }

  /** Once, when watching begins: what receivers believe that were not there meanwhile. */
  #tellOverdue(store: Store): void {
    if (this.#isUpToDate || this.#options.channels.length === 0) return;
    const ended = overdue(store);
    if (ended.length > 0) this.#announcer.run(store, 'overdue', (tell) => store.tellAgain(ended, tell));
    this.#isUpToDate = true;
  }

  #resolve(store: Store, ended: readonly Ended[], occasion: Occasion = 'now'): void {
    if (ended.length === 0) return;
    const at = this.#options.clock.wall().toISOString();
    this.recovery.changed(this.#announcer.run(store, occasion, (tell) => store.resolve(ended, at, tell)));
    this.recovery.forget(ended);
  }

  /** A backlog is read: what it tells of is told as it stands now. */
  #caughtUp(entry: Entry, tail: Tail): void {
    const store = this.#store as Store;
    const scope = tail.report.appliance ?? store.stream(tail.stream).scope;
    const unresolved = store.unresolved().filter((incident) => incident.scope === scope);
    this.#resolve(store, endedBefore(tail.report.lastTime, unresolved), 'late');
    if ([...this.files].some((other) => other !== entry && other.tail !== null && other.isBehind)) return;
    this.#announcer.caughtUp();
  }
}

function isStoreError(error: unknown): error is CcelogError {
  return error instanceof CcelogError && /^(STORE_|DISK_FULL)/.test(error.code);
}
