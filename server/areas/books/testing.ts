import { rows } from '#server/testing/reach.ts';
import type { World } from '#server/testing/world.ts';
import { performFile } from './jobs.ts';

/** Makes every ordered file, as the runner of jobs does. */
export async function makeFiles(world: World): Promise<void> {
  const waiting = await rows<{ id: string }>(
    world,
    `SELECT id FROM book_file WHERE district_code = $1 AND state = 'waiting' ORDER BY created_at`,
  );
  for (const { id } of waiting) await performFile(world.platform, world.district, id);
}
