/** What the schema of a signature file cannot check: version ranges and patterns. */
import semver from 'semver';
import type { Signature } from '../../model.js';
import type { Told } from '../match.js';
import { type BuildingBlocks, conditionPatterns } from '../patterns.js';

/** Keys and indexes from a file's root to a value in it. */
export type Path = readonly PropertyKey[];

/** Notes a fault of the value at a path. */
export type Report = (path: Path, why: string) => void;

export function checkVersions(value: Pick<Signature, 'versions'> & { fixes: { versions: string }[] }, report: Report) {
  const check = (path: Path, range: string) => {
    if (range !== 'any' && semver.validRange(range) === null)
      report(path, `must be "any" or a version range such as ">=2.0.0" (found "${range}")`);
  };
  check(['versions'], value.versions);
  for (const [index, fix] of value.fixes.entries()) check(['fixes', index, 'versions'], fix.versions);
}

export function checkPatterns(signature: Signature, told: Told, blocks: BuildingBlocks, report: Report): void {
  for (const [index, alternative] of (signature[told] ?? []).entries()) {
    for (const [place, condition] of alternative.all.entries()) {
      const path = [told, index, 'all', place];
      try {
        for (const { regex, names } of conditionPatterns(condition, blocks)) {
          if (regex.test('')) report(path, 'the pattern matches an empty text');
          if (/\\s/.test(regex.source))
            report(path, 'the pattern asks for whitespace (\\s), and the text it runs on has none');
          for (const name of names) {
            if (name === null) continue;
            if (told === 'resolvedBy') report(path, `the group "${name}" has no use here: entities come from "match"`);
            else if (!(name in signature.entities)) report(path, `the group "${name}" is not listed under entities`);
          }
        }
      } catch (error) {
        report(path, `the pattern does not compile: ${(error as Error).message}`);
      }
    }
  }
}
