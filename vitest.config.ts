import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    sequence: { shuffle: true },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Whole workshops mostly wait, for the limits the platform sets: a machine with two cores plays three at once.
    maxWorkers: Math.max(3, availableParallelism()),
  },
})
