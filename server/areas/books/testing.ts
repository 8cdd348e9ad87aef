import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { rows } from '#server/testing/reach.ts';
import type { World } from '#server/testing/world.ts';
import { performFile } from './jobs.ts';

/** The words of a PDF as another program reads them; pages are parted by form feeds. */
export function wordsOfPdf(body: unknown): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'baoxue-pdf-'));
  try {
    const file = path.join(folder, 'a.pdf');
    writeFileSync(file, body as Buffer); // as: the answer of a download
    execFileSync('pdftotext', ['-layout', file, `${file}.txt`]);
    return readFileSync(`${file}.txt`, 'utf8');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Makes every ordered file, as the runner of jobs does. */
export async function makeFiles(world: World): Promise<void> {
  const waiting = await rows<{ id: string }>(
    world,
    `SELECT id FROM book_file WHERE district_code = $1 AND state = 'waiting' ORDER BY created_at`,
  );
  for (const { id } of waiting) await performFile(world.platform, world.district, id);
}
