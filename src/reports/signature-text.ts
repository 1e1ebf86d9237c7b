/** Signatures for the terminal: the list, and one in full. */
import type { Fix, Signature } from '../model.js';
import { printable, printableLine } from '../redaction/printable.js';
import { plural, t } from '../texts/texts.js';
import { fixesText } from './fix-text.js';
import type { RenderOptions } from './format.js';
import { grid } from './grid.js';
import { coloursFor, severityColour, usableWidth, wrapped } from './layout.js';
import { ruleLines } from './state-rule-text.js';

export function signatureTable(signatures: readonly Signature[], options: RenderOptions): string {
  const colours = coloursFor(options.colour);
  const width = usableWidth(options.width);
  const longest = Math.max(...signatures.map((signature) => signature.id.length));
  const id = Math.min(longest + 2, Math.floor(width / 2));
  const rows = signatures.map((signature) => [
    printableLine(signature.id),
    { text: signature.severity, paint: severityColour(colours, signature.severity) },
    printableLine(signature.title),
  ]);
  const columns = [
    { title: t`Id`, width: id },
    { title: t`Severity`, width: 10 },
    { title: t`Title`, width: width - id - 10 - 4 },
  ];
  return `${grid(columns, rows, { ruled: false })}\n${plural(signatures.length, '{0} signature; "ccelog signatures show <id>" tells cause and fixes', '{0} signatures; "ccelog signatures show <id>" tells cause and fixes')}\n`;
}

export function signatureText(signature: Signature, fixes: readonly Fix[], options: RenderOptions): string {
  const width = usableWidth(options.width);
  const colours = coloursFor(options.colour);
  const paint = severityColour(colours, signature.severity);
  const section = (name: string, text: string) => `${colours.bold(name)}\n${text}`;
  const list = (entries: readonly string[]) =>
    entries.map((entry) => wrapped(printableLine(entry), width, '    ', '  - ')).join('\n');
  const facts = [
    signature.id,
    signature.status,
    t`versions ${signature.versions}`,
    signature.detection === 'text'
      ? t`recognised in ${signature.appearsIn.join(', ')}`
      : t`a state of the appliance: no text in a log shows it`,
  ];
  const parts = [
    wrapped(`${paint(signature.severity.toUpperCase())}  ${colours.bold(printableLine(signature.title))}`, width, ''),
    wrapped(facts.join(' · '), width, ''),
    section(t`What is going on`, wrapped(printableLine(signature.cause), width, '  ')),
    section(t`What to do`, fixesText(fixes, width, '  ', colours)),
  ];
  if (signature.falsePositives.length > 0)
    parts.push(section(t`When it is no failure`, list(signature.falsePositives)));
  const quoted = (text: string) =>
    printable(text)
      .trimEnd()
      .split('\n')
      .map((line) => `  ${colours.dim('│')} ${line}`)
      .join('\n');
  const [example] = signature.examples.match;
  if (example) parts.push(section(t`Looks like`, quoted(example.text)));
  const [proof] = signature.examples.resolves ?? [];
  if (proof) {
    const notes = (signature.resolvedBy ?? []).flatMap(({ note }) => note ?? []);
    const told = notes.length > 0 ? `${list(notes)}\n` : '';
    parts.push(section(t`Is over when a later record says`, `${told}${quoted(proof.text)}`));
  }
  const rules = (signature.state ?? []).map((rule) =>
    ruleLines(rule)
      .map(([indent, text]) => wrapped(printableLine(text), width, `${' '.repeat(indent)}  `, ' '.repeat(indent)))
      .join('\n'),
  );
  if (rules.length > 0) parts.push(section(t`Found where`, rules.join('\n\n')));
  if (signature.question) {
    const { text, command } = signature.question;
    const asked = [
      wrapped(printableLine(text), width, '  '),
      ...(command === null ? [] : [wrapped(printableLine(command), width, '      ', '    ')]),
    ];
    parts.push(section(t`To ask where nothing tells`, asked.join('\n')));
  }
  parts.push(section(t`References`, list(signature.references)));
  return `${parts.join('\n\n')}\n`;
}
