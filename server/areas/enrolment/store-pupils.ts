import type pg from 'pg';

type Client = Pick<pg.ClientBase, 'query'>;

/** A pupil of a class on a day; `reach` is the child's. */
export interface ClassPupil {
  childId: string;
  name: string;
  sex: string | null;
  schoolId: string;
  classId: string;
  reach: string[];
}

/** Where a child is on roll on a day. */
export interface PupilOnRoll {
  childId: string;
  schoolId: string;
  schoolName: string;
  classId: string | null;
  className: string | null;
  grade: number;
  fromDate: string;
}

/** A class of a school year with how many pupils it has on a day. */
export interface ClassOfSchool {
  id: string;
  schoolId: string;
  schoolName: string;
  name: string;
  grade: number;
  pupils: number;
}

const onRoll = `upper_inf(e.known) AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date)`;

/** The pupils on the roll of a class on a day by pinyin, as far as the request reaches. */
export async function readClassPupils(
  client: Client,
  district: string,
  day: string,
  classId: string,
): Promise<ClassPupil[]> {
  const found = await client.query<ClassPupil>({
    name: 'enrolment-class-pupils',
    values: [district, day, classId],
    text: `SELECT c.id AS "childId", c.name, c.sex, e.school_id AS "schoolId", e.class_id AS "classId", c.reach FROM enrolment e
           JOIN child c ON c.district_code = $1 AND c.id = e.child_id
           WHERE e.district_code = $1 AND e.class_id = $3 AND ${onRoll} ORDER BY c.pinyin, c.id`,
  });
  return found.rows;
}

/** Where children are on roll on a day, as far as the request reaches. */
export async function readOnRoll(
  client: Client,
  district: string,
  day: string,
  childIds: readonly string[],
): Promise<PupilOnRoll[]> {
  const found = await client.query<PupilOnRoll>({
    name: 'enrolment-on-roll',
    values: [district, day, childIds],
    text: `SELECT e.child_id AS "childId", e.school_id AS "schoolId", s.name AS "schoolName", e.class_id AS "classId", k.name AS "className", e.grade, e.from_date AS "fromDate"
           FROM enrolment e JOIN school s ON s.district_code = $1 AND s.id = e.school_id
           LEFT JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
           WHERE e.district_code = $1 AND e.child_id = ANY($3::uuid[]) AND ${onRoll}`,
  });
  return found.rows;
}

/** The classes that have pupils within reach on a day, of one school or of all, in order of school, grade and number. */
export async function readClasses(
  client: Client,
  district: string,
  day: string,
  schoolId: string | null,
): Promise<ClassOfSchool[]> {
  const found = await client.query<ClassOfSchool>({
    name: 'enrolment-classes',
    values: [district, day, schoolId],
    text: `SELECT k.id, k.school_id AS "schoolId", s.name AS "schoolName", k.name, k.grade, e.pupils::int FROM
             (SELECT e.class_id, count(*) AS pupils FROM enrolment e WHERE e.district_code = $1 AND e.class_id IS NOT NULL AND ${onRoll}
               AND ($3::uuid IS NULL OR e.school_id = $3::uuid) GROUP BY e.class_id) e
           JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
           JOIN school s ON s.district_code = $1 AND s.id = k.school_id ORDER BY s.code, k.grade, k.class_no`,
  });
  return found.rows;
}
