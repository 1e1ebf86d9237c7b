import { type Command, InvalidArgumentError } from 'commander';
import { t } from '../../texts/texts.js';
import { renderOptions } from '../environment.js';
import {
  type CommonOptions,
  formatName,
  outputOptions,
  plainOptions,
  refuseUnavailable,
  storeOption,
} from '../options.js';
import { writeOutput } from '../output.js';
import { withExistingStore } from '../session.js';

interface ShowOptions extends CommonOptions {
  context?: number;
}

export function showCommand(command: Command): Command {
  command
    .description(t`print the exact bytes of a piece of evidence with the lines around it`)
    .argument('<evidence>', t`id of the evidence, or its beginning`)
    .option('-C, --context <lines>', t`lines before and after`, lineCount, 3);
  storeOption(command);
  outputOptions(command, ['table', 'json']);
  plainOptions(command);
  command.addHelpText(
    'after',
    t`
The file or archive is read where it was when it was analyzed. Passwords are
masked.

Examples:
  ccelog show e41d09aa71f2
  ccelog show e41d -C 10`,
  );
  return command;
}

export async function runShow(id: string, options: ShowOptions): Promise<number> {
  refuseUnavailable(options);
  const [{ openEvidence }, { evidenceText }] = await Promise.all([
    import('../../pipeline/open-evidence.js'),
    import('../../reports/evidence-text.js'),
  ]);
  const found = await withExistingStore(options, async (store) => store.evidence(id));
  const opened = await openEvidence(found, options.context ?? 3);
  if (formatName(options) === 'json') {
    await writeOutput(`${JSON.stringify({ schemaVersion: 1, ...opened }, null, 2)}\n`, options);
  } else {
    await writeOutput(evidenceText(opened, renderOptions(options)), options);
  }
  return opened.state === 'unchanged' ? 0 : 3;
}

function lineCount(text: string): number {
  const lines = Number(text);
  if (/^\d{1,6}$/.test(text)) return lines;
  throw new InvalidArgumentError(t`must be a number of lines (found "${text}")`);
}
