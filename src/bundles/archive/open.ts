/**
 * What a path holds that is an archive: its files, and those of the archives inside it. Everything is streamed, nothing
 * is unpacked to disk.
 */
import { basename } from 'node:path';
import { blocksOf, type OpenBytes, openBuffer, openFile } from './bytes.js';
import { Cursor } from './cursor.js';
import { membersOfStream, membersOfZipEntry } from './enter.js';
import { type Budget, isSpent } from './limits.js';
import type { Member } from './member.js';
import { whySpent } from './meter.js';
import { memberPath, type OnProblem } from './problem.js';
import { ARCHIVE_SAMPLE, recogniseArchive } from './recognise.js';
import { outerPlace, report, type Work } from './work.js';
import type { ZipEntry } from './zip-entry.js';
import { listZip } from './zip-list.js';

/** A part of an archive that can be read by itself, by any thread. Plain data. */
export interface ArchiveUnit {
  /** The file. */
  archive: string;
  /** The member of a zip that it is; null where the whole archive has to be read from front to back. */
  entry: ZipEntry | null;
  /** The path of that member, or of the archive. */
  path: string;
  /** Packed bytes that it takes, for the progress; null where that is unknown. */
  packed: number | null;
}

/**
 * Parts an archive on disk into what can be read independently: a zip into its members, by name; any other archive is
 * one part. Throws what the file system throws.
 */
export async function listUnits(archive: string, budget: Budget, onProblem: OnProblem): Promise<ArchiveUnit[]> {
  return await unitsOf(archive, { budget, onProblem, wanted: null });
}

/** The members of one part: one, or more where it is an archive itself. */
export async function* readUnit(unit: ArchiveUnit, budget: Budget, onProblem: OnProblem): AsyncGenerator<Member, void> {
  const work: Work = { budget, onProblem, wanted: null };
  if (isSpent(budget)) report(work, unit.path, 'limit', whySpent(work));
  else yield* membersOfUnit(unit, work);
}

/** All members of an archive, in order. It is on disk, or its bytes are given and the path only names it. */
export async function* openArchive(
  input: { path: string; bytes?: Buffer | AsyncIterable<Buffer> },
  budget: Budget,
  onProblem: OnProblem,
): AsyncGenerator<Member, void> {
  const work: Work = { budget, onProblem, wanted: null };
  if (input.bytes !== undefined) yield* membersOfBytes(input.path, input.bytes, work);
  else yield* membersOfFile(input.path, work);
}

/**
 * One member of an archive on disk by its path, to look at it once more; null where it is not there (any more). It is
 * open until `close` is called.
 */
export async function findMember(
  archive: string,
  path: string,
  budget: Budget,
): Promise<{ member: Member; close: () => Promise<void> } | null> {
  const members = membersOfFile(archive, { budget, onProblem: () => {}, wanted: path });
  for (let next = await members.next(); !next.done; next = await members.next()) {
    const member = next.value;
    if (member.path === path) return { member, close: async () => void (await members.return()) };
  }
  return null;
}

async function* membersOfFile(archive: string, work: Work): AsyncGenerator<Member, void> {
  for (const unit of await unitsOf(archive, work)) {
    if (isSpent(work.budget)) {
      report(work, archive, 'limit', whySpent(work));
      return;
    }
    yield* membersOfUnit(unit, work);
  }
}

async function unitsOf(archive: string, work: Work): Promise<ArchiveUnit[]> {
  const bytes = openFile(archive)();
  try {
    if (recogniseArchive(bytes.at(0, ARCHIVE_SAMPLE)) !== 'zip')
      return [{ archive, entry: null, path: archive, packed: bytes.size }];
    const entries = await listZip(bytes, outerPlace(archive), work);
    return entries.map((entry) => ({
      archive,
      entry,
      path: memberPath(archive, entry.name),
      packed: entry.packed,
    }));
  } finally {
    bytes.close();
  }
}

async function* membersOfUnit({ archive, entry }: ArchiveUnit, work: Work): AsyncGenerator<Member, void> {
  const open = openFile(archive);
  if (entry) yield* membersOfZipEntry(open, entry, outerPlace(archive), work);
  else yield* membersOfOpen(open, archive, work);
}

async function* membersOfBytes(
  path: string,
  bytes: Buffer | AsyncIterable<Buffer>,
  work: Work,
): AsyncGenerator<Member, void> {
  if (Buffer.isBuffer(bytes)) yield* membersOfOpen(openBuffer(bytes), path, work);
  else yield* membersOfStream(new Cursor(bytes[Symbol.asyncIterator]()), null, basename(path), outerPlace(path), work);
}

async function* membersOfOpen(open: OpenBytes, path: string, work: Work): AsyncGenerator<Member, void> {
  const bytes = open();
  try {
    yield* membersOfStream(new Cursor(blocksOf(bytes)), open, basename(path), outerPlace(path), work);
  } finally {
    bytes.close();
  }
}
