import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { firstPageOf } from './app.ts';

test('PLT-13 pages built while the server runs are served at the next request, and their absence is told', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'baoxue-page-'));
  try {
    const file = path.join(folder, 'index.html');
    const read = firstPageOf(file);
    expect(await read()).toBeNull();
    await writeFile(file, 'first');
    expect([await read(), await read()]).toEqual(['first', 'first']);
    await writeFile(file, 'second');
    await utimes(file, 1_900_000_000, 1_900_000_000);
    expect(await read()).toBe('second');
    await rm(file);
    expect(await read()).toBeNull();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
