/** What is known of the appliances behind the sources, what contradicts itself, and what nothing tells; for the terminal. */
import type { ApplianceReport, FactPlace, KnownFact } from '../appliance.js';
import type { OpenQuestion, Report, SourceKind } from '../model.js';
import { printableLine } from '../redaction/printable.js';
import { plural, t, translated } from '../texts/texts.js';
import { type Colours, wrapped } from './layout.js';
import { recoveryLine } from './recovery-text.js';

const INDENT = '     ';
const FIRST = '   ';
/** As in the steps of a fix: commands are never wrapped. */
const COMMAND_INDENT = '         ';
/** Contradictions and questions that are worth a line each; the JSON has them all. */
const CONTRADICTIONS_SHOWN = 4;
const QUESTIONS_SHOWN = 6;
/** Sources that tell states; where there is none, every question would be open. */
const STATE_KINDS: readonly SourceKind[] = ['config', 'command-output', 'certificate'];

/** Empty where nothing is known that the incidents do not show. */
export function appliancesText({ appliances }: Report, width: number, colours: Colours): string {
  const told = appliances.filter(({ name, product, known, recovery }) =>
    Boolean(product ?? recovery ?? (name !== null && known.length > 1)),
  );
  if (told.length === 0) return '';
  const lines = told.flatMap((appliance) => applianceLines(appliance, width, colours));
  return [colours.bold(plural(told.length, 'The appliance', 'The appliances')), ...lines].join('\n');
}

function applianceLines(appliance: ApplianceReport, width: number, colours: Colours): string[] {
  const { name, site, product, scripts, running, known, recovery } = appliance;
  const facts = [
    ...(site === null ? [] : [t`site ${printableLine(site)}`]),
    ...(product === null ? [] : [t`version ${product.version} (${printableLine(translated(product.origin))})`]),
    ...(scripts !== null && running !== null && scripts.version !== running.version
      ? [t`scripts ${scripts.version}`]
      : []),
  ];
  const head = `${name === null ? t`without a name` : printableLine(name)}${facts.length > 0 ? `: ${facts.join(', ')}` : ''}`;
  const contradicted = known.filter(({ contradictedBy }) => contradictedBy.length > 0);
  const lines = [wrapped(head, width, INDENT, FIRST)];
  for (const fact of contradicted.slice(0, CONTRADICTIONS_SHOWN))
    lines.push(wrapped(contradictionText(fact), width, `${INDENT}  `, INDENT));
  const more = contradicted.length - CONTRADICTIONS_SHOWN;
  if (more > 0)
    lines.push(
      colours.dim(`${INDENT}${plural(more, '… and {0} more contradiction', '… and {0} more contradictions')}`),
    );
  if (recovery !== null) lines.push(wrapped(recoveryLine(recovery), width, `${INDENT}  `, INDENT));
  return lines;
}

function contradictionText({ name, value, from, contradictedBy }: KnownFact): string {
  const other = contradictedBy.map((one) => `${shown(one.value)} (${placeText(one.from)})`).join(t`, and `);
  return t`${printableLine(name)}: ${shown(value)} (${placeText(from)}), but ${other}`;
}

function shown(value: string): string {
  return value === '' ? t`nothing` : printableLine(value);
}

function placeText([first]: readonly FactPlace[]): string {
  return first === undefined ? '?' : `${printableLine(first.source)}:${first.line}`;
}

/** The questions that are open though there is something of the host; the commands are there to be copied. */
export function questionsText({ questions, sources }: Report, width: number, colours: Colours): string {
  if (questions.length === 0) return '';
  const hasStates = sources.some(({ kind, skipped }) => skipped === null && STATE_KINDS.includes(kind));
  if (!hasStates)
    return colours.dim(
      wrapped(
        t`Half of the known failures are no log lines but states of the host and its VMs. These files do not tell them; ccelog collect gathers what does.`,
        width,
        '',
      ),
    );
  const lines = questions.slice(0, QUESTIONS_SHOWN).flatMap((question) => questionLines(question, width, colours));
  const more = questions.length - QUESTIONS_SHOWN;
  if (more > 0)
    lines.push(
      colours.dim(
        `${FIRST}${plural(more, '… and {0} more (--format json lists them)', '… and {0} more (--format json lists them)')}`,
      ),
    );
  return [colours.bold(t`What these files cannot tell`), ...lines].join('\n');
}

function questionLines({ text, command, appliance }: OpenQuestion, width: number, colours: Colours): string[] {
  const place = appliance === null ? '' : `${printableLine(appliance)}: `;
  const line = wrapped(`${place}${printableLine(text)}`, width, INDENT, FIRST);
  return command === null ? [line] : [line, `${COMMAND_INDENT}${colours.green(printableLine(command))}`];
}
