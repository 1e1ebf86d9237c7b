/**
 * Passwords and their kin, masked before anything is stored or printed, with or without any option. Errs on the side of
 * masking too much: a hidden word costs a look at the original file, a leaked one costs the appliance.
 */
import { readablePart } from './unseen.js';

export const MASK = '********';

/**
 * Stands for each character of a secret while they are looked for: no text has it, so that asterisks of the text stay.
 * Unicode keeps it free for the use of programs.
 */
const MARK = '\uFDD0';

/** A console cuts words too: between two letters there may be a line break, or the blank that joining lines put there. */
const CUT = '(?:\\r?\\n {0,3}| )?';
const cuttable = (word: string): string => [...word].join(CUT);

/** Not the PublicKeyToken of an assembly, which is in the text of many an exception and no secret. */
const SECRET_NAME = `(?:${cuttable('password')}|passwd|passwort|wachtwoord|hasło|heslo|passphrase|passcode|pwd|(?:client_?|shared_?|app_?)?secret|(?:shared_?access_?|account_?|api_?)key|(?<!public_?key)(?:access_?|refresh_?|sas_?)?token|kennwort|mot de passe|contrase(?:ñ|n)a|senha|пароль|パスワード|密码)`;
const QUOTED = `"(?:[^"\`\\r\\n]|\`.){0,400}"|'(?:[^'\\r\\n]|''){0,400}'|\u201c[^\u201d\\r\\n]{0,400}\u201d`;

/** What stands before a secret, the secret, and what must follow it, as patterns. Every repetition is bounded. */
type Rule = [before: string, secret: string, after?: string, flags?: string];

const r = String.raw;
const RULES = [
  // The text of a failed update carries the VM's password in brackets; a console may wrap it, and it may hold a bracket.
  [r`\(\s*${cuttable('password')}${CUT}:\s*`, r`[^\0]{0,300}?`, r`\)\s*${cuttable('and')}\s*${cuttable('run')}`],
  [r`\(\s*${cuttable('password')}${CUT}:\s*`, r`[^)\n]{0,200}(?:\n[^)\n]{0,200})?`, r`\)`],
  // ConvertTo-SecureString <secret>: in quotes, before -AsPlainText, after -String, or an encrypted blob.
  [r`ConvertTo-SecureString\s+(?:-(?:AsPlainText|Force|String)\s+){0,3}`, QUOTED],
  [r`ConvertTo-SecureString\s+(?:-String\s+)?`, r`[^\s$:|;)(-][^\s|;)]{0,400}`, r`(?=\s+(?:-Force\s+)?-AsPlainText)`],
  [
    r`ConvertTo-SecureString\s+(?:-(?:AsPlainText|Force)\s+){0,2}-String\s+|ConvertTo-SecureString\s+(?:-Force\s+)?-AsPlainText\s+(?:-Force\s+)?`,
    r`[^\s$"'|;)(-][^\s|;)]{0,400}`,
  ],
  [r`ConvertTo-SecureString\s+`, '[0-9a-f]{32,}'],
  // -Password value, -VMAdminPassword value
  [r`${SECRET_NAME}(?<=-[a-z_]{0,60})[ :=]\s{0,10}`, r`${QUOTED}|(?![$(-])[^\s;|]+`],
  // "password": "value"
  [r`${SECRET_NAME}["']\s{0,10}[:=]\s{0,10}`, r`"(?:[^"\\]|\\.){0,400}"|'[^']{0,400}'`],
  // The same, cut before its second quote: by the writer, who is not done, or by a limit.
  [r`${SECRET_NAME}["']\s{0,10}[:=]\s{0,10}`, r`"(?:[^"\\\r\n]|\\.){1,400}\\?(?![^\r\n])|'[^'\r\n]{1,400}(?![^\r\n])`],
  // Password: value, Password = value, AdminPassword=value
  [r`${SECRET_NAME}\w{0,3}(?:\s{0,30}[:=][ \t]{0,10}|\t{1,10})`, r`${QUOTED}|(?![>*${MARK}])[^\s<>]+`],
  // The answer to a prompt on the line below it; a single word, and no label, rule or prompt itself.
  [
    r`${SECRET_NAME}\w{0,3}[ \t]{0,10}[:=][ \t]{0,10}\r?\n[ \t]{0,10}`,
    r`(?!PS[ >]|[\w-]{1,40}[:=](?:[ \t\r]|$)|DateTime=|[-*=+]{3})[^\s<>]{1,400}`,
    r`(?=[ \t]*(?:\r|\n|$))`,
  ],
  // $pass = "value", /pass:value
  [r`[$/](?:pass|pw|p)\s{0,10}[:=]\s{0,10}`, r`"[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s"'$]{1,200}`],
  // <Password>value</Password>
  [r`<(?:\w{1,40}:)?\w{0,40}${SECRET_NAME}[^>]{0,80}>`, '[^<]{1,400}', '<'],
  // <S N="Password">value</S>, <Data Name='AdminPassword'>value</Data>, <add key="Password" value="value"/>
  [r`<\w{1,40}\s[^<>]{0,80}["']\w{0,40}${SECRET_NAME}\w{0,3}["'][^<>]{0,80}>`, '[^<]{1,400}', '<'],
  [r`["']\w{0,40}${SECRET_NAME}\w{0,3}["']\s{1,10}value\s{0,10}=\s{0,10}`, r`"[^"\r\n]{1,400}"|'[^'\r\n]{1,400}'`],
  // https://user:password@host
  [r`:\/\/[^\s/:@]{0,100}:`, r`[^\s/]{1,200}`, '@'],
  // New-Object PSCredential('user', 'value'), net user name value, curl -u name:value
  [r`PSCredential[^\n]{0,20}[('"][^,\n]{1,100},\s{0,10}`, r`"[^"\n]{1,200}"|'[^'\n]{1,200}'`],
  [r`\bnet\s{1,5}user\s{1,5}[^\s/]{1,100}\s{1,5}`, r`[^\s/][^\s]{0,200}`],
  [r`\bnet\s{1,5}use\s{1,5}[^\n]{0,200}?\/user:[^\s]{1,100}\s{1,5}`, r`[^\s/][^\s]{0,200}`],
  [r`\bnet\s{1,5}use\s{1,5}(?:\w:\s{1,5})?\\\\[^\s]{1,200}\s{1,5}`, r`[^\s/][^\s]{0,200}`, r`(?=\s{1,5}\/user:)`],
  [r`\bcurl\b[^\n]{0,200}?\s(?:-u|--user)\s{1,5}[^\s:]{1,100}:`, r`[^\s]{1,200}`],
  // Authorization: Basic …, Bearer …
  [
    r`(?:Proxy-)?Authorization\s{0,10}[:=]\s{0,10}(?:(?:Basic|Bearer|Negotiate|NTLM|Digest)\s{1,10})?`,
    r`[^\s"',;]{4,}`,
  ],
  [r`\b(?:Basic|Bearer)\s{1,10}`, r`[A-Za-z0-9+/_.-]{16,}={0,2}`, '', 'g'],
  // A private key in PEM, as far as it stands there.
  ['-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----', '[^-]{1,20000}', '', 'g'],
] satisfies Rule[];

const WHOLE = RULES.map(
  ([before, secret, after = '', flags = 'gi']: Rule) => new RegExp(`(${before})(${secret})(${after})`, flags),
);
/** What begins what stands before a secret. None looks at what follows it. */
const BEFORE = new RegExp(
  [...new Set(RULES.map(([before]) => (before.includes(SECRET_NAME) ? SECRET_NAME : `(?:${before})`)))].join('|'),
  'i',
);

/** A console cuts a long value anywhere: what goes on at the start of the next line belongs to it, unless a record begins
 * there. */
const CUT_BY_CONSOLE = new RegExp(
  `^(.{30,}${MARK}\\r?\\n)(?![+\\s])(?!PS |At )(?!\\S+ [A-Z][a-z]+: -?\\d+ :)([^\\s:=${MARK}]+)(?=\\s|$)`,
  'gm',
);
/** A secret, over as many lines as it takes. */
const MARKED = new RegExp(`${MARK}+(?:[\\r\\n]+${MARK}+)*`, 'g');

/** The text with every recognised secret replaced by MASK. Takes time in proportion to the text. */
export function maskSecrets(text: string): string {
  const marked = markSecrets(text);
  return marked === text ? text : maskMarked(marked);
}

/**
 * Whether a secret may begin in this beginning of a text, whatever follows it there. False is certain, and found in a
 * fraction of the time that a search of all of the text takes.
 */
export function maySecretBegin(beginning: string): boolean {
  return readablePart(beginning).places !== null || BEFORE.test(beginning);
}

/** The text with every character of a secret replaced by a mark: as long as before, with the same lines. */
export function markSecrets(text: string): string {
  const { readable, places } = readablePart(text);
  const marked = mark(readable);
  if (marked === readable) return text;
  if (places === null) return marked;
  const characters = text.split('');
  for (const [index, place] of places.entries()) {
    if (marked[index] !== MARK) continue;
    characters[place] = MARK;
    // What cannot be seen between two characters of a secret goes with them.
    for (let unseen = place + 1; marked[index + 1] === MARK && unseen < (places[index + 1] as number); unseen++)
      characters[unseen] = MARK;
  }
  return characters.join('');
}

/** A text with marks, or a piece of one, as it is shown. Lines keep their numbers: line ends within a secret stay. */
export function maskMarked(marked: string): string {
  return marked.replace(MARKED, (secret) => MASK + '\n'.repeat(secret.split('\n').length - 1));
}

function mark(text: string): string {
  let marked = text;
  for (const rule of WHOLE)
    marked = marked.replace(
      rule,
      (_, before: string, secret: string, after: string) => before + marksFor(secret) + after,
    );
  if (marked === text) return text;
  return marked.replace(CUT_BY_CONSOLE, (_, before: string, rest: string) => before + marksFor(rest));
}

/** What a text has masked already stays as it is. */
function marksFor(secret: string): string {
  return /^\*+$/.test(secret) ? secret : secret.replace(/[^\r\n]/g, MARK);
}

/** The text with every recognised secret overwritten: as long as before, with all lines and offsets as they were. */
export function maskInPlace(text: string): string {
  const marked = markSecrets(text);
  return marked === text ? text : marked.replaceAll(MARK, '*');
}
