import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A school and span as known at a moment; null is now. */
export interface FormAsk {
  schoolId: string;
  from: string;
  to: string;
  knownAt: string | null;
}

/** A statement that is being written. Placeholders: $1 district, $2 school, $3 first day, $4 last day. */
interface Said {
  values: unknown[];
  value: (one: unknown) => string;
  /** What of a row is known, in a form that indexes of what is known now and of what was superseded serve. */
  known: (alias: string) => string;
  moment: string | null;
}

/** Begins a statement about a school's form. */
export function beginForm(district: string, ask: FormAsk): Said {
  const values: unknown[] = [district, ask.schoolId, ask.from, ask.to];
  const value = (one: unknown) => `$${String(values.push(one))}`;
  const moment = ask.knownAt === null ? null : `${value(ask.knownAt)}::timestamptz`;
  const known = (alias: string) =>
    moment === null
      ? `upper_inf(${alias}.known)`
      : `(upper_inf(${alias}.known) AND lower(${alias}.known) <= ${moment} OR NOT upper_inf(${alias}.known) AND upper(${alias}.known) > ${moment} AND lower(${alias}.known) <= ${moment})`;
  return { values, value, known, moment };
}

/** The calls of the school in the span: one row for a class and half-day, which counts its pupils, so that no marks of pupils are read. */
const calls = (said: Said) =>
  `call AS MATERIALIZED (SELECT r.class_id, r.day, r.part, r.weight, r.on_roll FROM roll_call r WHERE r.district_code = $1 AND r.school_id = $2::uuid AND r.day BETWEEN $3::date AND $4::date AND ${said.known('r')})`;

/** Who was not there at those calls; who came late was. */
const absences = (said: Said) =>
  `away AS MATERIALIZED (SELECT a.class_id, a.child_id, a.day, a.weight, a.kind FROM (SELECT DISTINCT class_id FROM call) k
     JOIN absence a ON a.district_code = $1 AND a.class_id = k.class_id AND a.day BETWEEN $3::date AND $4::date AND a.kind <> 'late' AND ${said.known('a')}
     JOIN call c ON c.class_id = a.class_id AND c.day = a.day AND c.part = a.part)`;

/** How kinds of absence are counted in forms. */
const kinds = {
  leave: `kind NOT IN ('unexcused', 'unknown')`,
  unexcused: `kind = 'unexcused'`,
  unsettled: `kind = 'unknown'`,
} as const;
/** A kind of absence as forms count it. */
export type AwayKind = keyof typeof kinds;

/** The calls of a class in pupil-days. */
export interface ClassCalls {
  class_id: string;
  name: string;
  grade: number;
  on_roll: number;
  leave: number;
  unexcused: number;
  unsettled: number;
}

/** What the roll calls of a school's classes say, in pupil-days; present is who was on the roll and not away. */
export async function countCalls(client: Client, district: string, ask: FormAsk): Promise<ClassCalls[]> {
  const said = beginForm(district, ask);
  const sum = (kind: AwayKind) => `coalesce(sum(weight) FILTER (WHERE ${kinds[kind]}), 0)::float AS ${kind}`;
  const found = await client.query<ClassCalls>(
    `WITH ${calls(said)}, ${absences(said)}
     SELECT k.id AS class_id, k.name, k.grade, c.on_roll, coalesce(a.leave, 0) AS leave, coalesce(a.unexcused, 0) AS unexcused, coalesce(a.unsettled, 0) AS unsettled
     FROM (SELECT class_id, sum(on_roll * weight)::float AS on_roll FROM call GROUP BY class_id) c
     JOIN school_class k ON k.district_code = $1 AND k.id = c.class_id
     LEFT JOIN (SELECT class_id, ${sum('leave')}, ${sum('unexcused')}, ${sum('unsettled')} FROM away GROUP BY class_id) a ON a.class_id = c.class_id`,
    said.values,
  );
  return found.rows;
}

/** A class with the pupil-days on which it ought to have been called and was not. */
export interface ClassGap {
  class_id: string;
  name: string;
  grade: number;
  days: number;
  /** The days of which some or all is not called. */
  gap_days: string[];
}

/**
 * Pupil-days of school days on which a class was not called, by class: those who are to be called on the day (`calledOn` of enrolment) times the
 * part of the day for which no call stands.
 */
export async function countUncalled(
  client: Client,
  district: string,
  ask: FormAsk,
  days: readonly string[],
): Promise<ClassGap[]> {
  if (days.length === 0) return [];
  const said = beginForm(district, ask);
  const schoolDays = said.value(days);
  const within = (alias: string) =>
    `${said.known(alias)} AND ${alias}.from_date <= $4::date AND (${alias}.to_date IS NULL OR ${alias}.to_date > $3::date)`;
  const on = (alias: string) =>
    `${alias}.from_date <= g.day AND (${alias}.to_date IS NULL OR ${alias}.to_date > g.day)`;
  const found = await client.query<ClassGap>(
    `WITH ${calls(said)},
     member AS MATERIALIZED (SELECT e.child_id, e.class_id, e.from_date, e.to_date, true AS by_roll FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2::uuid AND e.class_id IS NOT NULL AND ${within('e')}
       UNION ALL SELECT a.child_id, a.class_id, a.from_date, a.to_date, false FROM attending_place a WHERE a.district_code = $1 AND a.school_id = $2::uuid AND a.class_id IS NOT NULL AND a.kind <> 'regularClass' AND ${within('a')}),
     gap AS MATERIALIZED (SELECT k.class_id, d.day, 1 - coalesce(c.weight, 0) AS weight FROM (SELECT DISTINCT class_id FROM member) k CROSS JOIN unnest(${schoolDays}::date[]) AS d (day)
       LEFT JOIN (SELECT class_id, day, sum(weight) AS weight FROM call GROUP BY class_id, day) c ON c.class_id = k.class_id AND c.day = d.day WHERE coalesce(c.weight, 0) < 1),
     gone AS MATERIALIZED (SELECT w.child_id, w.from_date, w.to_date FROM course w WHERE w.district_code = $1 AND w.child_id IN (SELECT child_id FROM member) AND w.state = 'suspended' AND ${within('w')}
       UNION ALL SELECT a.child_id, a.from_date, a.to_date FROM attending_place a WHERE a.district_code = $1 AND a.child_id IN (SELECT child_id FROM member) AND a.kind <> 'regularClass' AND ${within('a')})
     SELECT k.id AS class_id, k.name, k.grade, sum(g.weight)::float AS days, array_agg(DISTINCT g.day::text ORDER BY g.day::text) AS gap_days
     FROM gap g JOIN member m ON m.class_id = g.class_id AND ${on('m')} JOIN school_class k ON k.district_code = $1 AND k.id = g.class_id
     WHERE NOT (m.by_roll AND EXISTS (SELECT 1 FROM gone w WHERE w.child_id = m.child_id AND ${on('w')})) GROUP BY k.id, k.name, k.grade`,
    said.values,
  );
  return found.rows;
}

/** A child who was away at calls of a class: in pupil-days, from the first day to the last. */
export interface AwayName {
  child_id: string;
  class_name: string;
  days: number;
  first_day: string;
  last_day: string;
}

/** Who was away at the calls of a school's classes in one of the kinds, most days first; of one grade where it is told. */
export async function listAway(
  client: Client,
  district: string,
  ask: FormAsk & { kind: AwayKind; grade: number | null },
): Promise<AwayName[]> {
  const said = beginForm(district, ask);
  const ofGrade = ask.grade === null ? '' : ` AND k.grade = ${said.value(ask.grade)}`;
  const found = await client.query<AwayName>(
    `WITH ${calls(said)}, ${absences(said)}
     SELECT a.child_id, k.name AS class_name, sum(a.weight)::float AS days, min(a.day) AS first_day, max(a.day) AS last_day FROM away a
     JOIN school_class k ON k.district_code = $1 AND k.id = a.class_id${ofGrade} WHERE a.${kinds[ask.kind]} GROUP BY a.child_id, k.name ORDER BY days DESC, a.child_id`,
    said.values,
  );
  return found.rows;
}
