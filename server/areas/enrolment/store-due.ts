import type { Client, SpellRow } from './store-course.ts';
import { spellColumns } from './store-course.ts';

/** Changes whose arrival is past its deadline. */
export async function listLateArrivals(client: Client, district: string, today: string): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: 'changes-late',
    values: [district, today],
    text: `SELECT x.id FROM registry_change x WHERE x.district_code = $1 AND x.state = 'arrival' AND x.due_date < $2::date ORDER BY x.due_date, x.id LIMIT 500`,
  });
  return found.rows.map((row) => row.id);
}

/** A suspension that ends by a day, with where the pupil was. */
export interface EndingRow {
  id: string;
  childId: string;
  schoolId: string;
  classId: string | null;
  endsOn: string;
}

/** Suspensions in force that end by `by` and are not told yet; of a chain only its last renewal. `lapsed`: ended before today. */
export async function listEnding(
  client: Client,
  district: string,
  asked: { by: string; lapsed: boolean },
): Promise<EndingRow[]> {
  const found = await client.query<EndingRow>({
    name: asked.lapsed ? 'changes-lapsed' : 'changes-ending',
    values: [district, asked.by],
    text: `SELECT x.id, x.child_id AS "childId", c.school_id AS "schoolId", c.class_id AS "classId", x.ends_on AS "endsOn" FROM registry_change x
           JOIN course c ON c.district_code = $1 AND c.child_id = x.child_id AND upper_inf(c.known) AND c.to_date IS NULL AND c.state = 'suspended'
           WHERE x.district_code = $1 AND x.kind IN ('suspension', 'renewal') AND x.state = 'done' AND x.ends_on ${asked.lapsed ? '<' : '<='} $2::date AND NOT x.${asked.lapsed ? 'told_lapsed' : 'told_ending'}
             AND NOT EXISTS (SELECT 1 FROM registry_change n WHERE n.district_code = $1 AND n.child_id = x.child_id AND n.kind = 'renewal' AND n.state = 'done' AND n.ends_on > x.ends_on)
           ORDER BY x.ends_on, x.id LIMIT 500`,
  });
  return found.rows;
}

/** Marks that the end of a suspension was told. */
export async function markTold(client: Client, district: string, id: string, lapsed: boolean): Promise<void> {
  await client.query(
    lapsed
      ? {
          name: 'change-told-lapsed',
          text: 'UPDATE registry_change SET told_lapsed = true WHERE district_code = $1 AND id = $2',
          values: [district, id],
        }
      : {
          name: 'change-told-ending',
          text: 'UPDATE registry_change SET told_ending = true WHERE district_code = $1 AND id = $2',
          values: [district, id],
        },
  );
}

/** What a change's spells superseded first: the spell that stood on the day of its first one, before it was written. */
export async function spellBefore(
  client: Client,
  district: string,
  changeId: string,
): Promise<(SpellRow & { day: string }) | null> {
  const found = await client.query<SpellRow & { day: string }>({
    name: 'course-before-change',
    values: [district, changeId],
    text: `SELECT ${spellColumns}, f.from_date AS day FROM course f
           JOIN course c ON c.district_code = $1 AND c.child_id = f.child_id AND upper(c.known) = lower(f.known) AND c.from_date <= f.from_date AND (c.to_date IS NULL OR c.to_date > f.from_date)
           WHERE f.district_code = $1 AND f.change_id = $2 ORDER BY lower(f.known), f.from_date LIMIT 1`,
  });
  return found.rows[0] ?? null;
}
