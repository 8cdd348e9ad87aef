import type pg from 'pg';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Which rows are asked for: unit, day and moment. */
export interface RowsAsked {
  schoolId: string | null;
  day: string;
  knownAt: string;
}

/** The last moment at which anything of the district became known; what is read as known then never changes. */
export async function lastKnownMoment(client: Client, district: string): Promise<string> {
  const found = await client.query<{ known: string }>({
    name: 'books-last-known',
    values: [district],
    text: `SELECT to_char(known_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS known FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1`,
  });
  return found.rows[0]?.known ?? '2000-01-01T00:00:00.000000Z';
}

/** A pupil on a roll as his list said it. */
export interface PupilRow {
  entryId: string;
  childId: string;
  name: string;
  sex: string | null;
  birthDate: string | null;
  guardian: string | null;
  address: string | null;
  tags: string[];
  grade: number;
  schoolName: string;
  className: string | null;
  sealed: Buffer | null;
  courseState: string | null;
  ethnicity: string | null;
  /** The entry of the register that stood, for the place of the household registration sealed in it. */
  registerId: string | null;
  registerSealed: Buffer | null;
}

/** The entry of the register about a child that stood on the day, as known then. */
function registerOn(child: string): string {
  return `SELECT r.id, r.sealed, r.guardian, r.address FROM register_entry r WHERE r.district_code = $1 AND r.child_id = ${child} AND r.from_date <= $2::date AND (r.to_date IS NULL OR r.to_date > $2::date) AND r.known @> $3::timestamptz ORDER BY r.from_date DESC LIMIT 1`;
}

/** Pupils on the roll on the day, as known then, by school, grade, class and name. */
export async function readPupils(client: Client, district: string, asked: RowsAsked): Promise<PupilRow[]> {
  const where = filters(district, asked.day, asked.knownAt);
  if (asked.schoolId !== null) where.and(`e.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT e.id AS "entryId", e.child_id AS "childId", e.name, e.sex, e.birth_date AS "birthDate", e.guardian, e.address, e.tags, e.grade, s.name AS "schoolName", k.name AS "className", e.sealed, c.state AS "courseState", p.ethnicity, r.id AS "registerId", r.sealed AS "registerSealed"
    FROM enrolment e JOIN child p ON p.district_code = $1 AND p.id = e.child_id JOIN school s ON s.district_code = $1 AND s.id = e.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
    LEFT JOIN course c ON c.district_code = $1 AND c.child_id = e.child_id AND c.from_date <= $2::date AND (c.to_date IS NULL OR c.to_date > $2::date) AND c.known @> $3::timestamptz
    LEFT JOIN LATERAL (${registerOn('e.child_id')}) r ON true
    WHERE e.district_code = $1 AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) AND e.known @> $3::timestamptz AND e.grade BETWEEN 1 AND 9${where.where()}
    ORDER BY s.code, e.grade, length(k.class_no), k.class_no, e.name COLLATE "zh-Hans-CN-x-icu", e.child_id`;
  return (await client.query<PupilRow>({ text, values: where.values })).rows;
}

/** A registry change as it stood on the day. */
export interface ChangeRow {
  childId: string;
  name: string;
  kind: string;
  state: string;
  schoolName: string | null;
  className: string | null;
  grade: number | null;
  toSchoolName: string | null;
  toGrade: number | null;
  fromDay: string;
  endsOn: string | null;
  askedOn: string;
  askedName: string;
  stateDay: string;
}

/** Registry changes asked for in a span of days, each in the state of the last day as known then. */
export async function readChangeRows(
  client: Client,
  district: string,
  asked: RowsAsked & { from: string },
): Promise<ChangeRow[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from);
  if (asked.schoolId !== null) {
    const school = where.value(asked.schoolId);
    where.and(`r.school_id = ${school}::uuid OR r.to_school_id = ${school}::uuid`);
  }
  const text = `SELECT r.child_id AS "childId", r.name, r.kind, v.state, s.name AS "schoolName", k.name AS "className", r.grade, t.name AS "toSchoolName", r.to_grade AS "toGrade", r.from_day AS "fromDay", r.ends_on AS "endsOn",
      r.asked_on AS "askedOn", r.asked_name AS "askedName", v.day AS "stateDay"
    FROM registry_change r
    JOIN LATERAL (SELECT v.state, v.day FROM registry_change_event v WHERE v.district_code = $1 AND v.change_id = r.id AND v.day <= $2::date AND v.at <= $3::timestamptz ORDER BY v.number DESC LIMIT 1) v ON true
    LEFT JOIN school s ON s.district_code = $1 AND s.id = r.school_id LEFT JOIN school t ON t.district_code = $1 AND t.id = r.to_school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = r.class_id
    WHERE r.district_code = $1 AND r.asked_on BETWEEN $4::date AND $2::date AND r.asked_at <= $3::timestamptz${where.where()}
    ORDER BY r.asked_on, r.asked_at, r.id`;
  return (await client.query<ChangeRow>({ text, values: where.values })).rows;
}

/** A persuasion with the case and child it was for. */
export interface PersuasionRow {
  childId: string;
  name: string;
  sex: string | null;
  birthDate: string | null;
  schoolName: string | null;
  className: string | null;
  grade: number | null;
  guardian: string | null;
  address: string | null;
  round: number;
  count: number;
  day: string;
  actor: string;
  words: string;
  reasonGroup: string | null;
  whereabouts: string | null;
  state: string | null;
  /** The month since which he is away: of the first lesson missed, else of the discovery. */
  awaySince: string | null;
  sealed: Buffer | null;
  registerId: string | null;
  registerSealed: Buffer | null;
  enrolmentId: string | null;
  enrolmentSealed: Buffer | null;
  eventId: string;
  eventSealed: Buffer | null;
  staffId: string | null;
  staffSealed: Buffer | null;
}

/** Persuasions up to the day, as known then, case by case in their order. */
export async function readPersuasions(client: Client, district: string, asked: RowsAsked): Promise<PersuasionRow[]> {
  const where = filters(district, asked.day, asked.knownAt);
  if (asked.schoolId !== null) where.and(`t.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT v.child_id AS "childId", coalesce(e.name, c.name) AS name, c.sex, c.birth_date AS "birthDate", s.name AS "schoolName", k.name AS "className", e.grade, coalesce(r.guardian, e.guardian) AS guardian, coalesce(r.address, e.address) AS address,
      v.round, (row_number() OVER (PARTITION BY v.case_id, v.round ORDER BY v.number))::int AS count, v.day, v.actor_name AS actor, v.words, d.reason_group AS "reasonGroup", d.whereabouts, t.state,
      left(coalesce(d.first_absent_on, d.discovered_on)::text, 7) AS "awaySince", c.sealed, r.id AS "registerId", r.sealed AS "registerSealed", e.id AS "enrolmentId", e.sealed AS "enrolmentSealed",
      v.id AS "eventId", v.sealed AS "eventSealed", f.id AS "staffId", f.sealed_phone AS "staffSealed"
    FROM case_event v JOIN child c ON c.district_code = $1 AND c.id = v.child_id
    LEFT JOIN case_state t ON t.district_code = $1 AND t.case_id = v.case_id AND t.from_date <= $2::date AND (t.to_date IS NULL OR t.to_date > $2::date) AND t.known @> $3::timestamptz
    LEFT JOIN LATERAL (SELECT e.id, e.sealed, e.name, e.grade, e.guardian, e.address FROM enrolment e WHERE e.district_code = $1 AND e.child_id = v.child_id AND e.from_date <= $2::date AND e.known @> $3::timestamptz ORDER BY e.from_date DESC LIMIT 1) e ON true
    LEFT JOIN LATERAL (${registerOn('v.child_id')}) r ON true
    LEFT JOIN LATERAL (SELECT d.reason_group, d.whereabouts, d.first_absent_on, d.discovered_on FROM dropout_report d WHERE d.district_code = $1 AND d.case_id = v.case_id AND d.round = v.round AND d.discovered_on <= $2::date AND d.reported_at <= $3::timestamptz ORDER BY d.number DESC NULLS LAST, d.reported_at DESC LIMIT 1) d ON true
    LEFT JOIN account a ON a.district_code = $1 AND a.id::text = v.actor_id LEFT JOIN staff f ON f.district_code = $1 AND f.id = a.staff_id
    LEFT JOIN school s ON s.district_code = $1 AND s.id = t.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = t.class_id
    WHERE v.district_code = $1 AND v.what = 'persuade' AND NOT v.closed AND v.day <= $2::date AND v.at <= $3::timestamptz${where.where()}
    ORDER BY s.code, v.case_id, v.number`;
  return (await client.query<PersuasionRow>({ text, values: where.values })).rows;
}
