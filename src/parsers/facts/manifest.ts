/** The manifest of a bundle that `ccelog collect` gathered. */
import type { Fact } from '../../facts.js';
import type { TextLine } from '../text-line.js';
import { parseTime } from '../time.js';
import { lastPart } from './commands.js';

/** Characters; one of 20,000 items has some millions. */
const LIMIT = 32 << 20;

export function isManifestName(path: string): boolean {
  return lastPart(path).toLowerCase() === 'manifest.json';
}

/** Takes the lines of a JSON text; says at the end what a manifest says, and nothing where it is none. */
export class ManifestReader {
  readonly #lines: string[] = [];
  #first: TextLine | null = null;
  #last: TextLine | null = null;
  #size = 0;

  push(line: TextLine): void {
    this.#first ??= line;
    this.#last = line;
    this.#size += line.text.length;
    if (this.#size <= LIMIT) this.#lines.push(line.text);
  }

  end(): Fact[] {
    const manifest = this.#size > LIMIT ? null : parsed(this.#lines.join('\n'));
    if (manifest === null || this.#first === null || this.#last === null) return [];
    const { host, collected, zoneOffset } = manifest;
    return [
      {
        about: 'collection',
        values: { host, collected, ...(zoneOffset === null ? {} : { zoneOffset }) },
        command: null,
        machine: host,
        line: this.#first.number,
        byteStart: this.#first.byteStart,
        byteEnd: this.#last.byteEnd,
        text: `host: ${host}, collected: ${collected}`,
      },
    ];
  }
}

function parsed(text: string): { host: string; collected: string; zoneOffset: string | null } | null {
  try {
    const { tool, host, collected, zoneOffset } = JSON.parse(text) as Record<string, unknown>;
    if ((tool as { name?: unknown } | undefined)?.name !== 'ccelog') return null;
    if (typeof host !== 'string' || !/^[\w.-]{1,63}$/.test(host) || typeof collected !== 'string') return null;
    const time = parseTime(collected);
    const isOffset = typeof zoneOffset === 'string' && /^[+-]\d\d:\d\d$/.test(zoneOffset);
    return time === null ? null : { host, collected: time, zoneOffset: isOffset ? (zoneOffset as string) : null };
  } catch {
    return null;
  }
}
