import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** Narrows a statement to children; nothing for all. */
function among(childIds: readonly string[] | null, place: string): string {
  return childIds === null ? '' : ` AND child_id = ANY(${place}::uuid[])`;
}

/** The groups of children from register, roster and the lists that are not closed, among `tags`. */
export async function readGroups(
  client: Client,
  district: string,
  today: string,
  tags: readonly string[],
  childIds: readonly string[] | null,
): Promise<{ child_id: string; tags: string[] }[]> {
  const some = among(childIds, '$4');
  const found = await client.query<{ child_id: string; tags: string[] }>({
    values: childIds === null ? [district, tags, today] : [district, tags, today, childIds],
    text: `SELECT child_id, array_agg(DISTINCT tag ORDER BY tag) AS tags FROM (
             SELECT child_id, unnest(tags) AS tag FROM register_entry WHERE district_code = $1 AND upper_inf(known) AND (to_date IS NULL OR to_date > $3::date) AND tags <> '{}'${some}
             UNION ALL SELECT child_id, unnest(tags) AS tag FROM enrolment WHERE district_code = $1 AND upper_inf(known) AND (to_date IS NULL OR to_date > $3::date) AND tags <> '{}'${some}
             UNION ALL SELECT child_id, list AS tag FROM key_list_entry WHERE district_code = $1 AND child_id IS NOT NULL AND upper_inf(known) AND from_date <= $3::date AND (to_date IS NULL OR to_date >= $3::date)${some}
           ) x WHERE tag = ANY($2::text[]) GROUP BY child_id`,
  });
  return found.rows;
}

/** Children whom the register knew in more than one community since a day. */
export async function readMoves(
  client: Client,
  district: string,
  since: string,
  childIds: readonly string[] | null,
): Promise<{ child_id: string; communities: number }[]> {
  const found = await client.query<{ child_id: string; communities: number }>({
    values: childIds === null ? [district, since] : [district, since, childIds],
    text: `SELECT child_id, count(DISTINCT community_code)::int AS communities FROM register_entry
           WHERE district_code = $1 AND community_code IS NOT NULL AND (to_date IS NULL OR to_date > $2::date)${among(childIds, '$3')} GROUP BY child_id HAVING count(DISTINCT community_code) > 1`,
  });
  return found.rows;
}

/** Children with a brother or sister of the household who is out of school: an open case, 辍学 in the register, or not enrolled by the last comparison. */
export async function readSiblingsOut(
  client: Client,
  district: string,
  childIds: readonly string[] | null,
): Promise<{ child_id: string; siblings: string[] }[]> {
  const found = await client.query<{ child_id: string; siblings: string[] }>({
    values: childIds === null ? [district] : [district, childIds],
    text: `SELECT r.child_id, array_agg(DISTINCT o.child_id::text) AS siblings FROM (
             SELECT child_id FROM risk_case WHERE district_code = $1 AND open AND confirmed
             UNION SELECT child_id FROM register_entry WHERE district_code = $1 AND upper_inf(known) AND study_status = 'dropout'
             UNION SELECT child_id FROM finding WHERE district_code = $1 AND kind = 'notEnrolled' AND closed_at IS NULL) t
           JOIN register_entry o ON o.district_code = $1 AND o.child_id = t.child_id AND upper_inf(o.known) AND o.household_id IS NOT NULL
           JOIN register_entry r ON r.district_code = $1 AND r.household_id = o.household_id AND upper_inf(r.known) AND r.child_id <> o.child_id
           ${childIds === null ? '' : 'WHERE r.child_id = ANY($2::uuid[])'} GROUP BY r.child_id`,
  });
  return found.rows;
}

/** What the steps of cases told of a child. */
export interface CaseRow {
  child_id: string;
  first_opened: string | null;
  confirmed: boolean;
  returned_day: string | null;
  open: boolean;
}

/** What the steps of cases told of children. */
export async function readCases(
  client: Client,
  district: string,
  childIds: readonly string[] | null,
): Promise<CaseRow[]> {
  const found = await client.query<CaseRow>({
    values: childIds === null ? [district] : [district, childIds],
    text: `SELECT child_id, first_opened, confirmed, returned_day, open FROM risk_case WHERE district_code = $1${among(childIds, '$2')}`,
  });
  return found.rows;
}

/** Keeps what a step of a case told. */
export async function saveCase(
  client: Client,
  district: string,
  row: CaseRow & { reach: readonly string[] },
): Promise<void> {
  await client.query({
    name: 'risk-case-save',
    values: [district, row.child_id, row.first_opened, row.confirmed, row.returned_day, row.open, row.reach],
    text: `INSERT INTO risk_case (district_code, child_id, first_opened, confirmed, returned_day, open, reach) VALUES ($1, $2, $3::date, $4, $5::date, $6, $7::text[])
           ON CONFLICT ON CONSTRAINT risk_case_pk DO UPDATE SET first_opened = coalesce(risk_case.first_opened, excluded.first_opened), confirmed = risk_case.confirmed OR excluded.confirmed,
             returned_day = coalesce(excluded.returned_day, risk_case.returned_day), open = excluded.open`,
  });
}

/** The children of the household of a child, himself among them. */
export async function listHousehold(client: Client, district: string, childId: string): Promise<string[]> {
  const found = await client.query<{ child_id: string }>({
    name: 'risk-household',
    values: [district, childId],
    text: `SELECT DISTINCT o.child_id FROM register_entry r JOIN register_entry o ON o.district_code = $1 AND o.household_id = r.household_id AND upper_inf(o.known)
           WHERE r.district_code = $1 AND r.child_id = $2 AND upper_inf(r.known) AND r.household_id IS NOT NULL`,
  });
  return [...new Set([childId, ...found.rows.map((row) => row.child_id)])];
}

/** The reach of children. */
export async function readReach(
  client: Client,
  district: string,
  childIds: readonly string[],
): Promise<{ id: string; reach: string[] }[]> {
  const found = await client.query<{ id: string; reach: string[] }>({
    name: 'risk-reach',
    values: [district, childIds],
    text: `SELECT id, reach FROM child WHERE district_code = $1 AND id = ANY($2::uuid[]) AND merged_into IS NULL`,
  });
  return found.rows;
}

/** Whether every sign was computed anew on a day. */
export async function dayTaken(client: Client, district: string, day: string): Promise<boolean> {
  const found = await client.query({
    name: 'risk-day-taken',
    values: [district, day],
    text: `SELECT 1 FROM risk_day WHERE district_code = $1 AND day = $2::date`,
  });
  return found.rowCount === 1;
}

/** By which rule the signs of falling marks were last computed for everybody; null when never. */
export async function lastScoreRule(client: Client, district: string): Promise<string | null> {
  const found = await client.query<{ score_rule: string | null }>({
    name: 'risk-day-rule',
    values: [district],
    text: `SELECT score_rule FROM risk_day WHERE district_code = $1 ORDER BY day DESC LIMIT 1`,
  });
  return found.rows[0]?.score_rule ?? null;
}

/** Takes the day for computing every sign anew, with the rule of falling marks; false when it was done already. */
export async function takeDay(
  client: Client,
  district: string,
  day: string,
  at: Date,
  scoreRule: string,
): Promise<boolean> {
  const made = await client.query({
    name: 'risk-day',
    values: [district, day, at, scoreRule],
    text: `INSERT INTO risk_day (district_code, day, counted_at, score_rule) VALUES ($1, $2::date, $3, $4) ON CONFLICT ON CONSTRAINT risk_day_pk DO NOTHING`,
  });
  return made.rowCount === 1;
}
