/** Time as watching sees it, given from outside so that tests can move it. */
export interface Clock {
  /** Milliseconds that only grow, whatever is done to the machine's clock. */
  monotonic(): number;
  /** The machine's clock, for times that are shown. */
  wall(): Date;
  /** Waits; ends sooner, without an error, when the signal is given. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** An ISO time as a line shows it: `2018-09-07 10:40:37Z`. */
export function momentOf(time: string): string {
  return `${time.slice(0, 19).replace('T', ' ')}Z`;
}

export const systemClock: Clock = {
  monotonic: () => performance.now(),
  wall: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((done) => {
      if (signal?.aborted) return done();
      const end = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        done();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end, { once: true });
    }),
};
