import type { Command } from 'commander';
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';
import { openDoor } from '../door.js';
import { renderOptions } from '../environment.js';
import {
  type CommonOptions,
  formatName,
  knownVersion,
  outputOptions,
  resultOptions,
  signatureOption,
  versionOption,
} from '../options.js';
import { loadEnglishSignatures, loadSignatures } from '../session.js';

/** More than anyone pastes. */
const TEXT_LIMIT = 1 << 20;

const FORMATS = ['table', 'json'] as const;

export function explainCommand(command: Command): Command {
  command
    .description(t`paste an error (or pipe it in): what it is and how to fix it`)
    .argument('[text...]', t`the error, a signature id, or a few words about the problem; without it, standard input`);
  versionOption(command);
  signatureOption(command);
  outputOptions(command, FORMATS);
  resultOptions(command);
  command.addHelpText(
    'after',
    t`
Examples:
  ccelog explain "Dismount-WindowsImage failed. Error code = 0xc1550115"
  ccelog explain running version is empty
  Get-Clipboard | ccelog explain --cce-version 2.1`,
  );
  return command;
}

export async function runExplain(words: string[], options: CommonOptions): Promise<number> {
  const door = await openDoor(options);
  const version = await knownVersion(options.cceVersion);
  const text = words.length > 0 ? words.join(' ') : await standardInput();
  if (text.trim() === '')
    throw new CcelogError('BAD_USAGE', t`there is nothing to explain`, {
      why: t`the text is empty`,
      try: 'ccelog explain "the error as it was printed"',
    });
  const [pack, english] = await Promise.all([loadSignatures(options), loadEnglishSignatures(options)]);
  const [{ explain }, { fixesFor }] = await Promise.all([
    import('../../pipeline/explain.js'),
    import('../../incidents/fixes.js'),
  ]);
  const found = explain(text.slice(0, TEXT_LIMIT), pack, english).map(({ signature, score }) => ({
    signature,
    score,
    fixes: fixesFor(signature, version),
  }));
  if (formatName(options, FORMATS) === 'json') {
    const matches = found.map(({ signature, score, fixes }) => ({
      signature: signature.id,
      title: signature.title,
      severity: signature.severity,
      cause: signature.cause,
      score,
      fixes,
    }));
    await door.write(`${JSON.stringify({ schemaVersion: 1, matches: door.out(matches) }, null, 2)}\n`, options);
    return 0;
  }
  await door.write(await explanation(door.out(found), options), options);
  return 0;
}

type Found = {
  signature: Parameters<typeof import('../../reports/signature-text.js')['signatureText']>[0];
  score: number;
  fixes: Parameters<typeof import('../../reports/signature-text.js')['signatureText']>[1];
};

async function explanation(found: Found[], options: CommonOptions): Promise<string> {
  const { signatureText } = await import('../../reports/signature-text.js');
  const [first] = found;
  if (!first) return t`No signature knows this. "ccelog signatures list" shows what is known.\n`;
  if (first.score === 1)
    return found.map(({ signature, fixes }) => signatureText(signature, fixes, renderOptions(options))).join('\n');
  const others = found
    .slice(1)
    .map(({ signature, score }) => `  ${Math.round(score * 100)} %  ${signature.id}: ${signature.title}\n`);
  const rest = others.length > 0 ? t`\nOr perhaps (ccelog explain <id>):\n${others.join('')}` : '';
  return t`Not certain; the likeliest of what is known (${Math.round(first.score * 100)} %):\n\n${signatureText(first.signature, first.fixes, renderOptions(options))}${rest}`;
}

async function standardInput(): Promise<string> {
  if (process.stdin.isTTY) return '';
  const { detectEncoding } = await import('../../parsers/encoding.js');
  const { decodeText } = await import('../../parsers/text-window.js');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > TEXT_LIMIT * 2) break;
  }
  const bytes = Buffer.concat(chunks);
  const encoding = detectEncoding(bytes);
  return decodeText(bytes.subarray(encoding.markLength), encoding);
}
