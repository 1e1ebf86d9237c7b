/**
 * Chains of .NET exceptions as Exception.ToString() prints them. Layout after the .NET Framework reference source
 * (exception.cs, externalexception.cs, aggregateexception.cs); .NET Core differs in where the arrow stands.
 */
import { findHeader, type Header, headerAt } from './exception-header.js';
import { endMarker, isStackFrame } from './stack-trace.js';

export interface ExceptionInfo {
  /** Full name as printed, with the arity and arguments of a generic type. */
  type: string;
  message: string;
  /** Eight hexadecimal digits in capitals, such as "0x8009000B"; null where none is printed. */
  hresult: string | null;
  /** 0 for the outermost exception. */
  depth: number;
  frames: number;
}

interface OpenException {
  info: ExceptionInfo;
  lines: string[];
  /** Lines after a blank one: part of the message only when frames or an end marker follow. */
  held: string[];
  isBranch: boolean;
  /** The ExternalException family prints no end marker after its inner exception. */
  isExternal: boolean;
}

/** More exceptions than any real record has; the rest of a hostile one is not read. */
const MAX_EXCEPTIONS = 200;
const ARROW = '---> ';
const BRANCH = /\([^()#]{1,60}#\d{1,9}\) ?/y;

/**
 * Reads all exception chains in a record body, outermost first, in the order of the text. Branches of an
 * AggregateException are its children (depth + 1); the .NET Framework prints its first branch twice, so it is listed
 * twice. Linear in the length of the text; never throws.
 */
export function parseExceptions(text: string): ExceptionInfo[] {
  const reader = new ChainReader();
  for (const line of text.split('\n')) {
    if (reader.found.length >= MAX_EXCEPTIONS) break;
    reader.read(line.endsWith('\r') ? line.slice(0, -1) : line);
  }
  return reader.end();
}

class ChainReader {
  readonly found: ExceptionInfo[] = [];
  #open: OpenException[] = [];
  #inMessage = false;
  #arrowPending = false;

  read(whole: string): void {
    const { line, closed } = withoutClosers(whole);
    const top = this.#open.at(-1);
    const marker = endMarker(line);
    if (top && isStackFrame(line)) {
      this.#endMessage();
      top.info.frames++;
    } else if (top && marker !== null) {
      this.#endMessage();
      if (marker === 'inner') this.#closeInner();
    } else this.#readText(line);
    for (let count = 0; count < closed; count++) this.#closeBranch();
  }

  end(): ExceptionInfo[] {
    for (const exception of this.#open) finish(exception, false);
    return this.found;
  }

  #readText(line: string): void {
    const start = line.length - line.trimStart().length;
    if (start === line.length) {
      if (this.#inMessage) this.#open.at(-1)?.held.push('');
      return;
    }
    if (line.startsWith(ARROW, start) && this.#open.length > 0 && this.#openInner(line, start + ARROW.length)) return;
    if (this.#arrowPending && this.#openInner(line, start)) return;
    // Inside a chain a line of a message may begin with a type: a new chain begins only where none is unfinished.
    const header = this.#inMessage && this.#open.length > 1 ? null : headerAt(line, start, false);
    if (header) this.#openRoot(line, header);
    else if (this.#inMessage) this.#readMessage(line, 0);
    else {
      const embedded = findHeader(line);
      if (embedded) this.#openRoot(line, embedded);
    }
  }

  #openRoot(line: string, header: Header): void {
    for (const exception of this.#open) finish(exception, false);
    this.#open = [];
    this.#push(line, header, false);
  }

  #openInner(line: string, at: number): boolean {
    BRANCH.lastIndex = at;
    const isBranch = BRANCH.test(line);
    const header = headerAt(line, isBranch ? BRANCH.lastIndex : at, true);
    if (!header) return false;
    this.#endMessage();
    if (isBranch) {
      const owner = this.#open.findLastIndex(({ info }) => info.type.endsWith('AggregateException'));
      while (owner >= 0 && this.#open.length > owner + 1) finish(this.#open.pop()!, true);
    }
    this.#push(line, header, isBranch);
    return true;
  }

  #push(line: string, header: Header, isBranch: boolean): void {
    if (this.found.length >= MAX_EXCEPTIONS) return;
    const { type, hresult } = header;
    const info = { type, message: '', hresult, depth: this.#open.length, frames: 0 };
    this.found.push(info);
    this.#open.push({ info, lines: [], held: [], isBranch, isExternal: hresult !== null });
    this.#inMessage = true;
    this.#readMessage(line, header.end);
  }

  /** Takes the rest of a line as message, up to an arrow that an inner exception follows. */
  #readMessage(line: string, from: number): void {
    const top = this.#open.at(-1);
    this.#arrowPending = false;
    for (let at = line.indexOf(ARROW, from); at >= 0; at = line.indexOf(ARROW, at + 1)) {
      if (headerAt(line, at + ARROW.length, true) === null) continue;
      hold(top, line.slice(from, at));
      this.#openInner(line, at + ARROW.length);
      return;
    }
    const rest = line.slice(from).trimEnd();
    this.#arrowPending = rest.endsWith('--->');
    hold(top, this.#arrowPending ? rest.slice(0, -4) : rest);
  }

  #endMessage(): void {
    this.#inMessage = false;
    this.#arrowPending = false;
    const top = this.#open.at(-1);
    if (top) finish(top, true);
  }

  /** The marker is printed by the exception whose inner one has ended, and that is never an external one. */
  #closeInner(): void {
    if (this.#open.length > 1) finish(this.#open.pop()!, true);
    while (this.#open.length > 1 && this.#open.at(-1)!.isExternal) finish(this.#open.pop()!, true);
  }

  #closeBranch(): void {
    const branch = this.#open.findLastIndex(({ isBranch }) => isBranch);
    if (branch < 0) return;
    this.#endMessage();
    while (this.#open.length > branch) finish(this.#open.pop()!, true);
  }
}

function hold(exception: OpenException | undefined, line: string): void {
  if (!exception) return;
  if (exception.held.length > 0) exception.held.push(line);
  else exception.lines.push(line);
}

function finish(exception: OpenException, withHeld: boolean): void {
  const { info, lines, held } = exception;
  if (lines.length === 0) return;
  info.message = (withHeld ? [...lines, ...held] : lines).join('\n').trim();
  const code = info.hresult === null ? /HRESULT\W{1,3}0x([0-9a-f]{8})/i.exec(info.message) : null;
  if (code) info.hresult = `0x${code[1]!.toUpperCase()}`;
  exception.lines = [];
  exception.held = [];
}

/** `<---` ends a branch of an AggregateException and stands at the end of its last line. */
function withoutClosers(whole: string): { line: string; closed: number } {
  let end = whole.trimEnd().length;
  let closed = 0;
  while (whole.endsWith('<---', end) && closed < MAX_EXCEPTIONS) {
    end -= 4;
    closed++;
  }
  return { line: closed === 0 ? whole : whole.slice(0, end), closed };
}
