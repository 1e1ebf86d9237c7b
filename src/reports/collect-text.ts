/** What was gathered, or would be, for the terminal. */
import { printableLine } from '../redaction/printable.js';
import { sizeText } from '../texts/sizes.js';
import { plural, t, translated } from '../texts/texts.js';
import { wrapped } from './layout.js';

/** The manifest as far as the text tells of it. */
export interface ToldManifest {
  items: {
    id: string;
    kind: string;
    source: string;
    member: string | null;
    state: string;
    reason: string | null;
    bytes: number | null;
    masked: number | null;
  }[];
  questions: { where: string; command: string; member: string }[];
}

/** A line for each thing, by what would become of it. */
export function dryRunText({ items }: ToldManifest, width: number): string {
  const files = items.filter(({ kind }) => kind !== 'command');
  const commands = items.filter(({ kind }) => kind === 'command');
  const gathered = (rows: typeof items) => rows.filter(({ state }) => state === 'gathered');
  const sections = [
    section(
      t`Would gather`,
      gathered(files),
      ({ source, bytes }) => `${source}${bytes === null ? '' : ` (${sizeText(bytes)})`}`,
    ),
    section(t`Would run`, gathered(commands), ({ source }) => source),
    section(
      t`Would leave out`,
      files.filter(({ state }) => state !== 'gathered' && state !== 'absent'),
      withReason,
    ),
    section(
      t`Not found`,
      files.filter(({ state }) => state === 'absent'),
      ({ id, source }) => `${id}: ${source}`,
    ),
    { title: t`Cannot run`, lines: byReason(commands.filter(({ state }) => state !== 'gathered')) },
  ];
  return sections
    .filter(({ lines }) => lines.length > 0)
    .map(({ title, lines }) => `${title}\n${lines.map((line) => wrapped(line, width, '    ', '  ')).join('\n')}\n`)
    .join('\n');
}

/** Where the bundle is, what is in it, and what it still lacks; `verbose` says each command that would complete it. */
export function collectedText(
  manifest: ToldManifest,
  path: string,
  { width, verbose = false }: { width: number; verbose?: boolean },
): string {
  const inside = manifest.items.filter(({ member }) => member !== null);
  const files = inside.filter(({ kind }) => kind !== 'command');
  const bytes = inside.reduce((sum, item) => sum + (item.bytes ?? 0), 0);
  const masked = inside.reduce((sum, item) => sum + (item.masked ?? 0), 0);
  const gathered = plural(files.length, '{0} file', '{0} files');
  const answers = plural(inside.length - files.length, '{0} command output', '{0} command outputs');
  const lines = [t`${printableLine(path)}: ${gathered} and ${answers}, ${sizeText(bytes)} unpacked`];
  if (masked > 0)
    lines.push(
      plural(
        masked,
        'Secrets were overwritten at {0} place; manifest.json says in which files.',
        'Secrets were overwritten at {0} places; manifest.json says in which files.',
      ),
    );
  const answered = new Set(inside.map(({ member }) => member));
  const open = manifest.questions.filter(({ member }) => !answered.has(member));
  if (open.length > 0)
    lines.push(
      plural(
        open.length,
        '{0} command for the VMs and for a session of the tenant would complete it: manifest.json and --verbose tell which, where to run them and where to put what they print.',
        '{0} commands for the VMs and for a session of the tenant would complete it: manifest.json and --verbose tell which, where to run them and where to put what they print.',
      ),
    );
  const asked = verbose ? open.map((question) => `\n${questionText(question, width)}`) : [];
  return `${[...lines.map((line) => wrapped(line, width, '')), ...asked].join('\n')}\n`;
}

/** The command stands on a line of its own, whole, to be copied. */
function questionText({ where, command, member }: ToldManifest['questions'][number], width: number): string {
  return `${wrapped(t`${where}; its output goes to ${member}`, width, '    ', '  ')}\n      ${command}`;
}

type Row = ToldManifest['items'][number];

function section(title: string, rows: readonly Row[], line: (row: Row) => string): { title: string; lines: string[] } {
  return { title, lines: rows.map((row) => printableLine(line(row))) };
}

/** `there is no PowerShell here: Get-VM, Get-VMSwitch`. */
function byReason(rows: readonly Row[]): string[] {
  const reasons = [...new Set(rows.map(({ reason }) => reason))];
  return reasons.map((reason) => {
    const ids = rows.filter((row) => row.reason === reason).map(({ id }) => id);
    return printableLine(`${translated(reason ?? '')}: ${ids.join(', ')}`);
  });
}

function withReason({ source, reason }: Row): string {
  return `${source}: ${translated(reason ?? '')}`;
}
