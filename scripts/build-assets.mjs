/**
 * What `tsc` leaves to do: copies the migrations beside the compiled store, compiles the signature pack and its
 * overlays, and writes the JSON Schemas that editors use for both. Runs after `tsc`, on its output.
 */
import { chmodSync, cpSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { OVERLAY_LANGUAGES } from '../dist/detectors/pack/files.js';
import { compileBuiltIn } from '../dist/detectors/pack/load.js';
import { compileBuiltInOverlays } from '../dist/detectors/pack/localised.js';
import { overlaySchema } from '../dist/detectors/pack/overlay-schema.js';
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
  const pack = await compileBuiltIn();
  writeFileSync(at('dist/signatures.json'), JSON.stringify(pack));
  for (const language of OVERLAY_LANGUAGES) {
    const overlays = await compileBuiltInOverlays(language, pack);
    writeFileSync(at(`dist/signatures.${language}.json`), JSON.stringify(overlays));
  }
} catch (error) {
  const { file, why } = error.details ?? {};
  console.error(`error: ${error.message}\n  file: ${file}\n  why:  ${why}`);
  process.exit(1);
}

const writeSchema = (name, title, shape) => {
  const schema = { $id: `urn:ccelog:${name}:1`, title, ...z.toJSONSchema(shape, { io: 'input' }) };
  writeFileSync(at(`signatures/${name}.schema.json`), `${JSON.stringify(schema, null, 2)}\n`);
};
writeSchema('signature', 'ccelog signature', signatureSchema);
writeSchema('overlay', 'texts of a ccelog signature in another language', overlaySchema);
chmodSync(at('dist/cli/ccelog.js'), 0o755);
