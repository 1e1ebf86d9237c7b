/**
 * The versions of one appliance. Believed in this order: what a command on the host answers, the names of its running
 * VMs, module.ini, which an upgrade may leave behind, the scripts, the deployed bits, what the tenant has, the newest
 * folder of an instance, the build in the first line of the ini, the keys of the ini.
 */
import type { Fact, PlacedFact } from '../facts.js';
import { kept } from '../texts/texts.js';
import { type IniCopy, placeOf } from './ini-copy.js';
import { knownFact, type Saying } from './known.js';
import { readPath } from './path.js';
import type { KnownFact, VersionKnown } from './types.js';
import { compareVersions, instanceVersion, isOfRelease, versionByKeys, versionIn, versionOfBuild } from './version.js';

export interface Versions {
  running: VersionKnown | null;
  scripts: VersionKnown | null;
  product: VersionKnown | null;
  known: KnownFact[];
}

interface Told extends Saying {
  /** How it is called where the version is used. */
  origin: string;
  /** It tells the release, not the third number. */
  isRelease?: true;
}

/** Facts come with what was said last first. */
export function versionsOf(
  facts: readonly PlacedFact[],
  sources: readonly string[],
  copies: readonly IniCopy[],
): Versions {
  const answered = (of: string): Told[] => versionsTold(facts, of, true);
  const written = (of: string): Told[] => versionsTold(facts, of, false);
  const running = answered('running');
  const [scripts, bits, backup] = ['scripts', 'bits', 'backup'].map((of) => [...answered(of), ...written(of)]) as [
    Told[],
    Told[],
    Told[],
  ];
  const vms = vmVersions(facts);
  const tenant = facts
    .filter(({ about }) => about === 'pstn-appliance')
    .flatMap((fact) => told(fact, versionIn(fact.values['version'] ?? ''), 'inferred', kept`what the tenant has`));
  const instances = newest(sources.flatMap(instanceTold));
  const builds = copies.flatMap(buildTold);
  const keys = copies.flatMap(keysTold);

  const first = (all: readonly Told[]): VersionKnown | null =>
    all.map(asVersion).find((version) => version !== null) ?? null;
  const ofVms = [...running, ...vms, ...written('running')];
  const believed = first(ofVms);
  const known: (KnownFact | null)[] = [
    knownFact('running-version', [...ofVms, ...instances, ...builds, ...keys], agrees),
    knownFact('script-version', scripts),
    knownFact('bits-version', bits),
    knownFact('backup-version', backup),
    knownFact('vm-version', vms),
    knownFact('tenant-version', tenant),
    knownFact('instance-version', instances),
    knownFact('key-version', keys),
    knownFact('build', copies.flatMap(buildNumber)),
  ];
  return {
    running: believed,
    scripts: first(scripts),
    product: believed ?? first([...scripts, ...bits, ...tenant, ...instances, ...builds, ...keys]),
    known: known.filter((fact) => fact !== null),
  };
}

/** What a command answered, or what module.ini says: which keys that file really has is inferred. */
function versionsTold(facts: readonly PlacedFact[], of: string, isAnswer: boolean): Told[] {
  return facts
    .filter((fact) => fact.about === 'version' && fact.values['of'] === of && isWritten(fact) !== isAnswer)
    .flatMap((fact) => {
      const origin = isAnswer ? (fact.command ?? kept`the version of the ${of}`) : 'module.ini';
      return told(fact, versionIn(fact.values['version'] ?? ''), isAnswer ? 'said' : 'inferred', origin);
    });
}

/** Read from a file of the product, by this tool or on a console. */
function isWritten({ command, source }: PlacedFact): boolean {
  return command === null ? /\.ini$/i.test(source) : command === 'Get-Content';
}

function told(fact: Fact & { source: string }, version: string | null, basis: Told['basis'], origin: string): Told[] {
  return version === null ? [] : [{ value: version, basis, from: placeOf(fact.source, fact), origin }];
}

/** VMs that run count before those that are kept for going back. */
function vmVersions(facts: readonly PlacedFact[]): Told[] {
  const vms = facts.filter(({ about, values }) => about === 'vm' && versionIn(values['name'] ?? '') !== null);
  const running = vms.filter(({ values }) => values['state'] === 'Running');
  return newest(
    (running.length > 0 ? running : vms).flatMap((fact) =>
      told(
        fact,
        versionIn(fact.values['name'] ?? ''),
        'inferred',
        kept`the name of the VM ${fact.values['name'] ?? ''}`,
      ),
    ),
    running.length > 0,
  );
}

/** Old instances are kept beside the new one: that is no contradiction, as two versions that run are. */
function newest(all: readonly Told[], keepOthers = false): Told[] {
  const sorted = [...all].sort((a, b) => compareVersions(a.value, b.value));
  return keepOthers ? sorted : sorted.filter(({ value }) => value === sorted[0]!.value);
}

function instanceTold(source: string): Told[] {
  const version = instanceVersion(readPath(source).folders);
  if (version === null) return [];
  return [
    {
      value: version,
      basis: 'inferred',
      from: { source, line: 1, command: null },
      origin: kept`the folder of the instance`,
    },
  ];
}

function buildNumber({ build }: IniCopy): Saying[] {
  return build === null ? [] : [{ value: build.value, basis: 'said', from: build.place }];
}

function buildTold({ build }: IniCopy): Told[] {
  const version = build === null ? null : versionOfBuild(build.value);
  if (build === null || version === null) return [];
  return [
    {
      value: version,
      basis: 'inferred',
      from: build.place,
      origin: kept`the build ${build.value} in the ini`,
      isRelease: true,
    },
  ];
}

function keysTold(copy: IniCopy): Told[] {
  const found = versionByKeys(copy);
  if (found === null) return [];
  const key = [...copy.keys.values()].find(({ key: name }) => name.toLowerCase() === found.because.toLowerCase())!;
  return [
    {
      value: found.version ?? found.release,
      basis: 'inferred',
      from: key.place,
      origin: kept`the key ${key.key} in the ini`,
      isRelease: true,
    },
  ];
}

/** Only a whole version picks a fix; that of a release alone does not. */
function asVersion({ value, origin, basis }: Told): VersionKnown | null {
  return /^\d+\.\d+\.\d+$/.test(value) ? { version: value, origin, basis } : null;
}

/** Keys and builds do not tell third numbers: within a release they contradict nothing. */
function agrees(a: Told, b: Told): boolean {
  if (a.isRelease || b.isRelease) return isOfRelease(`${a.value}.`, b.value);
  return a.value === b.value;
}
