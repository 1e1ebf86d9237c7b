/** How arguments become the one text that a program on Windows is started with. */

/**
 * The rules of CommandLineToArgvW and of the C runtime, which Node.js uses
 * (https://learn.microsoft.com/en-us/cpp/c-language/parsing-c-command-line-arguments): blanks and tabs separate, quotes hold
 * together, and a backslash is one but before a quote, where every two of them are one and the odd one makes it a letter.
 */
export function windowsArguments(args: readonly string[]): string {
  return args.map(quoted).join(' ');
}

function quoted(argument: string): string {
  if (argument !== '' && !/[\s"]/.test(argument)) return argument;
  return `"${argument.replace(/(\\*)("|$)/g, (_, slashes: string, quote: string) => slashes + slashes + (quote && '\\"'))}"`;
}
