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

/** What of a row of `x` is known: now, where nothing else is said. */
type KnownOf = (x: 'e' | 'w' | 'a') => string;
const knownNow: KnownOf = (x) => `upper_inf(${x}.known)`;

/** Leaves out of `e` on day `$2` who is suspended or attends elsewhere (就读地): he is not called in his class. */
export function calledHere(known: KnownOf): string {
  return `NOT EXISTS (SELECT 1 FROM course w WHERE w.district_code = $1 AND w.child_id = e.child_id AND ${known('w')} AND w.state = 'suspended' AND w.from_date <= $2::date AND (w.to_date IS NULL OR w.to_date > $2::date))
  AND NOT EXISTS (SELECT 1 FROM attending_place a WHERE a.district_code = $1 AND a.child_id = e.child_id AND ${known('a')} AND a.kind <> 'regularClass' AND a.from_date <= $2::date AND (a.to_date IS NULL OR a.to_date > $2::date))`;
}

/**
 * Who is called on day `$2`, as a relation (child_id, school_id, class_id, from_date): the pupils of a roll who are neither suspended nor
 * attend elsewhere, and in the class of another school who attends there; nobody twice. `narrow` adds a condition on `x`, the roll entry or the place.
 */
export function calledOn(narrow: (x: 'e' | 'a') => string, known: KnownOf = knownNow): string {
  return `(SELECT e.child_id, e.school_id, e.class_id, e.from_date FROM enrolment e WHERE e.district_code = $1 AND e.class_id IS NOT NULL AND ${known('e')} AND e.from_date <= $2::date AND (e.to_date IS NULL OR e.to_date > $2::date) AND ${calledHere(known)} ${narrow('e')}
    UNION ALL SELECT a.child_id, a.school_id, a.class_id, a.from_date FROM attending_place a WHERE a.district_code = $1 AND a.class_id IS NOT NULL AND a.school_id IS NOT NULL AND a.kind <> 'regularClass'
      AND ${known('a')} AND a.from_date <= $2::date AND (a.to_date IS NULL OR a.to_date > $2::date) ${narrow('a')})`;
}

/** The pupils of a class who are called on a day, by pinyin, as far as the request reaches. */
export async function readClassPupils(
  client: Client,
  district: string,
  day: string,
  classId: string,
): Promise<ClassPupil[]> {
  const found = await client.query<ClassPupil>({
    name: 'enrolment-class-pupils',
    values: [district, day, classId],
    text: `SELECT c.id AS "childId", c.name, c.sex, p.school_id AS "schoolId", p.class_id AS "classId", c.reach
           FROM ${calledOn((x) => `AND ${x}.class_id = $3`)} p JOIN child c ON c.district_code = $1 AND c.id = p.child_id ORDER BY c.pinyin, c.id`,
  });
  return found.rows;
}

/** Where children are on roll on a day, as far as the request reaches; who attends in the class of another school stands there. */
export async function readOnRoll(
  client: Client,
  district: string,
  day: string,
  childIds: readonly string[],
): Promise<PupilOnRoll[]> {
  const found = await client.query<PupilOnRoll>({
    name: 'enrolment-on-roll',
    values: [district, day, childIds],
    text: `SELECT e.child_id AS "childId", coalesce(a.school_id, e.school_id) AS "schoolId", s.name AS "schoolName", coalesce(a.class_id, e.class_id) AS "classId", k.name AS "className", e.grade, e.from_date AS "fromDate"
           FROM enrolment e
           LEFT JOIN attending_place a ON a.district_code = $1 AND a.child_id = e.child_id AND a.class_id IS NOT NULL AND a.kind <> 'regularClass' AND upper_inf(a.known) AND a.from_date <= $2::date AND (a.to_date IS NULL OR a.to_date > $2::date)
           JOIN school s ON s.district_code = $1 AND s.id = coalesce(a.school_id, e.school_id)
           LEFT JOIN school_class k ON k.district_code = $1 AND k.id = coalesce(a.class_id, e.class_id)
           WHERE e.district_code = $1 AND e.child_id = ANY($3::uuid[]) AND ${onRoll}`,
  });
  return found.rows;
}

/** A pupil on the roll of a class, or attending in the class of another school, with name and reach. */
export interface PupilNamed {
  childId: string;
  name: string;
  schoolId: string;
  schoolName: string;
  classId: string;
  className: string;
  grade: number;
  classNo: string;
  reach: string[];
}

/** Everybody in a class on a day as far as the request reaches, suspended pupils too; who attends in the class of another school stands there. */
export async function readEveryoneOnRoll(client: Client, district: string, day: string): Promise<PupilNamed[]> {
  const found = await client.query<PupilNamed>({
    name: 'enrolment-everyone-on-roll',
    values: [district, day],
    text: `SELECT e.child_id AS "childId", c.name, k.school_id AS "schoolId", s.name AS "schoolName", k.id AS "classId", k.name AS "className", k.grade, k.class_no AS "classNo", c.reach
           FROM enrolment e
           JOIN child c ON c.district_code = $1 AND c.id = e.child_id
           LEFT JOIN attending_place a ON a.district_code = $1 AND a.child_id = e.child_id AND a.class_id IS NOT NULL AND a.kind <> 'regularClass' AND upper_inf(a.known) AND a.from_date <= $2::date AND (a.to_date IS NULL OR a.to_date > $2::date)
           JOIN school_class k ON k.district_code = $1 AND k.id = coalesce(a.class_id, e.class_id)
           JOIN school s ON s.district_code = $1 AND s.id = k.school_id
           WHERE e.district_code = $1 AND ${onRoll} ORDER BY s.code, k.grade, length(k.class_no), k.class_no, c.pinyin, c.id`,
  });
  return found.rows;
}
