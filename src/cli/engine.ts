/** Settings of the engine, before anything else is loaded: memory stays flat and small at nearly no cost. */
import { setFlagsFromString } from 'node:v8';

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
