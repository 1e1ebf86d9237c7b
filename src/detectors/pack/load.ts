/**
 * The signatures in use: the built-in pack, and the user's own beside it. The built-in pack was checked and compiled at
 * build; it is used as long as the files under `signatures/` are those it was made from.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CcelogError } from '../../errors.js';
import type { BuildingBlocks } from '../patterns.js';
import type { CompiledMark, CompiledSignature, PackProblem, SourceFile } from './compile.js';
import {
  BUILT_IN_FOLDER,
  digestOf,
  folderOfSignatures,
  isBuiltIn,
  overlayLanguage,
  readBelow,
  signatureFiles,
} from './files.js';

export interface Pack {
  blocks: BuildingBlocks;
  signatures: CompiledSignature[];
  /** Records that tell how an appliance recovers. */
  marks: CompiledMark[];
}

export interface CompiledPack extends Pack {
  /** Digest of the files it was made from. */
  digest: string;
}

const BLOCKS_FILE = 'building-blocks.yaml';
const MARKS_FILE = 'recovery-marks.yaml';
const COMPILED_FILE = fileURLToPath(new URL('../../signatures.json', import.meta.url));

const NOTHING: Pack = { blocks: {}, signatures: [], marks: [] };

/** Loads the built-in pack and the folders of the user. Throws SIGNATURE_INVALID with file, line and column. */
export async function loadPack(userFolders: readonly string[] = []): Promise<Pack> {
  const builtIn = await loadBuiltIn();
  if (userFolders.length === 0) return builtIn;
  const files = userFolders.flatMap((folder) => userFiles(folder));
  const { pack, problems } = await compileFiles(files, builtIn);
  if (problems.length > 0) {
    const { packError } = await import('./compile.js');
    throw packError(problems, userFolders.join(' '));
  }
  return pack;
}

/** Compiles the built-in files. Throws SIGNATURE_INVALID. */
export async function compileBuiltIn(folder = BUILT_IN_FOLDER): Promise<CompiledPack> {
  const files = signatureFiles(folder);
  const { pack, problems } = await compileFiles(files, NOTHING);
  if (problems.length > 0) {
    const { packError } = await import('./compile.js');
    throw packError(problems, folder);
  }
  return { digest: digestOf(readBelow(folder)), ...pack };
}

/**
 * All problems of the files below a folder (or of one file), taken together with the built-in pack, and the ids of the
 * signatures there.
 */
export async function lintFolder(path: string): Promise<{ pack: Pack; problems: PackProblem[]; own: string[] }> {
  // Overlays are nothing without the signatures beside their folder.
  const wanted = signatureFiles(overlayLanguage(path) === null ? path : folderOfSignatures(path));
  const own = wanted.filter(isSignature).map(({ path: file }) => stemOf(file));
  // The built-in files are checked as a whole: one of them beside the compiled pack would be there twice.
  const isInside = isBuiltIn(path);
  const base = isInside ? NOTHING : await loadBuiltIn();
  const { pack, problems } = await compileFiles(isInside ? signatureFiles(BUILT_IN_FOLDER) : wanted, base);
  const places = new Set(wanted.map(({ path: file }) => resolve(file)));
  return { pack, problems: problems.filter(({ file }) => places.has(resolve(file))), own };
}

/** The pack to run the examples below a path with, and the ids of the signatures there. Throws as `loadPack` does. */
export async function packFor(path: string): Promise<{ pack: Pack; own: string[] }> {
  const { own } = await lintFolder(path);
  return { pack: await loadPack(isBuiltIn(path) ? [] : [path]), own };
}

export function builtInFolder(): string {
  return BUILT_IN_FOLDER;
}

async function loadBuiltIn(): Promise<Pack> {
  if (existsSync(COMPILED_FILE)) {
    const compiled = JSON.parse(readFileSync(COMPILED_FILE, 'utf8')) as CompiledPack;
    if (compiled.digest === digestOf(readBelow(BUILT_IN_FOLDER))) return compiled;
  }
  return compileBuiltIn();
}

function isSignature({ path }: SourceFile): boolean {
  return !path.endsWith(BLOCKS_FILE) && !path.endsWith(MARKS_FILE);
}

function stemOf(file: string): string {
  return basename(file).replace(/\.ya?ml$/i, '');
}

async function compileFiles(files: SourceFile[], base: Pack): Promise<{ pack: Pack; problems: PackProblem[] }> {
  const { checkTogether, compileBlocks, compileMarks, compileSignature } = await import('./compile.js');
  const problems: PackProblem[] = [];
  let blocks = base.blocks;
  for (const file of files.filter(({ path }) => path.endsWith(BLOCKS_FILE)))
    blocks = { ...blocks, ...compileBlocks(file, problems) };
  const all = base.signatures.map((signature) => ({ file: `built-in ${signature.id}`, signature }));
  const marks = [...base.marks];
  for (const file of files.filter(({ path }) => path.endsWith(MARKS_FILE)))
    marks.push(...compileMarks(file, blocks, problems));
  for (const file of files.filter(isSignature)) {
    const signature = compileSignature(file, blocks, problems);
    if (signature) all.push({ file: file.path, signature });
  }
  // A reference to a signature that did not compile would only repeat its problem.
  if (problems.length === 0) checkTogether(all, problems);
  const signatures = all.map(({ signature }) => signature).sort((left, right) => (left.id < right.id ? -1 : 1));
  return { pack: { blocks, signatures, marks }, problems };
}

/** The files of a user's folder. Throws SIGNATURE_INVALID where it holds none: a wrong folder must not pass for an empty one. */
function userFiles(folder: string): SourceFile[] {
  const files = signatureFiles(folder);
  if (files.length > 0) return files;
  throw new CcelogError('SIGNATURE_INVALID', 'cannot read signature pack', {
    file: folder,
    why: 'there is no signature file (*.yaml) in it',
    try: 'give the folder that holds your signature files',
  });
}
