/** What there is to read, in order: each source with its tasks, found out file by file. */
import { createBudget } from '../bundles/archive/limits.js';
import { whyNoWholeZip } from '../bundles/archive/part-zip.js';
import { ARCHIVE_SAMPLE, isReadable, recogniseArchive, whyForeign } from '../bundles/archive/recognise.js';
import { FileBlocks } from '../bundles/file-blocks.js';
import { describe, type FoundFile } from '../bundles/walk.js';
import type { Detector } from '../detectors/detector.js';
import type { SourceReport } from '../model.js';
import { detectEncoding, type Encoding } from '../parsers/encoding.js';
import { isBinaryData } from '../parsers/kind.js';
import { type Allowance, ArchiveAllowance } from './allowance.js';
import { emptyReport } from './empty-report.js';
import { rangesOf, wholeRange } from './ranges.js';
import { isRefusal } from './read-task.js';
import { firstText, kindOfFile } from './source-kind.js';
import type { ArchiveTask, FileTask } from './task.js';

export type Step =
  /** A source that is not read, or could not be. */
  | { type: 'skip'; report: SourceReport; problem: string | null; bytes: number }
  /** One of the ranges of a file; `last` closes it. */
  | { type: 'file'; source: OpenFile; task: FileTask; last: boolean; bytes: number }
  | { type: 'archive'; task: ArchiveTask; allowance: ArchiveAllowance; bytes: number }
  /** Something about an archive. */
  | { type: 'problem'; path: string; why: string; bytes: number };

/** A file that is being read, which the first of its steps brings and the others share. */
export interface OpenFile {
  report: SourceReport;
  blocks: FileBlocks;
  encoding: Encoding;
}

export async function* stepsOf(file: FoundFile, detector: Detector, allowance: Allowance): AsyncGenerator<Step, void> {
  let blocks: FileBlocks | null = null;
  try {
    blocks = new FileBlocks(file.path);
    const head = blocks.at(0, ARCHIVE_SAMPLE);
    const format = recogniseArchive(head);
    if (format === null) {
      const steps = fileSteps(file, blocks, detector);
      blocks = null;
      yield* steps;
    } else if (isReadable(format)) {
      blocks.close();
      blocks = null;
      yield* archiveSteps(file, allowance);
    } else {
      yield unread(file.path, file.bytes, whyForeign(format));
    }
  } catch (error) {
    // Only what the operating system refused is the file's fault.
    if (!isRefusal(error)) throw error;
    const why = describe(error);
    const report = { ...emptyReport(file.path), bytes: file.bytes, skipped: why };
    yield { type: 'skip', report, problem: why, bytes: file.bytes };
  } finally {
    blocks?.close();
  }
}

/** An archive that cannot be read here. */
function unread(path: string, bytes: number, why: string): Step {
  const report: SourceReport = { ...emptyReport(path), kind: 'archive', encoding: 'binary', bytes, skipped: why };
  return { type: 'skip', report, problem: why, bytes };
}

/** Takes the file over: the last step closes it. */
function* fileSteps({ path, bytes }: FoundFile, blocks: FileBlocks, detector: Detector): Generator<Step, void> {
  let given = false;
  try {
    const head = firstText(blocks);
    const encoding = detectEncoding(head);
    const kind = kindOfFile(path, head, encoding, blocks, detector);
    const zip = isBinaryData(kind) ? whyNoWholeZip(path, blocks) : null;
    if (zip !== null) {
      yield unread(path, bytes, zip);
      return;
    }
    const report: SourceReport = {
      ...emptyReport(path),
      kind: kind.kind,
      // Only text has an encoding; certificates, archives and the like are bytes.
      encoding: kind.sample === '' && blocks.size > 0 ? 'binary' : encoding.name,
      bytes: blocks.size,
      skipped: kind.skipped,
    };
    if (kind.skipped !== null) {
      yield { type: 'skip', report, problem: null, bytes };
      return;
    }
    const ranges = kind.kind === 'trace-log' ? rangesOf(blocks, encoding) : [wholeRange(blocks)];
    const source = { report, blocks, encoding };
    given = true;
    for (const [index, range] of ranges.entries())
      yield {
        type: 'file',
        source,
        task: {
          type: 'file',
          path,
          file: blocks.shared,
          encoding,
          kind: { kind: kind.kind, sample: kind.sample },
          range,
        },
        last: index === ranges.length - 1,
        bytes: range.end - range.start,
      };
  } finally {
    if (!given) blocks.close();
  }
}

async function* archiveSteps(file: FoundFile, all: Allowance): AsyncGenerator<Step, void> {
  // The libraries for archives take longer to load than a small log to read.
  const { listUnits } = await import('../bundles/archive/index.js');
  const problems: Step[] = [];
  const listing = createBudget(all.limits);
  const units = await listUnits(file.path, listing, ({ path, why, lost }) => {
    if (lost) problems.push({ type: 'problem', path, why, bytes: 0 });
  });
  yield* problems;
  const allowance = new ArchiveAllowance(all, listing.used.members);
  for (const unit of units) {
    const task: ArchiveTask = { type: 'archive', unit, budget: allowance.budget() };
    yield { type: 'archive', task, allowance, bytes: unit.packed ?? 0 };
  }
}
