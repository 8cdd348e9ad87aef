import { spellColumns, type Client, type SpellRow } from './store-course.ts';

/** The course of a child as known now, with the names of its places. */
export async function readSpellViews(
  client: Client,
  district: string,
  childId: string,
): Promise<(SpellRow & { schoolName: string; className: string | null })[]> {
  const found = await client.query<SpellRow & { schoolName: string; className: string | null }>({
    name: 'course-view',
    values: [district, childId],
    text: `SELECT ${spellColumns}, s.name AS "schoolName", k.name AS "className" FROM course c JOIN school s ON s.district_code = $1 AND s.id = c.school_id
           LEFT JOIN school_class k ON k.district_code = $1 AND k.id = c.class_id
           WHERE c.district_code = $1 AND c.child_id = $2 AND upper_inf(c.known) ORDER BY c.from_date`,
  });
  return found.rows;
}
