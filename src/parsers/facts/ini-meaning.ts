/**
 * What keys of module.ini may mean. Their names are not known: only that the file holds the running and the backup
 * version, and probably where the appliance and the site are. So a key is understood only where its name leaves no doubt.
 */
import type { TextLine } from '../text-line.js';
import { type Found, found } from './found.js';
import type { IniFile } from './ini-name.js';
import { productVersion } from './product-version.js';

const VERSIONS: [RegExp, string][] = [
  [/script/i, 'scripts'],
  [/bits/i, 'bits'],
  [/backup/i, 'backup'],
  [/running/i, 'running'],
];
const DIRECTORIES: [RegExp, string][] = [
  [/^(?:cc)?appliance_?log_?(?:directory|dir|folder|path)$/i, 'appliance-log'],
  [/^(?:cc)?site_?log_?(?:directory|dir|folder|path)$/i, 'site-log'],
  [/^(?:cc)?appliance_?(?:root_?)?(?:directory|dir|folder|path|root)$/i, 'appliance'],
  [/^(?:cc)?site_?(?:root_?)?(?:directory|dir|folder|path|root)$/i, 'site'],
];

/** Facts that a key of a file amounts to. */
export function iniMeaning(file: IniFile, key: string, value: string, line: TextLine): Found[] {
  if (file !== 'module') return [];
  if (/version/i.test(key)) {
    const version = productVersion(value);
    const of = VERSIONS.find(([pattern]) => pattern.test(key))?.[1];
    return version === null || of === undefined ? [] : [found('version', { of, version }, [line])];
  }
  const of = DIRECTORIES.find(([pattern]) => pattern.test(key))?.[1];
  const isPath = /^(?:[A-Za-z]:\\|\\\\)/.test(value);
  return of === undefined || !isPath ? [] : [found('directory', { of, path: value }, [line])];
}
