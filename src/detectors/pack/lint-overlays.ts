/** All that is wrong with the overlays at a path, or beside the signatures there, and what is still to be translated. */

import { basename, resolve } from 'node:path';
import type { PackProblem } from './compile.js';
import { decoded, folderOfSignatures, OVERLAY_LANGUAGES, overlayFiles, overlayLanguage } from './files.js';
import type { Pack } from './load.js';
import { compileOverlays, overlayWarnings } from './overlay-compile.js';

export interface OverlayLint {
  problems: PackProblem[];
  warnings: string[];
  /** Overlays that are valid. */
  count: number;
  /** Whether the path is that of overlays, not of signatures. */
  isForOverlays: boolean;
}

/**
 * Looks at the overlays at a path: of a folder of signatures, of one signature, or at overlays themselves. Whoever has no
 * folder for a language is not told that it lacks translations.
 *
 * @param own ids of the signatures at the path
 */
export function lintOverlays(path: string, pack: Pack, own: readonly string[]): OverlayLint {
  const only = overlayLanguage(path);
  const result: OverlayLint = { problems: [], warnings: [], count: 0, isForOverlays: only !== null };
  const folder = folderOfSignatures(path);
  for (const language of OVERLAY_LANGUAGES) {
    const all = overlayFiles(folder, language);
    if (all.length === 0 || (only !== null && only !== language)) continue;
    const named = all.filter(({ path: file }) => resolve(file) === resolve(path));
    const ids = named.length > 0 ? named.map(({ path: file }) => idOf(file)) : own;
    // Of one signature, only its overlay is looked at; of a whole folder those as well that belong to no signature.
    const isWhole = resolve(folder) === resolve(path) || (only !== null && named.length === 0);
    const files = isWhole ? all : all.filter(({ path: file }) => ids.includes(idOf(file)));
    const overlays = compileOverlays(files.map(decoded), pack.signatures, result.problems);
    const broken = files.map(({ path: file }) => idOf(file)).filter((id) => !(id in overlays));
    const looked = pack.signatures.filter(({ id }) => ids.includes(id) && !broken.includes(id));
    result.warnings.push(...overlayWarnings(overlays, looked).map((warning) => `${language}: ${warning}`));
    result.count += Object.keys(overlays).length;
  }
  return result;
}

function idOf(file: string): string {
  return basename(file).replace(/\.ya?ml$/i, '');
}
