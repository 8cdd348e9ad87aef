import type { CourseState } from '#domain/enrolment/course.ts';
import type { Proposal } from '#domain/enrolment/registry-check.ts';
import type { Publishing } from './publish-bulk.ts';

type In = Pick<Publishing, 'client' | 'district' | 'importId' | 'asOf'>;

/** A row of the registry's export beside the child's course as of the day; `held` says why the row itself is faulty. */
export interface ComparedRow {
  rowNo: number;
  entryId: string;
  childId: string | null;
  name: string;
  sex: string | null;
  birthDate: string | null;
  schoolId: string | null;
  schoolCode: string | null;
  grade: number | null;
  classNo: string | null;
  registryState: string | null;
  held: string | null;
  repeated: boolean;
  sealedEntry: Buffer | null;
  ourName: string | null;
  ourSex: string | null;
  ourBirth: string | null;
  ourState: CourseState | null;
  ourSchool: string | null;
  ourGrade: number | null;
  ourClass: string | null;
}

const ourColumns = `c.name AS "ourName", c.sex AS "ourSex", c.birth_date AS "ourBirth", s.state AS "ourState", s.school_id AS "ourSchool", s.grade AS "ourGrade", k.class_no AS "ourClass"`;

/** Rows that may differ; those that plainly agree are left in the database. */
export async function listDifferingRows({ client, district, importId, asOf }: In): Promise<ComparedRow[]> {
  const found = await client.query<ComparedRow>(
    `SELECT r.row_no AS "rowNo", r.entry_new_id AS "entryId", r.child_id AS "childId", r.name, r.sex, r.birth_date AS "birthDate", r.school_id AS "schoolId", r.school_code AS "schoolCode",
       r.grade, r.class_no AS "classNo", r.facts ->> 'registryState' AS "registryState", coalesce(r.held_reason, CASE WHEN r.suspect AND r.child_id IS NULL THEN '身份证号校验位错误' END) AS held, coalesce(r.outcome = 'repeated', false) AS repeated, r.sealed_entry AS "sealedEntry", ${ourColumns}
     FROM import_row r LEFT JOIN child c ON c.district_code = $1 AND c.id = r.child_id
     LEFT JOIN course s ON s.district_code = $1 AND s.child_id = r.child_id AND upper_inf(s.known) AND s.from_date <= $3::date AND (s.to_date IS NULL OR s.to_date > $3::date)
     LEFT JOIN school_class k ON k.district_code = $1 AND k.id = s.class_id
     WHERE r.district_code = $1 AND r.import_id = $2 AND NOT coalesce(
       r.held_code IS NULL AND r.outcome IS DISTINCT FROM 'repeated' AND s.state = 'inSchool' AND s.school_id = r.school_id AND s.grade = r.grade AND k.class_no = r.class_no
         AND c.name = r.name AND c.birth_date = r.birth_date AND c.sex = r.sex AND coalesce(r.facts ->> 'registryState', '') IN ('', '在读', '在籍', '在校', '正常'), false)
     ORDER BY r.row_no`,
    [district, importId, asOf],
  );
  return found.rows;
}

/** Pupils of grades 1 to 9 on the roll of the schools listed whom no row of the file names. */
export async function listOnlyHere(
  { client, district, importId, asOf }: In,
  schools: readonly string[],
): Promise<ComparedRow[]> {
  const found = await client.query<ComparedRow>(
    `SELECT 0 AS "rowNo", c.id AS "entryId", c.id AS "childId", c.name, c.sex, c.birth_date AS "birthDate", NULL::uuid AS "schoolId", NULL::text AS "schoolCode", NULL::int AS grade, NULL::text AS "classNo",
       NULL::text AS "registryState", NULL::text AS held, false AS repeated, NULL::bytea AS "sealedEntry", ${ourColumns}
     FROM course s JOIN child c ON c.district_code = $1 AND c.id = s.child_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = s.class_id
     WHERE s.district_code = $1 AND upper_inf(s.known) AND s.from_date <= $3::date AND (s.to_date IS NULL OR s.to_date > $3::date) AND s.school_id = ANY($4::uuid[]) AND s.grade BETWEEN 1 AND 9
       AND s.state IN ('inSchool', 'transferring', 'suspended', 'dropout', 'gone')
       AND NOT EXISTS (SELECT 1 FROM import_row r WHERE r.district_code = $1 AND r.import_id = $2 AND r.child_id = s.child_id)
     ORDER BY s.school_id, c.id`,
    [district, importId, asOf, schools],
  );
  return found.rows;
}

/**
 * The schools that the file lists whole, how many rows it has, and of how many the child is known. Fewer rows than half of a school's roll
 * are single pupils who went there, not its list: nobody is then missing from it.
 */
export async function readCheckSchools({
  client,
  district,
  importId,
  asOf,
}: In): Promise<{ schools: string[]; rows: number; matched: number }> {
  const found = await client.query<{ schools: string[] | null; rows: number; matched: number }>(
    `SELECT (SELECT array_agg(f.school_id) FROM (SELECT r.school_id, count(*) AS listed FROM import_row r WHERE r.district_code = $1 AND r.import_id = $2 AND r.school_id IS NOT NULL GROUP BY r.school_id) f
         WHERE f.listed * 2 >= (SELECT count(*) FROM course s WHERE s.district_code = $1 AND s.school_id = f.school_id AND upper_inf(s.known) AND s.from_date <= $3::date AND (s.to_date IS NULL OR s.to_date > $3::date)
           AND s.state IN ('inSchool', 'transferring', 'suspended', 'dropout', 'gone'))) AS schools,
       count(*)::int AS rows, count(x.child_id)::int AS matched
     FROM import_row x WHERE x.district_code = $1 AND x.import_id = $2`,
    [district, importId, asOf],
  );
  const [row] = found.rows;
  return { schools: row?.schools ?? [], rows: row?.rows ?? 0, matched: row?.matched ?? 0 };
}

/** Names of the schools by id. */
export async function schoolNamesOf({ client, district }: In): Promise<Map<string, string>> {
  const found = await client.query<{ id: string; name: string }>(`SELECT id, name FROM school WHERE district_code = $1`, [district]); // prettier-ignore
  return new Map(found.rows.map((row) => [row.id, row.name]));
}

/** Writes a check down. */
export async function insertCheck(
  { client, district, importId, asOf }: In,
  check: { id: string; sealedName: Buffer; madeAt: Date; madeName: string; rows: number; matched: number; differing: number; schools: readonly string[] }, // prettier-ignore
): Promise<void> {
  await client.query(
    `INSERT INTO registry_check (district_code, id, import_id, sealed_name, as_of, made_at, made_name, file_rows, matched, differing, schools) VALUES ($1, $2, $3, $4, $5::date, $6, $7, $8, $9, $10, $11::uuid[])`,
    [district, check.id, importId, check.sealedName, asOf, check.madeAt, check.madeName, check.rows, check.matched, check.differing, check.schools], // prettier-ignore
  );
}

/** A difference to be written. */
export interface DifferenceWrite {
  id: string;
  checkId: string;
  childId: string | null;
  schoolId: string | null;
  theirSchoolId: string | null;
  kind: string;
  name: string;
  ours: unknown;
  theirs: unknown;
  proposals: readonly Proposal[];
  print: string;
  sealed: Buffer | null;
  firstSeen: string;
  reach: readonly string[];
}

/**
 * Looks at the differences of earlier checks that this file speaks of: those found again go over to this check as they were decided, the
 * others are settled. One that is only here is spoken of by the file of our school, any other by that of the registry's school; and every one of a
 * child by a file that has a row of him.
 */
export async function keepStanding(
  { client, district, importId }: In,
  now: { checkId: string; schools: readonly string[]; prints: readonly string[]; at: Date },
): Promise<{ prints: Set<string>; settled: number }> {
  const live = `d.district_code = $1 AND d.state <> 'settled'`;
  const kept = await client.query<{ print: string }>(
    `UPDATE registry_difference d SET check_id = $2 WHERE ${live} AND d.print = ANY($3::text[]) RETURNING d.print`,
    [district, now.checkId, now.prints],
  );
  const settled = await client.query(
    `UPDATE registry_difference d SET state = 'settled', decided_at = $4 WHERE ${live} AND d.print <> ALL($3::text[]) AND (
       CASE WHEN d.kind = 'onlyHere' THEN d.school_id = ANY($2::uuid[]) ELSE d.their_school_id = ANY($2::uuid[]) END
       OR EXISTS (SELECT 1 FROM import_row r WHERE r.district_code = $1 AND r.import_id = $5 AND r.child_id = d.child_id))`,
    [district, now.schools, now.prints, now.at, importId],
  );
  return { prints: new Set(kept.rows.map((row) => row.print)), settled: settled.rowCount ?? 0 };
}

/** Writes differences; a child whom an export of another school shows there already is not told of again as only here. */
export async function insertDifferences({ client, district }: In, writes: readonly DifferenceWrite[]): Promise<void> {
  const width = 14;
  const shown = await client.query<{ child_id: string }>(
    `SELECT DISTINCT d.child_id FROM registry_difference d WHERE d.district_code = $1 AND d.state <> 'settled' AND d.kind = 'school' AND d.child_id = ANY($2::uuid[])`,
    [district, writes.flatMap((one) => (one.kind === 'onlyHere' && one.childId !== null ? [one.childId] : []))],
  );
  const elsewhere = new Set(shown.rows.map((row) => row.child_id));
  const wanted = writes.filter((one) => one.kind !== 'onlyHere' || one.childId === null || !elsewhere.has(one.childId));
  for (let from = 0; from < wanted.length; from += 500) {
    const some = wanted.slice(from, from + 500);
    const values = some.flatMap((one) => [one.id, one.checkId, one.childId, one.schoolId, one.theirSchoolId, one.kind, one.name, JSON.stringify(one.ours), JSON.stringify(one.theirs), JSON.stringify(one.proposals), one.print, one.sealed, one.firstSeen, one.reach]); // prettier-ignore
    const rows = some.map((_, at) => {
      const p = (column: number) => `$${String(2 + at * width + column)}`;
      return `($1, ${p(0)}, ${p(1)}, ${p(2)}, ${p(3)}, ${p(4)}, ${p(5)}, ${p(6)}, ${p(7)}, ${p(8)}, ${p(9)}, ${p(10)}, ${p(11)}, 'open', ${p(12)}::date, ${p(13)}::text[])`;
    });
    await client.query(
      `INSERT INTO registry_difference (district_code, id, check_id, child_id, school_id, their_school_id, kind, name, ours, theirs, proposals, print, sealed, state, first_seen, reach) VALUES ${rows.join(', ')}`,
      [district, ...values],
    );
  }
}
