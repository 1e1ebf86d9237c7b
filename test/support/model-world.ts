/** Files, the service that writes them, and watching, moved step by step. */
import Database from 'better-sqlite3';
import { analyze } from '../../src/pipeline/analyze.js';
import { openStore, type Store } from '../../src/store/index.js';
import { targetOf } from '../../src/watch/targets.js';
import { ModelDisk } from './model-disk.js';
import { BACK_OFF_MS, LINGER_MS, ModelSight, POLL_MS, QUIET_MS } from './model-sight.js';
import { EQUAL, ModelTruth } from './model-truth.js';
import { healthy, keyError, logonFailure, minute, record, updateWarning } from './synthetic-log.js';
import { detector, WatchDesk } from './watch-desk.js';
import { differences } from './watch-reference.js';

/** Longer than what the store knows a log by: of less that two logs have in common, nothing can be said. */
const long = (text: string) =>
  text.replace('\r\n', `\r\n   at ${'Microsoft.Rtc.CCE.ManagementService.'.repeat(8)}Run()\r\n`);

/** Its first line alone looks like a failure; what comes behind it says that it is none. */
const harmless = (time: string | null) =>
  record(
    'Error',
    'System.Security.Cryptography.CryptographicException: Key not valid for use in specified state.',
    time,
    '   at System.Security.Cryptography.X509Certificates.X509Certificate.ExportHelper()\r\n'.repeat(3),
  );

class Killed extends Error {}

export class ModelWorld {
  readonly desk: WatchDesk;
  readonly disk: ModelDisk;
  readonly truth = new ModelTruth();
  readonly #sight: ModelSight;
  #isOn = true;
  #isAnalyzed = false;
  #minutes = 0;
  #users = 0;
  /** Names of the records that the service has not written out. */
  #waiting: string[] = [];
  #isToBeKilled = false;

  /** @param isHeld files stay open between looks; on shares they do not */
  constructor(isHeld: boolean) {
    const desk: WatchDesk = new WatchDesk({
      ...{ pollMs: POLL_MS, quietMs: QUIET_MS, lingerMs: LINGER_MS },
      storeFile: { path: 'store', open: () => this.#openStore(), check: () => {} },
      targets: () => [{ ...targetOf(desk.folder, false), isRemote: !isHeld }],
    });
    this.desk = desk;
    this.disk = new ModelDisk(desk.folder);
    this.#sight = new ModelSight(this.truth, isHeld);
  }

  async do(step: string): Promise<void> {
    const [name, ...rest] = step.split(' ') as [string, ...string[]];
    const action = this.#actions[name];
    if (action === undefined) throw new Error(`no such step: ${step}`);
    await action(...rest);
  }

  /** What is wrong in the end, one line for each. */
  async judge(): Promise<string[]> {
    await this.do('start');
    // A line that has not come whole may yet end the record before it, or go on with it.
    const { live } = this.disk;
    if (this.disk.pending > 0 || (live && live.content.length > 0 && live.content.at(-1) !== 0x0a))
      await this.do('write healthy');
    await this.#look(BACK_OFF_MS + POLL_MS);
    // Files that are gone are let go of, and copies of them may be logs of their own then.
    await this.#look(LINGER_MS);
    for (let look = 0; look < 3; look++) await this.#look(POLL_MS);
    const leniency = { isTorn: this.truth.isTorn, isAnalyzed: this.#isAnalyzed };
    return [...this.truth.judge(this.desk), ...(await differences(this.desk, leniency))];
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
    glance: () => this.#look(POLL_MS / 5),
    quiet: async () => {
      await this.#look(POLL_MS);
      await this.#look(POLL_MS);
    },
    pause: (seconds) => {
      this.desk.clock.now += Number(seconds) * 1000;
    },
    rename: (where) => {
      if (where === 'back') this.#renameBack();
      else if (this.disk.live) this.disk.rename(this.disk.live, where === 'in');
    },
    rotate: (where) => {
      if (this.disk.live) this.disk.rename(this.disk.live, where === 'in');
      this.#reopen();
    },
    delete: () => {
      if (this.disk.live) this.disk.delete(this.disk.live);
    },
    'delete-old': () => {
      const old = [...this.disk.files].find((file) => file.name !== null && file !== this.disk.live);
      if (old) this.disk.delete(old);
    },
    recreate: () => this.#reopen(),
    empty: (how) => this.#cut(0, how),
    cut: (thousandths, how) =>
      this.#cut(Math.floor(((this.disk.live?.content.length ?? 0) * Number(thousandths)) / 1000), how),
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
      await this.do('stop');
      await this.do('start');
    },
    stop: async () => {
      if (this.#isOn) await this.desk.stop();
      this.#isOn = false;
      this.#sight.forget();
    },
    start: () => {
      if (!this.#isOn) this.desk.start();
      this.#isOn = true;
    },
    crash: () => {
      if (this.#isOn) this.desk.crash();
      this.#sight.forget();
    },
    'crash-in-commit': async () => {
      this.#isToBeKilled = true;
      await this.#look(POLL_MS, false).catch((error) => {
        if (!(error instanceof Killed)) throw error;
      });
      if (!this.#isToBeKilled) await this.do('crash');
      this.#isToBeKilled = false;
    },
    lock: async (looks) => {
      openStore(this.desk.db).close();
      const other = new Database(this.desk.db);
      other.exec('BEGIN IMMEDIATE');
      for (let look = 0; look < Number(looks); look++) await this.#look(POLL_MS, false);
      other.exec('ROLLBACK');
      other.close();
      this.#sight.refused(this.desk.clock.now);
    },
    analyze: () => this.#analyze(),
  };

  #buffer(what: string): void {
    const isTimed = !/untimed|equal/.test(what);
    const [before, time] = isTimed ? [minute(++this.#minutes), minute(++this.#minutes)] : [null, null];
    const [name, text] = this.#record(what, time, `user${String(++this.#users).padStart(3, '0')}@contoso.example`);
    const count = what === 'pair' ? 2 : 1;
    if (name !== null) this.truth.write(name, isTimed, text, count);
    if (name !== null) this.#waiting.push(name);
    // Times prove something only where a log tells more than one.
    this.disk.buffer((before === null ? '' : healthy(before)) + text.repeat(count));
  }

  /** A record, and what tells it from others where it is a failure. */
  #record(what: string, time: string | null, user: string): [name: string | null, text: string] {
    switch (what) {
      case 'pair':
        return [time as string, long(keyError(time))];
      case 'equal':
        return [EQUAL, long(updateWarning(null))];
      case 'timed':
      case 'untimed':
        return [user, logonFailure(time, user)];
      case 'harmless':
        return [null, harmless(time)];
      default:
        return [null, record('Information', time === null ? 'No update is pending.' : 'Nothing to do.', time)];
    }
  }

  #flush(bytes?: number): void {
    if (this.disk.pending > 0) this.disk.flush(bytes);
    if (this.disk.pending === 0) this.#waiting = [];
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
    if (length > 0) this.#sight.cut(live);
    this.truth.cut(before, live.content, this.disk.pending > 0);
  }

  #renameBack(): void {
    const file = this.disk.renameBack();
    // Nobody saw how it came there: without times it may be a new log that begins like the one before it.
    if (file !== null && !this.#sight.knows(file)) this.truth.again(file);
  }

  #copy(isWatched: boolean): void {
    const { live } = this.disk;
    if (live === null) return;
    // Half a record in the copy may be all that is left of it.
    if (this.disk.pending > 0) this.truth.part(this.#waiting);
    this.#sight.doubt();
    this.disk.copy(live, isWatched);
  }

  /** What waits to be written goes elsewhere than its beginning. */
  #tear(): void {
    if (this.disk.pending > 0) this.truth.tear(this.#waiting);
  }

  async #look(ms: number, isSure = true): Promise<void> {
    const { clock } = this.desk;
    if (!this.#isOn) clock.now += ms;
    else {
      this.#sight.look(this.disk.files, clock.now + ms, isSure && ms >= POLL_MS);
      await this.desk.look(ms);
    }
  }

  async #analyze(): Promise<void> {
    const { live } = this.disk;
    if (live === null || live.content.length === 0) return;
    // Whoever analyzes a log that was cut, before watching saw it, counts what was left as another log; and one that begins
    // without a time may pass for the log before it that goes on.
    if (this.#sight.isCut(live)) this.truth.again(live);
    if (!this.#sight.knows(live) && !this.truth.beginsTimed(live)) this.truth.again(live, this.#waiting);
    this.#sight.doubt();
    this.#isAnalyzed = true;
    const store = openStore(this.desk.db);
    try {
      await analyze({ paths: [this.desk.path()], store, detector });
    } finally {
      store.close();
    }
  }

  #openStore(): Store {
    const store = openStore(this.desk.db, { busyTimeoutMs: 1 });
    const commit = store.commit.bind(store);
    store.commit = (batch, tell) => {
      if (!this.#isToBeKilled) return commit(batch, tell);
      this.#isToBeKilled = false;
      return commit(batch, () => {
        throw new Killed('in the middle of a transaction');
      });
    };
    return store;
  }
}
