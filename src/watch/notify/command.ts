/**
 * Runs the user's command for one event: the event as JSON, one line, on its standard input, and the little that a short
 * script needs in its environment. Exit code 0 is success. A command may be run twice for one event, when it is not
 * certain how the first run ended: the event's `id` tells.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { t } from '../../texts/texts.js';
import type { WatchEvent } from '../event.js';
import { DeliveryError } from './delivery-error.js';
import { beginningOf, endOf, KEPT_BYTES, messageOf } from './foreign-text.js';
import { killTree } from './kill-tree.js';
import type { Command } from './parse-command.js';

export interface RunOptions {
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** After the end of a command, the time for the last of its output to come through. */
const OUTPUT_MS = 200;

/** Runs it to its end. Rejects with a DeliveryError: it cannot be started, fails, takes too long or is stopped. */
export function runCommand(command: Command, event: WatchEvent, options: RunOptions = {}): Promise<void> {
  const { timeoutMs = 30_000, signal } = options;
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(failure(command, t`stopped before it began`, false));
    let child: ChildProcess;
    try {
      child = begin(command, event);
    } catch (error) {
      return reject(notStarted(command, error));
    }
    const output = lastOf(child.stdout, child.stderr);
    const end = (error?: DeliveryError) => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', stop);
      child.stdin?.destroy();
      // What the command left running may hold these open for good; that keeps nobody waiting.
      for (const stream of [child.stdout, child.stderr]) (stream as Socket | null)?.unref();
      if (error === undefined) resolve();
      else reject(error);
    };
    const kill = (why: string) => {
      killTree(child);
      // Even a killed process may not end, such as one that waits for a dead network drive.
      child.unref();
      end(failure(command, why, true));
    };
    const stop = () => kill(t`stopped`);
    const timer = setTimeout(() => kill(t`not done after ${timeoutMs / 1000} s, and killed`), timeoutMs);
    signal?.addEventListener('abort', stop, { once: true });
    child.on('error', (error) => end(notStarted(command, error)));
    child.once('exit', (code, signalName) => {
      if (code === 0) return end();
      const fail = () => {
        const how = signalName === null ? t`exit code ${code ?? ''}` : t`ended by ${signalName}`;
        const said = endOf(output());
        end(failure(command, said === '' ? how : `${how}: ${said}`, true));
      };
      const last = setTimeout(fail, OUTPUT_MS);
      child.once('close', () => {
        clearTimeout(last);
        fail();
      });
    });
  });
}

function begin(command: Command, event: WatchEvent): ChildProcess {
  const [program, args] = command.shell ? [command.line, []] : [command.program, command.args];
  const child = spawn(program, args, {
    shell: command.shell,
    env: { ...process.env, ...environment(event) },
    // A group of its own, to be killed with all that it started. On Windows this would open a window and make no group.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  // A command need not read: whether it is content tells its exit code.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(`${JSON.stringify(event)}\n`);
  return child;
}

/** For scripts that do without JSON. */
function environment({ event, incident }: WatchEvent): NodeJS.ProcessEnv {
  return {
    CCELOG_EVENT: tame(event),
    CCELOG_INCIDENT: tame(incident.id),
    CCELOG_SIGNATURE: tame(incident.signature),
    CCELOG_SEVERITY: tame(incident.severity),
    CCELOG_STATUS: tame(incident.status),
    CCELOG_APPLIANCE: tame(incident.appliance ?? ''),
  };
}

/**
 * The name of a machine comes from a log, and a shell may read it as a part of a line: cmd.exe puts %CCELOG_APPLIANCE% in
 * before it looks for & and |. So only what names are made of is left, and it cannot be taken for an option.
 */
function tame(text: string): string {
  return text
    .slice(0, 256)
    .replace(/[^\p{L}\p{M}\p{N}._: -]/gu, '_')
    .replace(/^-/, '_');
}

/** Reads on until the end, that a talkative command is not held up, and keeps the last of it. */
function lastOf(...streams: (Readable | null)[]): () => string {
  let kept = Buffer.alloc(0);
  for (const stream of streams) {
    stream?.on('data', (bytes: Buffer) => {
      kept = Buffer.concat([kept, bytes]).subarray(-KEPT_BYTES);
    });
    stream?.on('error', () => undefined);
  }
  return () => kept.toString('utf8');
}

/** Which one it is, in a line for the user, without its arguments: they may hold a secret. */
export function nameOf(command: Command): string {
  return command.shell ? t`shell command` : t`command ${beginningOf(basename(command.program))}`;
}

function notStarted(command: Command, error: unknown): DeliveryError {
  const code = (error as NodeJS.ErrnoException).code;
  const known: Record<string, string> = { ENOENT: t`no such program`, EACCES: t`it may not be run` };
  const why = known[code ?? ''] ?? t`it cannot be started: ${code ?? messageOf(error)}`;
  return new DeliveryError(`${nameOf(command)}: ${why}`, { blame: 'receiver', mayHaveArrived: false });
}

function failure(command: Command, why: string, mayHaveArrived: boolean): DeliveryError {
  return new DeliveryError(`${nameOf(command)}: ${why}`, { blame: 'either', mayHaveArrived });
}
