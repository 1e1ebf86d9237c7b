/** Product versions of Cloud Connector, from 1.3.4 to 2.1; none followed. */
import { createRequire } from 'node:module';
import type coerce from 'semver/functions/coerce.js';
import type satisfies from 'semver/functions/satisfies.js';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';

const require = createRequire(import.meta.url);

/** Newer ones do not exist: the product was retired in 2021 with 2.1. */
const LAST_MAJOR = 2;

/**
 * Reads a product version such as "2.1" or "1.4.2". Throws BAD_USAGE for anything else, build numbers (6.0.9319.x) among
 * it: they are those of the Skype for Business server underneath and do not tell the product's version.
 */
export function parseProductVersion(text: string): string {
  const version = /^\s*v?\d+(\.\d+){0,3}\s*$/.test(text) ? library<typeof coerce>('coerce')(text) : null;
  if (version && version.major >= 1 && version.major <= LAST_MAJOR) return version.version;
  throw new CcelogError('BAD_USAGE', t`no version of Cloud Connector`, {
    why: version
      ? t`"${text}" looks like a build number; product versions are 1.3.4 to 2.1`
      : t`"${text}" is not a version number`,
    try: t`run Get-CcVersion on the host and give what it prints, such as --cce-version 2.1`,
  });
}

/** Whether a version lies in a range of a signature or fix; `any` holds all. */
export function inRange(version: string, range: string): boolean {
  return range === 'any' || library<typeof satisfies>('satisfies')(version, range);
}

/** A function of semver, with the twenty files that it takes: wanted only where a version is known, and loaded then. */
function library<Loaded>(name: string): Loaded {
  return require(`semver/functions/${name}.js`) as Loaded;
}
