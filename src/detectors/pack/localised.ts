/**
 * A pack in another language. The overlays of the built-in signatures were compiled at build, and count as long as the
 * files are those they were made from; in English none of this is read.
 */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Language } from '../../texts/texts.js';
import type { PackProblem } from './compile.js';
import { BUILT_IN_FOLDER, decoded, digestOf, overlayFiles, type RawFile } from './files.js';
import type { Pack } from './load.js';
import { type Overlay, withOverlay } from './overlay.js';

export interface CompiledOverlays {
  /** Digest of the files they were made from. */
  digest: string;
  overlays: Record<string, Overlay>;
}

/**
 * The pack with its texts in a language, from the built-in overlays and from those in the user's own folders, which come
 * first. Throws SIGNATURE_INVALID where an overlay is not valid.
 */
export async function localised(pack: Pack, language: Language, userFolders: readonly string[] = []): Promise<Pack> {
  if (language === 'en') return pack;
  const overlays = { ...(await builtInOverlays(language, pack)) };
  for (const folder of userFolders) {
    const files = overlayFiles(folder, language);
    if (files.length > 0) Object.assign(overlays, await compiled(files, pack, folder));
  }
  return {
    ...pack,
    signatures: pack.signatures.map((signature) => {
      const overlay = overlays[signature.id];
      return overlay ? withOverlay(signature, overlay) : signature;
    }),
  };
}

/** Compiles the built-in overlays of a language. Throws SIGNATURE_INVALID. */
export async function compileBuiltInOverlays(language: Language, pack: Pack): Promise<CompiledOverlays> {
  const files = overlayFiles(BUILT_IN_FOLDER, language);
  return { digest: digestOf(files), overlays: await compiled(files, pack, BUILT_IN_FOLDER) };
}

async function builtInOverlays(language: Language, pack: Pack): Promise<Record<string, Overlay>> {
  const file = fileURLToPath(new URL(`../../signatures.${language}.json`, import.meta.url));
  if (existsSync(file)) {
    const made = JSON.parse(readFileSync(file, 'utf8')) as CompiledOverlays;
    if (made.digest === digestOf(overlayFiles(BUILT_IN_FOLDER, language))) return made.overlays;
  }
  return (await compileBuiltInOverlays(language, pack)).overlays;
}

async function compiled(files: RawFile[], pack: Pack, where: string): Promise<Record<string, Overlay>> {
  const [{ compileOverlays }, { packError }] = await Promise.all([
    import('./overlay-compile.js'),
    import('./compile.js'),
  ]);
  const problems: PackProblem[] = [];
  const overlays = compileOverlays(files.map(decoded), pack.signatures, problems);
  if (problems.length > 0) throw packError(problems, where);
  return overlays;
}
