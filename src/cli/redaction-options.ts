/** What a command is told about redaction, checked before any work is done. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { type Command, Option } from 'commander';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';

export interface RedactionCommandOptions {
  redact?: boolean;
  redactionKey?: string;
  redactionMap?: string;
  redactAlso?: string[];
}

/** A key that can be tried out is none. */
const SHORTEST_KEY = 16;

export function redactionOptions(command: Command): Command {
  return command
    .option('--redact', t`replace names and addresses by pseudonyms`)
    .option('--redaction-map <file>', t`keep which name each pseudonym stands for; the next report goes on with it`)
    .option('--redaction-key <file>', t`make pseudonyms with this key: the same names, the same pseudonyms`)
    .addOption(
      new Option(
        '--redact-also <pattern>',
        t`replace this too: a word or regular expression; may be given more than once`,
      ).argParser((pattern: string, patterns: string[] | undefined) => [...(patterns ?? []), pattern]),
    );
}

export const REDACTION_EXAMPLES = `  ccelog analyze bundle.zip --redact -o ticket.md
  ccelog analyze bundle.zip --redact --redaction-map D:\\case7.json`;

/** Refuses options that say nothing without --redact, rather than let a report seem redacted. Throws BAD_USAGE. */
export function requireRedact(options: RedactionCommandOptions): void {
  if (options.redact) return;
  const all: readonly [string, unknown][] = [
    ['--redaction-map', options.redactionMap],
    ['--redaction-key', options.redactionKey],
    ['--redact-also', options.redactAlso],
  ];
  const [given] = all.find(([, value]) => value !== undefined) ?? [];
  if (given === undefined) return;
  throw new CcelogError('BAD_USAGE', t`${given} needs --redact`, {
    why: t`without it nothing is replaced`,
    try: t`add --redact, or leave ${given} out`,
  });
}

/** The key of the case. Throws INPUT_UNREADABLE or BAD_USAGE. */
export function readKey(file: string | undefined): Buffer | null {
  if (file === undefined) return null;
  let key: Buffer;
  try {
    key = readFileSync(file);
  } catch (error) {
    throw new CcelogError('INPUT_UNREADABLE', t`the redaction key cannot be read`, {
      file,
      why: (error as Error).message,
      try: t`make one: openssl rand -hex -out case.key 32`,
    });
  }
  if (key.toString('latin1').trim().length >= SHORTEST_KEY) return key;
  throw new CcelogError('BAD_USAGE', t`the redaction key is too short`, {
    file,
    why: t`it has ${key.length} bytes, and fewer than ${SHORTEST_KEY} can be found by trying`,
    try: t`make one: openssl rand -hex -out case.key 32`,
  });
}

/** A map beside what goes out would go out with it. Throws BAD_USAGE. */
export function refuseMapInExport(map: string, output: string | undefined, inputs: readonly string[]): void {
  const place = fullPath(map);
  const refused =
    output !== undefined && isWithin(place, fullPath(output))
      ? t`it would be written into what goes out`
      : inputs.some((input) => existsSync(input) && statSync(input).isDirectory() && isWithin(place, fullPath(input)))
        ? t`it would lie in the folder that is analyzed, and go out with it`
        : inputs.some((input) => fullPath(input) === place)
          ? t`it would overwrite what is analyzed`
          : null;
  if (refused === null) return;
  throw new CcelogError('BAD_USAGE', t`the redaction map cannot be kept there`, {
    file: map,
    why: refused,
    try: t`name a file in a folder of your own with --redaction-map`,
  });
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}

/** Also of a file that is not there yet, by its folder. */
function fullPath(path: string): string {
  const full = resolve(path);
  if (existsSync(full)) return realpathSync(full);
  const folder = dirname(full);
  return existsSync(folder) ? join(realpathSync(folder), basename(full)) : full;
}
