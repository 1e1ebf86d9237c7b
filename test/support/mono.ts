/** The Mono runtime: genuine .NET trace listeners, where it is installed. In CI it has to be. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';

/** Whether tests with genuine .NET records can run. Says so where they cannot, and fails in CI. */
export function hasMono(): boolean {
  const installed = ['mcs', 'mono'].every((program) => {
    try {
      execFileSync(program, ['--version'], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (installed) return true;
  const why = 'skipped: tests with genuine .NET records, for Mono (mcs, mono) is not installed';
  if (process.env['CI']) throw new Error(why);
  console.warn(why);
  return false;
}

/** Builds a program of test/mono; it is removed when the tests of the file are over. */
export function buildMono(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-mono-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const program = join(folder, `${name}.exe`);
  execFileSync('mcs', ['-d:TRACE', `-out:${program}`, fileURLToPath(new URL(`../mono/${name}.cs`, import.meta.url))]);
  return program;
}

const writers: ChildProcess[] = [];
// Not when a test is over: of tests that run side by side nobody knows which one asks.
afterAll(() => {
  for (const child of writers.splice(0)) child.kill('SIGKILL');
});

/** A .NET process with a trace listener: test/mono/LiveWriter.cs. */
export class LiveWriter {
  readonly #child: ChildProcess;
  readonly #answers;

  constructor(program: string, log: string, ...options: string[]) {
    this.#child = spawn('mono', [program, log, ...options], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#answers = createInterface({ input: this.#child.stdout! })[Symbol.asyncIterator]();
    writers.push(this.#child);
  }

  /** One record, as the service traces it; its text may have several lines. */
  trace(type: string, text: string): Promise<void> {
    return this.#tell(`trace ${type} ${text.replaceAll('\n', '\\n')}`);
  }

  flush(): Promise<void> {
    return this.#tell('flush');
  }

  /** Closes the listener, which writes what it still holds. */
  async end(): Promise<void> {
    const ended = once(this.#child, 'exit');
    this.#child.stdin!.end('end\n');
    await ended;
  }

  async #tell(line: string): Promise<void> {
    this.#child.stdin!.write(`${line}\n`);
    const { value } = await this.#answers.next();
    if (value !== 'done') throw new Error(`the writer did not do it: ${line}`);
  }
}
