import type pg from 'pg';

/** Whether a visit is there, within reach, and of this pupil. */
export async function isVisitOf(
  client: Pick<pg.ClientBase, 'query'>,
  district: string,
  visitId: string,
  childId: string,
): Promise<boolean> {
  const found = await client.query({
    name: 'attendance-leave-visit',
    values: [district, visitId, childId],
    text: `SELECT 1 FROM visit WHERE district_code = $1 AND id = $2 AND child_id = $3 LIMIT 1`,
  });
  return found.rowCount === 1;
}
