/** The bytes of a file as they go into the zip: as many as it had when it was opened, secrets overwritten. */
import { detectEncoding } from '../../parsers/encoding.js';
import { kept } from '../../texts/texts.js';
import { FileBlocks } from '../file-blocks.js';
import { describe } from '../walk.js';
import type { FileItem } from './items.js';
import { MaskStream } from './mask-stream.js';
import { REFUSAL_SAMPLE, refusalOfContent } from './never-read.js';

const BLOCK = 1 << 20;

export interface OpenedFile {
  /** Bytes that it had when it was opened: a log that grows meanwhile is cut there. */
  size: number;
  blocks(): Generator<Buffer>;
  /** Where the blocks are at their end: what became of them. */
  outcome(): { masked: number; failure: string | null };
  close(): void;
}

/** Opens a file for reading, shared with whoever writes it. Gives the reason where it must or can not be copied. */
export function openFile(
  path: string,
  holds: FileItem['holds'],
): OpenedFile | { state: 'refused' | 'unreadable' | 'absent'; reason: string } {
  let file: FileBlocks | undefined;
  try {
    file = new FileBlocks(path);
    const head = file.at(0, REFUSAL_SAMPLE);
    const refusal = refusalOfContent(head, file.size, holds);
    if (refusal === null) return copyOf(file, holds === 'certificate' ? null : new MaskStream(detectEncoding(head)));
    file.close();
    return { state: 'refused', reason: refusal };
  } catch (error) {
    file?.close();
    const isGone = (error as NodeJS.ErrnoException).code === 'ENOENT';
    return { state: isGone ? 'absent' : 'unreadable', reason: describe(error) };
  }
}

function copyOf(file: FileBlocks, mask: MaskStream | null): OpenedFile {
  let failure: string | null = null;
  function* blocks(): Generator<Buffer> {
    let offset = 0;
    try {
      while (offset < file.size) {
        const bytes = file.at(offset, BLOCK);
        if (bytes.length === 0) {
          failure = kept`it became shorter while it was read: ${file.size - offset} bytes are missing`;
          break;
        }
        offset += bytes.length;
        yield mask === null ? bytes : mask.push(bytes);
      }
    } catch (error) {
      failure = describe(error);
    }
    if (mask !== null) yield mask.end();
  }
  return {
    size: file.size,
    blocks,
    outcome: () => ({ masked: mask?.masked ?? 0, failure }),
    close: () => file.close(),
  };
}
