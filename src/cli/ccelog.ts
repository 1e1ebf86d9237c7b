#!/usr/bin/env node
/**
 * The first file that runs, on any Node: it only checks the version, in syntax that old ones understand. The SQLite
 * library ends an older Node with a segmentation fault, so nothing else may load before.
 */
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `error: ccelog needs Node.js 22.22 or newer, and this is ${process.versions.node}; install Node.js 22 (the newest line for Windows Server 2012 R2) and run it again\n`,
  );
  process.exitCode = 2;
} else {
  // What `scripts/build-program.mjs` makes of main.js.
  import(new URL('../program/main.js', import.meta.url).href).then(({ main }) => main(process.argv.slice(2)));
}
