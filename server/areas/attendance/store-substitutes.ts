import type pg from 'pg';
import type { Role } from '#domain/basics/roles.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A substitute as stored. */
export interface SubstituteRow {
  id: string;
  school_id: string;
  class_id: string;
  class_name: string;
  staff_id: string;
  staff_name: string;
  from_day: string;
  to_day: string;
  named_name: string;
}

const shown = `x.id, x.school_id, x.class_id, k.name AS class_name, x.staff_id, x.staff_name, x.from_day, x.to_day, x.named_name`;
const classOf = 'JOIN school_class k ON k.district_code = $1 AND k.id = x.class_id';

/**
 * The classes that a person of the staff substitutes on a day, by a substitution that has begun and not ended before a day (today while
 * it must hold). These are not within his reach by post.
 */
export async function classesSubstituted(
  client: Client,
  district: string,
  staffId: string,
  asked: { day: string; today: string; endsFrom: string },
): Promise<{ class_id: string; school_id: string; from_day: string; to_day: string }[]> {
  const found = await client.query<{ class_id: string; school_id: string; from_day: string; to_day: string }>({
    name: 'attendance-substituted',
    values: [district, staffId, asked.day, asked.today, asked.endsFrom],
    text: `SELECT class_id, school_id, from_day, to_day FROM substitute WHERE district_code = $1 AND staff_id = $2 AND to_day >= $3::date AND from_day <= $3::date
             AND from_day <= $4::date AND to_day >= $5::date AND ended_at IS NULL`,
  });
  return found.rows;
}

/** The substitutes of classes on a day. */
export async function substitutesOf(
  client: Client,
  district: string,
  classIds: readonly string[],
  day: string,
): Promise<SubstituteRow[]> {
  if (classIds.length === 0) return [];
  const found = await client.query<SubstituteRow>({
    name: 'attendance-substitutes',
    values: [district, classIds, day],
    text: `SELECT ${shown} FROM substitute x ${classOf} WHERE x.district_code = $1 AND x.class_id = ANY($2::uuid[]) AND x.to_day >= $3::date AND x.from_day <= $3::date AND x.ended_at IS NULL ORDER BY x.named_at`,
  });
  return found.rows;
}

/** The substitutes of a class from a day on. */
export async function listSubstituteRows(
  client: Client,
  district: string,
  classId: string,
  day: string,
): Promise<SubstituteRow[]> {
  const found = await client.query<SubstituteRow>({
    name: 'attendance-substitutes-class',
    values: [district, classId, day],
    text: `SELECT ${shown} FROM substitute x ${classOf} WHERE x.district_code = $1 AND x.class_id = $2 AND x.to_day >= $3::date AND x.ended_at IS NULL ORDER BY x.from_day, x.id`,
  });
  return found.rows;
}

/** A substitute within reach; null otherwise. */
export async function findSubstitute(client: Client, district: string, id: string): Promise<SubstituteRow | null> {
  const found = await client.query<SubstituteRow>({
    name: 'attendance-substitute',
    values: [district, id],
    text: `SELECT ${shown} FROM substitute x ${classOf} WHERE x.district_code = $1 AND x.id = $2 AND x.ended_at IS NULL FOR UPDATE OF x`,
  });
  return found.rows[0] ?? null;
}

/** Keeps a substitute. */
export async function insertSubstitute(
  client: Client,
  district: string,
  row: {
    id: string;
    schoolId: string;
    classId: string;
    staffId: string;
    staffName: string;
    fromDay: string;
    toDay: string;
    by: string;
    byName: string;
    at: Date;
  },
): Promise<void> {
  await client.query({
    name: 'attendance-substitute-insert',
    values: [
      district,
      row.id,
      row.schoolId,
      row.classId,
      row.staffId,
      row.staffName,
      row.fromDay,
      row.toDay,
      row.by,
      row.byName,
      row.at,
    ],
    text: `INSERT INTO substitute (district_code, id, school_id, class_id, staff_id, staff_name, from_day, to_day, named_by, named_name, named_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7::date, $8::date, $9, $10, $11)`,
  });
}

/** Ends a substitution. */
export async function endSubstituteRow(client: Client, district: string, id: string, at: Date): Promise<void> {
  await client.query({
    name: 'attendance-substitute-end',
    values: [district, id, at],
    text: `UPDATE substitute SET ended_at = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** A person with a post at a school or in one of its classes. */
export interface CandidateRow {
  staff_id: string;
  name: string;
  roles: Role[];
}

/** Whoever has a post at a school or in its classes on a day, in order of name. */
export async function listCandidates(
  client: Client,
  district: string,
  schoolId: string,
  day: string,
): Promise<CandidateRow[]> {
  const found = await client.query<CandidateRow>({
    name: 'attendance-candidates',
    values: [district, schoolId, day],
    text: `SELECT s.id AS staff_id, s.name, array_agg(DISTINCT p.role) AS roles FROM post p JOIN staff s ON s.district_code = $1 AND s.id = p.staff_id
           LEFT JOIN school_class k ON k.district_code = $1 AND k.id = CASE WHEN p.unit_kind = 'class' THEN p.unit_id::uuid END
           WHERE p.district_code = $1 AND p.from_date <= $3::date AND (p.to_date IS NULL OR p.to_date >= $3::date)
             AND (p.unit_kind = 'school' AND p.unit_id = $2::text OR p.unit_kind = 'class' AND k.school_id = $2::uuid) AND p.role NOT IN ('inspector')
           GROUP BY s.id, s.name ORDER BY s.name COLLATE "zh-Hans-CN-x-icu", s.id`,
  });
  return found.rows;
}
