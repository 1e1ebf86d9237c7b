/** What a text may be whose content says nothing: a version alone on a line, a state file in a form that nobody knows. */
import type { SourceKind } from '../../model.js';
import { commandOfPath } from './commands.js';
import { iniFileOfName } from './ini-name.js';
import { isManifestName } from './manifest.js';

/**
 * The kind that the name of a source tells: `config` for the product's state files, `command-output` where it is named
 * after a command; null where it tells none. Only for text whose content is of no known kind.
 */
export function kindByName(path: string): Extract<SourceKind, 'config' | 'command-output'> | null {
  if (iniFileOfName(path) !== null || isManifestName(path)) return 'config';
  return commandOfPath(path) === null ? null : 'command-output';
}
