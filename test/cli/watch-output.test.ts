/** What a watch prints and nobody takes: it reads on, stores all of it, and ends when it is asked to. */
import { appendFileSync, closeSync, existsSync, openSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { type Desk, desk } from '../support/run-ccelog.js';
import { healthy, keyError, logonFailure, minute } from '../support/synthetic-log.js';
import { hasTerminal, type Terminal, terminal } from '../support/terminal.js';
import { watching } from '../support/watch-process.js';

const LOG = 'logs/CceManagementService.log';
const FAST = ['logs', '--poll', '50ms'];
const PATIENCE = { timeout: 20_000, interval: 50 };

function place(content = healthy(minute(0))): Desk {
  const made = desk();
  made.write(LOG, content);
  return made;
}

/** Failures that are an incident each. */
const failures = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => logonFailure(minute(1), `user${from + index}@contoso.example`)).join('');

async function openIncidents(made: Desk): Promise<number> {
  const { stdout } = await made.ccelog(['watch', '--status', '--format', 'ndjson']);
  return JSON.parse(stdout).open;
}

const opensOf = (text: string) => text.match(/opened/g)?.length ?? 0;

/** A watch in a terminal, which has read its log. */
async function watchingIn(made: Desk, columns = 80): Promise<Terminal> {
  const shown = terminal(made, columns, ['watch', ...FAST]);
  await vi.waitFor(() => expect(shown.shown).toContain('watching 1 log'), PATIENCE);
  return shown;
}

describe.runIf(hasTerminal)('a terminal that takes nothing', { concurrent: true }, () => {
  test('it reads on and stores; when the terminal goes on, all of it is shown', async () => {
    const made = place();
    const screen = await watchingIn(made);
    screen.order('halt');
    // A terminal holds some thousand bytes.
    appendFileSync(made.path(LOG), failures(1, 300));
    await vi.waitFor(async () => expect(await openIncidents(made)).toBe(300), PATIENCE);
    appendFileSync(made.path(LOG), failures(400, 100));
    await vi.waitFor(async () => expect(await openIncidents(made)).toBe(400), PATIENCE);
    screen.order('go');
    await vi.waitFor(() => expect(opensOf(screen.shown)).toBe(400), PATIENCE);
    expect((await screen.end()).code).toBe(130);
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('%s ends it within a second', async (signal) => {
    const made = place();
    const screen = await watchingIn(made);
    screen.order('halt');
    appendFileSync(made.path(LOG), failures(1, 300));
    await vi.waitFor(async () => expect(await openIncidents(made)).toBe(300), PATIENCE);
    const { code, ms } = await screen.end(signal);
    expect(code).toBe(130);
    expect(ms).toBeLessThan(1000);
    expect((await made.ccelog(['watch', '--status'])).stdout).toContain('No watch is running');
  });
});

describe.runIf(hasTerminal)('the line at the bottom of a terminal', { concurrent: true }, () => {
  const lastLine = (shown: string) => shown.slice(shown.lastIndexOf('\x1b[J') + 3).replace('\r', '');

  test('follows the width of the terminal, and is gone after Ctrl+C', async () => {
    const made = place();
    const screen = await watchingIn(made);
    await vi.waitFor(() => expect(lastLine(screen.shown)).toContain('nothing open'), PATIENCE);
    screen.order('columns 30');
    await vi.waitFor(() => expect(lastLine(screen.shown)).toHaveLength(29), PATIENCE);
    screen.order('type \x03');
    await vi.waitFor(() => expect(screen.shown).toMatch(/\r\^C\r\x1b\[J$/), PATIENCE);
    expect(await screen.ended()).toBe(130);
  });
});

describe('a pipe', { concurrent: true }, () => {
  test('that nobody reads: it reads on and stores, and ends within a second', async () => {
    const made = place();
    const watch = watching(made, [...FAST, '--format', 'ndjson']);
    await watch.begun();
    watch.child.stdout?.pause();
    appendFileSync(made.path(LOG), failures(1, 1000));
    await watch.until('all of it', async () => (await openIncidents(made)) === 1000);
    // The pipe is full: what is read of it first makes room for what was not in it yet.
    expect(watch.lines.length).toBeLessThan(1000);
    watch.child.kill('SIGINT');
    const began = performance.now();
    await vi.waitFor(() => expect(watch.child.exitCode).toBe(130), { timeout: 1000 });
    expect(performance.now() - began).toBeLessThan(1000);
    watch.child.stdout?.resume();
  });

  test('whose reader has gone ends it with 0, at the next event', async () => {
    const made = place(keyError(minute(0)));
    const watch = watching(made, [...FAST, '--format', 'ndjson']);
    await watch.until('the event', () => watch.lines.length === 1);
    watch.child.stdout?.destroy();
    appendFileSync(made.path(LOG), failures(1, 2));
    expect(await watch.ended()).toBe(0);
    expect(await openIncidents(made)).toBe(3);
  });
});

test.runIf(existsSync('/dev/full'))('a full disk: it goes on, says so once, and the store has it', async () => {
  const made = place();
  const full = openSync('/dev/full', 'w');
  const watch = watching(made, FAST, {}, { stdout: full });
  closeSync(full);
  await watch.begun();
  appendFileSync(made.path(LOG), failures(1, 2));
  await watch.until('that it says so', () => /standard output: what is told cannot be written/.test(watch.stderr));
  appendFileSync(made.path(LOG), failures(3, 1));
  await watch.until('all of it', async () => (await openIncidents(made)) === 3);
  expect(watch.stderr.match(/cannot be written/g)).toHaveLength(1);
  expect((await made.ccelog(['watch', '--status'])).stdout).toContain('what is told cannot be written (ENOSPC');
  expect((await watch.end()).code).toBe(130);
});
