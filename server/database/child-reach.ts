import type pg from 'pg';

/** Tables whose rows carry the reach of the child that they name. */
const carriers = [
  'register_entry',
  'register_repeat',
  'enrolment',
  'enrolment_claim',
  'course',
  'attending_place',
  'presence',
  'key_list_entry',
  'standing',
  'finding',
  'visit',
  'visit_signature',
  'visit_plan_item',
  'absence',
  'absence_standing',
  'leave',
  'attendance_correction',
  'attendance_watch',
  'first_day_entry',
  'risk_sign',
  'risk_case',
  'own_value',
  'work_record_child',
] as const;

/** Carries the reach of children to what is known of them and to the events of their findings. */
export async function carryChildReach(
  client: Pick<pg.ClientBase, 'query'>,
  district: string,
  ids: readonly string[],
): Promise<void> {
  // Unnamed, so that each is planned for as many children as it is for: one, or the thousands of a list.
  for (const table of carriers)
    await client.query(
      `UPDATE ${table} x SET reach = c.reach FROM child c WHERE x.district_code = $1 AND x.child_id = ANY($2::uuid[]) AND c.district_code = $1 AND c.id = x.child_id AND x.reach <> c.reach`,
      [district, ids],
    );
  // Scores are a closed compartment of schools and classes.
  await client.query(`SELECT set_config('app.closed', '1', true)`);
  await client.query(
    `UPDATE pupil_score x SET reach = ARRAY(SELECT t FROM unnest(c.reach) t WHERE t LIKE 'school:%' OR t LIKE 'class:%') FROM child c WHERE x.district_code = $1 AND x.child_id = ANY($2::uuid[]) AND c.district_code = $1 AND c.id = x.child_id`,
    [district, ids],
  );
  await client.query(`SELECT set_config('app.closed', '', true)`);
  await client.query(
    `UPDATE finding_event e SET reach = f.reach FROM finding f WHERE e.district_code = $1 AND f.district_code = $1 AND f.child_id = ANY($2::uuid[]) AND e.finding_id = f.id AND e.reach <> f.reach`,
    [district, ids],
  );
}
