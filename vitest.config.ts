import { defineConfig } from 'vitest/config';

/** Replaces a package for its own file: it shares no modules with other files (decision 0016). */
const alone = ['server/areas/security/sign-in.test.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
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
          maxWorkers: 2,
        },
      },
      {
        extends: true,
        test: { name: 'alone', include: alone, isolate: true, globalSetup: ['server/testing/global-setup.ts'] },
      },
    ],
  },
});
