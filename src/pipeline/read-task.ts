/** Does one piece of work: reads a range of a file, or what an archive holds, and says what it finds part by part. */
import { type Budget, createBudget, type Used } from '../bundles/archive/limits.js';
import { BLOCK_SIZE, FileBlocks, giveBlock, takeBlock } from '../bundles/file-blocks.js';
import { describe } from '../bundles/walk.js';
import type { Detector } from '../detectors/detector.js';
import { ContentIdentity } from '../store/content-identity.js';
import type { Message } from './part.js';
import { RANGE_SIZE } from './ranges.js';
import { readMember } from './read-member.js';
import { readerFor } from './reader-for.js';
import { SourceFindings } from './source-findings.js';
import type { ArchiveTask, FileTask, Task } from './task.js';
import { type RecordReader, TraceReader } from './trace-reader.js';

/** Bytes between two looks at the world outside. */
const TURN = 1 << 22;

/**
 * Never throws for what is read; errors in the program itself come through.
 *
 * @param isCancelled ends the reading at the next look; what was read until then is given
 */
export async function* readTask(
  task: Task,
  detector: Detector,
  isCancelled: () => boolean = () => false,
): AsyncGenerator<Message, void> {
  if (task.type === 'file') yield* readFile(task, detector, isCancelled);
  else yield* readArchive(task, detector);
}

async function* readFile(
  task: FileTask,
  detector: Detector,
  isCancelled: () => boolean,
): AsyncGenerator<Message, void> {
  try {
    yield* readRange(new FileBlocks(task.file), task, detector, isCancelled);
  } catch (error) {
    // Only what the operating system refused is the file's fault.
    if (!isRefusal(error)) throw error;
    yield { type: 'end', size: 0, tail: new Uint8Array(0), failure: describe(error) };
  }
}

async function* readRange(
  file: FileBlocks,
  task: FileTask,
  detector: Detector,
  isCancelled: () => boolean,
): AsyncGenerator<Message, void> {
  const { encoding, range } = task;
  const findings = new SourceFindings(detector.signatures, (start, end) => file.at(start, end - start), true);
  const reader = readerFor(task.path, task.kind, encoding, detector, findings, range.start);
  const identity = ContentIdentity.behind(range.pagesFrom, reader instanceof TraceReader ? reader.digest() : undefined);
  const digest = (bytes: Uint8Array, offset: number) => {
    if (offset < range.pagesTo) identity.update(bytes.subarray(0, range.pagesTo - offset));
  };
  for (let offset = range.pagesFrom; offset < range.start; offset += BLOCK_SIZE)
    digest(file.at(offset, Math.min(BLOCK_SIZE, range.start - offset)), offset);
  const block = reader instanceof TraceReader ? null : takeBlock();
  let failure: string | null = null;
  let offset = range.start;
  let partEnd = offset + RANGE_SIZE * 2;
  let lastTurn = offset;
  try {
    while (offset < range.end) {
      const wanted = Math.min(BLOCK_SIZE, range.end - offset);
      // A trace log is read into the scanner's own memory: its bytes are not copied.
      const target = reader instanceof TraceReader ? reader.space(wanted) : (block as Buffer).subarray(0, wanted);
      const count = file.into(target, offset);
      if (count === 0) break;
      const bytes = target.subarray(0, count);
      digest(bytes, offset);
      if (reader instanceof TraceReader) reader.filled(count);
      else reader.push(bytes);
      offset += count;
      if (offset - lastTurn >= TURN) {
        lastTurn = offset;
        await turn();
        if (isCancelled()) break;
      }
      if ((offset < partEnd && !findings.isFull) || offset >= range.end) continue;
      partEnd = offset + RANGE_SIZE;
      yield { type: 'part', part: findings.take(identity.take()) };
    }
  } catch (error) {
    if (!isRefusal(error)) throw error;
    failure = describe(error);
  }
  if (block !== null) giveBlock(block);
  // What was read before a failure counts.
  reader.end();
  yield { type: 'part', part: findings.take(identity.take()) };
  // Where the reading failed or was interrupted, what is missing is no damage.
  const ended: RecordReader = reader;
  if (offset >= range.end) failure ??= ended.damage?.() ?? null;
  yield { type: 'end', size: offset, tail: new Uint8Array(0), failure };
}

async function* readArchive({ unit, budget }: ArchiveTask, detector: Detector): AsyncGenerator<Message, void> {
  // The task is posted, or begun anew: what is counted is counted in a copy.
  const own = createBudget(budget.limits, budget.used);
  const used = (): Used => ({
    members: own.used.members - budget.used.members,
    bytes: own.used.bytes - budget.used.bytes,
  });
  for await (const message of readUnitWith(own, unit, detector)) yield { ...message, used: used() };
  yield { type: 'used', used: used() };
}

async function* readUnitWith(
  budget: Budget,
  unit: ArchiveTask['unit'],
  detector: Detector,
): AsyncGenerator<Message, void> {
  const problems: Message[] = [];
  const noted = () => problems.splice(0);
  try {
    const { readUnit } = await import('../bundles/archive/index.js');
    const members = readUnit(unit, budget, ({ path, why, lost }) => {
      if (lost) problems.push({ type: 'problem', path, why });
    });
    for await (const member of members) {
      yield* noted();
      for await (const message of readMember(member.path, member.blocks(), detector)) {
        // With its end a member is stored, with what is wrong with it.
        if (message.type === 'end') yield* noted();
        yield message;
      }
    }
  } catch (error) {
    if (!isRefusal(error)) throw error;
    problems.push({ type: 'problem', path: unit.path, why: describe(error) });
  }
  yield* noted();
}

/** Lets what waits outside happen: an interrupt, the progress bar. */
export function turn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}

export function isRefusal(error: unknown): boolean {
  return (error as { syscall?: unknown }).syscall !== undefined;
}
