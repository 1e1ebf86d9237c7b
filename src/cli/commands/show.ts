import { type Command, InvalidArgumentError } from 'commander';
import { CcelogError } from '../../errors.js';
import type { FoundEvidence } from '../../store/index.js';
import { plural, t } from '../../texts/texts.js';
import { openDoor } from '../door.js';
import { renderOptions } from '../environment.js';
import { type CommonOptions, formatName, outputOptions, resultOptions, storeOption } from '../options.js';
import { checkOutput, writeBytes } from '../output.js';
import { printError } from '../print-error.js';
import { storedNames, withExistingStore } from '../session.js';

const FORMATS = ['table', 'json'] as const;

interface ShowOptions extends CommonOptions {
  context?: number;
  raw?: boolean;
}

export function showCommand(command: Command): Command {
  command
    .description(t`print the exact bytes of a piece of evidence with the lines around it`)
    .argument('<evidence>', t`id of the evidence, or its beginning`)
    .option('-C, --context <lines>', t`lines before and after`, lineCount, 3)
    .option('--raw', t`the bytes of the record and nothing else, as they stand in the file`);
  storeOption(command);
  outputOptions(command, FORMATS);
  resultOptions(command);
  command.addHelpText(
    'after',
    t`
The file or archive is read where it was when it was analyzed. Passwords are
masked, with --raw star by star, so that all other bytes stay at their place.

Examples:
  ccelog show e41d09aa71f2
  ccelog show e41d -C 10
  ccelog show e41d --raw | sha256sum

Exit codes: 0 the bytes are those that were seen; 2 no such evidence; 3 the
file has changed or is gone.`,
  );
  return command;
}

export async function runShow(id: string, options: ShowOptions): Promise<number> {
  const door = await openDoor(options);
  const [{ openEvidence }, { evidenceText }] = await Promise.all([
    import('../../pipeline/open-evidence.js'),
    import('../../reports/evidence-text.js'),
  ]);
  if (options.raw) checkOutput(options);
  if (options.raw && door.isRedacting)
    throw new CcelogError('BAD_USAGE', t`--raw cannot be redacted`, {
      why: t`it prints the bytes as they stand in the file`,
      try: t`leave --raw or --redact out`,
    });
  const format = options.raw ? 'table' : formatName(options, FORMATS);
  const { found, known } = await withExistingStore(options, async (store) => ({
    found: store.evidence(id),
    known: door.isRedacting ? storedNames(store) : [],
  }));
  if (options.raw) return showRaw(found, options);
  const opened = door.out(await openEvidence(found, options.context ?? 3), known);
  if (format === 'json') {
    const { jsonText } = await import('../../reports/json-text.js');
    await door.write(`${jsonText({ schemaVersion: 1, ...opened }, 2)}\n`, options);
  } else {
    await door.write(evidenceText(opened, renderOptions(options)), options);
  }
  return opened.state === 'unchanged' ? 0 : 3;
}

/** Bytes that are not those that were seen are no evidence: nothing is printed then. */
async function showRaw(found: FoundEvidence, options: ShowOptions): Promise<number> {
  const { rawEvidence } = await import('../../pipeline/raw-evidence.js');
  const { bytes, state, why, masked } = await rawEvidence(found);
  if (bytes !== null) {
    await writeBytes(bytes, options);
    const { byteStart, byteEnd } = found.evidence;
    const rest = byteEnd - byteStart - bytes.length;
    if (masked > 0)
      warn(plural(masked, '{0} byte of a password is overwritten', '{0} bytes of passwords are overwritten'));
    if (rest > 0) warn(plural(rest, 'the record goes on for {0} byte', 'the record goes on for {0} bytes'));
    return 0;
  }
  const { evidence, path } = found;
  const lost = new CcelogError('EVIDENCE_LOST', titles[state](), {
    file: path,
    why: why ?? '',
    try: t`ccelog show ${evidence.id}, which shows the text that the store kept`,
  });
  printError(lost, options.verbose ?? false);
  return 3;
}

const titles = {
  gone: () => t`the file is gone`,
  changed: () => t`the file has changed`,
  unchanged: () => t`the bytes cannot be shown`,
};

function warn(text: string): void {
  process.stderr.write(`warning: ${text}\n`);
}

function lineCount(text: string): number {
  const lines = Number(text);
  if (/^\d{1,6}$/.test(text)) return lines;
  throw new InvalidArgumentError(t`must be a number of lines (found "${text}")`);
}
