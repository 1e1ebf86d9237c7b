/** A text as names are recognised in it: what a console cut is whole again, and escapes of URLs, JSON and HTML are undone. */
import { endsAsDomain } from './suffixes.js';
import { readablePart } from './unseen.js';

/** No console is narrower. */
const NARROWEST = 30;

/** The ways in which a text may be meant; one where nothing in it is escaped. */
export function spoken(text: string): string[] {
  const plain = joined(readablePart(text).readable.normalize('NFKC'));
  // Two backslashes are the beginning of a share, or one that JSON doubled.
  return [...new Set([plain, decodeCharacters(plain), decode(plain)])];
}

/** The text with the escapes that a URL, JSON, XML or HTML puts into a name undone once. */
export function decode(text: string): string {
  return decodeCharacters(text)
    .replace(/\\([\\"'/])/g, '$1')
    .normalize('NFKC');
}

function decodeCharacters(text: string): string {
  return text
    .replace(/(?:%[0-9a-f]{2})+/gi, (found) => Buffer.from(found.replaceAll('%', ''), 'hex').toString('utf8'))
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/&#x([0-9a-f]{1,6});|&#(\d{1,7});/gi, (found, hex?: string, decimal?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code > 0x10ffff ? found : String.fromCodePoint(code);
    })
    .replace(/&(amp|lt|gt|quot|apos|nbsp);/g, (_, name: string) => PLAIN[name] as string)
    .normalize('NFKC');
}

const PLAIN: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** A console cuts at its last column, so only the longest lines go on in the next. */
function joined(text: string): string {
  if (!text.includes('\n')) return text;
  const lines = text.split(/\r?\n/);
  const longest = Math.max(...lines.map(({ length }) => length));
  if (longest < NARROWEST) return text;
  return lines
    .map((line, index) => {
      const next = lines[index + 1];
      if (next === undefined) return line;
      const isCut = line.length === longest && /[\p{L}\p{N}.@_-]$/u.test(line) && /^[\p{L}\p{N}.@_-]/u.test(next);
      return isCut && !isWhole(line) ? line : `${line}\n`;
    })
    .join('');
}

function isWhole(line: string): boolean {
  const last = /[^\s"'<>()[\],;=]*$/.exec(line)?.[0].replace(/^.*@/, '') ?? '';
  return last.includes('.') && endsAsDomain(last, false);
}
