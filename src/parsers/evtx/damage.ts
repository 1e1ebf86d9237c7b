import type { EvtxCounts } from './events.js';

/** What of a binary event log could not be read, as a part of a sentence; null where all of it was. */
export function damageIn(counts: EvtxCounts): string | null {
  const { chunks, damagedChunks, damagedRecords, cutRecords, wrongChecksums } = counts;
  const said: string[] = [];
  if (damagedChunks > 0) said.push(`${damagedChunks} of ${Math.max(chunks, damagedChunks)} chunks damaged`);
  if (damagedRecords > 0) said.push(`${records(damagedRecords)} unreadable`);
  if (cutRecords > 0) said.push('the file ends within a record');
  // What is changed and still reads well may say something else than what was written.
  if (wrongChecksums > 0) said.push(`wrong checksums in ${wrongChecksums} of ${chunks} chunks`);
  return said.length === 0 ? null : `a damaged event log: ${said.join(', ')}`;
}

function records(count: number): string {
  return count === 1 ? '1 record' : `${count} records`;
}
