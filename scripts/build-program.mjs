/**
 * The program in few files: five hundred modules take as long to find and to open as a small log takes to read, and longer
 * where a virus scanner looks at each. Runs after `tsc`, on its output; what is not ours stays where it is installed.
 */
import { rmSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url));
const OUT = at('dist/program');

/** Modules find files by where they stand themselves, which is no longer where their code is. */
const ownPlaces = {
  name: 'own-places',
  transform(code, id) {
    if (!code.includes('import.meta.url')) return null;
    const place = JSON.stringify(relative(OUT, id).replaceAll(sep, '/'));
    return code.replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`);
  },
};

rmSync(OUT, { recursive: true, force: true });
const bundle = await rolldown({
  input: { main: at('dist/cli/main.js'), thread: at('dist/pipeline/thread.js') },
  plugins: [ownPlaces],
  platform: 'node',
  external: (id) => !id.startsWith('.') && !isAbsolute(id),
  checks: { ineffectiveDynamicImport: false },
});
await bundle.write({ dir: OUT, format: 'esm', comments: false, chunkFileNames: '[name]-[hash].js' });
await bundle.close();
