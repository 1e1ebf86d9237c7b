import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One less than there are cores is what it takes by itself: of two, one would stand idle.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
