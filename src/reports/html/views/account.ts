/** An honest account of the input: what was read, what of it could not be understood, and what was left out and why. */
import type { SourceReport } from '../../../model.js';
import { printableLine, printableName } from '../../../redaction/printable.js';
import { grouped, plural, t } from '../../../texts/texts.js';
import { secondsOf } from '../data/build.js';
import { h, type PageElement, type PageNode } from '../node.js';
import { moment } from './moment.js';
import { code } from './words.js';

/** Rows of the table; those with something wrong first where there are more. */
const SHOWN = 200;
/** Paths that stand for all that were left out for one reason. */
const PATHS_SHOWN = 20;

export function accountView(sources: readonly SourceReport[]): PageElement {
  const read = sources.filter(isRead);
  const skipped = sources.filter((source) => source.skipped !== null);
  return h(
    'section',
    { id: 'account', 'aria-labelledby': 'account-title' },
    h('h2', { id: 'account-title' }, t`What was read`),
    h('p', {}, totals(read, sources.length)),
    problemsView(read),
    read.length > 0 && tableView(read),
    skipped.length > 0 && skippedView(skipped),
  );
}

/** Wholly, or as far as it could be. */
function isRead({ skipped, records }: SourceReport): boolean {
  return skipped === null || records > 0;
}

function totals(read: readonly SourceReport[], all: number): string {
  const sum = (of: (source: SourceReport) => number): number => read.reduce((total, source) => total + of(source), 0);
  const files = plural(all, '{1} of {0} file was read', '{1} of {0} files were read', grouped(read.length));
  const bytes = plural(
    sum((source) => source.bytes),
    '{0} byte',
    '{0} bytes',
  );
  const records = plural(
    sum((source) => source.records),
    '{0} record',
    '{0} records',
  );
  return t`${files}: ${bytes}, ${records}.`;
}

/** What went wrong in reading, all sources together. That nothing did is worth saying too. */
function problemsView(sources: readonly SourceReport[]): PageElement {
  const sum = (of: (source: SourceReport) => number): number =>
    sources.reduce((total, source) => total + of(source), 0);
  const found = problemsOf({
    orphanLines: sum(({ orphanLines }) => orphanLines),
    invalidBytes: sum(({ invalidBytes }) => invalidBytes),
    nulBytes: sum(({ nulBytes }) => nulBytes ?? 0),
    truncatedRecords: sum(({ truncatedRecords }) => truncatedRecords),
  });
  if (found.length === 0) return h('p', {}, t`Every byte of these was decoded, and every record kept whole.`);
  return h(
    'ul',
    { class: 'problems' },
    found.map((text) => h('li', {}, text)),
  );
}

type Counts = Pick<SourceReport, 'orphanLines' | 'invalidBytes' | 'nulBytes' | 'truncatedRecords'>;

function problemsOf({ orphanLines, invalidBytes, nulBytes, truncatedRecords }: Counts): string[] {
  const found: string[] = [];
  if (orphanLines > 0)
    found.push(plural(orphanLines, '{0} line before the first header', '{0} lines before the first header'));
  if (invalidBytes > 0) found.push(plural(invalidBytes, '{0} undecodable byte', '{0} undecodable bytes'));
  if (nulBytes > 0) found.push(plural(nulBytes, '{0} NUL byte passed over', '{0} NUL bytes passed over'));
  if (truncatedRecords > 0)
    found.push(plural(truncatedRecords, '{0} oversized record kept in part', '{0} oversized records kept in part'));
  return found;
}

function tableView(read: readonly SourceReport[]): PageElement {
  const isWrong = (source: SourceReport): boolean => problemsOf(source).length > 0;
  const shown =
    read.length <= SHOWN
      ? read
      : [...read.filter(isWrong), ...read.filter((source) => !isWrong(source))].slice(0, SHOWN);
  const head = [t`File`, t`Kind`, t`Bytes`, t`Records`, t`From – to`, t`Not understood`];
  return h(
    'div',
    {},
    h(
      'table',
      { class: 'sources' },
      h('caption', { class: 'hidden' }, t`The files that were read`),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          head.map((text) => h('th', { scope: 'col' }, text)),
        ),
      ),
      h(
        'tbody',
        {},
        shown.map((source) => rowView(source, head)),
      ),
    ),
    read.length > SHOWN &&
      h('p', { class: 'note' }, t`${grouped(read.length - SHOWN)} more files were read; --format json lists them.`),
  );
}

function rowView(source: SourceReport, head: readonly string[]): PageElement {
  const [first, last] = [secondsOf(source.firstTime), secondsOf(source.lastTime)];
  const times: PageNode[] =
    first === null || last === null ? ['–'] : [moment(first, 'utc'), ' – ', moment(last, 'utc')];
  const problems = problemsOf(source).join(', ');
  const cell = (place: number, attributes: Record<string, string>, ...children: PageNode[]) =>
    h('td', { ...attributes, 'data-label': head[place] }, ...children);
  return h(
    'tr',
    {},
    h('th', { scope: 'row' }, code(printableName(source.path))),
    cell(1, {}, `${source.kind}, ${source.encoding}`),
    cell(2, { class: 'number' }, grouped(source.bytes)),
    cell(3, { class: 'number' }, grouped(source.records)),
    cell(4, {}, ...times),
    cell(5, {}, problems === '' ? '–' : problems),
  );
}

function skippedView(skipped: readonly SourceReport[]): PageElement {
  const reasons = new Map<string, SourceReport[]>();
  for (const source of skipped)
    reasons.set(source.skipped ?? '', [...(reasons.get(source.skipped ?? '') ?? []), source]);
  const most = [...reasons].sort(([, left], [, right]) => right.length - left.length);
  return h(
    'div',
    { class: 'skipped' },
    h(
      'h3',
      {},
      plural(
        skipped.length,
        '{0} file was left out, read in part or damaged',
        '{0} files were left out, read in part or damaged',
      ),
    ),
    h(
      'ul',
      {},
      most.map(([reason, of]) =>
        h(
          'li',
          {},
          `${printableLine(reason)}: `,
          of.slice(0, PATHS_SHOWN).flatMap(({ path }, place) => [place > 0 ? ', ' : '', code(printableName(path))]),
          of.length > PATHS_SHOWN && ` ${plural(of.length - PATHS_SHOWN, 'and {0} more', 'and {0} more')}`,
        ),
      ),
    ),
  );
}
