import type { Client } from './store-cases.ts';

/** One spell of a child's course as a book lists it. */
export interface BookSpell {
  fromDate: string;
  toDate: string | null;
  state: string;
  cause: string;
  schoolName: string | null;
  className: string | null;
}

/** The course of a child as it is known now, oldest first. */
export async function courseForBook(client: Client, district: string, childId: string): Promise<BookSpell[]> {
  const found = await client.query<BookSpell>({
    name: 'case-book-course',
    values: [district, childId],
    text: `SELECT c.from_date AS "fromDate", c.to_date AS "toDate", c.state, c.cause, s.name AS "schoolName", k.name AS "className" FROM course c
           LEFT JOIN school s ON s.district_code = $1 AND s.id = c.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = c.class_id
           WHERE c.district_code = $1 AND c.child_id = $2 AND upper_inf(c.known) ORDER BY c.from_date`,
  });
  return found.rows;
}

/** The absences of a child in one month and of one kind, in school days, with the first and the last day. */
export interface BookAbsence {
  month: string;
  kind: string;
  days: number;
  first: string;
  last: string;
}

/** The absences of a child as they are known now, by month and kind. */
export async function absencesForBook(client: Client, district: string, childId: string): Promise<BookAbsence[]> {
  const found = await client.query<BookAbsence>({
    name: 'case-book-absences',
    values: [district, childId],
    text: `SELECT to_char(day, 'YYYY-MM') AS month, kind, sum(weight)::float8 AS days, min(day) AS first, max(day) AS last FROM absence
           WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) GROUP BY 1, 2 ORDER BY 1, 2`,
  });
  return found.rows;
}

/** A record of aid or of help to a child as a book lists it; sealed = what it says. */
export interface BookHelp {
  id: string;
  kind: 'aid' | 'pairing';
  sort: string;
  state: string;
  day: string;
  byName: string;
  schoolName: string;
  sealed: Buffer;
}

/** The aid and the help that a child was given as it is known now, oldest first. */
export async function helpForBook(client: Client, district: string, childId: string): Promise<BookHelp[]> {
  const found = await client.query<BookHelp>({
    name: 'case-book-help',
    values: [district, childId],
    text: `SELECT w.id, w.kind, w.sort, w.state, w.day, w.by_name AS "byName", s.name AS "schoolName", w.sealed FROM work_record_child x
           JOIN work_record w ON w.district_code = $1 AND w.id = x.record_id JOIN school s ON s.district_code = $1 AND s.id = w.school_id
           WHERE x.district_code = $1 AND x.child_id = $2 AND w.kind IN ('aid', 'pairing') AND w.state <> 'withdrawn' AND upper_inf(w.known) ORDER BY w.day, w.id`,
  });
  return found.rows;
}

/** Which of some records of work name several children. Needs the whole district in sight: the others may lie beyond one's reach. */
export async function recordsOfSeveral(client: Client, district: string, ids: readonly string[]): Promise<Set<string>> {
  const found = await client.query<{ id: string }>({
    name: 'case-book-several',
    values: [district, ids],
    text: `SELECT x.record_id AS id FROM work_record_child x WHERE x.district_code = $1 AND x.record_id = ANY($2::uuid[]) GROUP BY x.record_id HAVING count(*) > 1`,
  });
  return new Set(found.rows.map((row) => row.id));
}
