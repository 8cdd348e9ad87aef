import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A table of the work about a child: its key, and when a row must stay because the kept person (`y`) has such a row already. */
interface WorkTable {
  table: string;
  key: 'id' | 'child_id';
  /** Condition on the merged person's row `x` and a row `y` of the kept one. */
  same?: string;
  /** Condition on `x` itself for rows that move at all. */
  only?: string;
}

const caseless = 'x.case_id IS NULL';

/**
 * The work about a child that follows a merge, as data: attendance, signs, visits, papers, documents. Standings are counted anew by
 * attendance, cases and what stands in them by `caseTables`.
 */
const workTables: readonly WorkTable[] = [
  { table: 'absence', key: 'id', same: 'y.day = x.day AND y.part = x.part AND y.known && x.known' },
  { table: 'leave', key: 'id' },
  {
    table: 'attendance_correction',
    key: 'id',
    same: `x.state = 'waiting' AND y.state = 'waiting' AND y.day = x.day AND y.part = x.part`,
  },
  { table: 'first_day_entry', key: 'id', same: 'y.day = x.day AND y.known && x.known' },
  { table: 'attendance_watch', key: 'child_id', same: 'true' },
  { table: 'risk_sign', key: 'id', same: 'y.kind = x.kind' },
  { table: 'risk_case', key: 'child_id', same: 'true' },
  {
    table: 'pupil_score',
    key: 'id',
    same: 'y.school_year = x.school_year AND y.term = x.term AND y.exam = x.exam AND y.known && x.known',
  },
  { table: 'visit', key: 'id' },
  { table: 'visit_signature', key: 'id' },
  {
    table: 'visit_plan_item',
    key: 'id',
    same: 'x.plan_id IS NOT NULL AND y.plan_id = x.plan_id AND y.from_date = x.from_date',
    only: caseless,
  },
  { table: 'paper', key: 'id' },
  { table: 'issued_document', key: 'id' },
  { table: 'service_receipt', key: 'id' },
  {
    table: 'registry_change',
    key: 'id',
    same: `y.state IN ('school', 'receiving', 'sending', 'bureau', 'elsewhere', 'arrival', 'late') AND x.state IN ('school', 'receiving', 'sending', 'bureau', 'elsewhere', 'arrival', 'late')`,
  },
  { table: 'registry_change_event', key: 'id' },
  { table: 'home_lesson', key: 'id' },
  { table: 'own_value', key: 'id', same: 'y.field_id = x.field_id AND y.known && x.known' },
  { table: 'work_record_child', key: 'id', same: 'y.record_id = x.record_id' },
  { table: 'home_lesson_month', key: 'id' },
  { table: 'change_form', key: 'id' },
  { table: 'registry_difference', key: 'id' },
  { table: 'access_request', key: 'id' },
];

/** A case with all that stands in it; it moves whole where the kept person has none. */
const caseTables = ['return_case', 'case_round', 'case_state', 'case_event', 'dropout_report', 'case_emergency', 'case_plan', 'case_finding', 'case_decision', 'case_referral', 'case_follow_up', 'return_callback'] as const; // prettier-ignore

async function idsOf(client: Client, text: string, values: unknown[]): Promise<string[]> {
  return (await client.query<{ id: string }>(text, values)).rows.map((row) => row.id);
}

/** Lets papers of the closed compartment move with the others. */
async function withClosed<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query(`SELECT set_config('app.closed', '1', true)`);
  const done = await work();
  await client.query(`SELECT set_config('app.closed', '', true)`);
  return done;
}

/** Moves the case of a person, with its duties and planned visits, to one who has none; null where there is none to move or both have one. */
async function moveCase(client: Client, district: string, from: string, to: string): Promise<Record<string, string[]>> {
  const both = await client.query<{ child_id: string }>({
    name: 'merge-cases',
    values: [district, [from, to]],
    text: `SELECT child_id FROM return_case WHERE district_code = $1 AND child_id = ANY($2::uuid[]) FOR UPDATE`,
  });
  if (both.rows.length !== 1 || both.rows[0]?.child_id !== from) return {};
  const moved: Record<string, string[]> = {};
  for (const table of caseTables)
    moved[table] = await idsOf(
      client,
      `UPDATE ${table} SET child_id = $3 WHERE district_code = $1 AND child_id = $2 RETURNING id`,
      [district, from, to],
    );
  moved['case:visit_plan_item'] = await idsOf(
    client,
    `UPDATE visit_plan_item SET child_id = $3 WHERE district_code = $1 AND child_id = $2 AND case_id IS NOT NULL RETURNING id`,
    [district, from, to],
  );
  moved['case:duty'] = await idsOf(
    client,
    `UPDATE duty SET child_id = $3 WHERE district_code = $1 AND child_id = $2 AND case_id IS NOT NULL AND subject_id <> $2::text RETURNING id`,
    [district, from, to],
  );
  return moved;
}

/** Moves the work about one person to another; answers the ids moved, by table. */
export async function moveWork(
  client: Client,
  district: string,
  from: string,
  to: string,
): Promise<Record<string, string[]>> {
  const moved = await moveCase(client, district, from, to);
  for (const { table, key, same, only } of workTables) {
    const stays = same === undefined ? '' : `AND NOT EXISTS (SELECT 1 FROM ${table} y WHERE y.district_code = $1 AND y.child_id = $3 AND ${same})`; // prettier-ignore
    const text = `UPDATE ${table} x SET child_id = $3 WHERE x.district_code = $1 AND x.child_id = $2 ${only === undefined ? '' : `AND ${only}`} ${stays} RETURNING x.${key} AS id`;
    moved[table] = await withClosed(client, () => idsOf(client, text, [district, from, to]));
  }
  moved['duty'] = await idsOf(
    client,
    `UPDATE duty x SET child_id = $3, subject_id = CASE WHEN x.subject_id = $2::text THEN $3::text ELSE x.subject_id END, live_key = replace(x.live_key, $2::text, $3::text),
       reach = ARRAY(SELECT DISTINCT t FROM unnest(x.reach || c.reach) t ORDER BY t)
     FROM child c WHERE x.district_code = $1 AND x.child_id = $2::uuid AND (x.case_id IS NULL OR x.subject_id = $2::text) AND c.district_code = $1 AND c.id = $3::uuid
       AND NOT EXISTS (SELECT 1 FROM duty y WHERE y.district_code = $1 AND y.child_id = $3::uuid AND y.rule = x.rule AND (y.occasion = x.occasion OR (x.state = 'open' AND y.state = 'open' AND y.live_key = replace(x.live_key, $2::text, $3::text))))
     RETURNING x.id`,
    [district, from, to],
  );
  return moved;
}

/** Ends what stayed with the merged person because the kept one has it too: known no more, owed no more; answers the ids, by table. */
export async function endWorkLeft(
  client: Client,
  district: string,
  childId: string,
  by: { knownAt: string; at: Date; name: string },
): Promise<Record<string, string[]>> {
  return {
    absence: await idsOf(
      client,
      `UPDATE absence SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) RETURNING id`,
      [district, childId, by.knownAt],
    ),
    visit_plan_item: await idsOf(
      client,
      `UPDATE visit_plan_item SET state = 'dropped' WHERE district_code = $1 AND child_id = $2 AND state = 'open' AND case_id IS NULL RETURNING id`,
      [district, childId],
    ),
    duty: await idsOf(
      client,
      `UPDATE duty SET state = 'settled', settled_at = $3, settled_by = 'platform', settled_name = $4, settled_event = 'comparison.personsMerged', settled_reason = '两份档案合并为一人', climbs_at = NULL
       WHERE district_code = $1 AND child_id = $2 AND state = 'open' AND case_id IS NULL RETURNING id`,
      [district, childId, by.at, by.name],
    ),
  };
}

/** Takes moved work back to the person it was of, and opens what was ended. */
export async function restoreWork(
  client: Client,
  district: string,
  keptId: string,
  mergedId: string,
  moved: Readonly<Record<string, string[]>>,
  ended: Readonly<Record<string, string[]>>,
): Promise<void> {
  const back = (table: string, key: string, ids: readonly string[]) =>
    client.query(
      `UPDATE ${table} SET child_id = $3 WHERE district_code = $1 AND ${key} = ANY($2::uuid[]) AND child_id = $4`,
      [district, ids, mergedId, keptId],
    );
  for (const table of caseTables) await back(table, 'id', moved[table] ?? []);
  await back('visit_plan_item', 'id', moved['case:visit_plan_item'] ?? []);
  await back('duty', 'id', moved['case:duty'] ?? []);
  for (const { table, key } of workTables) await withClosed(client, () => back(table, key, moved[table] ?? []));
  await client.query(
    `UPDATE duty SET child_id = $3::uuid, subject_id = CASE WHEN subject_id = $4::text THEN $3::text ELSE subject_id END, live_key = replace(live_key, $4::text, $3::text)
     WHERE district_code = $1 AND id = ANY($2::uuid[]) AND child_id = $4::uuid`,
    [district, moved['duty'] ?? [], mergedId, keptId],
  );
  await client.query(
    `UPDATE absence SET known = tstzrange(lower(known), NULL) WHERE district_code = $1 AND id = ANY($2::uuid[])`,
    [district, ended['absence'] ?? []],
  );
  await client.query(
    `UPDATE visit_plan_item SET state = 'open' WHERE district_code = $1 AND id = ANY($2::uuid[]) AND state = 'dropped'`,
    [district, ended['visit_plan_item'] ?? []],
  );
  await client.query(
    `UPDATE duty SET state = 'open', settled_at = NULL, settled_by = NULL, settled_name = NULL, settled_event = NULL, settled_reason = NULL, climbs_at = due_at
     WHERE district_code = $1 AND id = ANY($2::uuid[]) AND settled_event = 'comparison.personsMerged'`,
    [district, ended['duty'] ?? []],
  );
}
