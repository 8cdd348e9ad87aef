import type { Client } from './store-course.ts';

/** A child taught at home: the quota of his place, since when, and where he is on roll. */
export interface HomePlace {
  changeId: string;
  childId: string;
  quota: number;
  fromDate: string;
  toDate: string | null;
  schoolId: string;
  classId: string | null;
  reach: string[];
}

/** Places of home teaching for which the condition holds, as they are known now. */
function homePlaces(condition: string): string {
  return `SELECT a.change_id AS "changeId", a.child_id AS "childId", a.quota, greatest(a.from_date, coalesce(x.done_on, a.from_date)) AS "fromDate", a.to_date AS "toDate", c.school_id AS "schoolId", c.class_id AS "classId", x.reach
    FROM attending_place a JOIN registry_change x ON x.district_code = $1 AND x.id = a.change_id
    JOIN course c ON c.district_code = $1 AND c.child_id = a.child_id AND upper_inf(c.known) AND c.to_date IS NULL
    WHERE a.district_code = $1 AND a.kind = 'home' AND a.quota IS NOT NULL AND upper_inf(a.known) AND ${condition}`;
}

/** Places of home teaching in force in a month that is over and not told yet. */
export async function listUntoldPlaces(
  client: Client,
  district: string,
  month: { first: string; after: string },
): Promise<HomePlace[]> {
  const found = await client.query<HomePlace>({
    name: 'quota-untold',
    values: [district, month.first, month.after],
    text: homePlaces(`a.from_date < $3::date AND (a.to_date IS NULL OR a.to_date > $2::date) AND coalesce(x.done_on, a.from_date) < $3::date
      AND NOT EXISTS (SELECT 1 FROM home_lesson_month m WHERE m.district_code = $1 AND m.change_id = a.change_id AND m.month = $2::date) ORDER BY a.change_id LIMIT 500`),
  });
  return found.rows;
}

/** The place of home teaching of a change as known now; null once it is taken back. */
export async function findHomePlace(client: Client, district: string, changeId: string): Promise<HomePlace | null> {
  const found = await client.query<HomePlace>({
    name: 'quota-place',
    values: [district, changeId],
    text: homePlaces('a.change_id = $2'),
  });
  return found.rows[0] ?? null;
}

/** Keeps how a month that is over stands. */
export async function insertLessonMonth(
  client: Client,
  district: string,
  row: Pick<HomePlace, 'changeId' | 'childId' | 'quota' | 'reach'> & {
    month: string;
    held: number;
    debt: number;
    at: Date;
  },
): Promise<void> {
  await client.query({
    name: 'quota-insert',
    values: [district, row.changeId, row.childId, row.month, row.quota, row.held, row.debt, row.at, row.reach],
    text: `INSERT INTO home_lesson_month (district_code, change_id, child_id, month, quota, held, debt, at, reach) VALUES ($1, $2, $3, $4::date, $5, $6, $7, $8, $9::text[])
           ON CONFLICT ON CONSTRAINT home_lesson_month_uq DO NOTHING`,
  });
}
