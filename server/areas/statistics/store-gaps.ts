import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** Classes of a school that have pupils on a school day and were not called on it, by day; `parts` calls make a day. */
export async function listUncalled(
  client: Client,
  district: string,
  schoolId: string,
  days: readonly string[],
  parts: number,
): Promise<{ day: string; classes: string[] }[]> {
  const found = await client.query<{ day: string; classes: string[] }>({
    name: 'gaps-uncalled',
    values: [district, schoolId, days, parts],
    text: `SELECT d.day, array_agg(k.name ORDER BY k.grade, length(k.class_no), k.class_no) AS classes FROM unnest($3::date[]) d (day)
           JOIN school_class k ON k.district_code = $1 AND k.school_id = $2
             AND EXISTS (SELECT 1 FROM course c WHERE c.district_code = $1 AND c.school_id = $2 AND c.class_id = k.id AND upper_inf(c.known) AND c.state IN ('inSchool', 'transferring')
               AND c.from_date <= d.day AND (c.to_date IS NULL OR c.to_date > d.day))
             AND (SELECT count(DISTINCT r.part) FROM roll_call r WHERE r.district_code = $1 AND r.class_id = k.id AND r.day = d.day AND upper_inf(r.known)) < $4
           GROUP BY d.day ORDER BY d.day`,
  });
  return found.rows;
}

/** Open duties of a school that are past their moment, by rule; that the report itself is late is no gap in it. */
export async function listOverdueDuties(
  client: Client,
  district: string,
  schoolId: string,
  now: Date,
): Promise<{ rule: string; count: number; oldest: Date }[]> {
  const found = await client.query<{ rule: string; count: number; oldest: Date }>({
    name: 'gaps-duties',
    values: [district, schoolId, now],
    text: `SELECT rule, count(*)::int AS count, min(due_at) AS oldest FROM duty WHERE district_code = $1 AND school_id = $2 AND state = 'open' AND due_at < $3 AND rule <> 'reportDue' GROUP BY rule ORDER BY rule`,
  });
  return found.rows;
}

/** Open findings and open cases of a school that are past their day. */
export async function countOverdueOf(
  client: Client,
  district: string,
  schoolId: string,
  today: string,
): Promise<{ kind: 'finding' | 'case'; count: number; oldest: string }[]> {
  const found = await client.query<{ kind: 'finding' | 'case'; count: number; oldest: string | null }>({
    name: 'gaps-findings-cases',
    values: [district, schoolId, today],
    text: `SELECT 'finding' AS kind, count(*)::int AS count, min(due_date) AS oldest FROM finding WHERE district_code = $1 AND school_id = $2 AND closed_at IS NULL AND due_date < $3::date
           UNION ALL SELECT 'case', count(*)::int, min(due_date) FROM return_case WHERE district_code = $1 AND school_id = $2 AND state NOT IN ('dismissed', 'closed') AND due_date < $3::date`,
  });
  return found.rows.flatMap((row) => (row.oldest === null ? [] : [{ ...row, oldest: row.oldest }]));
}
