/** The program that writes a log, renames, deletes and cuts it on a Windows machine: test/windows/writer.c, step by step. */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './run-ccelog.js';
import type { WindowsMachine } from './wine.js';

/** Longer than the longest step, which is to try for ten seconds, and a start of Wine on a busy machine, which took as long. */
const PATIENCE_MS = 60_000;

export interface LogWriter {
  /** Does one step, with paths as Windows names them; gives `ok`, or `error` and the code. The source lists the steps. */
  step(name: string, ...parts: string[]): Promise<string>;
  /** Adds to the log that is open, in one write that readers see at once. */
  append(content: string | Uint8Array): Promise<string>;
}

/** Makes the program; each start of it is a process of its own, which ends with the machine. */
export function logWriters(machine: WindowsMachine): () => LogWriter {
  let program: string | undefined;
  return () => {
    program ??= machine.compile(join(ROOT, 'test/windows/writer.c'));
    return startWriter(machine, program);
  };
}

function startWriter(machine: WindowsMachine, program: string): LogWriter {
  mkdirSync(join(machine.driveC, 'writers'), { recursive: true });
  const folder = mkdtempSync(join(machine.driveC, 'writers/'));
  const [steps, results, content] = ['steps', 'results', 'content'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const file of [steps, results]) writeFileSync(file, '');
  const running = machine.start(program, [machine.pathOf(steps), machine.pathOf(results)]);

  let asked = 0;
  const step = async (name: string, ...parts: string[]) => {
    const until = Date.now() + PATIENCE_MS;
    appendFileSync(steps, `${[name, ...parts].join('\t')}\n`);
    const index = asked++;
    for (;;) {
      const lines = readFileSync(results, 'utf8').split('\n');
      if (lines.length > index + 1) return lines[index]?.split('\t')[1] ?? '';
      if (Date.now() > until) throw new Error(`the writer does not answer to ${name}: ${running.stderr()}`);
      await pause(3);
    }
  };
  return {
    step,
    append(bytes) {
      writeFileSync(content, bytes);
      return step('append', machine.pathOf(content));
    },
  };
}
