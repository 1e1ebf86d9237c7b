import { type Command, InvalidArgumentError } from 'commander';
import { openDoor } from '../door.js';
import { renderOptions } from '../environment.js';
import { type CommonOptions, formatName, outputOptions, resultOptions, storeOption } from '../options.js';
import { storedNames, withExistingStore } from '../session.js';

interface ShowOptions extends CommonOptions {
  context?: number;
}

export function showCommand(command: Command): Command {
  command
    .description('print the exact bytes of a piece of evidence with the lines around it')
    .argument('<evidence>', 'id of the evidence, or its beginning')
    .option('-C, --context <lines>', 'lines before and after', lineCount, 3);
  storeOption(command);
  outputOptions(command, ['table', 'json']);
  resultOptions(command);
  command.addHelpText(
    'after',
    `
The file or archive is read where it was when it was analyzed. Passwords are
masked.

Examples:
  ccelog show e41d09aa71f2
  ccelog show e41d -C 10`,
  );
  return command;
}

export async function runShow(id: string, options: ShowOptions): Promise<number> {
  const door = await openDoor(options);
  const [{ openEvidence }, { evidenceText }] = await Promise.all([
    import('../../pipeline/open-evidence.js'),
    import('../../reports/evidence-text.js'),
  ]);
  const { found, known } = await withExistingStore(options, async (store) => ({
    found: store.evidence(id),
    known: door.isRedacting ? storedNames(store) : [],
  }));
  const opened = door.out(await openEvidence(found, options.context ?? 3), known);
  if (formatName(options) === 'json') {
    await door.write(`${JSON.stringify({ schemaVersion: 1, ...opened }, null, 2)}\n`, options);
  } else {
    await door.write(evidenceText(opened, renderOptions(options)), options);
  }
  return opened.state === 'unchanged' ? 0 : 3;
}

function lineCount(text: string): number {
  const lines = Number(text);
  if (/^\d{1,6}$/.test(text)) return lines;
  throw new InvalidArgumentError(`must be a number of lines (found "${text}")`);
}
