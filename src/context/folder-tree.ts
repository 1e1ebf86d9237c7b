/**
 * Folders as evidence: what lies together belongs together, until names or the shape of the tree say otherwise. Only
 * folders that may tell one appliance from another are in the tree (folder-words.ts): `logs/host1` and `config/host1`
 * are one folder `host1`.
 */
import { countedFolders } from './counted-folders.js';
import { isDistinct } from './folder-words.js';
import { isSilent, type Label, labelOf } from './host-names.js';
import { compareText, isArchive, plainName, type SourcePath } from './path.js';
import type { ContextSource } from './types.js';

/** A source in the tree, with what was claimed for it before folders are looked at. */
export interface Leaf {
  source: ContextSource;
  path: SourcePath;
  /** The host it belongs to by its own word, or by its file's name. */
  claim: Label | null;
  /** The host that the tenant has its VM under: it counts where the folder does not know another. */
  registered: Label | null;
  /** Hosts named by a source that names several. */
  several: Label[];
  /** Whether it is what appliances are made of: a log, an ini, what a host tells. */
  isMaterial: boolean;
  /** The Mediation Server that its ini declares: no two appliances of a site have the same. */
  mediation: Label | null;
}

export interface Folder {
  /** As it is said; null for the top. */
  name: string | null;
  isArchive: boolean;
  /** Real folders from the top that stand for it. */
  places: Set<string>;
  leaves: Leaf[];
  children: Map<string, Folder>;
  /** A known host after which it is called. */
  calledAfter: Label | null;
  /** Hosts that are named in it or below. */
  names: Set<Label>;
}

export interface TreeNames {
  /** Hosts that are known by name. */
  known: ReadonlySet<Label>;
  /** Those of them that are hosts for certain. */
  hosts: ReadonlySet<Label>;
  /** Those that showed it themselves. */
  proven: ReadonlySet<Label>;
  /** Those that the tenant has a VM of. */
  listed: ReadonlySet<Label>;
  servers: { has(label: Label): boolean };
  /** The known host of which a folder's name tells. */
  knownIn(name: string): Label | null;
}

export function folderTree(leaves: readonly Leaf[], names: TreeNames): Folder {
  const top = newFolder(null, false);
  const counted = countedFolders(leaves);
  // What says nothing finds its place in the tree of the others.
  for (const leaf of leaves.toSorted((a, b) => Number(isSilent(a.source)) - Number(isSilent(b.source)))) {
    let folder = top;
    const { folders } = leaf.path;
    for (const [depth, written] of folders.entries()) {
      const isCounted = counted.has(folders.slice(0, depth + 1).join('/'));
      if (!isCounted && !tells(written, folders[depth - 1], names)) continue;
      const name = plainName(written);
      const key = name.toLowerCase();
      const known = folder.children.get(key);
      if (known === undefined && isSilent(leaf.source)) break;
      const child = known ?? newFolder(name, isArchive(written));
      // Written in two ways, it is named the same whatever comes first.
      if (!isSilent(leaf.source)) {
        if (compareText(name, child.name!) < 0) child.name = name;
        child.places.add(folders.slice(0, depth + 1).join('/'));
        child.calledAfter = names.knownIn(name);
        folder.children.set(key, child);
      }
      folder = child;
    }
    folder.leaves.push(leaf);
  }
  nameAll(top, names);
  return top;
}

export function leavesOf(folder: Folder): Leaf[] {
  return [...folder.leaves, ...[...folder.children.values()].flatMap(leavesOf)];
}

export function holdsMaterial(folder: Folder): boolean {
  return leavesOf(folder).some(({ isMaterial }) => isMaterial);
}

/** Names of users under `Users`, and those of VMs, tell no appliance. */
function tells(folder: string, above: string | undefined, names: TreeNames): boolean {
  const label = labelOf(plainName(folder));
  if (label !== null && names.servers.has(label)) return false;
  return names.knownIn(plainName(folder)) !== null || (above?.toLowerCase() !== 'users' && isDistinct(folder));
}

/**
 * Names from below upwards. A folder's own name counts where nothing in it says otherwise. A name that nothing shows to
 * be a host's, such as that of an admin's PC, counts only where nothing beside it has a better one.
 */
function nameAll(folder: Folder, names: TreeNames): void {
  for (const child of folder.children.values()) {
    nameAll(child, names);
    for (const name of child.names) folder.names.add(name);
  }
  if (!isUnderOtherName(folder, names)) for (const leaf of folder.leaves) leaf.claim ??= leaf.registered;
  const own = new Set(folder.leaves.flatMap(({ claim, several }) => (claim === null ? several : [claim])));
  const sure = (name: Label): boolean => names.hosts.has(name);
  const isAnySure = [...own, ...folder.names].some(sure);
  for (const name of own) if (sure(name) || !isAnySure) folder.names.add(name);
  const { calledAfter } = folder;
  if (calledAfter === null) return;
  if (folder.names.size > 0 && !folder.names.has(calledAfter)) folder.calledAfter = null;
  else folder.names.add(calledAfter);
}

/**
 * Whether the tenant has the appliance in a folder under another name than its own: what lies there is that of a host
 * that the tenant does not know, and of one alone.
 */
function isUnderOtherName({ leaves, calledAfter }: Folder, names: TreeNames): boolean {
  const hosts = new Set(leaves.map(({ claim }) => claim).filter((label) => label !== null));
  const [host] = hosts;
  const mediations = new Set(leaves.map(({ mediation }) => mediation).filter((label) => label !== null));
  if (host === undefined || hosts.size > 1 || mediations.size > 1 || names.listed.has(host)) return false;
  return names.proven.has(host) || calledAfter === host;
}

function newFolder(name: string | null, archive: boolean): Folder {
  return {
    name,
    isArchive: archive,
    places: new Set(),
    leaves: [],
    children: new Map(),
    calledAfter: null,
    names: new Set(),
  };
}
