import { renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Manifest } from '../../bundles/collect/manifest.js';
import { parseDuration } from '../../incidents/duration.js';
import { printableLine } from '../../redaction/printable.js';
import { jsonText } from '../../reports/json-text.js';
import { t } from '../../texts/texts.js';
import { size } from '../archive-options.js';
import { collectHost, type HostOptions } from '../collect-host.js';
import { collectWarnings } from '../collect-warnings.js';
import { now, renderOptions, toolVersion } from '../environment.js';
import { type CommonOptions, plainOptions, refuseRedact } from '../options.js';
import { outlet } from '../outlet.js';
import { checkOutput, outputError, writeOutput } from '../output.js';
import { statusLine } from '../status-line.js';

export interface CollectCommandOptions extends CommonOptions, HostOptions {
  dryRun?: boolean;
  maxBytes?: number;
}

export function collectCommand(command: Command): Command {
  command
    .description(t`gather a bundle on the host: logs, configuration, state; read-only`)
    .option('-o, --output <file>', t`the zip (default: ccelog-<host>-<time>.zip here)`)
    .option('--force', t`overwrite it`)
    .option('--dry-run', t`tell what would be gathered; write and run nothing`)
    .option('--root <folder>', t`gather from a copy of a host's disk; no command is run`)
    .option('--appliance <name>', t`name of the host, where it is a copy`)
    .option('--appliance-root <folder>', t`the Appliance Directory, where it cannot be found`)
    .option('--site-root <folder>', t`the Site Directory, also on a share`)
    .option('--max-bytes <size>', t`bytes of logs, the newest first, such as 500M (default: 4G)`, size)
    .option('--time-limit <duration>', t`for each command (default: 1m to 3m, by command)`, duration)
    .addOption(new Option('--format <format>', t`a summary, or the manifest`).choices(['table', 'json']));
  plainOptions(command);
  command.addHelpText(
    'after',
    t`
Start PowerShell as administrator: the state of the VMs is hidden from others.
Credentials and private keys are never read, passwords in logs are overwritten,
nothing leaves this machine. manifest.json in the zip tells what was gathered,
what was not and why, and what to run in the VMs to complete it.

Examples:
  ccelog collect
  ccelog collect --dry-run
  ccelog collect -o D:\\collected\\host1.zip
  ccelog collect --root E:\\ --appliance CCEHOST1     a copied disk

Exit codes: 0 gathered; 2 could not run, or this is no host of Cloud Connector;
3 something is there and could not be gathered whole; 130 interrupted.`,
  );
  return command;
}

export async function runCollect(options: CollectCommandOptions): Promise<number> {
  refuseRedact(
    options,
    'a bundle holds the files as they are, so that evidence can be proven; passwords are overwritten in any case',
    'leave --redact out, and give it to the command that makes the report: ccelog analyze bundle.zip --redact',
  );
  const host = collectHost(options);
  const { collect, DEFAULT_LOG_BYTES, notThisHost } = await import('../../bundles/collect/collect.js');
  const bounds = { logBytes: options.maxBytes ?? DEFAULT_LOG_BYTES, toolVersion: toolVersion() };
  if (options.dryRun) {
    const { foundProduct, planCollect } = await import('../../bundles/collect/dry-run.js');
    const manifest = planCollect(host, bounds);
    await print(manifest, null, options);
    if (!foundProduct(manifest)) throw notThisHost(host);
    return 0;
  }
  const path = outputPath(options.output, host.name);
  checkOutput({ output: path, force: options.force });
  // What is overwritten stays until there is something in its place.
  const unfinished = options.force ? `${path}.unfinished` : path;
  const terminal = outlet(process.stderr);
  const line = statusLine(terminal, options.quiet !== true && terminal.isTerminal);
  const interrupt = new AbortController();
  const onInterrupt = () => interrupt.abort();
  process.once('SIGINT', onInterrupt);
  process.once('SIGTERM', onInterrupt);
  let manifest: Manifest;
  try {
    if (options.force) rmSync(unfinished, { force: true });
    const onProgress = (what: string) =>
      line.show((columns) => printableLine(t`gathering ${what}`).slice(0, columns - 1));
    manifest = await collect(host, { ...bounds, path: unfinished, signal: interrupt.signal, onProgress });
    if (unfinished !== path) renameSync(unfinished, path);
  } catch (error) {
    if (interrupt.signal.aborted) {
      line.end();
      process.stderr.write(t`interrupted: nothing was written\n`);
      return 130;
    }
    throw isFileSystems(error) ? outputError(error, path) : error;
  } finally {
    line.end();
    process.off('SIGINT', onInterrupt);
    process.off('SIGTERM', onInterrupt);
  }
  await print(manifest, path, options);
  const { problemsOf } = await import('../../bundles/collect/manifest.js');
  const problems = problemsOf(manifest);
  for (const warning of collectWarnings(problems, options)) process.stderr.write(warning);
  return problems.length > 0 ? 3 : 0;
}

function outputPath(output: string | undefined, host: string): string {
  const time = now()
    .toISOString()
    .replace(/[-:]|\.\d+/g, '');
  const name = `ccelog-${host.replace(/[^\w.-]/g, '_')}-${time}.zip`;
  if (output === undefined) return name;
  return statSync(output, { throwIfNoEntry: false })?.isDirectory() ? join(output, name) : output;
}

async function print(manifest: Manifest, path: string | null, options: CollectCommandOptions): Promise<void> {
  if (options.format === 'json') return writeOutput(`${jsonText(manifest, 2)}\n`, {});
  const [{ collectedText, dryRunText }, { usableWidth }] = await Promise.all([
    import('../../reports/collect-text.js'),
    import('../../reports/layout.js'),
  ]);
  const width = usableWidth(renderOptions({}).width);
  await writeOutput(
    path === null
      ? dryRunText(manifest, width)
      : collectedText(manifest, path, { width, verbose: options.verbose === true }),
    {},
  );
}

function isFileSystems(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).syscall !== undefined;
}

function duration(text: string): number {
  const value = parseDuration(text);
  // The longest that a timer of Node.js waits.
  if (value !== null && value > 0 && value < 2 ** 31) return value;
  throw new InvalidArgumentError(t`must be a duration such as 30s or 5m (found "${text}")`);
}
