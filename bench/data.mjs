/** The files that are measured, made once and kept in a folder: the same for the same sizes. */
import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateHits, generateLog } from './generate-log.mjs';
import { run } from './measure.mjs';
import { peerPatterns } from './peer-patterns.mjs';

const GENERATOR = fileURLToPath(new URL('generate-log.mjs', import.meta.url));
const PACK = fileURLToPath(new URL('../dist/signatures.json', import.meta.url));
const SMALL = 100_000;
/** SEC needs a second for each megabyte. */
const SEC_BYTES = 32 << 20;

/** A log in the folder, made unless it is there from the same generator; with `bytes` and `failures`. */
export function makeLog(folder, bytes) {
  const version = createHash('sha256').update(readFileSync(GENERATOR)).digest('hex').slice(0, 8);
  const path = join(folder, `log-${version}-${bytes}.log`);
  const facts = `${path}.json`;
  if (!existsSync(path) || !existsSync(facts)) writeFileSync(facts, JSON.stringify(generateLog(path, bytes)));
  return { path, ...JSON.parse(readFileSync(facts, 'utf8')) };
}

/** A log of failures alone. */
export function makeHits(folder, hits) {
  const path = join(folder, `hits-${hits}.log`);
  generateHits(path, hits);
  return path;
}

/** All files of the comparison; `piece` is a quarter of the log, for what would need too much disk or time. */
export async function makeData(folder, bytes) {
  const log = makeLog(folder, bytes);
  const piece = makeLog(folder, bytes >> 2);
  const patterns = peerPatterns(PACK);
  const write = (name, text) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  return {
    log,
    piece,
    utf16: toUtf16(piece.path, join(folder, 'piece-utf16.log')),
    zip: await toZip(log.path, join(folder, 'log.zip')),
    pieceZip: await toZip(piece.path, join(folder, 'piece.zip')),
    small: makeLog(folder, SMALL),
    secLog: makeLog(folder, Math.min(SEC_BYTES, bytes >> 2)),
    patternCount: patterns.ere.length,
    ere: write('patterns.ere', `${patterns.ere.join('\n')}\n`),
    rust: write('patterns.rust', `${patterns.rust.join('\n')}\n`),
    sec: write('sec.rules', patterns.perl.map(secRule).join('\n')),
  };
}

/** Every rule is tried on a line until one matches, as with ccelog; what it does then is nothing. */
function secRule(pattern, index) {
  return `type=Single\nptype=RegExp\npattern=${pattern}\ndesc=rule ${index}\naction=none\n`;
}

/** The logs are ASCII: each byte becomes two. */
function toUtf16(from, to) {
  const [source, target] = [openSync(from, 'r'), openSync(to, 'w')];
  const block = Buffer.alloc(1 << 20);
  writeSync(target, Buffer.from([0xff, 0xfe]));
  for (let length = readSync(source, block); length > 0; length = readSync(source, block))
    writeSync(target, Buffer.from(block.toString('latin1', 0, length), 'utf16le'));
  closeSync(source);
  closeSync(target);
  return to;
}

/** Null where there is no `zip`. */
async function toZip(from, to) {
  rmSync(to, { force: true });
  const { code } = await run(['zip', '-q', '-j', '-6', to, from]).catch(() => ({ code: 1 }));
  return code === 0 ? to : null;
}
