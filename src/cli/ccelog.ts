#!/usr/bin/env node
/**
 * The first file that runs, on any Node: it only checks the version, in syntax that old ones understand. The SQLite
 * library ends an older Node with a segmentation fault, so nothing else may load before.
 */
import { setFlagsFromString } from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 22)) {
  process.stderr.write(
    `error: ccelog needs Node.js 22.22 or newer, and this is ${process.versions.node}; install Node.js 22 (the newest line for Windows Server 2012 R2) and run it again\n`,
  );
  process.exitCode = 2;
} else {
  // Long runs make short-lived strings by the million: letting the space for them grow costs 50 MB and gains nothing.
  setFlagsFromString('--semi-space-growth-factor=1');
  // What lasts a little longer is cleared before it is a multiple of what lasts: memory stays flat over hours and gigabytes.
  setFlagsFromString('--heap-growing-percent=10');
  // Threads that read compile by themselves: each helper of the compiler would keep what its largest function took, 3 MB.
  setFlagsFromString('--no-concurrent-recompilation');
  // Where less is inlined less is taken for it; the loops that decide are in WebAssembly or in patterns.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=150');
  // A third compiler between the others keeps more memory than the time it gains is worth: 5 MB.
  setFlagsFromString('--no-maglev');
  // Spaces of 1 MB are cleared sooner by the thread that filled them than by helpers that are woken for each.
  setFlagsFromString('--no-parallel-scavenge');
  import('./main.js').then(({ main }) => main(process.argv.slice(2)));
}
