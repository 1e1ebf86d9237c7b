/** Answers without a form of their own: a version, a path, a name of a machine, each alone on its line. */
import type { TextLine } from '../text-line.js';
import { type Answer, type AnswerEnd, type Found, found, MAX_LINE, type OutputReader } from './found.js';
import { productVersion, versionAsked } from './product-version.js';

const DIRECTORIES: Record<string, string> = {
  'Get-CcApplianceDirectory': 'appliance',
  'Get-CcSiteDirectory': 'site',
  'Get-CcApplianceLogDirectory': 'appliance-log',
  'Get-CcSiteLogDirectory': 'site-log',
  'Get-CcExternalCertificateFilePath': 'external-certificate',
};
/** Nothing but the command, or with parameters and a format: what stands below is its answer and nothing else. */
const ALONE =
  /^(?:\w{1,40}\\)?(?:Get-Cc\w{1,60}|hostname(?:\.exe)?|\$env:COMPUTERNAME)(?:\s+-?\w{1,40}){0,6}\s*(?:\|\s*(?:ft|fl|fw|format-\w+|out-string|out-host|select|select-object)\b[^|;>]{0,200})?$/i;
/** The number that a key has alone: `(Get-ItemProperty '…\NDP\v4\Full').Release`. */
const RELEASE = /(?:NET Framework Setup|NDP\\v4).{0,200}\bRelease\b/i;
/** As a list has it, with a blank before the colon, it is an object's. */
const LABELLED = /^\s*(RunningScripts|RunningBits|BackupBits)(?::|\s{0,40}=)\s*(\S{1,40})\s*$/i;
const MAX_KEPT = 20;

export class BareAnswers implements OutputReader {
  #lines: TextLine[] = [];
  #count = 0;

  push(line: TextLine): Found[] {
    if (!/\S/.test(line.text)) return [];
    this.#count++;
    if (this.#lines.length < MAX_KEPT && line.text.length <= MAX_LINE) this.#lines.push(line);
    return [];
  }

  end(answer: Answer, how: AnswerEnd): Found[] {
    const [lines, count] = [this.#lines, this.#count];
    this.#lines = [];
    this.#count = 0;
    if (count > MAX_KEPT) return [];
    if (answer.prompt !== null && !ALONE.test(answer.typed)) return releaseAlone(answer, lines);
    return read(answer, lines, how);
  }
}

function read(answer: Answer, lines: readonly TextLine[], how: AnswerEnd): Found[] {
  const { command, typed } = answer;
  if (command === 'Get-CcVersion' || command === 'Get-CcRunningVersion') return versions(answer, lines, how);
  const directory = DIRECTORIES[command ?? ''];
  if (directory !== undefined) {
    const paths = lines.filter(({ text }) => /^\s*(?:[A-Za-z]:\\|\\\\\w)[^|<>"*?]{0,400}$/.test(text));
    return paths.map((line) => found('directory', { of: directory, path: line.text.trim() }, [line]));
  }
  const isName = command === 'hostname' || /^\$env:COMPUTERNAME$/i.test(typed);
  const name = lines.length === 1 ? lines[0]!.text.trim() : '';
  if (!isName || !/^[A-Za-z0-9][\w-]{0,62}$/.test(name)) return [];
  return [{ ...found('machine', { name }, lines), machine: name }];
}

function versions(answer: Answer, lines: readonly TextLine[], how: AnswerEnd): Found[] {
  const of = versionAsked(answer.typed, answer.command);
  if (lines.length === 0) {
    // Where a transcript ends the answer may be missing; a file that was to hold nothing else is the answer.
    const isAnswered = answer.prompt === null ? how === 'file' : how === 'prompt';
    return isAnswered && !answer.hasErrors
      ? [found('version', { of, version: '' }, answer.prompt === null ? [] : [answer.prompt])]
      : [];
  }
  const labelled = lines.flatMap((line) => {
    const [, part, text] = LABELLED.exec(line.text) ?? [];
    const version = productVersion(text ?? '');
    return version === null ? [] : [found('version', { of: versionAsked(part!, answer.command), version }, [line])];
  });
  if (labelled.length > 0) return labelled;
  const version = lines.length === 1 ? productVersion(lines[0]!.text) : null;
  return version === null ? [] : [found('version', { of, version }, lines)];
}

function releaseAlone(answer: Answer, lines: readonly TextLine[]): Found[] {
  const release = lines.length === 1 ? lines[0]!.text.trim() : '';
  return RELEASE.test(answer.typed) && /^[3-9]\d{5}$/.test(release) ? [found('dotnet', { release }, lines)] : [];
}
