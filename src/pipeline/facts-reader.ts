import type { Detector } from '../detectors/detector.js';
import type { SourceKind } from '../model.js';
import { CERTIFICATES_LIMIT, readCertificates } from '../parsers/certificates/index.js';
import type { Encoding } from '../parsers/encoding.js';
import { FactReader } from '../parsers/facts/index.js';
import type { TextLine } from '../parsers/text-line.js';
import type { SourceFindings } from './source-findings.js';
import { LineReader } from './text-reader.js';
import type { RecordReader } from './trace-reader.js';

/** Reads a source that has no records, only facts: an ini file, the saved output of a command, a registry export. */
export class StateReader extends LineReader {
  readonly #facts: FactReader;

  constructor(path: string, kind: SourceKind, encoding: Encoding, detector: Detector, findings: SourceFindings) {
    super(encoding, detector, findings);
    this.#facts = new FactReader({ path, kind });
  }

  protected line(line: TextLine): void {
    this.findings.learned(this.#facts.push(line));
  }

  protected lastLine(): void {
    this.findings.learned(this.#facts.end());
  }
}

/** Reads a file of certificates, whole: its bytes are no lines. */
export class CertificateReader implements RecordReader {
  readonly #findings: SourceFindings;
  readonly #blocks: Uint8Array[] = [];
  #size = 0;
  #problem: string | null = null;

  constructor(findings: SourceFindings) {
    this.#findings = findings;
  }

  push(block: Uint8Array): void {
    // The parser says what is too large.
    if (this.#size <= CERTIFICATES_LIMIT) this.#blocks.push(Uint8Array.from(block));
    this.#size += block.length;
  }

  end(): void {
    const { facts, problem } = readCertificates(Buffer.concat(this.#blocks.splice(0)));
    this.#findings.learned(facts);
    this.#problem = problem;
  }

  damage(): string | null {
    return this.#problem;
  }
}
