import type { Command } from 'commander';
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';
import { analysisOptions } from '../analysis-options.js';
import type { ArchiveOptions } from '../archive-options.js';
import { openDoor } from '../door.js';
import { toolVersion } from '../environment.js';
import { knownVersion } from '../options.js';
import { type ReportOptions, reportOutput, selectionOf, writeReport } from '../report-options.js';
import { loadSignatures, storedNames, withExistingStore } from '../session.js';

export function reportCommand(command: Command): Command {
  command
    .description(t`write a report from the store, or from paths`)
    .argument('[path...]', t`what to analyze first; without it the report is of all that the store has`)
    .option('--appliance <name>', t`only what is of this appliance`);
  analysisOptions(command);
  command.addHelpText(
    'after',
    t`
The format is that of --format, or what the extension of the output file
tells: .html, .json, .ndjson, .csv, .md, .sarif, .xml (JUnit), .txt.

Examples:
  ccelog report -o report.html
  ccelog report -o ticket.md --since 7d --status open,regressed
  ccelog report --appliance CCEHOST1 --format csv --bom -o incidents.csv
  ccelog report collected.zip --db :memory: -o collected.json
  ccelog report bundle -o now.sarif --baseline before.json
  ccelog report bundle -o gate.xml --fail-on error

Exit codes: 0 ran; 1 an incident at or above --fail-on; 2 could not run;
3 some input could not be read; 130 interrupted.`,
  );
  return command;
}

export async function runReport(paths: string[], options: ReportOptions & ArchiveOptions): Promise<number> {
  if (paths.length > 0) {
    const { runAnalyze } = await import('./analyze.js');
    const { appliance = null, ...others } = options;
    return runAnalyze(paths, others, appliance);
  }
  const output = await reportOutput(options, []);
  const door = await openDoor(options);
  const version = await knownVersion(options.cceVersion);
  const selection = { ...selectionOf(options), appliance: options.appliance ?? null };
  const pack = await loadSignatures(options);
  const [{ storedReport }, { isFailing }] = await Promise.all([
    import('../../pipeline/stored-report.js'),
    import('../../incidents/select.js'),
  ]);
  const { report, names } = await withExistingStore(options, async (store) => {
    if (store.sources().length === 0) throw emptyStore(store.path);
    return {
      report: storedReport(store, pack, {
        toolVersion: toolVersion(),
        version,
        selection,
        withActivity: output.format.drawsActivity === true,
      }),
      names: door.isRedacting ? storedNames(store) : [],
    };
  });
  await writeReport(report, output, options, door, names);
  return isFailing(report.incidents, options.failOn) ? 1 : 0;
}

/** A report that says that all is well must have looked at something. */
function emptyStore(file: string): CcelogError {
  return new CcelogError('NOTHING_READABLE', t`there is nothing to report`, {
    file,
    why: t`no log was analyzed into this store`,
    try: 'ccelog report <path>',
  });
}
