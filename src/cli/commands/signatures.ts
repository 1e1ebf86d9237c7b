import { basename } from 'node:path';
import type { Command } from 'commander';
import { CcelogError } from '../../errors.js';
import { printableName } from '../../redaction/printable.js';
import { jsonText } from '../../reports/json-text.js';
import { plural, t } from '../../texts/texts.js';
import { renderOptions } from '../environment.js';
import {
  type CommonOptions,
  formatName,
  knownVersion,
  outputOptions,
  plainOptions,
  signatureOption,
  versionOption,
} from '../options.js';
import { writeOutput } from '../output.js';
import { loadSignatures } from '../session.js';

export interface SignaturesHandlers {
  list: (options: CommonOptions) => Promise<void>;
  show: (id: string, options: CommonOptions) => Promise<void>;
  lint: (path: string | undefined, options: CommonOptions) => Promise<void>;
  test: (path: string | undefined, options: CommonOptions) => Promise<void>;
  begin: (id: string | undefined, options: CommonOptions) => Promise<void>;
}

const FORMATS = ['table', 'json'] as const;

export function signaturesCommand(command: Command, handlers: SignaturesHandlers): Command {
  command.description(t`the known failures: list, show, check and test them, or write one`);
  const list = signatureOption(command.command('list').description(t`list all signatures`));
  plainOptions(outputOptions(list, FORMATS)).action(handlers.list);
  const show = command.command('show <id>').description(t`one signature: cause, fixes by version, examples`);
  versionOption(signatureOption(show));
  plainOptions(outputOptions(show, FORMATS)).action(handlers.show);
  const lint = command.command('lint [path]').description(t`check signature files; without a path, the built-in ones`);
  plainOptions(lint).action(handlers.lint);
  const test = command
    .command('test [path]')
    .description(t`run the examples of signatures; without a path, of all built-in ones`);
  plainOptions(signatureOption(test)).action(handlers.test);
  const begin = command
    .command('new [id]')
    .description(t`a signature file to begin with, valid as it stands`)
    .option('-o, --output <file>', t`write results to a file instead of standard output`)
    .option('--force', t`overwrite the output file`);
  plainOptions(begin).action(handlers.begin);
  const example = (sub: Command, line: string) => sub.addHelpText('after', t`\nExamples:\n  ccelog signatures ${line}`);
  example(list, 'list --format json');
  example(show, 'show credential-key-invalid-state --cce-version 2.0.1');
  example(lint, 'lint my-signatures');
  example(test, 'test my-signatures');
  example(begin, 'new -o gateway-refuses-calls.yaml');
  command.addHelpText(
    'after',
    t`
Examples:
  ccelog signatures list
  ccelog signatures show credential-key-invalid-state --cce-version 2.0.1
  ccelog signatures lint my-signatures
  ccelog signatures test my-signatures
  ccelog signatures new -o gateway-refuses-calls.yaml`,
  );
  return command;
}

export async function listSignatures(options: CommonOptions): Promise<number> {
  const { signatures } = await loadSignatures(options);
  if (formatName(options, FORMATS) === 'json') {
    const shown = signatures.map(({ id, title, severity, status, detection, versions, appearsIn }) => ({
      id,
      title,
      severity,
      status,
      detection,
      versions,
      appearsIn,
    }));
    await writeOutput(`${jsonText({ schemaVersion: 1, signatures: shown }, 2)}\n`, options);
    return 0;
  }
  const { signatureTable } = await import('../../reports/signature-text.js');
  await writeOutput(signatureTable(signatures, renderOptions(options)), options);
  return 0;
}

export async function showSignature(id: string, options: CommonOptions): Promise<number> {
  const version = await knownVersion(options.cceVersion);
  const { signatures } = await loadSignatures(options);
  const signature = signatures.find((entry) => entry.id === id);
  if (!signature) {
    const near = signatures.filter((entry) => entry.id.includes(id.toLowerCase())).map((entry) => entry.id);
    throw new CcelogError('SIGNATURE_UNKNOWN', t`no signature has the id "${id}"`, {
      try: near.length > 0 ? `ccelog signatures show ${near[0]}` : 'ccelog signatures list',
    });
  }
  const { fixesFor } = await import('../../incidents/fixes.js');
  const fixes = fixesFor(signature, version);
  if (formatName(options, FORMATS) === 'json') {
    const written = JSON.stringify(signature, (key, value) => (key === 'compiled' ? undefined : value));
    const shown = { ...(JSON.parse(written) as object), fixes };
    await writeOutput(`${jsonText({ schemaVersion: 1, signature: shown }, 2)}\n`, options);
    return 0;
  }
  const { signatureText } = await import('../../reports/signature-text.js');
  await writeOutput(signatureText(signature, fixes, renderOptions(options)), options);
  return 0;
}

export async function lintSignatures(path: string | undefined): Promise<number> {
  const { builtInFolder, lintFolder } = await import('../../detectors/pack/load.js');
  const { lintOverlays } = await import('../../detectors/pack/lint-overlays.js');
  const { pack, problems: ofSignatures, own } = await lintFolder(path ?? builtInFolder());
  const overlays = ofSignatures.length > 0 ? null : lintOverlays(path ?? builtInFolder(), pack, own);
  const problems = [...ofSignatures, ...(overlays?.problems ?? [])];
  for (const { file, line, column, why } of problems)
    process.stderr.write(
      t`error: signature file is not valid\n  file: ${printableName(file)}:${line}:${column}\n  why:  ${printableName(why)}\n`,
    );
  for (const warning of overlays?.warnings ?? []) process.stderr.write(`warning: ${printableName(warning)}\n`);
  const { FAST_LITERAL } = await import('../../scanner/fragments.js');
  const warnIfSlow = (id: string, literals: readonly string[], all: string) => {
    const short = literals.find((text) => text.length < FAST_LITERAL);
    if (literals.length === 0)
      process.stderr.write(
        t`warning: ${id} is slow: no text of four characters or more stands in ${all}, so it is tried on every record\n`,
      );
    else if (short !== undefined)
      process.stderr.write(
        t`warning: ${id} is slow: what stands in ${all} can be as short as "${short}", and below ${FAST_LITERAL} characters without blanks the search takes smaller steps\n`,
      );
  };
  for (const { id, detection, literals, resolveLiterals } of pack.signatures) {
    if (detection !== 'text' || !own.includes(id)) continue;
    warnIfSlow(id, literals, t`all that it matches`);
    if (resolveLiterals) warnIfSlow(id, resolveLiterals, t`all that resolves it`);
  }
  if (problems.length > 0) return 2;
  const translations = overlays?.count ?? 0;
  if (!overlays?.isForOverlays)
    process.stdout.write(`${plural(own.length, '{0} signature is valid', '{0} signatures are valid')}\n`);
  if (translations > 0)
    process.stdout.write(`${plural(translations, '{0} translation is valid', '{0} translations are valid')}\n`);
  return 0;
}

export async function testSignatures(path: string | undefined, options: CommonOptions): Promise<number> {
  const { runExamples } = await import('../../pipeline/run-examples.js');
  const { packFor } = await import('../../detectors/pack/load.js');
  const { pack, own } = path === undefined ? { pack: await loadSignatures(options), own: null } : await packFor(path);
  const results = runExamples(pack, ({ id }) => own === null || own.includes(id));
  const failed = results.filter(({ passed }) => !passed);
  for (const { signature, example, why } of failed)
    process.stdout.write(t`failed: ${signature}, ${example}: ${printableName(why)}\n`);
  const tested = new Set(results.map(({ signature }) => signature)).size;
  process.stdout.write(
    `${plural(
      tested,
      '{1} of {2} examples of {0} signature hold',
      '{1} of {2} examples of {0} signatures hold',
      results.length - failed.length,
      results.length,
    )}\n`,
  );
  return failed.length > 0 ? 2 : 0;
}

/** Prints or writes a signature to begin with; its id is what was given, or the name of the file. */
export async function beginSignature(id: string | undefined, options: CommonOptions): Promise<number> {
  const { SKELETON_ID, skeleton } = await import('../../detectors/pack/skeleton.js');
  const named = options.output === undefined ? undefined : basename(options.output).replace(/\.ya?ml$/i, '');
  const wanted = id ?? named ?? SKELETON_ID;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(wanted))
    throw new CcelogError('BAD_USAGE', t`"${wanted}" is no id of a signature`, {
      why: t`an id has small letters, digits and single hyphens`,
      try: 'ccelog signatures new gateway-refuses-calls',
    });
  await writeOutput(skeleton(wanted), options);
  return 0;
}
