import type { CourseState } from '#domain/enrolment/course.ts';
import type { ChangeKind, ChangeState } from '#domain/enrolment/changes-record.ts';
import type { SchoolStage } from '#domain/enrolment/record.ts';
import { filters } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';
import { changesThen } from './store-changes.ts';
import type { Client } from './store-course.ts';

/** A pupil on a school's roll as a year's turn sees him. */
export interface YearPupil {
  childId: string;
  name: string;
  state: CourseState;
  grade: number;
  classId: string | null;
  classNo: string | null;
  className: string | null;
  fromDate: string;
}

/** The pupils on a school's roll on a day, with their place. */
export async function readYearPupils(
  client: Client,
  district: string,
  schoolId: string,
  day: string,
): Promise<YearPupil[]> {
  const found = await client.query<YearPupil>({
    name: 'year-pupils',
    values: [district, schoolId, day],
    text: `SELECT c.child_id AS "childId", k.name, c.state, c.grade, c.class_id AS "classId", r.class_no AS "classNo", r.name AS "className", c.from_date AS "fromDate" FROM course c
           JOIN child k ON k.district_code = $1 AND k.id = c.child_id LEFT JOIN school_class r ON r.district_code = $1 AND r.id = c.class_id
           WHERE c.district_code = $1 AND c.school_id = $2 AND upper_inf(c.known) AND c.to_date IS NULL AND c.from_date <= $3::date AND c.state IN ('inSchool', 'transferring', 'suspended', 'dropout', 'gone')
           ORDER BY c.grade, length(r.class_no), r.class_no, k.pinyin, k.id`,
  });
  return found.rows;
}

/** A school's stage and name; null when there is none. */
export async function findStage(
  client: Client,
  district: string,
  schoolId: string,
): Promise<{ stage: SchoolStage; name: string } | null> {
  const found = await client.query<{ stage: SchoolStage; name: string }>({
    name: 'year-school',
    values: [district, schoolId],
    text: `SELECT s.stage, s.name FROM school s WHERE s.district_code = $1 AND s.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** When a part of a year was run for a school; null when it was not. */
export async function findYearRun(
  client: Client,
  district: string,
  asked: { schoolId: string; schoolYear: number; what: string },
): Promise<{ at: Date; moved: number } | null> {
  const found = await client.query<{ at: Date; moved: number }>({
    name: 'year-run',
    values: [district, asked.schoolId, asked.schoolYear, asked.what],
    text: `SELECT y.at, y.moved FROM year_promotion y WHERE y.district_code = $1 AND y.school_id = $2 AND y.school_year = $3 AND y.what = $4`,
  });
  return found.rows[0] ?? null;
}

/** Writes down that a part of a year was run; false when it had been. */
export async function insertYearRun(
  client: Client,
  district: string,
  row: { id: string; schoolId: string; schoolYear: number; what: string; day: string; moved: number; byId: string; byName: string; at: Date; reach: readonly string[] }, // prettier-ignore
): Promise<boolean> {
  const done = await client.query({
    name: 'year-run-insert',
    values: [district, row.id, row.schoolId, row.schoolYear, row.what, row.day, row.moved, row.byId, row.byName, row.at, row.reach], // prettier-ignore
    text: `INSERT INTO year_promotion (district_code, id, school_id, school_year, what, day, moved, by_id, by_name, at, reach)
           VALUES ($1, $2, $3, $4, $5, $6::date, $7, $8, $9, $10, $11::text[]) ON CONFLICT ON CONSTRAINT year_promotion_once_uq DO NOTHING`,
  });
  return done.rowCount === 1;
}

/** Makes the classes of a grade in a school year that are not there; answers all of that school and year by grade and number. */
export async function ensureClasses(
  client: Client,
  district: string,
  asked: { schoolId: string; schoolYear: number; rooms: readonly { grade: number; classNo: string; name: string }[] },
): Promise<Map<string, string>> {
  for (const room of asked.rooms)
    await client.query({
      name: 'year-class-insert',
      values: [district, asked.schoolId, asked.schoolYear, room.grade, room.classNo, room.name],
      text: `INSERT INTO school_class (district_code, school_id, school_year, grade, class_no, name) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ON CONSTRAINT school_class_uq DO NOTHING`,
    });
  const found = await client.query<{ id: string; grade: number; classNo: string }>({
    name: 'year-classes',
    values: [district, asked.schoolId, asked.schoolYear],
    text: `SELECT k.id, k.grade, k.class_no AS "classNo" FROM school_class k WHERE k.district_code = $1 AND k.school_id = $2 AND k.school_year = $3`,
  });
  return new Map(found.rows.map((row) => [`${String(row.grade)} ${row.classNo}`, row.id]));
}

/** A leaver of grade 6 with his placement. */
export interface LeaverView {
  childId: string;
  name: string;
  schoolId: string;
  schoolName: string;
  className: string | null;
  state: 'leaver' | 'gone';
  toSchoolName: string | null;
  reportDay: string | null;
  dueDate: string | null;
  changeId: string | null;
  changeKind: ChangeKind | null;
  changeState: ChangeState | null;
}

/** What a list of leavers is asked for. */
export interface LeaversAsked {
  schoolId?: string | undefined;
  show: 'all' | 'unplaced' | 'placed' | 'noShow';
  /** The beginning of the name. */
  q?: string | undefined;
  /** The past that is asked for; left out for who stands so now. */
  then?: Then | null | undefined;
}

const openChange = `x.state IN ('school', 'receiving', 'sending', 'bureau', 'elsewhere', 'arrival', 'late')`;

function leavers(district: string, asked: LeaversAsked) {
  const where = filters(district);
  const past = asked.then ? pastOf(where, asked.then) : null;
  const stood = past === null ? 'upper_inf(c.known) AND c.to_date IS NULL' : past.stood('c');
  const changes = past === null ? 'registry_change' : `(${changesThen(past)})`;
  if (asked.schoolId) where.and(`c.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.q) where.and(`EXISTS (SELECT 1 FROM child n WHERE n.district_code = $1 AND n.id = c.child_id AND starts_with(n.name, ${where.value(asked.q)}))`); // prettier-ignore
  if (asked.show === 'unplaced') where.and(`c.state = 'leaver' AND x.id IS NULL`);
  if (asked.show === 'placed') where.and(`c.state = 'leaver' AND x.id IS NOT NULL`);
  if (asked.show === 'noShow') where.and(`c.state = 'gone'`);
  const from = `course c LEFT JOIN ${changes} x ON x.district_code = $1 AND x.child_id = c.child_id AND x.kind IN ('placement', 'transferOutProvince', 'transferOutOther') AND ${openChange}
    WHERE c.district_code = $1 AND ${stood} AND (c.state = 'leaver' OR (c.state = 'gone' AND c.cause = 'noShow'))${where.where()}`;
  return { where, from };
}

/** How many leavers there are. */
export async function countLeavers(client: Client, district: string, asked: LeaversAsked): Promise<number> {
  const { where, from } = leavers(district, asked);
  const found = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${from}`, where.values);
  return found.rows[0]?.count ?? 0;
}

/** Leavers of grade 6 by school and name, those who did not come first. */
export async function readLeavers(
  client: Client,
  district: string,
  asked: LeaversAsked,
  limit: { size: number; offset: number },
): Promise<LeaverView[]> {
  const { where, from } = leavers(district, asked);
  const page = `LIMIT ${where.value(limit.size)} OFFSET ${where.value(limit.offset)}`;
  const found = await client.query<LeaverView>(
    `SELECT l.*, k.name, s.name AS "schoolName", r.name AS "className", t.name AS "toSchoolName" FROM (
       SELECT c.child_id AS "childId", c.school_id AS "schoolId", c.class_id AS class_id, c.state, x.id AS "changeId", x.kind AS "changeKind", x.state AS "changeState", x.to_school_id AS to_school_id, x.from_day AS "reportDay", x.due_date AS "dueDate" FROM ${from}) l
     JOIN child k ON k.district_code = $1 AND k.id = l."childId" JOIN school s ON s.district_code = $1 AND s.id = l."schoolId"
     LEFT JOIN school_class r ON r.district_code = $1 AND r.id = l.class_id LEFT JOIN school t ON t.district_code = $1 AND t.id = l.to_school_id
     ORDER BY (l.state = 'gone') DESC, s.code, k.pinyin, k.id ${page}`,
    where.values,
  );
  return found.rows;
}
