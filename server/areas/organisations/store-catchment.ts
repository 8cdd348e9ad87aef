import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** The communities of catchments on a day; of one school when given. */
export async function listCatchmentRows(
  client: Client,
  district: string,
  day: string,
  schoolId: string | null,
): Promise<{ school_id: string; code: string; name: string }[]> {
  const found = await client.query<{ school_id: string; code: string; name: string }>({
    name: 'organisations-catchment',
    values: [district, day, schoolId],
    text: `SELECT c.school_id, c.community_code AS code, p.name FROM catchment c JOIN place p ON p.district_code = $1 AND p.code = c.community_code
           WHERE c.district_code = $1 AND ($3::uuid IS NULL OR c.school_id = $3::uuid) AND c.from_date <= $2::date AND (c.to_date IS NULL OR c.to_date >= $2::date)
           ORDER BY c.community_code, c.school_id`,
  });
  return found.rows;
}

/** Begins communities in a school's catchment on a day. */
export async function beginCatchment(
  client: Client,
  district: string,
  schoolId: string,
  code: string,
  day: string,
): Promise<void> {
  await client.query({
    name: 'organisations-begin-catchment',
    values: [district, schoolId, code, day],
    text: `INSERT INTO catchment (district_code, school_id, community_code, from_date) VALUES ($1, $2, $3, $4)
           ON CONFLICT ON CONSTRAINT catchment_pk DO UPDATE SET to_date = NULL`,
  });
}

/** Ends communities in a school's catchment, `lastDay` being their last day. */
export async function endCatchment(
  client: Client,
  district: string,
  schoolId: string,
  codes: readonly string[],
  lastDay: string,
): Promise<void> {
  await client.query({
    name: 'organisations-end-catchment',
    values: [district, schoolId, codes, lastDay],
    text: `UPDATE catchment SET to_date = $4 WHERE district_code = $1 AND school_id = $2 AND community_code = ANY($3::text[]) AND (to_date IS NULL OR to_date > $4::date)`,
  });
}

/** For every community and stage (grades 1–6, 7–9) the school that most pupils living there attend. */
export async function busiestSchools(
  client: Client,
  district: string,
): Promise<{ community_code: string; school_id: string }[]> {
  const found = await client.query<{ community_code: string; school_id: string }>({
    name: 'organisations-busiest',
    values: [district],
    text: `SELECT DISTINCT ON (c.community_code, c.junior) c.community_code, c.school_id FROM (
             SELECT r.community_code, e.grade >= 7 AS junior, e.school_id, count(*) AS pupils FROM enrolment e
             JOIN register_entry r ON r.district_code = $1 AND r.child_id = e.child_id AND upper_inf(r.known)
             WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NULL AND r.community_code IS NOT NULL
             GROUP BY r.community_code, e.grade >= 7, e.school_id) c
           ORDER BY c.community_code, c.junior, c.pupils DESC, c.school_id`,
  });
  return found.rows;
}
