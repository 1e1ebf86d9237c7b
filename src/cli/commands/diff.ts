import type { Command } from 'commander';
import { CcelogError } from '../../errors.js';
import type { Report } from '../../model.js';
import { t } from '../../texts/texts.js';
import { type ArchiveOptions, archiveLimits, archiveOptions } from '../archive-options.js';
import { type Door, openDoor } from '../door.js';
import { cores, now, renderOptions, scannerKind, toolVersion } from '../environment.js';
import { favourMemory } from '../memory.js';
import {
  type CommonOptions,
  failOnOption,
  formatName,
  jobsOption,
  knownVersion,
  outputOptions,
  resultOptions,
  signatureOption,
  versionOption,
} from '../options.js';
import { checkOutput } from '../output.js';
import { loadSignatures, withStore } from '../session.js';
import { warnOfProblems } from '../warn-of-problems.js';

const FORMATS = ['table', 'json'] as const;

export function diffCommand(command: Command): Command {
  command
    .description(t`what is new, gone and still there between two analyses`)
    .argument('<before>', t`what was collected before: a file, folder, archive, or a report (analyze --format json)`)
    .argument('<after>', t`what was collected after`);
  versionOption(command);
  signatureOption(command);
  outputOptions(command, FORMATS);
  failOnOption(command);
  command.addOption(jobsOption());
  archiveOptions(command);
  resultOptions(command);
  command.addHelpText(
    'after',
    t`
Examples:
  ccelog diff monday.zip thursday.zip            did the fix work?
  ccelog diff before.json collected.zip          a kept report will do
  ccelog diff monday.zip thursday.zip --fail-on error

A failure counts as gone only where the later analysis looked at what showed it.
--fail-on looks at what is new, what is still there, and what the later analysis
has and cannot tell to be over.`,
  );
  return command;
}

export async function runDiff(before: string, after: string, options: CommonOptions & ArchiveOptions): Promise<number> {
  checkOutput(options, [before, after]);
  const format = formatName(options, FORMATS);
  const door = await openDoor(options, [before, after]);
  const pack = await loadSignatures(options);
  const [{ compare, notOver }, { isFailing }] = await Promise.all([
    import('../../incidents/compare.js'),
    import('../../incidents/select.js'),
  ]);
  const work = { options, pack, door };
  const [earlier, later] = [await reportFor(before, work), await reportFor(after, work)];
  const states = new Set(pack.signatures.filter(({ state }) => state !== undefined).map(({ id }) => id));
  const [earlierReport, laterReport] = [door.out(earlier.report), door.out(later.report)];
  const difference = compare(earlierReport, laterReport, (signature) => states.has(signature));
  const { fresh, gone, still, unclear } = difference;
  if (format === 'json') {
    const { jsonText } = await import('../../reports/json-text.js');
    const names = door.out({ before, after });
    const document = { schemaVersion: 1, ...names, new: fresh, gone, still, unclear };
    await door.write(`${jsonText(document, 2)}\n`, options);
  } else {
    const { diffText } = await import('../../reports/diff-text.js');
    await door.write(diffText(difference, renderOptions(options)), options);
  }
  if (isFailing(notOver(difference, laterReport), options.failOn)) return 1;
  return earlier.isWhole && later.isWhole ? 0 : 3;
}

interface Work {
  options: CommonOptions & ArchiveOptions;
  pack: Awaited<ReturnType<typeof loadSignatures>>;
  door: Door;
}

interface Side {
  report: Report;
  /** Whether all of it could be read. */
  isWhole: boolean;
}

/** A kept report as it is; everything else is analyzed, and kept nowhere. */
async function reportFor(path: string, { options, pack, door }: Work): Promise<Side> {
  const { keptReport } = await import('../kept-report.js');
  const kept = keptReport(path);
  if (kept !== null) {
    door.learn(kept);
    return { report: kept, isWhole: true };
  }
  const [{ analyze }, { Detector }, { reportOf }, { beginThreads }] = await Promise.all([
    import('../../pipeline/analyze.js'),
    import('../../detectors/detector.js'),
    import('../../pipeline/report.js'),
    import('../../pipeline/begin-threads.js'),
  ]);
  const threads = await beginThreads([path], options.jobs ?? cores());
  const version = await knownVersion(options.cceVersion);
  favourMemory();
  return withStore({ db: ':memory:' }, async (store) => {
    const analysis = await analyze({
      paths: [path],
      store,
      detector: new Detector(pack, scannerKind()),
      version,
      now: now().toISOString(),
      threads,
      limits: archiveLimits(options),
    });
    if (analysis.sources.every(({ skipped }) => skipped !== null))
      throw new CcelogError('NOTHING_READABLE', t`there is nothing to compare`, {
        file: path,
        why: t`none of its files could be read`,
        try: t`give a log, a folder, an archive, or a report that "ccelog analyze --format json" wrote`,
      });
    const selection = { since: null, until: null, severity: null };
    const report = reportOf(analysis, store, pack, { toolVersion: toolVersion(), version, selection });
    door.learn(report, analysis.names);
    warnOfProblems(door.out(analysis.problems), options);
    return { report, isWhole: analysis.problems.length === 0 };
  });
}
