/** What `manifest.json` says: of every thing that was looked for, what became of it. docs/bundles.md describes it. */
import type { CollectHost } from './host.js';
import { QUESTIONS } from './questions.js';

/**
 * `gathered`: it is in the zip whole. `cut`: a part of it is. `absent`: it is not there, which may be as it should.
 * `refused`: never read. `left-out`: over the limit of bytes. `unreadable`: it is there, and could not be read. `failed`: a
 * command that ended badly; what it printed is in the zip. `not-run`: a command that cannot be run here.
 */
export type ManifestState =
  | 'gathered'
  | 'cut'
  | 'absent'
  | 'refused'
  | 'left-out'
  | 'unreadable'
  | 'failed'
  | 'not-run';

export interface ManifestItem {
  id: string;
  kind: 'file' | 'listing' | 'command';
  /** Path on the host, or the command. */
  source: string;
  /** Path in the zip; null where it is not in there. */
  member: string | null;
  state: ManifestState;
  /** Why it is not `gathered`; of what is, a remark. */
  reason: string | null;
  /** Of what is in the zip. */
  bytes: number | null;
  sha256: string | null;
  /** When the file was written last. */
  modified: string | null;
  /** Places at which secrets were overwritten; 0 says that the copy has the bytes of the file. */
  masked: number | null;
  exitCode: number | null;
}

export interface Manifest {
  schemaVersion: 1;
  tool: { name: 'ccelog'; version: string };
  host: string;
  platform: string;
  /** UTC. */
  collected: string;
  /** How local time on the host differed from UTC, such as `+02:00`: logs do not say it. Null for a copied disk. */
  zoneOffset: string | null;
  items: ManifestItem[];
  /** What only somebody with credentials can ask, and where in the bundle its answer belongs. */
  questions: { id: string; where: string; command: string; member: string; why: string }[];
}

const PROBLEMS: readonly ManifestState[] = ['cut', 'left-out', 'unreadable', 'failed'];

/** What was there and could not be gathered, or not whole. */
export function problemsOf({ items }: Manifest): ManifestItem[] {
  return items.filter(({ state }) => PROBLEMS.includes(state));
}

/** `+05:30` from minutes. */
function zoneText(minutes: number): string {
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `${minutes < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
}

/** A row with nothing in the zip. */
export function missing(
  { id, kind }: Pick<ManifestItem, 'id' | 'kind'>,
  source: string,
  state: ManifestState,
  reason: string,
): ManifestItem {
  return {
    id,
    kind,
    source,
    member: null,
    state,
    reason,
    bytes: null,
    sha256: null,
    modified: null,
    masked: null,
    exitCode: null,
  };
}

/** The manifest of a host, with the questions that it leaves. */
export function manifestOf(host: CollectHost, items: ManifestItem[], begun: Date, toolVersion: string): Manifest {
  return {
    schemaVersion: 1,
    tool: { name: 'ccelog', version: toolVersion },
    host: host.name,
    platform: host.platform,
    collected: begun.toISOString(),
    zoneOffset: host.zoneOffset === null ? null : zoneText(host.zoneOffset),
    items,
    questions: QUESTIONS.map(({ id, where, command, member, why }) => ({ id, where, command, member, why })),
  };
}
