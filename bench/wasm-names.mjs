/** Names for the functions of the scanner, which is built without any: from a copy that is built with them. */
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const COMPILER = join(ROOT, 'node_modules/assemblyscript/bin/asc.js');
const SOURCE = join(ROOT, 'src/scanner/assembly');
const BUILT = join(ROOT, 'dist/scanner/scanner.wasm');
/** Of a name section, the part that names functions. */
const FUNCTION_NAMES = 1;

/** For each function of the built scanner, by its number, the file and the name it has in the source: `records/readRecords`. */
export function scannerNames(folder) {
  const copy = join(folder, 'scanner-with-names.wasm');
  const options = ['--config', join(SOURCE, 'asconfig.json'), '--target', 'release', '--debug', '--outFile', copy];
  const { status, stderr } = spawnSync(process.execPath, [COMPILER, join(SOURCE, 'index.ts'), ...options], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`the scanner with names was not built: ${stderr}`);
  const bytes = readFileSync(copy);
  rmSync(copy);
  // Names stand behind all else; what stands before them must be what was measured.
  const built = readFileSync(BUILT);
  if (!bytes.subarray(0, built.length).equals(built)) throw new Error('the scanner with names is another program');
  const [section] = WebAssembly.Module.customSections(new WebAssembly.Module(bytes), 'name');
  return functionNames(Buffer.from(section));
}

function functionNames(section) {
  let at = 0;
  const number = () => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = section[at++];
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  const names = new Map();
  while (at < section.length) {
    const id = section[at++];
    const length = number();
    const end = at + length;
    if (id === FUNCTION_NAMES) {
      for (let count = number(); count > 0; count--) {
        const index = number();
        const bytes = number();
        names.set(index, section.toString('utf8', at, at + bytes).replace(/^.*\/assembly\//, ''));
        at += bytes;
      }
    }
    at = end;
  }
  return names;
}
