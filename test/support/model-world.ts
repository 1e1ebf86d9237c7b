/** Files, the service that writes them, and watching, moved step by step; each step is one line of a counterexample. */
import Database from 'better-sqlite3';
import { analyze } from '../../src/pipeline/analyze.js';
import { openStore, type Store } from '../../src/store/index.js';
import { ModelDisk, type ModelFile } from './model-disk.js';
import { ModelTruth } from './model-truth.js';
import { healthy, keyError, logonFailure, minute, updateWarning } from './synthetic-log.js';
import { detector, WatchDesk } from './watch-desk.js';
import { analyzedAlone, HITS, type StoredHit } from './watch-reference.js';

const POLL_MS = 5000;
const LINGER_MS = 60_000;
/** The longest that watching waits after a refusal of the store. */
const BACK_OFF_MS = 31_000;

/** What all the records say that are equal: their signature tells them from others. */
const EQUAL = 'windows-update-not-enabled-warning';

/** Longer than what the store knows a log by: of less that two logs have in common, nothing can be said. */
const long = (text: string) =>
  text.replace('\r\n', `\r\n   at ${'Microsoft.Rtc.CCE.ManagementService.'.repeat(8)}Run()\r\n`);

class Killed extends Error {}

export class ModelWorld {
  readonly desk: WatchDesk;
  readonly disk: ModelDisk;
  readonly truth = new ModelTruth();
  #clock = 0;
  #users = 0;
  #pending: string[] = [];
  /** Parts of records were put together: they name users that nobody wrote. */
  #isTorn = false;
  #isOn = true;
  #surelyAt = 0;
  /** Files that this run has open, with their length at the last look. */
  readonly #open = new Map<ModelFile, { length: number; grewAt: number; lostAt: number | null }>();
  #killInCommit = false;
  /** Files that were cut since they were looked at. */
  readonly #cutSince = new Set<ModelFile>();
  #analyses = 0;

  constructor() {
    this.desk = new WatchDesk({ pollMs: POLL_MS, lingerMs: LINGER_MS, storeFile: this.#storeFile() });
    this.disk = new ModelDisk(this.desk.folder);
  }

  async do(step: string): Promise<void> {
    const [name, ...rest] = step.split(' ') as [string, ...string[]];
    const action = this.#actions[name];
    if (action === undefined) throw new Error(`no such step: ${step}`);
    await action(...rest);
  }

  async remove(): Promise<void> {
    this.disk.close();
    await this.desk.remove();
  }

  readonly #actions: Record<string, (...rest: string[]) => Promise<void> | void> = {
    write: (what) => {
      this.#buffer(what as string);
      this.#flush();
    },
    half: (what, tenths) => {
      const before = this.disk.pending;
      this.#buffer(what as string);
      this.#flush(before + Math.floor(((this.disk.pending - before) * Number(tenths)) / 10));
    },
    flush: (bytes) => this.#flush(Number(bytes)),
    look: () => this.#look(POLL_MS),
    glance: () => this.#look(1000),
    quiet: async () => {
      await this.#look(POLL_MS);
      await this.#look(POLL_MS);
    },
    pause: (seconds) => {
      this.desk.clock.now += Number(seconds) * 1000;
    },
    rename: (where) => {
      if (this.disk.live) this.disk.rename(this.disk.live, where === 'in');
    },
    rotate: (where) => {
      if (this.disk.live) this.disk.rename(this.disk.live, where === 'in');
      this.#reopen();
    },
    delete: () => {
      if (this.disk.live) this.disk.delete(this.disk.live);
    },
    recreate: () => this.#reopen(),
    empty: (how) => this.#cut(0, how),
    cut: (thousandths, how) => {
      const { live } = this.disk;
      if (live) this.#cut(Math.floor((live.content.length * Number(thousandths)) / 1000), how);
    },
    'cut-border': (number, how) => {
      const borders = [...(this.disk.live?.content.toString('latin1') ?? '').matchAll(/(?<=\n)(?=CceService )/g)];
      if (borders.length > 0) this.#cut(borders[Number(number) % borders.length]!.index, how);
    },
    copy: () => this.#copy(true),
    copytruncate: (where, how) => {
      this.#copy(where === 'in');
      this.#cut(0, how);
    },
    restart: async () => {
      await this.#stop();
      this.#start();
    },
    stop: () => this.#stop(),
    start: () => this.#start(),
    crash: () => this.#crash(),
    'crash-in-commit': async () => {
      this.#killInCommit = true;
      await this.#look(POLL_MS, false).catch((error) => {
        if (!(error instanceof Killed)) throw error;
      });
      if (!this.#killInCommit) this.#crash();
      this.#killInCommit = false;
    },
    lock: async (looks) => {
      // Makes the store where there is none yet.
      openStore(this.desk.db).close();
      const other = new Database(this.desk.db);
      other.exec('BEGIN IMMEDIATE');
      for (let look = 0; look < Number(looks); look++) await this.#look(POLL_MS, false);
      other.exec('ROLLBACK');
      other.close();
      this.#surelyAt = this.desk.clock.now + BACK_OFF_MS;
    },
    analyze: () => this.#analyze(),
  };

  /** What is wrong at the end, one line for each. */
  async judge(): Promise<string[]> {
    this.#start();
    // A line that has not come whole may yet end the record before it, or go on with it.
    const { live } = this.disk;
    if (this.disk.pending > 0 || (live && live.content.length > 0 && live.content.at(-1) !== 0x0a))
      await this.do('write healthy');
    await this.#look(BACK_OFF_MS + POLL_MS);
    // Files that are gone are let go of, and copies of them may be logs of their own then.
    await this.#look(LINGER_MS);
    for (let look = 0; look < 3; look++) await this.#look(POLL_MS);
    return [...this.#judgeCounts(), ...(await this.#judgeFiles())];
  }

  #judgeCounts(): string[] {
    const wrong: string[] = [];
    const counts = this.#counts();
    for (const { name, written, due, extra } of this.truth.records.values()) {
      const count = counts.get(name) ?? 0;
      counts.delete(name);
      if (count < due) wrong.push(`${due - count} of ${due} of ${name} are lost`);
      if (count > written + extra) wrong.push(`${name} counts ${count} times, not ${written + extra} at most`);
    }
    if (!this.#isTorn) for (const name of counts.keys()) wrong.push(`${name} was never written`);
    const [[hits, tallies]] = this.desk.query(
      'SELECT (SELECT count(*) FROM hits), (SELECT coalesce(sum(count), 0) FROM incident_streams)',
    ) as [[number, number]];
    if (hits !== tallies) wrong.push(`incidents count ${tallies} of ${hits} hits`);
    return wrong;
  }

  /** How often each record is in the store, by what tells it from others. */
  #counts(): Map<string, number> {
    const rows = this.desk.query(
      `SELECT s.name, i.entities, h.time, h.time_basis FROM hits h JOIN incidents i ON i.row = h.incident
       JOIN signatures s ON s.id = h.signature`,
    ) as [string, string, string | null, number][];
    const counts = new Map<string, number>();
    for (const [signature, entities, time, basis] of rows) {
      const { user } = JSON.parse(entities) as { user?: string };
      // One of a pair that has no time was seen before it was whole.
      if (user === undefined && signature !== EQUAL && basis !== 2) continue;
      const name = user ?? (signature === EQUAL ? signature : (time as string));
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    return counts;
  }

  /** Each file that is there: its hits stand in the store as an analysis of it would find them. */
  async #judgeFiles(): Promise<string[]> {
    const wrong: string[] = [];
    for (const entry of this.desk.watch.files) {
      if (entry.missingSince !== null) continue;
      const file = [...this.disk.files].find(({ name }) => name !== null && this.disk.path(name) === entry.path);
      if (file === undefined || file.content.length < 4) continue;
      const name = file.name as string;
      const stream = entry.tail?.stream ?? entry.passedOver?.stream;
      if (stream === undefined || stream === null) {
        wrong.push(`${name} belongs to no log: ${entry.passedOver?.why ?? entry.refusals}`);
        continue;
      }
      const { hits, report } = await analyzedAlone(entry.path);
      // What an analysis takes for no log, or for another kind of text, is followed as a log all the same.
      if (report.kind !== 'trace-log') continue;
      const stored = this.#hitsOf(stream);
      const before = this.#predecessorsOf(stream).flatMap((one) => this.#hitsOf(one));
      const isCopy = entry.tail === null;
      for (const hit of hits) {
        const same = stored.find(({ from, signature }) => from === hit.from && signature === hit.signature);
        const isLast = hit === hits.at(-1);
        if (same !== undefined && (isCopy ? isLast || same.digest === hit.digest : isEqual(same, hit))) continue;
        // The one before may have gone on with it after it was copied.
        const isInherited = before.some(
          ({ from, signature, time }) =>
            from === hit.from && signature === hit.signature && time?.slice(0, 16) === hit.time?.slice(0, 16),
        );
        if (same === undefined ? !isInherited : !this.#isTorn)
          wrong.push(`${name}: ${JSON.stringify(hit)} is ${JSON.stringify(same ?? null)} in log ${stream}`);
      }
      const [[length]] = this.desk.query(`SELECT length FROM streams WHERE id = ${stream}`) as [[number]];
      // An analysis may have read more of a log than a copy of it has.
      if (isCopy || length > file.content.length) continue;
      for (const one of stored)
        if (!hits.some(({ from, signature }) => from === one.from && signature === one.signature))
          wrong.push(`${name}: ${JSON.stringify(one)} stands in log ${stream}, and not in the file`);
      const kept = this.desk.watch.store?.source(stream);
      // The last report counts, and an analysis may have taken a shorter log for a copy of this one.
      if (this.#analyses > 0 && kept?.bytes !== file.content.length) continue;
      for (const key of [
        'records',
        'levels',
        'orphanLines',
        'nulBytes',
        'invalidBytes',
        'hits',
        'bytes',
        'encoding',
        'firstTime',
        'lastTime',
      ] as const)
        if (JSON.stringify(sorted(kept?.[key])) !== JSON.stringify(sorted(report[key])))
          wrong.push(`${name}: ${key} is ${JSON.stringify(kept?.[key])}, not ${JSON.stringify(report[key])}`);
    }
    return wrong;
  }

  #hitsOf(stream: number): StoredHit[] {
    const rows = this.desk.query(`${HITS} WHERE h.stream = ${stream} ORDER BY h.byte_start`);
    return rows.map(
      ([signature, from, to, line, time, basis, digest]) =>
        ({ signature, from, to, line, time, basis, digest }) as StoredHit,
    );
  }

  #predecessorsOf(stream: number): number[] {
    const found: number[] = [];
    let [[at]] = this.desk.query(`SELECT predecessor FROM streams WHERE id = ${stream}`) as [[number | null]];
    while (at !== null && !found.includes(at)) {
      found.push(at);
      [[at]] = this.desk.query(`SELECT predecessor FROM streams WHERE id = ${at}`) as [[number | null]];
    }
    return found;
  }

  #buffer(what: string): void {
    const [before, time] = /untimed|equal/.test(what) ? [null, null] : [minute(++this.#clock), minute(++this.#clock)];
    let name = `user${String(++this.#users).padStart(3, '0')}@contoso.example`;
    let text = time === null ? healthy(null) : healthy(time);
    if (what === 'timed' || what === 'untimed') text = logonFailure(time, name);
    if (what === 'equal') {
      name = EQUAL;
      text = long(updateWarning(null));
    }
    if (what === 'pair') {
      name = time as string;
      text = long(keyError(time));
    }
    const count = what === 'pair' ? 2 : 1;
    if (!what.startsWith('healthy')) this.truth.write(name, time !== null, text, count);
    this.#pending.push(name);
    // Times prove something only where a log tells more than one.
    this.disk.buffer((before === null ? '' : healthy(before)) + text.repeat(count));
  }

  #flush(bytes?: number): void {
    if (this.disk.pending > 0) this.disk.flush(bytes);
    if (this.disk.pending === 0) this.#pending = [];
  }

  #reopen(): void {
    this.#tear();
    this.disk.reopen();
  }

  #cut(length: number, how?: string): void {
    const { live } = this.disk;
    if (live === null) return;
    this.#tear();
    const before = live.content;
    this.disk.cut(live, length, how === 'stale');
    if (length > 0 && live.content.at(-1) !== 0x0a) this.#isTorn = true;
    if (length > 0) this.#cutSince.add(live);
    this.truth.cut(before, live.content, this.disk.pending > 0);
  }

  #copy(isWatched: boolean): void {
    const { live } = this.disk;
    if (live === null) return;
    // Half a record in the copy may be all that is left of it.
    if (this.disk.pending > 0) this.truth.part(this.#pending);
    this.disk.copy(live, isWatched);
  }

  /** What waits to be written goes elsewhere than its beginning. */
  #tear(): void {
    if (this.disk.pending === 0) return;
    this.#isTorn = true;
    this.truth.part(this.#pending);
  }

  async #look(ms: number, isSure = true): Promise<void> {
    const { clock } = this.desk;
    if (!this.#isOn) {
      clock.now += ms;
      return;
    }
    const now = clock.now + ms;
    for (const [file, { lostAt }] of this.#open)
      if (lostAt !== null && now - lostAt >= LINGER_MS / 2) this.#open.delete(file);
    // Looks in between find no new names; and nothing is sure while the store was not to be had.
    if (isSure && ms >= POLL_MS && now >= this.#surelyAt) this.#see(now);
    await this.desk.look(ms);
  }

  #see(now: number): void {
    this.#cutSince.clear();
    for (const file of this.disk.files) {
      const isFound = file.name?.endsWith('.log') ?? false;
      if (isFound && !this.#open.has(file)) this.#open.set(file, { length: -1, grewAt: now, lostAt: null });
    }
    for (const [file, state] of this.#open) {
      const isFound = file.name?.endsWith('.log') ?? false;
      state.lostAt = isFound ? null : (state.lostAt ?? now);
      const isQuiet = state.length === file.content.length && now - state.grewAt >= 2000;
      if (file.content.length !== state.length) state.grewAt = now;
      state.length = file.content.length;
      this.truth.see(file, isQuiet);
    }
  }

  async #analyze(): Promise<void> {
    const { live } = this.disk;
    if (live === null || live.content.length === 0) return;
    // Whoever analyzes a log that was cut, before watching saw it, counts what was left as another log.
    if (this.#cutSince.has(live)) this.truth.again(live);
    // One that begins without a time may pass for the log before it that goes on.
    if (!this.#open.has(live) && !this.truth.beginsTimed(live)) this.truth.again(live, this.#pending);
    this.#analyses++;
    const store = openStore(this.desk.db);
    try {
      await analyze({ paths: [this.desk.path()], store, detector });
    } finally {
      store.close();
    }
  }

  async #stop(): Promise<void> {
    if (this.#isOn) await this.desk.stop();
    this.#isOn = false;
    this.#open.clear();
  }

  #start(): void {
    if (!this.#isOn) this.desk.start();
    this.#isOn = true;
  }

  #crash(): void {
    if (this.#isOn) this.desk.crash();
    this.#open.clear();
  }

  #storeFile() {
    return {
      path: 'store',
      open: (): Store => {
        const store = openStore(this.desk.db, { busyTimeoutMs: 1 });
        const commit = store.commit.bind(store);
        store.commit = (batch, tell) => {
          if (!this.#killInCommit) return commit(batch, tell);
          this.#killInCommit = false;
          return commit(batch, () => {
            throw new Killed('in the middle of a transaction');
          });
        };
        return store;
      },
      check: () => {},
    };
  }
}

function isEqual(a: StoredHit, b: StoredHit): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
