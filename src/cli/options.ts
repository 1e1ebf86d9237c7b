/** Options that commands share, and what they mean. */
import { basename, extname } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CcelogError } from '../errors.js';
import { parseDuration } from '../incidents/duration.js';
import type { KnownVersion } from '../incidents/fixes.js';
import { SEVERITIES, type Severity } from '../model.js';
import { parseTime } from '../parsers/time.js';
import { kept, LANGUAGES, t } from '../texts/texts.js';
import { now } from './environment.js';
import { type RedactionCommandOptions, redactionOptions } from './redaction-options.js';

export interface CommonOptions extends RedactionCommandOptions {
  db?: string;
  format?: string;
  output?: string;
  force?: boolean;
  since?: string;
  until?: string;
  severity?: Severity;
  appliance?: string;
  cceVersion?: string;
  signatures?: string[];
  jobs?: number;
  failOn?: Severity;
  color?: boolean;
  quiet?: boolean;
  lang?: string;
  verbose?: boolean;
}

export const severityOption = (flags: string, text?: string) => new Option(flags, text).choices([...SEVERITIES]);

export function storeOption(command: Command): Command {
  return command.option('--db <file>', t`store file; ":memory:" keeps nothing (env CCELOG_DB)`);
}

export function signatureOption(command: Command): Command {
  return command.option(
    '--signatures <folder>',
    t`folder of your own signatures, added to the built-in ones; may be given more than once`,
    (folder: string, folders: string[] | undefined) => [...(folders ?? []), folder],
  );
}

export function versionOption(command: Command): Command {
  return command.option('--cce-version <version>', t`product version, such as 2.1: chooses the fix`);
}

export function outputOptions(command: Command, formats: readonly string[]): Command {
  return command
    .addOption(new Option('--format <format>', t`how results look`).choices([...formats]))
    .option('-o, --output <file>', t`write results to a file instead of standard output`)
    .option('--force', t`overwrite the output file`);
}

export function selectionOptions(command: Command): Command {
  return command
    .option('--since <time>', t`seen at or after this time: ISO 8601, or a duration ago such as 7d`)
    .option('--until <time>', t`seen at or before this time`)
    .addOption(severityOption('--severity <level>', t`this severity or worse`));
}

export function failOnOption(command: Command): Command {
  return command.addOption(
    severityOption('--fail-on <severity>', t`exit with 1 where an incident is this severe or worse`),
  );
}

export function jobsOption(): Option {
  return new Option('--jobs <n>', t`threads that read (default: one for each core)`).argParser(threadCount);
}

function threadCount(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new InvalidArgumentError(t`must be a number of threads from 1 on (found "${text}")`);
}

export function plainOptions(command: Command): Command {
  return command
    .option('--no-color', t`no colours (also env NO_COLOR)`)
    .option('--quiet', t`no progress bar`)
    .option('--verbose', t`more about errors, and all warnings where there are many`)
    .addOption(
      new Option('--lang <language>', t`language of texts (default: that of the system; env CCELOG_LANG)`).choices([
        ...LANGUAGES,
      ]),
    );
}

/** The options of a command whose results hold what logs say. */
export function resultOptions(command: Command): Command {
  return plainOptions(redactionOptions(command));
}

/** Refuses --redact where nothing could keep its promise: what is not redacted must not seem so. */
export function refuseRedact({ redact }: CommonOptions, why: string, advice: string): void {
  if (!redact) return;
  throw new CcelogError('NOT_AVAILABLE', t`--redact is not available here`, { why, try: advice });
}

/** An ISO time, or a duration before now, as an ISO time. Throws BAD_USAGE. */
function timeOption(text: string | undefined, name: string): string | null {
  if (text === undefined) return null;
  const ago = parseDuration(text);
  const then = new Date(now().getTime() - (ago ?? 0));
  if (ago !== null && !Number.isNaN(then.getTime())) return then.toISOString();
  const time = ago === null ? parseTime(wholeTime(text, name === '--until')) : null;
  if (time !== null) return time;
  throw new CcelogError('BAD_USAGE', t`${name} is no time`, {
    why: t`found "${text}"`,
    try: t`${name} 2018-09-07T10:00:00Z, or a duration ago such as ${name} 7d`,
  });
}

/** The moment that states are looked at from. Throws BAD_USAGE. */
export function momentOption(text: string | undefined): string | null {
  return timeOption(text, '--as-of');
}

/** A date alone means all of the day, a time without seconds its full minute. */
function wholeTime(text: string, isEnd: boolean): string {
  if (/^\d{4}-\d\d-\d\d$/.test(text)) return `${text}${isEnd ? 'T23:59:59.9999999Z' : 'T00:00:00Z'}`;
  return text.replace(/^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d)(Z|[+-]\d\d:?\d\d)?$/, '$1:00$2');
}

/** Both ends of --since and --until. Throws BAD_USAGE, also where nothing can lie between them. */
export function timeRange({ since, until }: CommonOptions): { since: string | null; until: string | null } {
  const range = { since: timeOption(since, '--since'), until: timeOption(until, '--until') };
  if (range.since === null || range.until === null || Date.parse(range.since) <= Date.parse(range.until)) return range;
  throw new CcelogError('BAD_USAGE', t`--since is later than --until`, {
    why: t`${range.since} is after ${range.until}`,
    try: t`give the earlier time with --since`,
  });
}

/** The product version of the command line. Throws BAD_USAGE. */
export async function knownVersion(text: string | undefined): Promise<KnownVersion | null> {
  if (text === undefined) return null;
  const { parseProductVersion } = await import('../incidents/versions.js');
  return { version: parseProductVersion(text), origin: kept`given with --cce-version` };
}

/** What extensions of output files stand for; the longest that fits counts. */
const EXTENSIONS: Record<string, string> = {
  '.txt': 'table',
  '.json': 'json',
  '.ndjson': 'ndjson',
  '.jsonl': 'ndjson',
  '.csv': 'csv',
  '.md': 'markdown',
  '.markdown': 'markdown',
  '.html': 'html',
  '.htm': 'html',
  '.sarif': 'sarif',
  '.sarif.json': 'sarif',
  '.xml': 'junit',
};

/** The format that an extension tells, whatever a command has. */
export function formatOfFile(file: string): string | undefined {
  const name = file.toLowerCase();
  const [extension] = Object.keys(EXTENSIONS)
    .filter((end) => name.endsWith(end))
    .sort((a, b) => b.length - a.length);
  return EXTENSIONS[extension ?? ''];
}

/**
 * The format that was asked for, by name or by the extension of the output file. Throws BAD_USAGE where the extension
 * tells none of the formats that the command has.
 */
export function formatName({ format, output }: CommonOptions, formats: readonly string[]): string {
  if (format !== undefined) return format;
  const name = basename(output ?? '').toLowerCase();
  const known = formatOfFile(name);
  if (known !== undefined && formats.includes(known)) return known;
  if (extname(name) === '') return 'table';
  const possible = Object.keys(EXTENSIONS).filter((end) => formats.includes(EXTENSIONS[end] as string));
  throw new CcelogError('BAD_USAGE', t`the name of the output file tells no format`, {
    file: output as string,
    why: t`its extension is none of ${possible.join(', ')}`,
    try: t`another extension, or --format ${formats.join('|')}`,
  });
}
