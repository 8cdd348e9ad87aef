import type pg from 'pg';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A school as stored. */
export interface SchoolRow {
  id: string;
  code: string;
  name: string;
  stage: string;
  subdistrict_code: string | null;
  subdistrict_name: string | null;
  contact: string | null;
  from_date: string;
  to_date: string | null;
}

const schoolColumns =
  's.id, s.code, s.name, s.stage, s.subdistrict_code, p.name AS subdistrict_name, s.contact, s.from_date, s.to_date';

const schoolSource =
  'FROM school s LEFT JOIN place p ON p.district_code = $1 AND p.code = s.subdistrict_code WHERE s.district_code = $1';

/** Every school of a district, in order of code. */
export async function allSchoolRows(client: Client, district: string): Promise<SchoolRow[]> {
  const found = await client.query<SchoolRow>({
    name: 'organisations-schools-all',
    text: `SELECT ${schoolColumns} ${schoolSource} ORDER BY s.code`,
    values: [district],
  });
  return found.rows;
}

/** A page of schools in order of code; `q` finds the beginning of a code or part of a name. */
export async function listSchoolRows(
  client: Client,
  district: string,
  page: { q?: string | undefined; size: number; page: number },
): Promise<{ rows: SchoolRow[]; total: number }> {
  const where = filters(district);
  if (page.q) {
    const q = where.value(page.q);
    where.and(`starts_with(s.code, ${q}) OR position(${q} in s.name) > 0`);
  }
  const form = page.q ? 'found' : 'all';
  const total = await client.query<{ total: number }>({
    name: `organisations-schools-count-${form}`,
    text: `SELECT count(*) AS total FROM school s WHERE s.district_code = $1${where.where()}`,
    values: [...where.values],
  });
  const text = `SELECT ${schoolColumns} ${schoolSource}${where.where()} ORDER BY s.code LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}`;
  const rows = await client.query<SchoolRow>({
    name: `organisations-schools-page-${form}`,
    text,
    values: where.values,
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** Reads one school by id or code. */
export async function findSchoolRow(
  client: Client,
  district: string,
  by: { id: string } | { code: string },
): Promise<SchoolRow | null> {
  const [column, value] = 'id' in by ? ['id', by.id] : ['code', by.code];
  const found = await client.query<SchoolRow>({
    name: `organisations-school-by-${column}`,
    text: `SELECT ${schoolColumns} ${schoolSource} AND s.${column} = $2`,
    values: [district, value],
  });
  return found.rows[0] ?? null;
}

/** Writes a school under its id: adds it, or changes it. */
export async function writeSchool(
  client: Client,
  district: string,
  school: Omit<SchoolRow, 'subdistrict_name'>,
): Promise<void> {
  await client.query({
    name: 'organisations-write-school',
    text: `INSERT INTO school (district_code, id, code, name, stage, subdistrict_code, contact, from_date, to_date) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
           ON CONFLICT ON CONSTRAINT school_pk DO UPDATE SET code = excluded.code, name = excluded.name, stage = excluded.stage,
             subdistrict_code = excluded.subdistrict_code, contact = excluded.contact, from_date = excluded.from_date, to_date = excluded.to_date`,
    values: [
      district,
      school.id,
      school.code,
      school.name,
      school.stage,
      school.subdistrict_code,
      school.contact,
      school.from_date,
      school.to_date,
    ],
  });
}

/** Pupils by school and class: on roll as known now, and not left before the day. */
export async function countPupils(
  client: Client,
  district: string,
  day: string,
): Promise<{ school_id: string; class_id: string | null; pupils: number }[]> {
  const found = await client.query<{ school_id: string; class_id: string | null; pupils: number }>({
    name: 'organisations-pupils',
    values: [district, day],
    text: `SELECT school_id, class_id, count(*) AS pupils FROM enrolment
           WHERE district_code = $1 AND upper_inf(known) AND (to_date IS NULL OR to_date > $2::date) GROUP BY school_id, class_id`,
  });
  return found.rows;
}

/** The number of the district's last audit link: it changes with every recorded write. */
export async function chainHead(client: Client, district: string): Promise<number> {
  const found = await client.query<{ sequence: number }>({
    name: 'organisations-head',
    text: 'SELECT sequence FROM audit_entry WHERE district_code = $1 ORDER BY sequence DESC LIMIT 1',
    values: [district],
  });
  return found.rows[0]?.sequence ?? 0;
}

/** The classes of a school in its newest school year, with their class teachers of a day. */
export async function listClassRows(
  client: Client,
  district: string,
  schoolId: string,
  day: string,
): Promise<
  { id: string; school_year: number; grade: number; class_no: string; name: string; teacher: string | null }[]
> {
  const found = await client.query<{
    id: string;
    school_year: number;
    grade: number;
    class_no: string;
    name: string;
    teacher: string | null;
  }>({
    name: 'organisations-classes',
    values: [district, schoolId, day],
    text: `SELECT c.id, c.school_year, c.grade, c.class_no, c.name, string_agg(t.name, '、' ORDER BY t.name) AS teacher FROM school_class c
           LEFT JOIN post p ON p.district_code = $1 AND p.unit_kind = 'class' AND p.unit_id = c.id::text AND p.role = 'classTeacher'
             AND p.from_date <= $3::date AND (p.to_date IS NULL OR p.to_date >= $3::date)
           LEFT JOIN staff t ON t.district_code = $1 AND t.id = p.staff_id
           WHERE c.district_code = $1 AND c.school_id = $2
             AND c.school_year = (SELECT max(n.school_year) FROM school_class n WHERE n.district_code = $1 AND n.school_id = $2)
           GROUP BY c.id, c.school_year, c.grade, c.class_no, c.name ORDER BY c.grade, length(c.class_no), c.class_no`,
  });
  return found.rows;
}

/** The id of a school's class in its newest school year, null when there is none. */
export async function findClassId(
  client: Client,
  district: string,
  named: { schoolCode: string; grade: number; classNo: string },
): Promise<string | null> {
  const found = await client.query<{ id: string }>({
    name: 'organisations-class-id',
    values: [district, named.schoolCode, named.grade, named.classNo],
    text: `SELECT c.id FROM school_class c JOIN school s ON s.district_code = $1 AND s.id = c.school_id
           WHERE c.district_code = $1 AND s.code = $2 AND c.grade = $3 AND c.class_no = $4 ORDER BY c.school_year DESC LIMIT 1`,
  });
  return found.rows[0]?.id ?? null;
}
