/** The machine that watching is installed on, given from outside so that tests can be another one. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Host {
  platform: NodeJS.Platform;
  /** Version of the system, such as 6.3.9600 for Windows Server 2012 R2. */
  release: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** Where relative paths begin. */
  folder: string;
  /** Node.js, and the file of ccelog that it runs: both with their full paths. */
  executable: string;
  script: string;
  /** Runs a program without a shell. One that `asks` has the terminal, and what it prints is not returned. */
  run(program: string, args: readonly string[], options?: { asks?: boolean }): Promise<Ran>;
  writeTemporary(content: Uint8Array): Promise<TemporaryFile>;
}

export interface Ran {
  /** Null where it could not be started, or was ended by a signal. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface TemporaryFile {
  path: string;
  remove(): Promise<void>;
}

/** This machine. */
export function thisHost(script: string): Host {
  return {
    platform: process.platform,
    release: release(),
    environment: process.env,
    folder: process.cwd(),
    executable: process.execPath,
    script,
    run,
    writeTemporary,
  };
}

function run(program: string, args: readonly string[], { asks = false } = {}): Promise<Ran> {
  return new Promise((done) => {
    const child = spawn(program, args, { stdio: asks ? 'inherit' : ['ignore', 'pipe', 'pipe'], windowsHide: !asks });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', ({ message }) => done({ code: null, stdout: '', stderr: message }));
    child.on('close', (code) => done({ code, stdout: decoded(stdout), stderr: decoded(stderr) }));
  });
}

/**
 * Programs of Windows write in the code page of the console. Node.js knows none of these; letters beyond ASCII may come out
 * wrong, in a text that is only shown.
 */
function decoded(chunks: readonly Buffer[]): string {
  const bytes = Buffer.concat(chunks);
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') ? bytes.toString('latin1') : text;
}

/** In a folder of its own that nobody else may write to: what is read from it runs with the rights of an administrator. */
async function writeTemporary(content: Uint8Array): Promise<TemporaryFile> {
  const folder = await mkdtemp(join(tmpdir(), 'ccelog-install-'));
  const path = join(folder, 'task.xml');
  await writeFile(path, content, { flag: 'wx' });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}
