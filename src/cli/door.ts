/**
 * The way out of every command that prints what logs say. With --redact a document leaves without its names, and only once
 * the map is kept and nothing that was replaced is found in what a format made of it.
 */
import { CcelogError } from '../errors.js';
import type { Report } from '../model.js';
import type { KnownValue, Redaction } from '../redaction/redaction.js';
import type { Rendered } from '../reports/format.js';
import { plural, t } from '../texts/texts.js';
import { type OutputOptions, writeOutput } from './output.js';
import type { RedactionMapFile } from './redaction-map-file.js';
import { type RedactionCommandOptions, readKey, refuseMapInExport, requireRedact } from './redaction-options.js';

export interface Door {
  /** Whether names are replaced. */
  readonly isRedacting: boolean;
  /** Takes note of the names in documents that go out together. */
  learn(document: unknown, known?: readonly KnownValue[]): void;
  /** The document as it may leave. */
  out<T>(document: T, known?: readonly KnownValue[]): T;
  /** The report as it may leave, with the account of what was replaced. */
  report(report: Report, known?: readonly KnownValue[]): Report;
  /** Writes what a format made of it; `own` is what the format prints whatever the report. Throws REDACTION_INCOMPLETE. */
  write(text: Rendered, options: OutputOptions, own?: string): Promise<void>;
}

interface DoorOptions extends RedactionCommandOptions, OutputOptions {
  quiet?: boolean;
}

/** @param inputs what is read, where a map must not be */
export async function openDoor(options: DoorOptions, inputs: readonly string[] = []): Promise<Door> {
  requireRedact(options);
  if (!options.redact) return OPEN;
  if (options.redactionMap !== undefined) refuseMapInExport(options.redactionMap, options.output, inputs);
  const key = readKey(options.redactionKey);
  const [{ Redaction }, { alsoPattern }, { RedactionMapFile }] = await Promise.all([
    import('../redaction/redaction.js'),
    import('../redaction/also.js'),
    import('./redaction-map-file.js'),
  ]);
  const also = (options.redactAlso ?? []).map(alsoPattern);
  const map = options.redactionMap === undefined ? null : new RedactionMapFile(options.redactionMap, key);
  return redacting(new Redaction({ key, kept: map?.kept ?? [], also }), map, options.quiet ?? false);
}

const OPEN: Door = {
  isRedacting: false,
  learn: () => {},
  out: (document) => document,
  report: (report) => report,
  write: (text, options) => writeOutput(text, options),
};

function redacting(redaction: Redaction, map: RedactionMapFile | null, isQuiet: boolean): Door {
  return {
    isRedacting: true,
    learn: (document, known) => redaction.learn(document, known),
    out: (document, known) => redaction.redact(document, known),
    report: (report, known) => {
      const redacted = redaction.redact(report, known);
      const { counts, places } = redaction.account();
      return { ...redacted, redaction: { counts, places } };
    },
    write: async (rendered, options, own = '') => {
      const text = typeof rendered === 'string' ? rendered : [...rendered].join('');
      refuseResidues(redaction, text, own);
      map?.save(redaction.names());
      await writeOutput(text, options);
      if (!isQuiet) process.stderr.write(`${accountLine(redaction)}\n`);
    },
  };
}

function refuseResidues(redaction: Redaction, text: string, own: string): void {
  const residues = redaction.residues(text, own);
  const [first] = residues;
  if (first === undefined) return;
  const { length } = residues;
  const where =
    length === 1
      ? t`a name of the kind "${first.kind}" in line ${first.line} of the output; nothing was written`
      : t`a name of the kind "${first.kind}" in line ${first.line} of the output, and ${length - 1} more like it; nothing was written`;
  throw new CcelogError('REDACTION_INCOMPLETE', t`a name that was replaced still stands in the output`, {
    why: where,
    try: residues.every(({ kind }) => kind === 'custom')
      ? t`give --redact-also patterns that fit names alone: what they find are also words that every report has`
      : t`add what is left with --redact-also, and report this: it is a fault of ccelog`,
  });
}

function accountLine(redaction: Redaction): string {
  const { counts, places } = redaction.account();
  const list = Object.entries(counts).map(([kind, count]) => `${kind} ${count}`);
  if (list.length === 0) return t`redacted: no name was found; read the report before you pass it on`;
  return t`redacted: ${list.join(', ')} (${plural(places, '{0} place', '{0} places')}); read the report before you pass it on`;
}
