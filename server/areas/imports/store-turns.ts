import type pg from 'pg';
import type { Platform } from '#server/http/context.ts';

/** Takes the import lock of a district for the time of `work`: lists are read and published one after another. */
export async function oneAtATime<T>(platform: Platform, district: string, work: () => Promise<T>): Promise<T> {
  const client = await platform.database.ownerPool.connect();
  try {
    await client.query(`SELECT pg_advisory_lock(hashtextextended($1, 11))`, [`import:${district}`]);
    return await work();
  } finally {
    await client
      .query(`SELECT pg_advisory_unlock(hashtextextended($1, 11))`, [`import:${district}`])
      .catch(() => undefined);
    client.release();
  }
}

/** Notes that a list is read and is being published; one cancelled meanwhile stays cancelled. */
export async function beginPublishing(pool: pg.Pool, district: string, id: string): Promise<void> {
  await pool.query(
    `UPDATE import_file SET state = 'publishing' WHERE district_code = $1 AND id = $2 AND state = 'reading'`,
    [district, id],
  );
}

/** Whether a list is still being published, held so until the transaction ends; false when it was cancelled meanwhile. */
export async function holdPublishing(client: pg.ClientBase, district: string, id: string): Promise<boolean> {
  const still = await client.query(
    `SELECT 1 FROM import_file WHERE district_code = $1 AND id = $2 AND state = 'publishing' FOR UPDATE`,
    [district, id],
  );
  return still.rowCount === 1;
}
