import { Command, CommanderError } from 'commander';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';
import { analyzeCommand } from './commands/analyze.js';
import { collectCommand } from './commands/collect.js';
import { diffCommand } from './commands/diff.js';
import { explainCommand } from './commands/explain.js';
import { incidentsCommand } from './commands/incidents.js';
import { reportCommand } from './commands/report.js';
import { showCommand } from './commands/show.js';
import { signaturesCommand } from './commands/signatures.js';
import { watchCommand } from './commands/watch.js';
import { acceptCommonOptions } from './common-options.js';
import { toolVersion } from './environment.js';
import { helpWords, usageText } from './help-text.js';
import { speakBefore, speakFor } from './language.js';
import { printError } from './print-error.js';

/** Runs a command and gives the exit code. */
export async function runProgram(args: readonly string[]): Promise<number> {
  let exitCode = 0;
  speakBefore(args);
  const program = build(async (work) => {
    exitCode = await work;
  });
  try {
    await program.parseAsync(helpOfInner(args), { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return endUsage(error, program, args);
    return printError(error, args.includes('--verbose'));
  }
}

/** `help signatures new` as `signatures new --help`: Commander's own help goes one command deep. */
function helpOfInner(args: readonly string[]): string[] {
  const [first, ...names] = args;
  return first === 'help' && names.length > 1 ? [...names, '--help'] : [...args];
}

type Run = (work: Promise<number>) => Promise<void>;

/** The commands and their options. What they do is loaded when one is run. */
function build(run: Run): Command {
  const program = new Command('ccelog')
    .description(
      t`Known failures of Skype for Business Cloud Connector Edition: found in its logs, with the fix for the version.`,
    )
    .version(toolVersion(), '-V, --version')
    .configureHelp(helpWords())
    .exitOverride()
    .enablePositionalOptions();
  program.addHelpText(
    'after',
    t`
Examples:
  ccelog analyze CceManagementService.log --cce-version 2.1
  ccelog watch
  ccelog explain "Dismount-WindowsImage failed. Error code = 0xc1550115"
  ccelog incidents list
  ccelog report -o incidents.md
  ccelog collect -o host1.zip`,
  );
  analyzeCommand(program.command('analyze')).action((paths, options) =>
    run(import('./commands/analyze.js').then(({ runAnalyze }) => runAnalyze(paths, options))),
  );
  watchCommand(program.command('watch')).action((paths, options) =>
    run(import('./commands/watch.js').then(({ runWatch }) => runWatch(paths, options))),
  );
  incidentsCommand(program.command('incidents'), {
    list: (options) => run(import('./commands/incidents.js').then((command) => command.listIncidents(options))),
    show: (id, options) => run(import('./commands/incidents.js').then((command) => command.showIncident(id, options))),
    change: (action, id, options) =>
      run(import('./commands/incidents.js').then((command) => command.changeIncident(action, id, options))),
  });
  reportCommand(program.command('report')).action((paths, options) =>
    run(import('./commands/report.js').then(({ runReport }) => runReport(paths, options))),
  );
  signaturesCommand(program.command('signatures'), {
    list: (options) => run(import('./commands/signatures.js').then((command) => command.listSignatures(options))),
    show: (id, options) =>
      run(import('./commands/signatures.js').then((command) => command.showSignature(id, options))),
    lint: (path) => run(import('./commands/signatures.js').then((command) => command.lintSignatures(path))),
    test: (path, options) =>
      run(import('./commands/signatures.js').then((command) => command.testSignatures(path, options))),
    begin: (id, options) =>
      run(import('./commands/signatures.js').then((command) => command.beginSignature(id, options))),
  });
  explainCommand(program.command('explain')).action((words, options) =>
    run(import('./commands/explain.js').then(({ runExplain }) => runExplain(words, options))),
  );
  showCommand(program.command('show')).action((id, options) =>
    run(import('./commands/show.js').then(({ runShow }) => runShow(id, options))),
  );
  diffCommand(program.command('diff')).action((before, after, options) =>
    run(import('./commands/diff.js').then(({ runDiff }) => runDiff(before, after, options))),
  );
  collectCommand(program.command('collect')).action((options) =>
    run(import('./commands/collect.js').then(({ runCollect }) => runCollect(options))),
  );
  acceptCommonOptions(program);
  program.hook('preAction', (_, action) => speakFor(action.opts()));
  for (const command of [program, ...program.commands, ...program.commands.flatMap((entry) => entry.commands)])
    command.exitOverride().configureOutput({ outputError: () => {} });
  return program;
}

/** Help and version end well; help for want of a command, and wrong usage, do not. */
function endUsage(error: CommanderError, program: Command, args: readonly string[]): number {
  if (error.exitCode === 0) return 0;
  if (error.code === 'commander.help') return 2;
  const [message = '', ...hints] = error.message.replace(/^error: /, '').split('\n');
  const names = [program.name()];
  let at: Command | undefined = program;
  for (const word of args) {
    at = at.commands.find((command) => command.name() === word);
    if (!at) break;
    names.push(word);
  }
  const why = hints.join(' ').replace(/^\((.*)\)$/, '$1');
  const details = { ...(why === '' ? {} : { why: usageText(why) }), try: `${names.join(' ')} --help` };
  return printError(new CcelogError('BAD_USAGE', usageText(message), details), args.includes('--verbose'));
}
