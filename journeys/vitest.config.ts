import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['journeys/prepared.ts'],
    include: ['journeys/**/*.journey.ts'],
    testTimeout: 240_000,
    hookTimeout: 180_000,
    // A journey waits for pages most of its time; each has its own server, folder and port.
    maxWorkers: 2,
    pool: 'forks',
  },
});
