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

const onRoll = `upper_inf(e.known) AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date)`;

/** Leaves out of `e` on day `$2` who is suspended or attends elsewhere (就读地): he is not called in his class. */
export const calledHere = `NOT EXISTS (SELECT 1 FROM course w WHERE w.district_code = $1 AND w.child_id = e.child_id AND upper_inf(w.known) AND w.state = 'suspended' AND w.from_date <= $2::date AND (w.to_date IS NULL OR w.to_date > $2::date))
  AND NOT EXISTS (SELECT 1 FROM attending_place a WHERE a.district_code = $1 AND a.child_id = e.child_id AND upper_inf(a.known) AND a.kind <> 'regularClass' AND a.from_date <= $2::date AND (a.to_date IS NULL OR a.to_date > $2::date))`;

/** The pupils of a class who are called on a day, by pinyin, as far as the request reaches: on its roll, neither suspended nor attending elsewhere. */
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
           WHERE e.district_code = $1 AND e.class_id = $3 AND ${onRoll} AND ${calledHere} ORDER BY c.pinyin, c.id`,
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
