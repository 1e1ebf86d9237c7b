/** Runs one command of the list and judges how it ended. */
import { isUtf8 } from 'node:buffer';
import { detectEncoding } from '../../parsers/encoding.js';
import { MASK, maskSecrets } from '../../redaction/mask-secrets.js';
import { printableLine } from '../../redaction/printable.js';
import { kept } from '../../texts/texts.js';
import type { CollectHost, Ran, RunProgram } from './host.js';
import { type CommandItem, isPowerShell, type PowerShellItem } from './items.js';
import type { ManifestState } from './manifest.js';
import { MaskStream } from './mask-stream.js';

export interface Answer {
  state: ManifestState;
  reason: string | null;
  /** As it goes into the zip; null where there is nothing to keep. */
  output: Buffer | null;
  /** The first line of the answer, as it was given: a folder. */
  firstLine: string;
  masked: number;
  exitCode: number | null;
}

/** What the script ends with where its command does not exist. */
const NO_SUCH_COMMAND = 69;
const OUTPUT_LIMIT = 32 * 2 ** 20;
const SAID_LIMIT = 300;

/** No profile, no questions, and the whole of long values; what fails is printed as on a console, for the analysis to read. */
const PREPARE = [
  "$ErrorActionPreference='Stop'",
  "$ProgressPreference='SilentlyContinue'",
  '$global:FormatEnumerationLimit=-1',
  'try{[Console]::OutputEncoding=New-Object Text.UTF8Encoding $false}catch{}',
].join(';');

/** Why nothing is run for a copied disk. */
export const OTHER_MACHINE = kept`a copied disk: a command would tell of this machine`;

/** How a command is written in the manifest. */
export function commandLine(item: CommandItem): string {
  return isPowerShell(item) ? item.script : [item.program, ...item.args].join(' ');
}

/** Runs it, within its limit of time. Never throws. */
export async function runItem(item: CommandItem, host: CollectHost, signal: AbortSignal): Promise<Answer> {
  const program = host.findProgram(item.program);
  if (host.run === null) return notRun(OTHER_MACHINE);
  if (program === null) return notRun(kept`there is no ${item.program} here`);
  const args = isPowerShell(item) ? powerShellArguments(scriptOf(item)) : item.args;
  const ran = await host.run(program, args, { milliseconds: item.limitSeconds * 1000, bytes: OUTPUT_LIMIT, signal });
  const absent = isPowerShell(item) ? NO_SUCH_COMMAND : item.absentCode;
  if (ran.ended === 'exit' && ran.code === absent)
    return without('absent', isPowerShell(item) ? kept`${item.needs} does not exist here` : saidBy(ran));
  if (ran.ended === 'not-started') return without('failed', kept`it cannot be started: ${saidBy(ran)}`);
  const reason = failureOf(ran);
  const prompt = isPowerShell(item) ? `PS C:\\> ${item.script}\r\n` : '';
  const { bytes, masked } = maskOutput(ran.stdout);
  return {
    state: reason === null ? 'gathered' : 'failed',
    reason,
    // An answer with nothing in it is an answer; a failure without a word is none.
    output: reason !== null && bytes.length === 0 ? null : Buffer.concat([Buffer.from(prompt), bytes]),
    firstLine: ran.stdout.toString('utf8').trim().split(/\r?\n/)[0] as string,
    masked,
    exitCode: ran.code,
  };
}

/**
 * Whether PowerShell is there and answers. Null where it does; `state` tells whether that is as it may be.
 */
export async function missingPowerShell(
  host: CollectHost,
  signal: AbortSignal,
): Promise<{ state: ManifestState; reason: string } | null> {
  const program = host.findProgram('powershell');
  if (host.run === null) return { state: 'not-run', reason: OTHER_MACHINE };
  if (program === null) return { state: 'not-run', reason: kept`there is no PowerShell here` };
  const ran = await ask(host.run, program, '$PSVersionTable.PSVersion.ToString()', signal);
  if (ran.ended !== 'exit' || ran.code !== 0)
    return {
      state: 'failed',
      reason: kept`PowerShell does not work: ${failureOf(ran) ?? ''}`,
    };
  if (/^\s*\d+\.\d+/.test(ran.stdout.toString('utf8'))) return null;
  return {
    state: 'not-run',
    reason: kept`there is no PowerShell here: what is in its place does not tell its version`,
  };
}

const PROBE_SECONDS = 60;

function ask(run: RunProgram, program: string, script: string, signal: AbortSignal): Promise<Ran> {
  return run(program, powerShellArguments(script), { milliseconds: PROBE_SECONDS * 1000, bytes: OUTPUT_LIMIT, signal });
}

function powerShellArguments(script: string): string[] {
  return ['-NoLogo', '-NoProfile', '-NonInteractive', '-Command', script];
}

function scriptOf({ needs, script }: PowerShellItem): string {
  const wide = 'Out-String -Width 4096';
  return `${PREPARE};if(-not(Get-Command ${needs} -ErrorAction SilentlyContinue)){exit ${NO_SUCH_COMMAND}};try{${script}|${wide}}catch{$_|${wide};exit 1}`;
}

function failureOf(ran: Ran): string | null {
  const said = saidBy(ran);
  const words = said === '' ? '' : `: ${said}`;
  if (ran.ended === 'stopped') return 'interrupted';
  if (ran.ended === 'too-long') return kept`not done within its time (--time-limit), and ended`;
  if (ran.ended === 'too-much') return kept`it printed more than ${OUTPUT_LIMIT} bytes, and was ended`;
  if (ran.code === 0) return null;
  return `${ran.code === null ? kept`ended by a signal` : kept`exit code ${ran.code}`}${words}`;
}

/** What it said of its failure, on one line. */
function saidBy({ stdout, stderr }: Ran): string {
  const bytes = stderr.length > 0 ? stderr : stdout;
  return printableLine(maskSecrets(bytes.subarray(0, 8 * SAID_LIMIT).toString('utf8'))).slice(0, SAID_LIMIT);
}

/** Text is masked as everywhere; what is in another encoding is overwritten in place, so that its bytes stay readable. */
function maskOutput(output: Buffer): { bytes: Buffer; masked: number } {
  const encoding = detectEncoding(output);
  if (encoding.unit === 1 && isUtf8(output)) {
    const text = output.toString('utf8');
    const masked = maskSecrets(text);
    return { bytes: Buffer.from(masked), masked: count(masked) - count(text) };
  }
  const mask = new MaskStream(encoding);
  const bytes = Buffer.concat([mask.push(output), mask.end()]);
  return { bytes, masked: mask.masked };
}

function count(text: string): number {
  return text.split(MASK).length - 1;
}

export function notRun(reason: string): Answer {
  return without('not-run', reason);
}

function without(state: ManifestState, reason: string): Answer {
  return { state, reason, output: null, firstLine: '', masked: 0, exitCode: null };
}
