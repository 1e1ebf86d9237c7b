/** Watching in this process, look by look: a folder, a store, and a clock that the test moves. */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Detector } from '../../src/detectors/detector.js';
import { loadPack } from '../../src/detectors/pack/load.js';
import type { Clock } from '../../src/watch/clock.js';
import type { WatchEvent } from '../../src/watch/event.js';
import { storeFile } from '../../src/watch/store-file.js';
import { targetOf } from '../../src/watch/targets.js';
import { Watch, type WatchOptions } from '../../src/watch/watch.js';

export const detector = new Detector(await loadPack());

export const LOG = 'CceManagementService.log';

/** A clock that stands still until it is moved; its wall time may be set apart from it. */
export class TestClock implements Clock {
  now = 0;
  offset = Date.UTC(2018, 8, 7, 9);

  monotonic(): number {
    return this.now;
  }

  wall(): Date {
    return new Date(this.offset + this.now);
  }

  sleep(ms: number): Promise<void> {
    this.now += ms;
    return Promise.resolve();
  }
}

export class WatchDesk {
  readonly root = mkdtempSync(join(tmpdir(), 'ccelog-watch-'));
  readonly folder = join(this.root, 'ManagementService');
  readonly db = join(this.root, 'store', 'ccelog.db');
  readonly clock = new TestClock();
  readonly events: WatchEvent[] = [];
  readonly warnings: string[] = [];
  watch: Watch;
  #options: Partial<WatchOptions>;
  #signal = new AbortController();

  constructor(options: Partial<WatchOptions> = {}) {
    mkdirSync(this.folder);
    this.#options = options;
    this.watch = this.#make();
  }

  path(name = LOG): string {
    return join(this.folder, name);
  }

  /** Time goes on, and the files are looked at. */
  async look(ms = 1000): Promise<void> {
    this.clock.now += ms;
    await this.watch.look(this.#signal.signal);
  }

  /** Ends watching as Ctrl+C does. */
  async stop(): Promise<void> {
    await this.watch.close();
  }

  /** A new run on the same store. */
  start(options: Partial<WatchOptions> = this.#options): void {
    this.#options = options;
    this.watch = this.#make();
  }

  async restart(): Promise<void> {
    await this.stop();
    this.start();
  }

  /** What is in memory is lost; files are closed as the system does for a process that is killed. */
  crash(): void {
    this.watch.crash();
    this.start();
  }

  /** Hits in the store, by signature. */
  hits(): Record<string, number> {
    const rows = this.query(
      'SELECT s.name, count(*) FROM hits h JOIN signatures s ON s.id = h.signature GROUP BY 1 ORDER BY 1',
    );
    return Object.fromEntries(rows) as Record<string, number>;
  }

  query(sql: string): unknown[][] {
    const db = new Database(this.db, { readonly: true });
    try {
      return db.prepare(sql).raw().all() as unknown[][];
    } finally {
      db.close();
    }
  }

  told(): string[] {
    return this.events.map(({ event, incident }) => `${event} ${incident.signature}`);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.root, { recursive: true, force: true });
  }

  #make(): Watch {
    return new Watch({
      targets: () => [targetOf(this.folder, false)],
      storeFile: storeFile(this.db),
      detector,
      version: null,
      clock: this.clock,
      appliance: null,
      pollMs: 1000,
      quietMs: 2000,
      channels: [],
      onEvent: (event) => this.events.push(event),
      warn: (line) => this.warnings.push(line),
      ...this.#options,
    });
  }
}
