/** What comes in from outside: the clock, the environment, the terminal. The rest of the tool is given these. */
import { readFileSync } from 'node:fs';
import { availableParallelism, homedir } from 'node:os';
import { join } from 'node:path';
import type { RenderOptions } from '../reports/format.js';
import type { ScannerKind } from '../scanner/scanners.js';

/** Where the store is when nothing else is said: the per-user data folder of the platform. */
export function defaultStorePath(): string {
  const { CCELOG_DB, LOCALAPPDATA, XDG_DATA_HOME } = process.env;
  if (CCELOG_DB) return CCELOG_DB;
  const home = homedir();
  if (process.platform === 'win32') return join(LOCALAPPDATA || join(home, 'AppData', 'Local'), 'ccelog', 'ccelog.db');
  if (process.platform === 'darwin') return join(home, 'Library', 'Application Support', 'ccelog', 'ccelog.db');
  return join(XDG_DATA_HOME || join(home, '.local', 'share'), 'ccelog', 'ccelog.db');
}

/** Processor cores that this program may use. */
export function cores(): number {
  return availableParallelism();
}

/** `CCELOG_SCANNER=plain` reads without WebAssembly: for comparison, and should a host's virus scanner object to it. */
export function scannerKind(): ScannerKind {
  return process.env['CCELOG_SCANNER'] === 'plain' ? 'plain' : 'auto';
}

export function now(): Date {
  return new Date();
}

/** How results are laid out: for the terminal, or plain where they go to a file. */
export function renderOptions({ color, output }: { color?: boolean; output?: string }): RenderOptions {
  return { width: terminalWidth(), colour: output === undefined && wantsColour(color) };
}

/** Columns of the terminal that results go to; 80 where they go elsewhere. */
function terminalWidth(): number {
  return Number(process.env['COLUMNS']) || process.stdout.columns || 80;
}

/** Colours only for a terminal, and never against NO_COLOR. */
function wantsColour(option: boolean | undefined): boolean {
  return option !== false && !process.env['NO_COLOR'] && process.stdout.isTTY === true;
}

let version: string | undefined;

export function toolVersion(): string {
  if (version === undefined) {
    const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
    version = (JSON.parse(text) as { version: string }).version;
  }
  return version;
}
