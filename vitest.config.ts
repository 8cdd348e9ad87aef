import { existsSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const setup = 'server/testing/global-setup.ts';

export default defineConfig({
  test: {
    pool: 'forks',
    testTimeout: 180_000,
    hookTimeout: 180_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['{domain,contract,web,bench}/**/*.test.{ts,tsx}', 'server/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: ['server/*/**/*.test.ts'],
          globalSetup: existsSync(setup) ? [setup] : [],
          maxWorkers: 2,
        },
      },
    ],
  },
});
