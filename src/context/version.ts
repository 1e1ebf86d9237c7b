/** Product versions from what tells them: 1.3.4 to 2.1, written with three numbers. */
import { type IniCopy, iniKey } from './ini-copy.js';

/** Build numbers (6.0.9319.x) are those of the Skype for Business server underneath, and no product version. */
const VERSION = /(?<![\d.])([12])\.(\d{1,2})(?:\.(\d{1,3}))?(?:\.\d+)?(?![\d.])/;

/** The product version in a text, such as `CCEMS1-2.1.0`. */
export function versionIn(text: string): string | null {
  const found = VERSION.exec(text);
  return found === null ? null : `${found[1]}.${Number(found[2])}.${Number(found[3] ?? 0)}`;
}

/** The version of an instance folder, `Instances/2.1.0-default`, that a source lies in. */
export function instanceVersion(folders: readonly string[]): string | null {
  const at = folders.findLastIndex((folder) => folder.toLowerCase() === 'instances');
  const folder = at === -1 ? undefined : folders[at + 1];
  return folder !== undefined && /-default$/i.test(folder) ? versionIn(folder) : null;
}

/** Builds that a template is known of. It has a key of 2.1; the exact release is inferred from that. */
const BUILDS: Readonly<Record<string, string>> = { '6.0.9319.419': '2.1.0' };

export function versionOfBuild(build: string): string | null {
  return BUILDS[build.trim()] ?? null;
}

/**
 * The release whose template has such keys. A template of 1.3 or 1.4 does not tell which one: then there is no version,
 * but for 1.3, whose releases are repaired alike.
 */
export function versionByKeys(copy: IniCopy): { release: string; version: string | null; because: string } | null {
  const has = (section: string, key: string): boolean => copy.keys.has(`${section}\n${key}`.toLowerCase());
  const key = (section: string, ...names: string[]): string | undefined => names.find((name) => has(section, name));
  const of21 = key('Common', 'OMSEnabled');
  if (of21 !== undefined) return { release: '2.1', version: '2.1.0', because: of21 };
  const of20 = key('TrunkConfiguration', 'EnableFastFailoverTimer', 'ForwardCallHistory', 'ForwardPAI');
  if (of20 !== undefined) return { release: '2.0', version: '2.0.0', because: of20 };
  const of14 = key('Common', 'HardwareType', 'WSUSServer');
  if (of14 !== undefined && iniKey(copy, 'Common', 'SiteName') !== null) {
    return { release: '1.4', version: null, because: of14 };
  }
  const of13 =
    key('Common', 'InternalDomains', 'ADDomain') ?? key('EdgeServer', 'InternalMachineName', 'InternalMachineIPs');
  return of13 === undefined ? null : { release: '1.3', version: '1.3.8', because: of13 };
}

/** Whether a version is of a release, whatever its third number. */
export function isOfRelease(version: string, release: string): boolean {
  return version.startsWith(`${release.split('.').slice(0, 2).join('.')}.`);
}

/** Newest first. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((version) => version.split('.').map(Number));
  for (let at = 0; at < 3; at++) if (left![at] !== right![at]) return right![at]! - left![at]!;
  return 0;
}
