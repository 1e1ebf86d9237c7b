/** Which host `collect` looks at: this machine with its environment, or a copy of another one's disk. */
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { hostname, release } from 'node:os';
import { basename, delimiter, dirname, join, resolve } from 'node:path';
import type { CollectHost, Place, RunProgram } from '../bundles/collect/host.js';
import type { PlaceName } from '../bundles/collect/items.js';
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';
import { now } from './environment.js';
import { runWithin } from './run-program.js';

export interface HostOptions {
  root?: string;
  applianceRoot?: string;
  siteRoot?: string;
  appliance?: string;
  /** Milliseconds for each command, in place of its own. */
  timeLimit?: number;
}

const CLOUD_CONNECTOR = 'CloudConnector';

/** Throws INPUT_MISSING where a folder that was named is none. */
export function collectHost(options: HostOptions): CollectHost {
  for (const folder of [options.root, options.applianceRoot, options.siteRoot]) requireFolder(folder);
  const root = options.root === undefined ? null : resolve(options.root);
  const environment = root === null ? process.env : {};
  const profiles = root === null ? profilesHere(environment) : foldersIn(join(root, 'Users'));
  const programs =
    root === null ? (environment['ProgramW6432'] ?? environment['ProgramFiles']) : join(root, 'Program Files');
  const data = root === null ? environment['ProgramData'] : join(root, 'ProgramData');
  return {
    name: options.appliance ?? (root === null ? hostname() : basename(root) || 'copy'),
    platform: root === null ? `${process.platform} ${release()}` : 'copy',
    places: {
      ProgramFiles: placeOf(programs),
      ProgramData: placeOf(data),
      UserProfile: profiles.map((folder) => ({ folder, label: basename(folder), origin: 'default' })),
      ApplianceRoot: named(options.applianceRoot) ?? below(profiles, 'ApplianceRoot'),
      SiteRoot: named(options.siteRoot) ?? below(profiles, 'SiteRoot'),
    },
    root,
    findProgram: root === null ? findProgram : () => null,
    run: root === null ? limited(options.timeLimit) : null,
    now,
    zoneOffset: root === null ? -now().getTimezoneOffset() || 0 : null,
  };
}

function limited(milliseconds: number | undefined): RunProgram {
  if (milliseconds === undefined) return runWithin;
  return (program, args, limits) => runWithin(program, args, { ...limits, milliseconds });
}

function requireFolder(folder: string | undefined): void {
  if (folder === undefined || statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new CcelogError('INPUT_MISSING', t`cannot read the folder`, {
    file: folder,
    why: t`no such folder`,
    try: t`check the path; quote it where it holds spaces`,
  });
}

/** The profile of who runs this first: the product may have been installed by another user. */
function profilesHere({ USERPROFILE }: NodeJS.ProcessEnv): string[] {
  if (!USERPROFILE) return [];
  const others = foldersIn(dirname(USERPROFILE)).filter((folder) => folder !== USERPROFILE);
  return [USERPROFILE, ...others].filter((folder) => existsSync(join(folder, CLOUD_CONNECTOR)));
}

function foldersIn(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
      .sort();
  } catch {
    return [];
  }
}

function placeOf(folder: string | undefined): Place[] {
  return folder ? [{ folder, label: '', origin: 'default' }] : [];
}

function named(folder: string | undefined): Place[] | null {
  return folder === undefined ? null : [{ folder: resolve(folder), label: '', origin: 'option' }];
}

function below(profiles: readonly string[], name: PlaceName): Place[] {
  const there = profiles.filter((profile) => existsSync(join(profile, CLOUD_CONNECTOR, name)));
  return there.map((profile) => ({
    folder: join(profile, CLOUD_CONNECTOR, name),
    label: there.length > 1 ? basename(profile) : '',
    origin: 'default',
  }));
}

/** Windows' own by their full paths: it would look in the working folder first, where anyone may have put one. */
function findProgram(name: string): string | null {
  if (process.platform !== 'win32') return onPath(name);
  const system = join(process.env['SystemRoot'] || 'C:\\Windows', 'System32');
  const path =
    name === 'powershell' ? join(system, 'WindowsPowerShell', 'v1.0', 'powershell.exe') : join(system, `${name}.exe`);
  return existsSync(path) ? path : null;
}

function onPath(name: string): string | null {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter).filter((entry) => entry !== '')) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      // Not there: the next one.
    }
  }
  return null;
}
