/** Read back what was written, by the documented rules of whoever will read it; written from these, not from the writers. */

/**
 * How a program on Windows finds its arguments
 * (https://learn.microsoft.com/en-us/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw), but for its own name.
 */
export function windowsArgumentsOf(line: string): string[] {
  const found: string[] = [];
  let at = 0;
  for (;;) {
    while (line[at] === ' ' || line[at] === '\t') at++;
    if (at >= line.length) return found;
    let argument = '';
    let isQuoted = false;
    for (; at < line.length; at++) {
      let slashes = 0;
      while (line[at] === '\\') [slashes, at] = [slashes + 1, at + 1];
      if (line[at] === '"') {
        argument += '\\'.repeat(Math.floor(slashes / 2));
        if (slashes % 2 === 1) argument += '"';
        else if (isQuoted && line[at + 1] === '"') [argument, at] = [`${argument}"`, at + 1];
        else isQuoted = !isQuoted;
        continue;
      }
      argument += '\\'.repeat(slashes);
      if (at >= line.length || (!isQuoted && (line[at] === ' ' || line[at] === '\t'))) break;
      argument += line[at];
    }
    if (isQuoted) throw new Error('a quote has no end');
    found.push(argument);
  }
}

/** What systemd finds in the value of ExecStart: quoting of systemd.syntax(7), then specifiers, then variables. */
export function systemdCommandOf(value: string): string[] {
  return systemdWords(value, true).map((word, index) => {
    const named = word.replace(/%(.?)/g, (_, letter: string) => {
      if (letter !== '%') throw new Error(`a specifier: %${letter}`);
      return '%';
    });
    // The first word is a path and no place for variables.
    if (index === 0) return named;
    return named.replace(/\$(.?)/g, (_, letter: string) => {
      if (letter !== '$') throw new Error(`a variable: $${letter}`);
      return '$';
    });
  });
}

/** What it finds in ReadWritePaths, where the escapes of C are not read. */
export function systemdPathsOf(value: string): string[] {
  return systemdWords(value, false).map((word) => word.replaceAll('%%', '%'));
}

const ESCAPES: Record<string, string> = {
  ...{ a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', s: ' ' },
  ...{ '\\': '\\', '"': '"', "'": "'" },
};

function systemdWords(value: string, hasEscapes: boolean): string[] {
  if (/[\0\n]/.test(value)) throw new Error('a value is one line');
  const words: string[] = [];
  let rest = value;
  while (rest !== '') {
    // An item in quotes begins behind a blank and ends before one. That is all that is written here.
    const [item, inside = ''] = /^"((?:[^"\\]|\\.)*)"(?: |$)/.exec(rest) ?? [];
    if (item === undefined) throw new Error(`no quoted item: ${rest}`);
    words.push(
      inside.replace(/\\(?:x([0-9a-f]{2})|(.))/g, (_, code: string | undefined, letter: string) => {
        if (!hasEscapes) return letter;
        if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16));
        const meant = ESCAPES[letter];
        if (meant === undefined) throw new Error(`no escape: \\${letter}`);
        return meant;
      }),
    );
    rest = rest.slice(item.length);
  }
  return words;
}

export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** A strict reader of the XML that is written here: no comments, entities beyond the usual, or text beside elements. */
export function parseXml(document: string): Element {
  const declaration = /^<\?xml version="1\.0" encoding="UTF-16"\?>\n/.exec(document)?.[0];
  if (declaration === undefined) throw new Error('no declaration');
  // All that XML 1.0 allows; half a pair is none of it.
  if (!document.isWellFormed() || /[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(document))
    throw new Error('a character that XML does not have');
  const top: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [top];
  const TOKEN = /<(\/?)([A-Za-z]+)((?: [A-Za-z]+="[^"<&]*")*)>|([^<>&]+)|&(?:(amp|lt|gt|quot|apos)|#(\d+));/gy;
  TOKEN.lastIndex = declaration.length;
  while (TOKEN.lastIndex < document.length) {
    const from = TOKEN.lastIndex;
    const [, slash, name, attributes = '', text, entity, code] = TOKEN.exec(document) ?? [];
    const inner = open.at(-1) ?? top;
    if (name !== undefined && slash === '/') {
      if (open.pop()?.name !== name || open.length === 0) throw new Error(`</${name}> ends nothing`);
    } else if (name !== undefined) {
      const pairs = [...attributes.matchAll(/([A-Za-z]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]);
      const element = { name, attributes: Object.fromEntries(pairs), children: [], text: '' };
      inner.children.push(element);
      open.push(element);
    } else if (text !== undefined) inner.text += text;
    else if (entity !== undefined) inner.text += { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }[entity];
    else if (code !== undefined) inner.text += String.fromCodePoint(Number(code));
    else throw new Error(`no markup: ${document.slice(from, from + 40)}`);
  }
  const [root] = top.children;
  if (open.length !== 1 || top.children.length !== 1 || root === undefined || top.text.trim() !== '')
    throw new Error('there is not one element around all');
  return root;
}

/** The text of the element that these names lead to. */
export function textAt(element: Element, ...names: string[]): string | undefined {
  const found = names.reduce<Element | undefined>(
    (at, name) => at?.children.find((child) => child.name === name),
    element,
  );
  return found?.text;
}
