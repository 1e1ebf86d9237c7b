/** A log, the service that writes it, and watching, moved step by step. */
import Database from 'better-sqlite3';
import { analyze } from '../../src/pipeline/analyze.js';
import { openStore, type Store } from '../../src/store/index.js';
import { targetOf } from '../../src/watch/targets.js';
import { ModelService, type Steps } from './model-service.js';
import { BACK_OFF_MS, LINGER_MS, ModelSight, POLL_MS, QUIET_MS } from './model-sight.js';
import { ModelTruth } from './model-truth.js';
import { detector, WatchDesk } from './watch-desk.js';
import { differences } from './watch-reference.js';

class Killed extends Error {}

export class ModelWorld {
  readonly desk: WatchDesk;
  readonly service: ModelService;
  readonly #truth = new ModelTruth();
  readonly #sight: ModelSight;
  #isOn = true;
  #isAnalyzed = false;
  #isToBeKilled = false;

  /** @param isHeld files stay open between looks; on shares they do not */
  constructor(isHeld: boolean) {
    const desk: WatchDesk = new WatchDesk({
      ...{ pollMs: POLL_MS, quietMs: QUIET_MS, lingerMs: LINGER_MS },
      storeFile: { path: 'store', open: () => this.#openStore(), replaced: 0, check: () => {}, release: () => {} },
      targets: () => [{ ...targetOf(desk.folder, false), isRemote: !isHeld }],
    });
    this.desk = desk;
    this.#sight = new ModelSight(this.#truth, isHeld);
    this.service = new ModelService(desk.folder, this.#truth, this.#sight);
  }

  async do(step: string): Promise<void> {
    const [name, ...rest] = step.split(' ') as [string, ...string[]];
    const action = this.service.steps[name] ?? this.#steps[name];
    if (action === undefined) throw new Error(`no such step: ${step}`);
    await action(...rest);
  }

  /** What is wrong in the end, one line for each. */
  async judge(): Promise<string[]> {
    await this.do('start');
    // A line that has not come whole may yet end the record before it, or go on with it.
    if (!this.service.isWhole) await this.do('write healthy');
    await this.#look(BACK_OFF_MS + POLL_MS);
    // Files that are gone are let go of, and copies of them may be logs of their own then.
    await this.#look(LINGER_MS);
    for (let look = 0; look < 3; look++) await this.#look(POLL_MS);
    return [...this.#truth.judge(this.desk), ...(await differences(this.desk, { isAnalyzed: this.#isAnalyzed }))];
  }

  async remove(): Promise<void> {
    this.service.disk.close();
    await this.desk.remove();
  }

  /** What becomes of watching. */
  readonly #steps: Steps = {
    look: () => this.#look(POLL_MS),
    glance: () => this.#look(POLL_MS / 5),
    quiet: async () => {
      await this.#look(POLL_MS);
      await this.#look(POLL_MS);
    },
    pause: (seconds) => {
      this.desk.clock.now += Number(seconds) * 1000;
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

  async #look(ms: number, isSure = true): Promise<void> {
    const { clock } = this.desk;
    if (!this.#isOn) {
      clock.now += ms;
      return;
    }
    this.#sight.look(this.service.disk.files, clock.now + ms, isSure && ms >= POLL_MS);
    await this.desk.look(ms);
  }

  async #analyze(): Promise<void> {
    const { live } = this.service.disk;
    if (live === null || live.content.length === 0) return;
    // Whoever analyzes a log that was cut, before watching saw it, counts what was left as another log; and one that begins
    // without a time may pass for another that goes on.
    if (this.#sight.isCut(live)) this.#truth.again(live);
    if (!this.#truth.beginsTimed(live)) this.#truth.again(live, this.service.waiting);
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
