/** The proof: where it stands, down to the byte, and what it says. */
import { grouped, plural, t } from '../../../texts/texts.js';
import type { ShownEvidence, ShownIncident } from '../data/unpack.js';
import { h, type PageElement } from '../node.js';
import { code, value } from './words.js';

export function evidenceView({ id, evidence, evidenceLeftOut, count }: ShownIncident): PageElement {
  const [first, ...more] = evidence;
  const left = evidenceLeftOut > 0;
  return h(
    'div',
    { class: 'evidence' },
    h('h4', {}, t`Proof`),
    first ? pieceView(first) : null,
    more.length > 0 &&
      h(
        'details',
        { class: 'others' },
        h('summary', {}, plural(more.length, '{0} more piece of evidence', '{0} more pieces of evidence')),
        more.map(pieceView),
      ),
    (left || count > evidence.length) &&
      h(
        'p',
        { class: 'note' },
        plural(count, 'It was seen {0} time.', 'It was seen {0} times; some pieces stand here for all.'),
        ' ',
        left ? t`This file has no room for ${evidenceLeftOut} of them; all that is kept:` : t`All that is kept:`,
        ' ',
        h('code', {}, `ccelog incidents show ${id}`),
      ),
  );
}

/** One record: its place and its lines. */
export function pieceView({ id, source, line, byteStart, byteEnd, lines }: ShownEvidence): PageElement {
  return h(
    'figure',
    { class: 'piece' },
    h(
      'figcaption',
      {},
      code(source),
      `, ${t`line ${grouped(line)}`}, ${t`bytes ${grouped(byteStart)} to ${grouped(byteEnd)}`} `,
      h('span', { class: 'id' }, t`(evidence ${id})`),
    ),
    lines.length > 0
      ? h(
          'pre',
          { class: 'record', dir: 'auto', tabindex: '0', role: 'group', 'aria-label': t`Lines of the record` },
          value(lines.join('\n')),
        )
      : h('p', { class: 'note' }, t`Its text has no room in this file.`, ' ', h('code', {}, `ccelog show ${id}`)),
  );
}
