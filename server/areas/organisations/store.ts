import type pg from 'pg';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A street or community as stored. */
export interface PlaceRow {
  code: string;
  kind: 'subdistrict' | 'community';
  parent_code: string | null;
  name: string;
  contact: string | null;
  from_date: string;
  to_date: string | null;
}

/** Every place of a district, ended ones too, in order of code. */
export async function listPlaceRows(client: Client, district: string): Promise<PlaceRow[]> {
  const found = await client.query<PlaceRow>({
    name: 'organisations-places',
    values: [district],
    text: 'SELECT code, kind, parent_code, name, contact, from_date, to_date FROM place WHERE district_code = $1 ORDER BY code',
  });
  return found.rows;
}

/** The names of those who work at streets and communities on a day, by place. */
export async function listPlaceWorkers(
  client: Client,
  district: string,
  day: string,
): Promise<{ code: string; name: string }[]> {
  const found = await client.query<{ code: string; name: string }>({
    name: 'organisations-place-workers',
    values: [district, day],
    text: `SELECT DISTINCT p.unit_id AS code, s.name FROM post p JOIN staff s ON s.district_code = $1 AND s.id = p.staff_id
           WHERE p.district_code = $1 AND p.unit_kind IN ('subdistrict', 'community') AND p.from_date <= $2::date AND (p.to_date IS NULL OR p.to_date >= $2::date)
           ORDER BY s.name`,
  });
  return found.rows;
}

/** Reads one place. */
export async function findPlaceRow(client: Client, district: string, code: string): Promise<PlaceRow | null> {
  const found = await client.query<PlaceRow>({
    name: 'organisations-place',
    values: [district, code],
    text: 'SELECT code, kind, parent_code, name, contact, from_date, to_date FROM place WHERE district_code = $1 AND code = $2',
  });
  return found.rows[0] ?? null;
}

/** Writes a place: adds it, or changes all but its kind. */
export async function writePlace(client: Client, district: string, place: PlaceRow): Promise<void> {
  await client.query({
    name: 'organisations-write-place',
    text: `INSERT INTO place (district_code, code, kind, parent_code, name, contact, from_date, to_date) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT ON CONSTRAINT place_pk DO UPDATE SET parent_code = excluded.parent_code, name = excluded.name, contact = excluded.contact,
             from_date = excluded.from_date, to_date = excluded.to_date`,
    values: [
      district,
      place.code,
      place.kind,
      place.parent_code,
      place.name,
      place.contact,
      place.from_date,
      place.to_date,
    ],
  });
}

/** Adds places that are not there yet; answers how many were added. */
export async function addPlaces(
  client: Client,
  district: string,
  places: readonly {
    code: string;
    kind: PlaceRow['kind'];
    parentCode: string | null;
    name: string;
    fromDate: string;
  }[],
): Promise<number> {
  let added = 0;
  for (let start = 0; start < places.length; start += 500) {
    const values: unknown[] = [district];
    const rows = places.slice(start, start + 500).map((place) => {
      const at = values.push(place.code, place.kind, place.parentCode, place.name, place.fromDate);
      return `($1, $${String(at - 4)}, $${String(at - 3)}, $${String(at - 2)}, $${String(at - 1)}, $${String(at)})`;
    });
    const done = await client.query(
      `INSERT INTO place (district_code, code, kind, parent_code, name, from_date) VALUES ${rows.join(', ')} ON CONFLICT ON CONSTRAINT place_pk DO NOTHING`,
      values,
    );
    added += done.rowCount ?? 0;
  }
  return added;
}

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

/** The settings that hold on a day, by key; of versions with one first day the one set last. */
export async function settingRows(
  client: Client,
  district: string,
  day: string,
): Promise<{ key: string; value: unknown; from_date: string; set_by: string; set_at: Date }[]> {
  const found = await client.query<{ key: string; value: unknown; from_date: string; set_by: string; set_at: Date }>({
    name: 'organisations-settings',
    values: [district, day],
    text: `SELECT DISTINCT ON (key) key, value, from_date, set_by, set_at FROM setting
           WHERE district_code = $1 AND from_date <= $2::date ORDER BY key, from_date DESC, set_at DESC`,
  });
  return found.rows;
}

/** Adds a version of a setting. */
export async function addSetting(
  client: Client,
  district: string,
  setting: { id: string; key: string; value: unknown; fromDate: string; setBy: string; setAt: string; reason: string },
): Promise<void> {
  await client.query({
    name: 'organisations-add-setting',
    text: 'INSERT INTO setting (district_code, id, key, value, from_date, set_by, set_at, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [
      district,
      setting.id,
      setting.key,
      JSON.stringify(setting.value),
      setting.fromDate,
      setting.setBy,
      setting.setAt,
      setting.reason,
    ],
  });
}

/** A district that the installation serves. */
export interface DistrictRow {
  code: string;
  name: string;
  city: string;
  province: string;
}

/** The districts served, in order of code. */
export async function districtRows(pool: pg.Pool): Promise<DistrictRow[]> {
  return (
    await pool.query<DistrictRow>({
      name: 'organisations-districts',
      text: 'SELECT district_code AS code, name, city, province FROM district ORDER BY district_code',
    })
  ).rows;
}

/** Adds a district as the owner of the tables; false when it is there. */
export async function addDistrict(ownerPool: pg.Pool, district: DistrictRow, at: Date): Promise<boolean> {
  const done = await ownerPool.query({
    text: `INSERT INTO district (district_code, name, city, province, created_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT ON CONSTRAINT district_pk DO NOTHING`,
    values: [district.code, district.name, district.city, district.province, at],
  });
  return done.rowCount === 1;
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
