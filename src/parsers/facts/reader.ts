/** Walks through a text: which command the lines answer and on which machine, and what each kind of reader finds in them. */
import type { Fact, FactKind } from '../../facts.js';
import type { SourceKind } from '../../model.js';
import { lineKind } from '../console/lines.js';
import type { TextLine } from '../text-line.js';
import { answerTo, fileShown, unasked } from './answer.js';
import { ApplianceStatusReader } from './appliance-status.js';
import { BareAnswers } from './bare.js';
import { CertutilReader } from './certutil.js';
import { commandOfPath, lastPart } from './commands.js';
import type { Answer, AnswerEnd, Found, OutputReader } from './found.js';
import { IniReader } from './ini.js';
import { iniFileOfName } from './ini-name.js';
import { IpconfigReader } from './ipconfig.js';
import { isManifestName, ManifestReader } from './manifest.js';
import { NetshReader } from './netsh.js';
import { ObjectReader } from './objects.js';
import { type Prompt, readPrompt } from './prompt.js';
import { RegistryReader } from './registry.js';
import { ScReader } from './sc.js';
import { isSecretName } from './secret-name.js';
import { stateKey } from './state-keys.js';
import { SysteminfoReader } from './systeminfo.js';
import { TranscriptFrames } from './transcript-frames.js';
import { TranscriptMachine } from './transcript-machine.js';
import { plainText } from './written-text.js';

/** Facts of one source, and characters of text in them. No real one has as many; what comes after them is not read. */
const MAX_FACTS = 20_000;
const MAX_FACT_CHARACTERS = 16 << 20;
const MAX_TYPED = 4000;
const NOTHING: Found[] = [];
/** Lines of a console that are errors, warnings and the like: never part of an answer. */
const NO_OUTPUT = new Set([
  'announcement',
  'start',
  'warning',
  'stream',
  'position',
  'source',
  'category',
  'errorId',
  'label',
]);
const PRODUCT_ANSWERS = new Set<FactKind>(['version', 'directory', 'appliance-status']);
const NO_LINE: TextLine = { text: '', number: 1, byteStart: 0, byteEnd: 0 };

/** Reads what state files and saved command output say, line by line. */
export class FactReader {
  readonly #isConfig: boolean;
  /** The command that the file is named after. */
  readonly #named: string | null;
  readonly #isSecretFile: boolean;
  /** The state file that the name tells, where its form is not known. */
  readonly #stateFile: string | null;
  readonly #manifest: ManifestReader | null;
  readonly #readers: OutputReader[];
  readonly #transcript = new TranscriptMachine();
  readonly #frames = new TranscriptFrames();
  #ini: IniReader | null;
  #answer: Answer;
  #remote: string | null = null;
  #count = 0;
  #characters = 0;
  #last: TextLine | null = null;

  /**
   * @param source path: as the report names the source (its last part and folders give hints: `module.ini` under
   * ProgramData, `get-vm.txt`); kind: what its content or name told
   */
  constructor(source: { path: string; kind: SourceKind }) {
    this.#isConfig = source.kind === 'config';
    this.#named = commandOfPath(source.path);
    this.#manifest = isManifestName(source.path) ? new ManifestReader() : null;
    this.#isSecretFile = isSecretName(lastPart(source.path));
    const file = iniFileOfName(source.path);
    this.#stateFile = file === 'service-persistent' || file === 'appliance-manager' ? file : null;
    this.#ini = this.#isConfig || file !== null ? new IniReader(source.path) : null;
    this.#readers = this.#isConfig ? [new RegistryReader()] : allReaders();
    this.#answer = unasked(this.#named);
  }

  /** Takes the next line; gives the facts that are whole with it. */
  push(line: TextLine): Fact[] {
    if (this.#isSecretFile || this.#isFull) return [];
    if (this.#manifest) {
      this.#manifest.push(line);
      return [];
    }
    const text = plainText(line.text);
    const clean = text === line.text ? line : { ...line, text };
    this.#last = clean;
    if (this.#isConfig) return this.#place(this.#configLine(clean));
    const prompt = readPrompt(text);
    if (prompt?.isContinued === true) this.#goOn(prompt);
    else if (prompt !== null) return this.#ask(prompt, clean);
    else return this.#text(clean);
    return [];
  }

  /** The source has no more lines. */
  end(): Fact[] {
    if (this.#isSecretFile || this.#isFull) return [];
    return this.#manifest?.end() ?? this.#place(this.#finish('file'));
  }

  #text(line: TextLine): Fact[] {
    const header = this.#transcript.push(line);
    if (header.length > 0) {
      // Another transcript begins: what was asked before is over.
      const facts = this.#place(this.#finish('file'));
      this.#answer = unasked(this.#named);
      return [...facts, ...this.#place(header)];
    }
    return this.#answer.isSecret || this.#transcript.beginsWith(line) ? [] : this.#place(this.#output(line));
  }

  #configLine(line: TextLine): Found[] {
    const state = this.#stateKey(line);
    if (state.length > 0) return state;
    this.#ini?.push(line);
    return this.#read(line);
  }

  #output(line: TextLine): Found[] {
    const state = this.#stateKey(line);
    if (state.length > 0) return state;
    this.#ini?.push(line);
    const kind = lineKind(line.text);
    if (this.#frames.take(line.text, kind)) return [];
    if (NO_OUTPUT.has(kind)) {
      this.#answer.hasErrors = true;
      return [];
    }
    return this.#read(line);
  }

  /** Where the ini reader has the line it tells more. */
  #stateKey(line: TextLine): Found[] {
    return this.#stateFile === null || /^\s*\w+\s*=/.test(line.text) ? [] : stateKey(line, this.#stateFile);
  }

  #read(line: TextLine): Found[] {
    let facts = NOTHING;
    for (const reader of this.#readers) {
      const found = reader.push(line, this.#answer);
      if (found.length > 0) facts = [...facts, ...found];
    }
    return facts;
  }

  /** A prompt ends the answer before it. */
  #ask(prompt: Prompt, line: TextLine): Fact[] {
    this.#transcript.isOver = true;
    const facts = this.#place(this.#finish('prompt'));
    const { remote } = prompt;
    const typed = prompt.typed.slice(0, MAX_TYPED);
    this.#remote = remote;
    this.#answer = answerTo(typed, remote, line);
    const shown = fileShown(typed);
    this.#ini = shown === null ? null : new IniReader(shown);
    return facts;
  }

  #goOn(prompt: Prompt): void {
    const { typed, prompt: line } = this.#answer;
    if (line !== null && typed.length < MAX_TYPED)
      this.#answer = answerTo(`${typed}\n${prompt.typed}`.slice(0, MAX_TYPED), this.#remote, line);
  }

  #finish(how: AnswerEnd): Found[] {
    const facts = this.#readers.flatMap((reader) => reader.end(this.#answer, how));
    facts.push(...(this.#ini?.end() ?? []));
    return this.#answer.isSecret ? [] : facts;
  }

  #place(found: Found[]): Fact[] {
    const facts: Fact[] = [];
    for (const one of found) {
      if (this.#isFull) break;
      const fact = this.#factOf(one);
      facts.push(fact);
      this.#count++;
      this.#characters += fact.text.length;
    }
    return facts;
  }

  get #isFull(): boolean {
    return this.#count >= MAX_FACTS || this.#characters >= MAX_FACT_CHARACTERS;
  }

  #factOf({ about, values, lines, machine, command }: Found): Fact {
    const [first, last] = [lines[0] ?? this.#emptyPlace(), lines.at(-1) ?? this.#emptyPlace()];
    return {
      about,
      values: Object.fromEntries(
        Object.entries(values).filter((entry): entry is [string, string] => entry[1] !== undefined),
      ),
      command: command ?? this.#commandOf(about),
      machine: machine ?? this.#answer.machine ?? this.#transcript.machine,
      line: first.number,
      byteStart: first.byteStart,
      byteEnd: last.byteEnd,
      text: lines.map(({ text }) => text).join('\n'),
    };
  }

  /** A file is no answer, and what the product's own commands print is nothing but theirs. */
  #commandOf(about: FactKind): string | null {
    const { command, prompt } = this.#answer;
    if (about.startsWith('ini-')) return prompt === null ? null : command;
    return command?.startsWith('Get-Cc') === true && !PRODUCT_ANSWERS.has(about) ? null : command;
  }

  /** Where a file says something by having no text: all of it. */
  #emptyPlace(): TextLine {
    return this.#last === null ? NO_LINE : { ...this.#last, number: 1, byteStart: 0 };
  }
}

function allReaders(): OutputReader[] {
  return [
    ...[
      new ObjectReader(),
      new BareAnswers(),
      new ApplianceStatusReader(),
      new IpconfigReader(),
      new SysteminfoReader(),
    ],
    ...[new ScReader(), new NetshReader(), new RegistryReader(), new CertutilReader()],
  ];
}
