/** What Commander says by itself, help and wrong usage, in the language that is set. */
import { Help, type HelpConfiguration, type Option } from 'commander';
import { t } from '../texts/texts.js';

/** The words of help that no command brings. */
export function helpWords(): HelpConfiguration {
  return {
    styleTitle: titleText,
    optionDescription: optionText,
    boxWrap: keptTogether,
    subcommandDescription: (command) =>
      command.name() === 'help' ? t`display help for command` : command.summary() || command.description(),
  };
}

/** A blank that must not break, for which Commander would end a line: before a semicolon in French. */
const FIRM = '\u00a0';
/** Stands for it while lines are broken: no text has it. */
const STAND_IN = '\ue000';

function keptTogether(text: string, width: number): string {
  return Help.prototype.boxWrap.call(new Help(), text.replaceAll(FIRM, STAND_IN), width).replaceAll(STAND_IN, FIRM);
}

function titleText(title: string): string {
  switch (title) {
    case 'Usage:':
      return t`Usage:`;
    case 'Arguments:':
      return t`Arguments:`;
    case 'Options:':
      return t`Options:`;
    case 'Commands:':
      return t`Commands:`;
    default:
      return title;
  }
}

function optionText(option: Option): string {
  if (option.long === '--help') return t`display help for command`;
  if (option.long === '--version') return t`output the version number`;
  const text = Help.prototype.optionDescription.call(new Help(), option);
  const [, described = '', kind, values = ''] = /^(.*) \((choices|default): (.*)\)$/s.exec(text) ?? [];
  if (kind === undefined) return text;
  return kind === 'choices' ? t`${described} (choices: ${values})` : t`${described} (default: ${values})`;
}

/** What Commander says of wrong usage, as far as it is known here, and how that reads. */
const SAID: readonly [RegExp, (first: string, second: string, third: string) => string][] = [
  [/^unknown option '(.*)'$/, (flag) => t`unknown option '${flag}'`],
  [/^unknown command '(.*)'$/, (name) => t`unknown command '${name}'`],
  [/^missing required argument '(.*)'$/, (name) => t`missing required argument '${name}'`],
  [/^option '(.*)' argument missing$/, (flags) => t`option '${flags}' argument missing`],
  [
    /^option '(.*?)' argument '(.*)' is invalid\. (.*)$/s,
    (flags, value, why) => t`option '${flags}' argument '${value}' is invalid. ${usageText(why)}`,
  ],
  [
    /^too many arguments\. Expected (\d+) arguments but got (\d+)\.$/,
    (expected, given) => t`too many arguments. Expected ${expected} arguments but got ${given}.`,
  ],
  [
    /^too many arguments\. Expected (\d+) argument but got (\d+)\.$/,
    (expected, given) => t`too many arguments. Expected ${expected} argument but got ${given}.`,
  ],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) arguments but got (\d+)\.$/,
    (name, expected, given) => t`too many arguments for '${name}'. Expected ${expected} arguments but got ${given}.`,
  ],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) argument but got (\d+)\.$/,
    (name, expected, given) => t`too many arguments for '${name}'. Expected ${expected} argument but got ${given}.`,
  ],
  [/^Allowed choices are (.*)\.$/, (choices) => t`Allowed choices are ${choices}.`],
  [/^Did you mean one of (.*)\?$/, (names) => t`Did you mean one of ${names}?`],
  [/^Did you mean (.*)\?$/, (name) => t`Did you mean ${name}?`],
];

/** Wrong usage in the language; what is not known stays as it is. */
export function usageText(said: string): string {
  for (const [looks, text] of SAID) {
    const found = looks.exec(said);
    if (found !== null) return text(found[1] ?? '', found[2] ?? '', found[3] ?? '');
  }
  return said;
}
