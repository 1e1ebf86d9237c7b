/**
 * The language of what is said. A person reads it in that of the system, or in the one that was asked for. What programs
 * read is English unless `--lang` says otherwise, so that the same input gives the same bytes on every machine.
 */
import { CcelogError } from '../errors.js';
import { LANGUAGES, type Language, setLanguage, t } from '../texts/texts.js';
import { type CommonOptions, formatOfFile } from './options.js';

/** What of the options decides. */
export interface LanguageOptions extends CommonOptions {
  webhook?: string;
  onIncident?: string;
}

const MACHINE_FORMATS = new Set(['json', 'ndjson', 'csv', 'sarif', 'junit']);

/** Sets the language for a command whose options are known. Throws BAD_USAGE where there are no texts in it. */
export function speakFor(options: LanguageOptions): void {
  setLanguage(asked(options.lang) ?? (isForPrograms(options) ? 'en' : systemLanguage()));
}

/** Sets the language for what is said before the options are known: help, and what is wrong with them. */
export function speakBefore(args: readonly string[]): void {
  const at = args.findLastIndex((arg) => /^--lang(=|$)/.test(arg));
  const wanted = at < 0 ? undefined : (args[at]?.split('=')[1] ?? args[at + 1]);
  setLanguage(LANGUAGES.find((language) => language === wanted) ?? systemLanguage());
}

/** The language of the system, English where there are no texts in it. */
export function systemLanguage(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform,
): Language {
  const named = env['CCELOG_LANG'] || env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'];
  // Windows has no such variables.
  const locale = named || (platform === 'win32' ? Intl.DateTimeFormat().resolvedOptions().locale : '');
  return LANGUAGES.find((language) => new RegExp(`^${language}(?![a-z])`, 'i').test(locale)) ?? 'en';
}

function asked(lang: string | undefined): Language | undefined {
  const language = LANGUAGES.find((known) => known === lang);
  if (lang === undefined || language !== undefined) return language;
  throw new CcelogError('BAD_USAGE', t`there are no texts in the language "${lang}"`, {
    try: LANGUAGES.map((language) => `--lang ${language}`).join(', '),
  });
}

function isForPrograms(options: LanguageOptions): boolean {
  if (options.webhook !== undefined || options.onIncident !== undefined) return true;
  return MACHINE_FORMATS.has(options.format ?? formatOfFile(options.output ?? '') ?? '');
}
