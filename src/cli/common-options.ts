/** The options that every command takes. */
import { type Command, Option } from 'commander';
import { jobsOption, severityOption } from './options.js';

/** The common options as every command takes them: what is wrong with one is wrong everywhere. */
function commonOptions(): Option[] {
  const options = [
    '--db <file>',
    '--format <format>',
    '-o, --output <file>',
    '--force',
    '--since <time>',
    '--until <time>',
    '--appliance <name>',
    '--cce-version <version>',
    '--signatures <folder>',
    '--redact',
    '--no-color',
    '--quiet',
    '--verbose',
    '--lang <language>',
  ].map((flags) => new Option(flags));
  return [...options, severityOption('--severity <level>'), severityOption('--fail-on <severity>'), jobsOption()];
}

/**
 * Lets every command take the common options, before it or behind it, also where they change nothing: a script gives the
 * same ones to all. Help shows those that matter.
 */
export function acceptCommonOptions(program: Command): void {
  const addMissing = (command: Command) => {
    for (const option of commonOptions())
      if (!command.options.some(({ long }) => long === option.long)) command.addOption(option.hideHelp());
    for (const sub of command.commands) addMissing(sub);
  };
  addMissing(program);
  program.hook('preAction', (_, action) => {
    for (let outer = action.parent; outer; outer = outer.parent) {
      for (const [key, value] of Object.entries(outer.opts())) {
        if (outer.getOptionValueSource(key) !== 'cli' || action.getOptionValueSource(key) === 'cli') continue;
        action.setOptionValueWithSource(key, key === 'signatures' ? [value].flat() : value, 'cli');
      }
    }
  });
}
