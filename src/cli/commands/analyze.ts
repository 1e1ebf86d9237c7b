import type { Command } from 'commander';
import { CcelogError } from '../../errors.js';
import type { SourceReport } from '../../model.js';
import { EMPTY_FILE, NOTHING_KNOWN } from '../../parsers/kind.js';
import type { Analysis } from '../../pipeline/analysis.js';
import { t, translated } from '../../texts/texts.js';
import { analysisOptions } from '../analysis-options.js';
import { type ArchiveOptions, archiveLimits } from '../archive-options.js';
import { openDoor } from '../door.js';
import { cores, now, scannerKind, toolVersion } from '../environment.js';
import { favourMemory } from '../memory.js';
import { knownVersion, momentOption } from '../options.js';
import { progressBar } from '../progress.js';
import { REDACTION_EXAMPLES } from '../redaction-options.js';
import { type ReportOptions, reportOutput, selectionOf, writeReport } from '../report-options.js';
import { loadSignatures, withStore } from '../session.js';
import { warnOfProblems } from '../warn-of-problems.js';

export function analyzeCommand(command: Command): Command {
  command
    .description(t`read logs, folders and archives once; report the incidents`)
    .argument('<path...>', t`files, folders, or archives (zip, tar, gz)`)
    .option('--appliance <name>', t`name of the appliance for sources that do not tell it themselves`);
  command.option('--as-of <time>', t`look at states from this time, instead of the last one that the sources tell`);
  analysisOptions(command);
  command.addHelpText(
    'after',
    t`
Examples:
  ccelog analyze CceManagementService.log
  ccelog analyze C:\\collected\\host1 --cce-version 2.1
  ccelog analyze collected.zip -o incidents.json
  ccelog analyze . --fail-on error --quiet       exit code 1 where one is found
  ccelog analyze bundle --db :memory:            keep nothing
${REDACTION_EXAMPLES}

Exit codes: 0 ran; 1 an incident at or above --fail-on; 2 could not run;
3 some input could not be read; 130 interrupted.`,
  );
  return command;
}

export async function runAnalyze(
  paths: string[],
  options: ReportOptions & ArchiveOptions & { asOf?: string },
  /** Only incidents of this appliance are reported: `--appliance` names sources here. */
  only: string | null = null,
): Promise<number> {
  const output = await reportOutput(options, paths);
  const door = await openDoor(options, paths);
  const version = await knownVersion(options.cceVersion);
  const selection = { ...selectionOf(options), appliance: only };
  const { beginThreads } = await import('../../pipeline/begin-threads.js');
  const threads = await beginThreads(paths, options.jobs ?? cores());
  const pack = await loadSignatures(options);
  const [{ analyze }, { Detector }, { reportOf }, { isFailing }] = await Promise.all([
    import('../../pipeline/analyze.js'),
    import('../../detectors/detector.js'),
    import('../../pipeline/report.js'),
    import('../../incidents/select.js'),
  ]);
  return withStore(options, async (store) => {
    const progress = progressBar(options.quiet ?? false);
    const interrupt = new AbortController();
    const onInterrupt = () => interrupt.abort();
    process.once('SIGINT', onInterrupt);
    process.once('SIGTERM', onInterrupt);
    favourMemory();
    let analysis: Analysis;
    try {
      analysis = await analyze({
        paths,
        store,
        detector: new Detector(pack, scannerKind()),
        appliance: options.appliance ?? null,
        version,
        asOf: momentOption(options.asOf),
        now: now().toISOString(),
        threads,
        limits: archiveLimits(options),
        signal: interrupt.signal,
        onProgress: progress.update,
      });
    } finally {
      progress.stop();
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    }
    if (analysis.interrupted) {
      process.stderr.write(
        store.path === ':memory:'
          ? t`interrupted: nothing is kept; run the same command to begin anew\n`
          : t`interrupted: what was read until then is in the store; run the same command to go on\n`,
      );
      return 130;
    }
    const report = reportOf(analysis, store, pack, {
      toolVersion: toolVersion(),
      version,
      selection,
      withActivity: output.format.drawsActivity === true,
    });
    // A file with an empty report must not look like a result; on the terminal the account of the input helps.
    if (options.output !== undefined) refuseNothing(analysis, paths);
    await writeReport(report, output, options, door, analysis.names);
    warnOfProblems(door.out(analysis.problems), options);
    refuseNothing(analysis, paths);
    if (isFailing(report.incidents, options.failOn)) return 1;
    return analysis.problems.length > 0 ? 3 : 0;
  });
}

const WHOLE = [EMPTY_FILE, NOTHING_KNOWN];

/**
 * Where nothing was searched, no incident is no good news: the command did not run. What is empty, or tells nothing, was
 * read whole.
 */
function refuseNothing({ sources }: Analysis, paths: readonly string[]): void {
  const [first] = sources;
  // A log that could be read in part only was searched, as far as it goes.
  const isSearched = ({ skipped, records, hits, orphanLines }: SourceReport) =>
    skipped === null ||
    WHOLE.some((why) => skipped === translated(why)) ||
    records + orphanLines > 0 ||
    Object.keys(hits).length > 0;
  if (!first || sources.some(isSearched)) return;
  const several = sources.length > 1;
  throw new CcelogError('NOTHING_READABLE', t`no log was found`, {
    file: paths.join(' '),
    why: several ? t`none of its ${sources.length} files is a log` : (first.skipped ?? ''),
    try: t`give CceManagementService.log, or the folder that holds it or what was collected from the host`,
  });
}
