/** The earlier incidents of a failure, for the terminal. */
import { printableLine } from '../redaction/printable.js';
import { plural, t, translated } from '../texts/texts.js';
import { type Colours, shortTime, wrapped } from './layout.js';

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
    `   ${colours.underline(t`Before`)}`,
    ...(left > 0
      ? [
          `   ${plural(left, '… and {0} more before these; --format json has all', '… and {0} more before these; --format json has all')}`,
        ]
      : []),
    ...shown.flatMap((episode) => episodeLines(episode, width)),
  ].join('\n');
}

function episodeLines({ id, count, firstSeen, lastSeen, ended }: ToldEpisode, width: number): string[] {
  const [first, last] = [firstSeen, lastSeen].map((time) => (time === null ? null : shortTime(time)));
  const span =
    first === null || first === last
      ? first == null
        ? t`time unknown`
        : t`${first} UTC`
      : t`${first ?? ''} to ${last ?? ''} UTC`;
  const proof = ended.evidence === null ? '' : ` (${ended.evidence})`;
  const why = `${printableLine(translated(ended.why))}${proof}`;
  const how = ended.at === null ? t`over: ${why}` : t`over ${shortTime(ended.at)} UTC: ${why}`;
  return [`   ${id}  ${span}, ${plural(count, '{0} time', '{0} times')}`, wrapped(how, width, '      ')];
}
