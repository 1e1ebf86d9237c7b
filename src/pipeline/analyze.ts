/**
 * Reads files once, front to back, and brings what is found into the store. Batch work only in where the blocks come
 * from and when a batch commits; the readers and the store are those of live watch.
 */
import { dirname, resolve } from 'node:path';
import { FileBlocks } from '../bundles/file-blocks.js';
import { describe, type FoundFile, type InputProblem, walk } from '../bundles/walk.js';
import type { Detector } from '../detectors/detector.js';
import { UnknownErrors } from '../detectors/unknown.js';
import { CcelogError } from '../errors.js';
import type { Hit, SourceReport, UnknownError } from '../model.js';
import { detectEncoding } from '../parsers/encoding.js';
import { parseExceptions } from '../parsers/exceptions.js';
import { KIND_SAMPLE } from '../parsers/kind.js';
import { ContentIdentity, type Store, type StreamRef, type UnknownEvidence } from '../store/index.js';
import { emptyReport } from './empty-report.js';
import { readerFor } from './reader-for.js';
import { endsAlike, prefixIdentity } from './same-log.js';
import { SourceFindings } from './source-findings.js';
import { firstText, kindOfFile } from './source-kind.js';
import type { RecordReader } from './trace-reader.js';

/** Hits that one transaction takes. */
const BATCH = 1000;
/** Blocks between two looks at the world outside: an interrupt, the progress bar. */
const BLOCKS_PER_TURN = 32;
/** Templates of unknown errors that a report lists. */
const UNKNOWN_LIMIT = 200;

export interface AnalyzeOptions {
  paths: readonly string[];
  store: Store;
  detector: Detector;
  /** Name of the appliance for sources that do not tell it themselves. */
  appliance?: string | null;
  /** Ends the work at the next block; what was read until then is in the store. */
  signal?: AbortSignal;
  /** Bytes read so far, and in all. */
  onProgress?: (done: number, total: number) => void;
}

export interface Analysis {
  sources: SourceReport[];
  /** The streams of the store that the sources are. */
  streams: number[];
  unknown: UnknownError[];
  /** Inputs that could not be read, or not whole. */
  problems: InputProblem[];
  interrupted: boolean;
}

/**
 * Analyzes files and folders. Throws INPUT_MISSING for a path that does not exist, NOTHING_READABLE where nothing could
 * be read at all, and the store's errors; a file that cannot be read is a problem in the result.
 */
export async function analyze(options: AnalyzeOptions): Promise<Analysis> {
  const { files, problems } = walk(options.paths);
  const run = new Run(options, problems, files);
  for (const { path, why } of problems) run.sources.push({ ...emptyReport(path), encoding: 'binary', skipped: why });
  for (const file of files) {
    if (options.signal?.aborted) break;
    await run.file(file);
  }
  if (files.length === 0 && !options.signal?.aborted) throw nothingReadable(options.paths, problems);
  return run.result();
}

class Run {
  readonly sources: SourceReport[] = [];
  readonly #options: AnalyzeOptions;
  readonly #problems: InputProblem[];
  readonly #streams = new Set<number>();
  readonly #unknown = new UnknownErrors<UnknownEvidence>();
  readonly #total: number;
  #done = 0;
  #blocks = 0;

  constructor(options: AnalyzeOptions, problems: InputProblem[], files: FoundFile[]) {
    this.#options = options;
    this.#problems = problems;
    this.#total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  async file({ path, bytes }: FoundFile): Promise<void> {
    const before = this.#done;
    let blocks: FileBlocks | null = null;
    try {
      blocks = new FileBlocks(path);
      await this.#source(path, blocks);
    } catch (error) {
      // Only what the operating system refused is the file's fault.
      if ((error as { syscall?: unknown }).syscall === undefined) throw error;
      this.#problems.push({ path, why: describe(error) });
      const known = this.sources.find((source) => source.path === path);
      if (known) known.skipped = `read in part only: ${describe(error)}`;
      else this.sources.push({ ...emptyReport(path), bytes, skipped: describe(error) });
    } finally {
      blocks?.close();
    }
    this.#progress(before + bytes - this.#done);
  }

  result(): Analysis {
    const unknown = this.#unknown.list().slice(0, UNKNOWN_LIMIT);
    this.#options.store.saveUnknown(unknown.map(({ first }) => first));
    return {
      sources: this.sources,
      streams: [...this.#streams],
      unknown: unknown.map(({ template, level, count, first }) => ({
        template,
        level,
        count,
        exceptions: parseExceptions(first.evidence.excerpt).map(({ type }) => type),
        evidence: first.evidence,
      })),
      problems: this.#problems,
      interrupted: this.#options.signal?.aborted ?? false,
    };
  }

  async #source(path: string, blocks: FileBlocks): Promise<void> {
    const { detector } = this.#options;
    const head = firstText(blocks);
    const encoding = detectEncoding(head);
    const kind = kindOfFile(head, encoding, blocks, detector);
    const report: SourceReport = {
      ...emptyReport(path),
      kind: kind.kind,
      // Only text has an encoding; certificates, archives and the like are bytes.
      encoding: kind.sample === '' && blocks.size > 0 ? 'binary' : encoding.name,
      bytes: blocks.size,
      skipped: kind.skipped,
      appliance: this.#options.appliance ?? null,
    };
    this.sources.push(report);
    if (kind.skipped !== null) {
      if (kind.kind === 'archive' || kind.kind === 'event-log') this.#problems.push({ path, why: kind.skipped });
      return;
    }
    const stream = this.#stream(path, blocks);
    // The same log again, under another name: it counts once.
    const unknown = this.#streams.has(stream.id) ? new UnknownErrors<UnknownEvidence>() : this.#unknown;
    this.#streams.add(stream.id);
    const hits: Hit[] = [];
    const rawAt = (start: number, end: number) => blocks.at(start, end - start);
    const findings = new SourceFindings(report, unknown, detector.signatures, stream.key, rawAt, (hit) =>
      hits.push(hit),
    );
    await this.#read(blocks, readerFor(kind, encoding, detector, findings), hits, stream.id, report);
  }

  async #read(
    blocks: FileBlocks,
    reader: RecordReader,
    hits: Hit[],
    stream: number,
    report: SourceReport,
  ): Promise<void> {
    const { store } = this.#options;
    const identity = new ContentIdentity();
    const commit = () => {
      const source = { path: resolve(report.path), scope: scopeOf(report), appliance: report.appliance };
      store.commit({ stream, source, hits: hits.splice(0), identity: identity.snapshot() });
    };
    const read = async () => {
      for (let block = blocks.next(); block; block = blocks.next()) {
        identity.update(block);
        reader.push(block);
        this.#progress(block.length);
        if (hits.length >= BATCH) commit();
        if (++this.#blocks % BLOCKS_PER_TURN === 0) await turn();
        if (!this.#options.signal?.aborted) continue;
        report.skipped = 'interrupted: read in part only';
        return;
      }
    };
    try {
      await read();
    } finally {
      // What was read before a failure counts.
      reader.end();
      commit();
      store.saveSource(stream, report);
    }
  }

  #stream(path: string, blocks: FileBlocks): StreamRef {
    const { store } = this.#options;
    const head = blocks.at(0, KIND_SAMPLE);
    const prefix = (length: number) => prefixIdentity(blocks, length);
    const known = store.findStream(head, blocks.size, prefix, (stream) => endsAlike(blocks, stream));
    return known ?? store.addStream({ head, path: resolve(path) });
  }

  #progress(bytes: number): void {
    this.#done += bytes;
    this.#options.onProgress?.(this.#done, this.#total);
  }
}

/** Incidents never cross appliances; where no name is known, the folder stands for the appliance. */
function scopeOf(report: SourceReport): string {
  return report.appliance ?? dirname(resolve(report.path));
}

function nothingReadable(paths: readonly string[], problems: readonly InputProblem[]): CcelogError {
  const [problem] = problems;
  return new CcelogError('NOTHING_READABLE', 'nothing could be read', {
    file: problem?.path ?? paths.join(' '),
    why: problem?.why ?? 'there is no file in it',
    try: 'give the folder or file that holds CceManagementService.log or what was collected from the host',
  });
}

function turn(): Promise<void> {
  return new Promise((done) => setImmediate(done));
}
