/** Where a source belongs that says nothing itself: down the tree of folders, until all that is in one agrees. */

import { type Folder, holdsMaterial, type Leaf, leavesOf } from './folder-tree.js';
import type { Label } from './host-names.js';

/** An appliance: by the name of its host, or by the folder where no source tells it. */
export type Home = { label: Label } | { folder: Folder; isNamed: boolean };

/** The home of each source; none for those that stand above several appliances. */
export function folderHomes(top: Folder): Map<Leaf, Home | null> {
  const homes = new Map<Leaf, Home | null>();
  settle(top, null, homes);
  return homes;
}

function settle(folder: Folder, above: Home | null, homes: Map<Leaf, Home | null>): void {
  const isTop = folder.name === null;
  const own = folder.calledAfter === null ? above : { label: folder.calledAfter };
  if (folder.names.size > 1 || (own === null && isOfSeveral(folder))) {
    for (const leaf of folder.leaves) homes.set(leaf, leaf.claim === null ? own : { label: leaf.claim });
    for (const child of folder.children.values()) settle(child, own, homes);
    return;
  }
  const [name] = folder.names;
  const byFolder = isTop || holdsMaterial(folder) ? { folder, isNamed: !isTop } : null;
  const home: Home | null = name === undefined ? (above ?? byFolder) : { label: name };
  for (const leaf of leavesOf(folder)) homes.set(leaf, leaf.claim === null ? home : { label: leaf.claim });
}

/** Whether the folders in it are those of several appliances, though at most one of them is named. */
function isOfSeveral(folder: Folder): boolean {
  const children = [...folder.children.values()].filter((child) => child.names.size > 0 || holdsMaterial(child));
  if (children.length < 2) return false;
  if (folder.names.size === 0 && !folder.leaves.some(({ isMaterial }) => isMaterial)) return true;
  const archives = children.filter((child) => child.isArchive);
  return [archives, ...numberedAlike(children)].some(areApart) || declareOthers(children);
}

/** Folders of one kind are apart, unless two of them are of the same host: then they are copies or days of it. */
function areApart(folders: readonly Folder[]): boolean {
  return folders.length > 1 && folders.filter(({ names }) => names.size > 0).length < 2;
}

/** `host1` and `host2`: alike but for the number. */
function numberedAlike(folders: readonly Folder[]): Folder[][] {
  const groups = new Map<string, Folder[]>();
  for (const folder of folders) {
    const pattern = folder.name!.toLowerCase().replace(/\d+/g, '#');
    if (pattern.includes('#')) groups.set(pattern, [...(groups.get(pattern) ?? []), folder]);
  }
  return [...groups.values()];
}

/** Whether the ini files in two folders declare different Mediation Servers. */
function declareOthers(folders: readonly Folder[]): boolean {
  const declared = folders
    .map(
      (folder) =>
        new Set(
          leavesOf(folder)
            .map(({ mediation }) => mediation)
            .filter((label) => label !== null),
        ),
    )
    .filter(({ size }) => size > 0);
  return declared.some((one, at) =>
    declared.slice(at + 1).some((other) => [...one].every((label) => !other.has(label))),
  );
}
