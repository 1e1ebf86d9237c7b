/**
 * What `tsc` leaves to do: copies the migrations beside the compiled store, compiles the signature pack, and writes the
 * JSON Schema that editors use for signature files. Runs after `tsc`, on its output.
 */
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { compileBuiltIn } from '../dist/detectors/pack/load.js';
import { signatureSchema } from '../dist/detectors/pack/schema.js';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// One that was renamed must not stay beside its new self.
rmSync(at('dist/store/migrations'), { recursive: true, force: true });
mkdirSync(at('dist/store/migrations'), { recursive: true });
for (const name of readdirSync(at('src/store/migrations')))
  cpSync(at(`src/store/migrations/${name}`), at(`dist/store/migrations/${name}`));

for (const name of readdirSync(at('src/texts')).filter((file) => file.endsWith('.json')))
  cpSync(at(`src/texts/${name}`), at(`dist/texts/${name}`));

try {
  writeFileSync(at('dist/signatures.json'), JSON.stringify(await compileBuiltIn()));
} catch (error) {
  const { file, why } = error.details ?? {};
  console.error(`error: ${error.message}\n  file: ${file}\n  why:  ${why}`);
  process.exit(1);
}

const schema = {
  $id: 'urn:ccelog:signature:1',
  title: 'ccelog signature',
  ...z.toJSONSchema(signatureSchema, { io: 'input' }),
};
writeFileSync(at('signatures/signature.schema.json'), `${JSON.stringify(schema, null, 2)}\n`);
chmodSync(at('dist/cli/ccelog.js'), 0o755);
