import { spawnSync } from 'node:child_process';
import path from 'node:path';

const repository = path.resolve(import.meta.dirname, '..');

/** Builds the pages that the server hands out; throws when they cannot be built. */
export function buildPages(): void {
  const vite = path.join(repository, 'node_modules/vite/bin/vite.js');
  const built = spawnSync(process.execPath, [vite, 'build', '--config', 'web/vite.config.ts', '--logLevel', 'error'], {
    cwd: repository,
    stdio: ['ignore', 2, 2],
  });
  if (built.status !== 0) throw new Error('the pages could not be built');
}
