/** What the tests of archives share: makers of archives, honest ones by libraries and others by hand, and a reader. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { onTestFinished } from 'vitest';
import { ZipFile } from 'yazl';
import { type ArchiveLimits, type ArchiveProblem, createBudget, openArchive } from '../../src/bundles/archive/index.js';

export type Files = Record<string, Buffer | string>;

export interface Reading {
  /** Content by path, in the order in which the members came. */
  files: Map<string, Buffer>;
  problems: ArchiveProblem[];
}

/** Reads everything from bytes, which are called `a`. */
export async function readAll(bytes: Buffer, limits: Partial<ArchiveLimits> = {}): Promise<Reading> {
  return await readInput({ path: 'a', bytes }, limits);
}

export async function readInput(
  input: Parameters<typeof openArchive>[0],
  limits: Partial<ArchiveLimits> = {},
): Promise<Reading> {
  const files = new Map<string, Buffer>();
  const problems: ArchiveProblem[] = [];
  for await (const member of openArchive(input, createBudget(limits), (problem) => problems.push(problem)))
    files.set(member.path, await contentOf(member.blocks()));
  return { files, problems };
}

export async function contentOf(blocks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const block of blocks) parts.push(block);
  return Buffer.concat(parts);
}

export function texts({ files }: Reading): Record<string, string> {
  return Object.fromEntries([...files].map(([path, content]) => [path, content.toString()]));
}

/** Kinds of the problems with their paths. */
export function kinds({ problems }: Reading): string[] {
  return problems.map(({ kind, path }) => `${kind} ${path}`);
}

/** Lines that deflate well, but not beyond belief. */
export function logText(lines: number, seed = 1): Buffer {
  const text: string[] = [];
  for (let line = 0; line < lines; line++)
    text.push(`${line * seed} CceService Information: ${(line * 7919 * seed) % 65537}`);
  return Buffer.from(text.join('\n'));
}

/** Bytes that do not deflate. */
export function noise(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  let state = 1;
  for (let index = 0; index < length; index++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    bytes[index] = state >>> 24;
  }
  return bytes;
}

/** Deflate data of blocks that are stored: it is known at which byte what stands. Their headers take 5 bytes. */
export function storedBlocks(content: Buffer, length: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < content.length; at += length) {
    const block = content.subarray(at, at + length);
    const header = Buffer.from([at + length >= content.length ? 1 : 0, 0, 0, 0, 0]);
    header.writeUInt16LE(block.length, 1);
    header.writeUInt16LE(~block.length & 0xffff, 3);
    parts.push(header, block);
  }
  return Buffer.concat(parts);
}

export function fileOf(bytes: Buffer, name = 'a.zip'): string {
  const folder = mkdtempSync(join(tmpdir(), 'ccelog-archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A zip by yazl: with descriptors where it streams, with ZIP64 on demand. */
export async function zipOf(
  files: Files,
  options: { compress?: boolean; forceZip64Format?: boolean; streamed?: boolean } = {},
): Promise<Buffer> {
  const { streamed = false, ...entry } = options;
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    if (!streamed) zip.addBuffer(bytes, name, entry);
    else zip.addReadStreamLazy(name, entry, (give) => give(null, streamOf(bytes)));
  }
  zip.end({ forceZip64Format: options.forceZip64Format ?? false, comment: '' });
  return await contentOf(zip.outputStream as unknown as AsyncIterable<Buffer>);
}

function streamOf(bytes: Buffer) {
  return Readable.from([bytes]);
}

export async function tarOf(files: Files): Promise<Buffer> {
  return await tarWith((tar) => {
    for (const [name, content] of Object.entries(files)) tar.entry({ name }, Buffer.from(content));
  });
}

export async function tarWith(fill: (tar: ReturnType<typeof pack>) => void): Promise<Buffer> {
  const tar = pack();
  fill(tar);
  tar.finalize();
  return await contentOf(tar as unknown as AsyncIterable<Buffer>);
}

export async function tgzOf(files: Files): Promise<Buffer> {
  return gzipSync(await tarOf(files));
}

export interface HandEntry {
  name: string | Buffer;
  content?: Buffer | string;
  /** Deflate data of the content, where it is not just any. */
  packed?: Buffer;
  method?: number;
  flags?: number;
  /** What the headers say instead of the truth. */
  crc?: number;
  size?: number;
  packedSize?: number;
  /** Place of the local header as the directory tells it. */
  offset?: number;
  /** High byte of `version made by`, and the external attributes. */
  host?: number;
  attributes?: number;
  /** A record behind the data instead of sizes before it: with its mark, or without. */
  descriptor?: 'marked' | 'bare';
}

/** A zip by hand, so that its headers can lie. */
export function handZip(entries: HandEntry[], options: { directory?: boolean; comment?: string } = {}): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const { local, central } = handEntry(entry, offset);
    locals.push(local);
    directory.push(central);
    offset += local.length;
  }
  if (options.directory === false) return Buffer.concat(locals);
  const comment = Buffer.from(options.comment ?? '');
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(Buffer.concat(directory).length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  return Buffer.concat([...locals, ...directory, end, comment]);
}

function handEntry(entry: HandEntry, offset: number): { local: Buffer; central: Buffer } {
  const content = Buffer.from(entry.content ?? '');
  const method = entry.method ?? 8;
  const packed = entry.packed ?? (method === 8 ? deflateRawSync(content) : content);
  const name = Buffer.from(entry.name);
  const flags = (entry.flags ?? 0) | (entry.descriptor ? 8 : 0);
  const crc = entry.crc ?? crc32(content);
  const packedSize = entry.packedSize ?? packed.length;
  const size = entry.size ?? content.length;
  const sizes = (buffer: Buffer, at: number) => {
    buffer.writeUInt32LE(crc, at);
    buffer.writeUInt32LE(packedSize, at + 4);
    buffer.writeUInt32LE(size, at + 8);
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(20, 4);
  local.writeUInt16LE(flags, 6);
  local.writeUInt16LE(method, 8);
  if (!entry.descriptor) sizes(local, 14);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central[5] = entry.host ?? 0;
  central.writeUInt16LE(flags, 8);
  central.writeUInt16LE(method, 10);
  sizes(central, 16);
  central.writeUInt16LE(name.length, 28);
  central.writeUInt32LE(entry.attributes ?? 0, 38);
  central.writeUInt32LE(entry.offset ?? offset, 42);
  const descriptor = Buffer.alloc(entry.descriptor ? 16 : 0);
  if (entry.descriptor) {
    descriptor.writeUInt32LE(0x08074b50, 0);
    sizes(descriptor, 4);
  }
  const behind = entry.descriptor === 'bare' ? descriptor.subarray(4) : descriptor;
  return { local: Buffer.concat([local, name, packed, behind]), central: Buffer.concat([central, name]) };
}
