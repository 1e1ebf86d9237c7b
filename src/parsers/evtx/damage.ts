import { plural, t } from '../../texts/texts.js';
import type { EvtxCounts } from './events.js';

/** What of a binary event log could not be read, as a part of a sentence; null where all of it was. */
export function damageIn(counts: EvtxCounts): string | null {
  const { chunks, damagedChunks, damagedRecords, cutRecords, wrongChecksums } = counts;
  const said: string[] = [];
  if (damagedChunks > 0) said.push(t`${damagedChunks} of ${Math.max(chunks, damagedChunks)} chunks damaged`);
  if (damagedRecords > 0) said.push(plural(damagedRecords, '{0} record unreadable', '{0} records unreadable'));
  if (cutRecords > 0) said.push(t`the file ends within a record`);
  // What is changed and still reads well may say something else than what was written.
  if (wrongChecksums > 0) said.push(t`wrong checksums in ${wrongChecksums} of ${chunks} chunks`);
  return said.length === 0 ? null : t`a damaged event log: ${said.join(', ')}`;
}
