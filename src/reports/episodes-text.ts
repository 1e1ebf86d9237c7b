/** The earlier incidents of a failure, for the terminal. */
import { printableLine } from '../redaction/printable.js';
import { type Colours, counted, shortTime, wrapped } from './layout.js';

/** An earlier incident, as far as it is told. */
export interface ToldEpisode {
  id: string;
  count: number;
  firstSeen: string | null;
  lastSeen: string | null;
  ended: { at: string | null; why: string; evidence: string | null };
}

const SHOWN = 10;

/** Nothing where there is none. */
export function episodesText(episodes: readonly ToldEpisode[], width: number, colours: Colours): string {
  if (episodes.length === 0) return '';
  const shown = episodes.slice(-SHOWN);
  const left = episodes.length - shown.length;
  return [
    `   ${colours.underline('Before')}`,
    ...(left > 0 ? [`   … and ${counted(left, 'more', 'more')} before these; --format json has all`] : []),
    ...shown.flatMap((episode) => episodeLines(episode, width)),
  ].join('\n');
}

function episodeLines({ id, count, firstSeen, lastSeen, ended }: ToldEpisode, width: number): string[] {
  const [first, last] = [firstSeen, lastSeen].map((time) => (time === null ? null : shortTime(time)));
  const span = first === null || first === last ? (first ?? 'time unknown') : `${first} to ${last}`;
  const at = ended.at === null ? '' : ` ${shortTime(ended.at)} UTC`;
  const proof = ended.evidence === null ? '' : ` (${ended.evidence})`;
  return [
    `   ${id}  ${span}${first === null ? '' : ' UTC'}, ${counted(count, 'time')}`,
    wrapped(`over${at}: ${printableLine(ended.why)}${proof}`, width, '      '),
  ];
}
