/** Puts one thing into the zip, and a row about it into the manifest. */
import { openFile } from './copy-file.js';
import { listingOf } from './find-files.js';
import type { CommandItem } from './items.js';
import { type ManifestItem, missing } from './manifest.js';
import { overLimit, type PlannedFile, type PlannedListing } from './plan.js';
import { type Answer, commandLine } from './run-item.js';
import type { ZipWriter } from './zip-writer.js';

export interface Gathering {
  zip: ZipWriter;
  items: ManifestItem[];
  begun: Date;
  logBytes: number;
  signal: AbortSignal;
}

export async function addFile({ item, found, isLeftOut }: PlannedFile, gathering: Gathering): Promise<void> {
  const { zip, items, logBytes, signal } = gathering;
  const { path, member } = found;
  const without = (state: ManifestItem['state'], reason: string) => items.push(missing(item, path, state, reason));
  if (found.state !== 'found') without(found.state, found.reason ?? '');
  else if (isLeftOut) without('left-out', overLimit(logBytes));
  else {
    const file = openFile(path, item.holds);
    if ('state' in file) {
      without(file.state, file.reason);
      return;
    }
    try {
      const added = await zip.add(member, interruptible(file.blocks(), signal), found.modified, file.size);
      const { masked, failure } = file.outcome();
      items.push({
        ...missing(item, path, failure === null ? 'gathered' : 'cut', ''),
        reason: failure,
        member,
        ...added,
        masked,
        modified: found.modified.toISOString(),
      });
    } finally {
      file.close();
    }
  }
}

function* interruptible(blocks: Iterable<Buffer>, signal: AbortSignal): Generator<Buffer> {
  for (const block of blocks) {
    if (signal.aborted) return;
    yield block;
  }
}

export async function addListing({ item, folder, member }: PlannedListing, gathering: Gathering): Promise<void> {
  const text = Buffer.from(listingOf(folder, item.depth));
  const added = await gathering.zip.add(member, [text], gathering.begun, text.length);
  gathering.items.push({ ...missing(item, folder, 'gathered', ''), reason: null, member, ...added, masked: 0 });
}

export async function addAnswer(item: CommandItem, answer: Answer, { zip, items, begun }: Gathering): Promise<void> {
  const { state, reason, output, masked, exitCode } = answer;
  const row = { ...missing(item, commandLine(item), state, ''), reason, exitCode };
  if (output === null) items.push(row);
  else
    items.push({
      ...row,
      member: item.member,
      ...(await zip.add(item.member, [output], begun, output.length)),
      masked,
    });
}
