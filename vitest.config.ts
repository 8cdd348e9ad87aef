import { defineConfig } from 'vitest/config';

/** They replace a package, or change the environment of their process: they share neither with other files (decision 0016). */
const alone = ['server/areas/security/sign-in.test.ts', 'server/areas/security/marker.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // The files of a process share its modules, as the requests of a server do.
    isolate: false,
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
          exclude: alone,
          globalSetup: ['server/testing/global-setup.ts'],
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, isolate: true, globalSetup: ['server/testing/global-setup.ts'] },
      },
    ],
  },
});
