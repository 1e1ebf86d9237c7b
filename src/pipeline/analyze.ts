/**
 * Reads files once, front to back, and brings what is found into the store. Files, ranges of large ones and members of
 * archives are read side by side; their results are put together here, in one order, whatever was done first.
 */
import { endStreams } from '../bundles/recent-bytes.js';
import { walk } from '../bundles/walk.js';
import type { Pack } from '../detectors/pack/load.js';
import { CcelogError } from '../errors.js';
import type { InputProblem } from '../model.js';
import { t } from '../texts/texts.js';
import type { Analysis, AnalyzeOptions } from './analysis.js';
import { emptyReport } from './empty-report.js';
import { readTask } from './read-task.js';
import { Run } from './run.js';
import { inThisThread, type Runner } from './runner.js';
import type { Task } from './task.js';

/**
 * Analyzes files, folders and archives. Throws INPUT_MISSING for a path that does not exist, NOTHING_READABLE where
 * nothing could be read at all, and the store's errors; a file that cannot be read is a problem in the result.
 */
export async function analyze(options: AnalyzeOptions): Promise<Analysis> {
  const { files, problems } = walk(options.paths);
  const runner = runnerFor(options);
  const run = new Run(options, problems, files);
  try {
    for (const { path, why } of problems) run.sources.push({ ...emptyReport(path), encoding: 'binary', skipped: why });
    await run.all(files, runner);
  } finally {
    await runner.close();
    endStreams();
  }
  // An archive may have no members.
  const isNothing = files.length === 0 || run.sources.length === 0;
  if (isNothing && !options.signal?.aborted) throw nothingReadable(options.paths, problems);
  return run.result();
}

function runnerFor({ detector, signal, threads }: AnalyzeOptions): Runner {
  const doTask = (task: Task) => readTask(task, detector, () => signal?.aborted ?? false);
  return (
    threads?.runner({ pack: forReading(detector.pack), scanner: detector.scanner }, doTask) ?? inThisThread(doTask)
  );
}

/** A pack without what only a report shows: every thread has one of its own. */
function forReading(pack: Pack): Pack {
  const shown = { fixes: [], examples: { match: [], noMatch: [] }, cause: '', falsePositives: [], references: [] };
  return { ...pack, signatures: pack.signatures.map((signature) => ({ ...signature, ...shown })) };
}

function nothingReadable(paths: readonly string[], problems: readonly InputProblem[]): CcelogError {
  const [problem] = problems;
  return new CcelogError('NOTHING_READABLE', t`nothing could be read`, {
    file: problem?.path ?? paths.join(' '),
    why: problem?.why ?? t`there is no file in it`,
    try: t`give the folder or file that holds CceManagementService.log or what was collected from the host`,
  });
}
