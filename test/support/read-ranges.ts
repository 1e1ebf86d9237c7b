/** Reads a log cut into ranges of any size, and brings it into a store, as the analysis does with those of production. */
import { FileBlocks } from '../../src/bundles/file-blocks.js';
import type { Detector } from '../../src/detectors/detector.js';
import type { Hit, Recovery, SourceReport } from '../../src/model.js';
import { detectEncoding } from '../../src/parsers/encoding.js';
import { KIND_SAMPLE } from '../../src/parsers/kind.js';
import { emptyReport } from '../../src/pipeline/empty-report.js';
import { recordText } from '../../src/pipeline/excerpt.js';
import { LearnedFacts } from '../../src/pipeline/learned.js';
import { rangesOf } from '../../src/pipeline/ranges.js';
import { readTask } from '../../src/pipeline/read-task.js';
import { firstText } from '../../src/pipeline/source-kind.js';
import { SourceMerge } from '../../src/pipeline/source-merge.js';
import { UnknownTotals } from '../../src/pipeline/unknown-totals.js';
import type { ContentIdentitySnapshot } from '../../src/store/index.js';
import { storeWithTables } from './store-contents.js';

export interface Ranged {
  /** How many ranges the log was read in. */
  ranges: number;
  report: SourceReport;
  hits: Record<Exclude<keyof Hit, 'isState'>, unknown>[];
  recoveries: Recovery[];
  unknown: ReturnType<UnknownTotals['list']>;
  identity: Omit<ContentIdentitySnapshot, 'pages'> & { pages: number[] };
  contents: Record<string, unknown[]>;
}

/** @param size bytes between two cuts, about; infinite to read the log whole */
export async function readRanged(path: string, detector: Detector, size: number): Promise<Ranged> {
  const { store, contents } = storeWithTables();
  const blocks = new FileBlocks(path);
  const encoding = detectEncoding(firstText(blocks));
  const report = { ...emptyReport(path), encoding: encoding.name, bytes: blocks.size };
  const stream = store.addStream({ head: blocks.at(0, KIND_SAMPLE), path });
  const unknown = new UnknownTotals();
  const hits: Ranged['hits'] = [];
  const recoveries: Recovery[] = [];
  const commit = store.commit.bind(store);
  store.commit = (batch) => {
    hits.push(...batch.hits.map(plain));
    recoveries.push(...(batch.recoveries ?? []));
    return commit(batch);
  };
  const textAt = (from: number, to: number) => recordText(blocks, encoding, from, to);
  const merge = new SourceMerge(report, store, stream, new LearnedFacts(), unknown, textAt);
  const ranges = rangesOf(blocks, encoding, size);
  for (const range of ranges) {
    const task = {
      type: 'file',
      path: report.path,
      file: blocks.shared,
      encoding,
      kind: { kind: 'trace-log', sample: '' },
      range,
    } as const;
    for await (const message of readTask(task, detector)) {
      if (message.type === 'part') merge.add(message.part);
      if (message.type === 'end') merge.endRange();
    }
  }
  merge.finish();
  blocks.close();
  const { length, rest, pages } = store.identity(stream.id);
  const read = { ranges: ranges.length, report, hits, recoveries, unknown: unknown.list(), contents: contents() };
  store.close();
  return { ...read, identity: { length, rest, pages: [...pages] } };
}

/** A hit with what its getters give. */
function plain(hit: Hit): Record<Exclude<keyof Hit, 'isState'>, unknown> {
  const { signature, fingerprint, entities, line, byteStart, byteEnd, digest, time, timeBasis, excerpt } = hit;
  return { signature, fingerprint, entities, line, byteStart, byteEnd, digest, time, timeBasis, excerpt };
}
