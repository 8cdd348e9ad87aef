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

/** A change under way whose pupil a roster of the receiving school shows. */
export interface ShownArrival {
  id: string;
  /** The day from which the roster shows him. */
  day: string;
  classId: string | null;
  /** The list found him on another roll and left a claim, so that his course has not moved yet. */
  claimed: boolean;
}

/** Changes that wait for an arrival which a published roster shows: the pupil is in school there, or the receiving school claims him. */
export async function listShownArrivals(client: Client, district: string): Promise<ShownArrival[]> {
  const found = await client.query<ShownArrival>({
    name: 'changes-shown',
    values: [district],
    text: `SELECT x.id, coalesce(q.from_date, c.from_date) AS day, CASE WHEN q.child_id IS NULL THEN c.class_id ELSE q.class_id END AS "classId", q.child_id IS NOT NULL AS claimed
           FROM registry_change x JOIN course c ON c.district_code = $1 AND c.child_id = x.child_id AND upper_inf(c.known) AND c.to_date IS NULL
           LEFT JOIN enrolment_claim q ON q.district_code = $1 AND q.child_id = x.child_id AND upper_inf(q.known) AND q.school_id = x.to_school_id AND q.from_date >= x.asked_on AND c.state IN ('transferring', 'gone')
           WHERE x.district_code = $1 AND x.state IN ('arrival', 'late') AND x.to_school_id IS NOT NULL
             AND (q.child_id IS NOT NULL OR c.state = 'inSchool' AND c.school_id = x.to_school_id AND (x.kind = 'placement' OR x.school_id IS DISTINCT FROM x.to_school_id))
           ORDER BY x.asked_at, x.id LIMIT 500`,
  });
  return found.rows;
}

/** Changes that wait for an arrival whose pupil went another way: back in school, in another school, or beyond the reach of any. */
export async function listMovedOn(client: Client, district: string): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: 'changes-moved-on',
    values: [district],
    text: `SELECT x.id FROM registry_change x JOIN course c ON c.district_code = $1 AND c.child_id = x.child_id AND upper_inf(c.known) AND c.to_date IS NULL
           WHERE x.district_code = $1 AND x.state IN ('arrival', 'late')
             AND (c.state IN ('dead', 'graduated') OR c.state = 'inSchool' AND c.school_id IS DISTINCT FROM x.to_school_id
               OR c.state IN ('out', 'abroad') AND x.kind NOT IN ('transferInProvince', 'transferInOther'))
           ORDER BY x.asked_at, x.id LIMIT 500`,
  });
  return found.rows.map((row) => row.id);
}

/** A leaver of grade 6 whom nobody placed. */
export interface UnplacedLeaver {
  childId: string;
  schoolId: string;
  classId: string | null;
}

/** Leavers of grade 6 of before a day who are placed nowhere; an application to go elsewhere is no place yet. */
export async function listUnplacedLeavers(client: Client, district: string, before: string): Promise<UnplacedLeaver[]> {
  const found = await client.query<UnplacedLeaver>({
    name: 'leavers-unplaced',
    values: [district, before],
    text: `SELECT c.child_id AS "childId", c.school_id AS "schoolId", c.class_id AS "classId" FROM course c
           WHERE c.district_code = $1 AND c.state = 'leaver' AND upper_inf(c.known) AND c.to_date IS NULL AND c.from_date < $2::date
             AND NOT EXISTS (SELECT 1 FROM registry_change x WHERE x.district_code = $1 AND x.child_id = c.child_id AND x.kind = 'placement' AND x.state IN ('arrival', 'late'))
           ORDER BY c.child_id LIMIT 500`,
  });
  return found.rows;
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
