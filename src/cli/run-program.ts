/** Runs a program to its end, or to the end of the time that it has. */
import { spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Ran, RunLimits } from '../bundles/collect/host.js';
import { killTree } from '../watch/notify/kill-tree.js';

/** After the end of a program, the time for the last of its output to come through. */
const OUTPUT_MS = 500;

/** Never rejects. Without a shell, and with nothing on its standard input: a program that asks gets no answer. */
export function runWithin(program: string, args: readonly string[], limits: RunLimits): Promise<Ran> {
  const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
  return new Promise((done) => {
    if (limits.signal.aborted) {
      done({ ended: 'stopped', code: null, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) });
      return;
    }
    const child = spawn(program, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, to be ended with all that it started. On Windows this would open a window.
      detached: process.platform !== 'win32',
      windowsHide: true,
    });
    const end = (ended: Ran['ended'], code: number | null) => {
      clearTimeout(timer);
      limits.signal.removeEventListener('abort', stop);
      for (const stream of [child.stdout, child.stderr]) {
        stream.removeAllListeners('data');
        // What the program left running may hold these open for good.
        stream.destroy();
        (stream as Socket).unref();
      }
      done({ ended, code, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) });
    };
    const kill = (ended: Ran['ended']) => {
      killTree(child);
      child.unref();
      end(ended, null);
    };
    const stop = () => kill('stopped');
    const timer = setTimeout(() => kill('too-long'), limits.milliseconds);
    limits.signal.addEventListener('abort', stop, { once: true });
    let bytes = 0;
    const keep = (chunks: Buffer[]) => (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > limits.bytes) kill('too-much');
      else chunks.push(chunk);
    };
    child.stdout.on('data', keep(stdout));
    child.stderr.on('data', keep(stderr));
    child.on('error', ({ message }) => {
      stderr.push(Buffer.from(message));
      end('not-started', null);
    });
    child.once('exit', (code) => {
      const last = setTimeout(() => end('exit', code), OUTPUT_MS);
      child.once('close', () => {
        clearTimeout(last);
        end('exit', code);
      });
    });
  });
}
