/**
 * Results of this program, kept beside the logs they tell of or inside a bundle. They quote what a signature looks for, so
 * each would count as the failure that it reports: they are told by how they begin, which no log does.
 */
const BEGINNINGS: readonly RegExp[] = [
  // Table, in any language; the other texts for people that are commonly kept have no line of their own.
  /^ccelog \d+\.\d+\.\d+\S*, \d+ signatures?\b/,
  // A manifest has a host behind the same head: it tells what was collected, and is read.
  /^\{\s*"schemaVersion": ?\d+,\s*"(?:tool": ?\{\s*"name": ?"ccelog"(?![^{}]*\},\s*"host")|(?:incidents?|signatures?|matches|before|evidence)")/,
  // NDJSON, of incidents.
  /^\{"id":"[0-9a-f]{12}","fingerprint":"v\d+:/,
  // What a watch tells, line by line.
  /^\{"schemaVersion":\d+,"id":"[0-9a-f]{8,40}","event":"/,
  // CSV; with --bom the mark is gone from the sample.
  /^id,severity,status,signature,title,/,
  // SARIF.
  /^\{[^{]{0,400}"runs": ?\[\s*\{\s*"tool": ?\{\s*"driver": ?\{\s*"name": ?"ccelog"/,
  // JUnit.
  /^(?:<\?xml[^>]{0,80}\?>\s*)?<testsuites name="ccelog"/,
  /^<!doctype html>[^\0]{0,4000}<meta name="generator" content="ccelog /i,
];

/** Markdown says who wrote it at its end, which a long one has outside of the sample; its table is this program's too. */
const MARKDOWN = /^# [^\n]*\n\n(?:[^\n]*\n){0,40}?\| # \| [^\n]*\|\n\|--:\|---\|---\|---\|---\|--:\|---\|\n/;

/** @param sample the beginning of a source as text */
export function isOwnReport(sample: string): boolean {
  const text = sample.trimStart().replaceAll('\r\n', '\n');
  return BEGINNINGS.some((beginning) => beginning.test(text)) || MARKDOWN.test(text);
}
