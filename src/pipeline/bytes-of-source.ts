/** Bytes of a source that was read before, from where it stands: a file, or a member of an archive. */
import { statSync } from 'node:fs';
import { sep } from 'node:path';
import { createBudget } from '../bundles/archive/limits.js';
import { FileBlocks } from '../bundles/file-blocks.js';

/** A part of a source: where it begins, and how long it is. */
export interface Piece {
  from: number;
  length: number;
}

/** What was read within limits once may be read again, however much of the archive stands before it. */
const NO_LIMITS = {
  members: Number.MAX_SAFE_INTEGER,
  bytes: Number.MAX_SAFE_INTEGER,
  ratio: Number.MAX_SAFE_INTEGER,
  depth: 1000,
};

/** The bytes of some pieces; fewer where the source ends. Throws the file system's error where it is gone. */
export async function bytesOfSource(path: string, pieces: readonly Piece[]): Promise<Buffer[]> {
  const archive = archiveOf(path);
  if (archive !== null) return await piecesOfMember(archive, path, pieces);
  const file = new FileBlocks(path);
  try {
    return pieces.map(({ from, length }) => file.at(from, length));
  } finally {
    file.close();
  }
}

/** The archive that a member's path begins with; null for a file's, though a folder's name may end in `!`. */
function archiveOf(path: string): string | null {
  for (const { index } of path.matchAll(/![\\/]/g)) {
    const archive = path.slice(0, index);
    if (statSync(archive, { throwIfNoEntry: false })?.isFile()) return archive;
  }
  return null;
}

async function piecesOfMember(archive: string, path: string, pieces: readonly Piece[]): Promise<Buffer[]> {
  const { findMember } = await import('../bundles/archive/index.js');
  const name = path.slice(archive.length);
  const found = await findMember(
    archive,
    archive + (sep === '\\' ? name.replaceAll(sep, '/') : name),
    createBudget(NO_LIMITS),
  );
  if (found === null) throw Object.assign(new Error('it is not in the archive'), { code: 'ENOENT' });
  const end = Math.max(...pieces.map(({ from, length }) => from + length));
  const parts: Buffer[][] = pieces.map(() => []);
  let at = 0;
  try {
    for await (const block of found.member.blocks()) {
      for (const [index, { from, length }] of pieces.entries()) {
        const part = block.subarray(Math.max(0, from - at), Math.max(0, from + length - at));
        if (part.length > 0) parts[index]?.push(part);
      }
      at += block.length;
      if (at >= end) break;
    }
  } finally {
    await found.close();
  }
  return parts.map((blocks) => Buffer.concat(blocks));
}
