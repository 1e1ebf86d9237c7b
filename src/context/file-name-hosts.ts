/**
 * Hosts that only the names of files tell: in a folder with `seattle_get-vm.txt` and `denver_get-vm.txt`, what differs
 * while the rest is the same is what the two were collected from. Words that tell a role, a kind or a date are not.
 */
import { isCommon, roleOfWord } from './folder-words.js';
import { type Label, labelOf } from './host-names.js';

/** The longest name that a machine of Windows may have. */
const LONGEST_NAME = 15;

interface Split {
  word: string;
  rest: string;
}

/** By file: the host its name tells, where at least one other file differs from one of that host in the host alone. */
export function hostsByFileName(files: readonly string[]): Map<string, Label> {
  const splits = new Map(files.map((file) => [file, splitsOf(file)]));
  const words = new Map<string, Set<string>>();
  for (const { word, rest } of [...splits.values()].flat()) words.set(rest, (words.get(rest) ?? new Set()).add(word));
  const hosts = new Set([...words.values()].filter((alike) => alike.size > 1).flatMap((alike) => [...alike]));
  const told = [...splits].map(
    ([file, found]) => [file, new Set(found.map(({ word }) => word).filter((word) => hosts.has(word)))] as const,
  );
  return new Map(told.filter(([, found]) => found.size === 1).map(([file, found]) => [file, [...found][0]!]));
}

/** The first or the last word before the extension, and what is left without it. */
function splitsOf(file: string): Split[] {
  const stem = file.replace(/\.[^.]*$/, '');
  const words = stem.split(/[_.\s]+/).filter((word) => word !== '');
  if (words.length < 2) return [];
  const extension = file.slice(stem.length);
  return [
    { word: words[0]!, rest: `*_${words.slice(1).join('_')}${extension}` },
    { word: words.at(-1)!, rest: `${words.slice(0, -1).join('_')}_*${extension}` },
  ].flatMap(({ word, rest }) => {
    const label = labelOf(word);
    return label === null || !mayBeHost(word) ? [] : [{ word: label, rest: rest.toLowerCase() }];
  });
}

function mayBeHost(word: string): boolean {
  const parts = word.toLowerCase().split('-');
  if (word.length > LONGEST_NAME || /^(?:get|show|out|export|test)-/i.test(word)) return false;
  return (
    parts.some((part) => !isCommon(part)) && parts.every((part) => roleOfWord(part) === null || /host\d/.test(part))
  );
}
