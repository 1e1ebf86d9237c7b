import { fileURLToPath } from 'node:url';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { CcelogError } from '../../errors.js';
import { parseDuration } from '../../incidents/duration.js';
import { printableLine } from '../../redaction/printable.js';
import { jsonText } from '../../reports/json-text.js';
import { t } from '../../texts/texts.js';
import { defaultStorePath } from '../environment.js';
import { plainOptions, refuseRedact, signatureOption, storeOption, versionOption } from '../options.js';
import { writeOutput } from '../output.js';
import type { WatchCommandOptions } from '../watch-options.js';

export function watchCommand(command: Command): Command {
  command
    .description(t`follow the live log; tell when an incident opens, comes back or is over`)
    .argument('[path...]', t`files, folders or patterns such as *.log (default: the log folder of this host)`)
    .option('--appliance <name>', t`name of the appliance that the log belongs to`)
    .option('--poll <duration>', t`how often to look (default: 1s)`, duration)
    .option(
      '--quiet-period <duration>',
      t`silence after which an unfinished line is taken as it is (default: 2s)`,
      duration,
    )
    .option('--wait', t`wait for a folder that is not there yet, and for another watch to end`);
  storeOption(command);
  versionOption(command);
  signatureOption(command);
  command.addOption(
    new Option('--format <format>', t`one line for each event, or one JSON object; json: only with --status`).choices(
      FORMATS,
    ),
  );
  command
    .option('--on-incident <command>', t`run this with each event as JSON on its standard input`)
    .option('--shell', t`let a shell read that command`)
    .option('--webhook <url>', t`post alerts there, as Prometheus Alertmanager does`)
    .option('--metrics <file>', t`write OpenMetrics text for a textfile collector`)
    .option('--status', t`tell what is running, how far it has come, and what it could not see`)
    .option('--install', t`start watching with the machine: a scheduled task; on Linux, print a systemd unit`)
    .option('--uninstall', t`take that back`)
    .option('--dry-run', t`with --install: print what would be done`)
    .option('--user <name>', t`with --install: the account that watches (default: SYSTEM)`)
    .option('--task-name <name>', t`with --install: name of the task (default: ccelog watch)`)
    .option('--force', t`with --install: replace a task of that name`);
  plainOptions(command);
  command.addHelpText(
    'after',
    t`
Examples:
  ccelog watch                                   the host's own log
  ccelog watch D:\\logs\\*.log --cce-version 2.1
  ccelog watch --format ndjson                   for other programs
  ccelog watch --on-incident "C:\\tools\\ticket.exe --queue sfb"
  ccelog watch --webhook http://localhost:9095/hook
  ccelog watch --install                         and forget it
  ccelog watch --status

Ctrl+C ends it; what it read is in the store, and the next run goes on there.

Exit codes: 130 ended by Ctrl+C or a signal; 0 whoever read its output has gone;
2 could not run; with --status, --install and --uninstall 0.`,
  );
  return command;
}

/** The last one for what has an end. */
const FORMATS = ['table', 'ndjson', 'json'];
/** Who looks less often than the product tries to recover sees nothing in time. */
const LONGEST_MS = 3_600_000;

export async function runWatch(paths: string[], options: WatchCommandOptions): Promise<number> {
  refuseRedact(
    options,
    'what watching tells is for those who run the appliance',
    'leave --redact out; for others: ccelog incidents list --redact',
  );
  const { checkUsage } = await import('../watch-usage.js');
  checkUsage(options);
  if (options.status) return showStatus(options);
  if (options.install || options.uninstall) return installWatch(paths, options);
  if (options.format === 'json')
    throw new CcelogError('BAD_USAGE', t`watching has no end, and a JSON document has one`, {
      try: '--format ndjson, one event a line; or --status --format json',
    });
  const { watchLogs } = await import('../watch-run.js');
  return watchLogs(paths, options);
}

async function showStatus(options: WatchCommandOptions): Promise<number> {
  const path = options.db ?? defaultStorePath();
  const [{ openStore }, { statusOf }, { statusText }, { statSync }] = await Promise.all([
    import('../../store/index.js'),
    import('../../watch/status.js'),
    import('../../reports/watch-status-text.js'),
    import('node:fs'),
  ]);
  const isThere = path === ':memory:' || statSync(path, { throwIfNoEntry: false }) !== undefined;
  const store = isThere ? openStore(path) : null;
  try {
    const status = statusOf(store, path);
    const none = t`Nothing was watched yet: there is no store at ${printableLine(path)}. Name another one with --db.\n`;
    const text =
      options.format === undefined || options.format === 'table' ? (isThere ? statusText(status) : none) : null;
    const indent = options.format === 'json' ? 2 : 0;
    await writeOutput(text ?? `${jsonText(status, indent)}\n`, {});
  } finally {
    store?.close();
  }
  return 0;
}

async function installWatch(paths: string[], options: WatchCommandOptions): Promise<number> {
  const [{ install, uninstall }, { storeOf }, { thisHost }, { planOf }] = await Promise.all([
    import('../../watch/install/install.js'),
    import('../../watch/install/plan.js'),
    import('../../watch/install/host.js'),
    import('../watch-plan.js'),
  ]);
  const host = thisHost(fileURLToPath(new URL('../ccelog.js', import.meta.url)));
  // What is wrong would be found at a start that nobody sees.
  if (options.install) await planOf(paths, options, { warn: () => {}, store: storeOf(options, host) });
  const done = options.uninstall
    ? await uninstall(options, host)
    : await install({ ...options, paths, others: otherArguments(options) }, host);
  if (done.definition !== null) await writeOutput(`${done.definition.trimEnd()}\n`, {});
  // Behind the definition, and apart from it: that may go into a file.
  const to = done.definition === null ? process.stdout : process.stderr;
  to.write(`${done.words.trimEnd()}\n`);
  return 0;
}

/** The options that the installed watch is to have too, but for those that name files. */
function otherArguments(options: WatchCommandOptions): string[] {
  const withValue = [
    ['--appliance', options.appliance],
    ['--cce-version', options.cceVersion],
    ['--lang', options.lang],
    ['--poll', options.poll === undefined ? undefined : `${options.poll}ms`],
    ['--quiet-period', options.quietPeriod === undefined ? undefined : `${options.quietPeriod}ms`],
    ['--on-incident', options.onIncident],
    ['--webhook', options.webhook],
  ] as const;
  return [
    // A machine that starts may not have everything yet.
    '--wait',
    ...withValue.flatMap(([name, value]) => (value === undefined ? [] : [name, value])),
    ...(options.shell ? ['--shell'] : []),
  ];
}

function duration(text: string): number {
  const value = parseDuration(text);
  if (value !== null && value > 0 && value <= LONGEST_MS) return value;
  throw new InvalidArgumentError(t`must be a duration such as 500ms, 1s or 5m, up to 1h (found "${text}")`);
}
