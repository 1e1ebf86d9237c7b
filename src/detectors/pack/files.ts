/** The files of a pack: signatures in a folder, and what they read in another language in a folder named for it (`fr`). */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CcelogError } from '../../errors.js';
import { LANGUAGES, type Language } from '../../texts/texts.js';
import type { SourceFile } from './compile.js';

/** Beside `src` and `dist` alike. */
export const BUILT_IN_FOLDER = fileURLToPath(new URL('../../../signatures', import.meta.url));

/** Languages that signatures are translated to. */
export const OVERLAY_LANGUAGES = LANGUAGES.filter((language) => language !== 'en');

/** A file as it stands there: what is compared with the compiled pack at every start is never decoded. */
export interface RawFile {
  path: string;
  bytes: Buffer;
}

/** The signature files below a folder, or one file. Throws as `readBelow` does. */
export function signatureFiles(path: string): SourceFile[] {
  return readBelow(path).map(decoded);
}

/**
 * YAML files below a folder, or one file, in a stable order; those of other languages are not among them. Throws
 * INPUT_MISSING or INPUT_UNREADABLE.
 */
export function readBelow(path: string): RawFile[] {
  try {
    if (!statSync(path).isDirectory()) return [{ path, bytes: readFileSync(path) }];
    return (readdirSync(path, { recursive: true }) as string[])
      .filter((name) => /\.ya?ml$/i.test(name) && !isOfLanguage(name))
      .sort()
      .map((name) => ({ path: join(path, name), bytes: readFileSync(join(path, name)) }));
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    throw new CcelogError(missing ? 'INPUT_MISSING' : 'INPUT_UNREADABLE', 'cannot read signature pack', {
      file: path,
      why: missing ? 'no such file or folder' : (error as Error).message,
      try: 'give the folder that holds your signature files (*.yaml)',
      cause: error,
    });
  }
}

/** Tells whether files are those that something was made from. */
export function digestOf(files: RawFile[]): string {
  const hash = createHash('sha256');
  for (const { path, bytes } of files)
    hash
      .update(path.replace(/^.*[\\/]/, ''))
      .update('\0')
      .update(bytes)
      .update('\0');
  return hash.digest('hex');
}

/** The language of the overlays at a path, a folder named for it or a file in one; null where it holds signatures. */
export function overlayLanguage(path: string): Language | null {
  const place = resolve(path);
  return (
    OVERLAY_LANGUAGES.find((language) => basename(place) === language || basename(dirname(place)) === language) ?? null
  );
}

/** The folder whose signatures stand at a path, be it that folder itself, a file in it, its overlays or one of them. */
export function folderOfSignatures(path: string): string {
  if (isBuiltIn(path)) return BUILT_IN_FOLDER;
  const folder = statSync(path).isDirectory() ? path : dirname(path);
  return overlayLanguage(folder) === null ? folder : dirname(folder);
}

/** The overlays that a folder of signatures holds for a language; none where there is no folder for them in it. */
export function overlayFiles(folder: string, language: Language): RawFile[] {
  const place = join(folder, language);
  return existsSync(place) ? readBelow(place) : [];
}

export function decoded({ path, bytes }: RawFile): SourceFile {
  return { path, text: bytes.toString('utf8') };
}

export function isBuiltIn(path: string): boolean {
  const inside = relative(BUILT_IN_FOLDER, resolve(path));
  return !inside.startsWith('..') && !isAbsolute(inside);
}

function isOfLanguage(name: string): boolean {
  return OVERLAY_LANGUAGES.some((language) => /^[\\/]/.test(name.slice(language.length)) && name.startsWith(language));
}
