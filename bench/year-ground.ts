import { randomUUID } from 'node:crypto';
import { schoolYearDays } from '#domain/organisations/rules.ts';
import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import { stateDay } from '#server/areas/organisations/state-days.ts';
import type { Platform } from '#server/http/context.ts';
import { loadLists } from './lists.ts';
import type { GeneratedChild } from './match-data.ts';
import { rosterRow } from './match-rows.ts';
import { makeChildren } from './roster-file.ts';

/** The school year of the bench and the day on which its pages are opened, a Friday shortly before its end. */
export const schoolYear = 2026;
export const today = '2027-06-25';
/** The day of the lists. */
const listDay = '2026-09-08';
/** The password of everybody who signs in. */
export const password = 'Baoxue-bench-2026';
const pupilsOfClass = 45;
const classesOfSchool = 22;

/** A pupil as the year needs him. */
export interface YearPupil {
  id: string;
  name: string;
  household: string | null;
  school: string;
  schoolName: string;
  room: string;
  roomName: string;
  address: string;
  street: string | null;
  teacher: string;
  reach: string[];
}

/** The district with its lists in: pupils in order of school and class. */
export interface YearGround {
  pupils: YearPupil[];
  /** School days from the first of the year to yesterday. */
  days: string[];
  terms: readonly { from: string; to: string }[];
}

function inClasses(count: number): { children: GeneratedChild[]; numbers: Map<string, number> } {
  const numbers = new Map<string, number>();
  const children = makeChildren(count).map((child, index) => {
    const room = Math.floor(index / pupilsOfClass);
    const inSchool = room % classesOfSchool;
    const no = String(Math.floor(room / classesOfSchool) + 1).padStart(3, '0');
    numbers.set(child.registryNo, 1 + Math.floor(inSchool / 6));
    return { ...child, grade: 1 + (inSchool % 6), schoolCode: `2142010${no}`, schoolName: `测速第${no}小学` };
  });
  return { children, numbers };
}

/** Gives every class its teacher, by the loader. */
async function makeTeachers(platform: Platform, district: string): Promise<void> {
  const pool = platform.database.loaderPool;
  const rooms = await pool.query<{ id: string }>('SELECT id FROM school_class WHERE district_code = $1 ORDER BY id', [
    district,
  ]);
  const ids = rooms.rows.map((row) => row.id);
  const staff = ids.map(() => randomUUID());
  await pool.query(
    `INSERT INTO staff (district_code, id, name, created_at) SELECT d.district_code, s.id, '测速班主任', $3 FROM district d, unnest($2::uuid[]) AS s (id) WHERE d.district_code = $1`,
    [district, staff, `${listDay}T00:00:00Z`],
  );
  await pool.query(
    `INSERT INTO post (district_code, staff_id, role, unit_kind, unit_id, from_date, approved_by, approved_at)
     SELECT d.district_code, x.staff, 'classTeacher', 'class', x.room::text, $4::date, '测速', $5 FROM district d, unnest($2::uuid[], $3::uuid[]) AS x (staff, room) WHERE d.district_code = $1`,
    [district, staff, ids, listDay, `${listDay}T00:00:00Z`],
  );
}

/** Hands schools, register and roster of `count` pupils in, names a teacher for every class, and reads the ground back. */
export async function makeGround(platform: Platform, district: string, count: number): Promise<YearGround> {
  const { children, numbers } = inClasses(count);
  await loadLists(
    platform,
    district,
    children,
    children,
    (child) => ({
      ...rosterRow(child),
      classNo: `${String(child.grade).padStart(2, '0')}${String(numbers.get(child.registryNo) ?? 1).padStart(2, '0')}`,
    }),
    listDay,
  );
  await makeTeachers(platform, district);
  const found = await platform.database.loaderPool.query<YearPupil>(
    `SELECT c.id, c.name, r.household_id AS household, e.school_id AS school, s.name AS "schoolName", e.class_id AS room, k.name AS "roomName",
       coalesce(r.address, '') AS address, r.subdistrict_code AS street, p.staff_id AS teacher, c.reach
     FROM enrolment e JOIN child c ON c.district_code = $1 AND c.id = e.child_id
     JOIN school s ON s.district_code = $1 AND s.id = e.school_id
     JOIN school_class k ON k.district_code = $1 AND k.id = e.class_id
     JOIN post p ON p.district_code = $1 AND p.unit_kind = 'class' AND p.unit_id = e.class_id::text AND p.role = 'classTeacher'
     LEFT JOIN register_entry r ON r.district_code = $1 AND r.child_id = e.child_id AND upper_inf(r.known)
     WHERE e.district_code = $1 AND upper_inf(e.known) ORDER BY e.school_id, e.class_id, r.household_id, c.id`,
    [district],
  );
  const { terms, days } = schoolYearDays(schoolYear, null, stateDay);
  return {
    pupils: found.rows,
    terms,
    days: days
      .filter((one) => ['school', 'makeup'].includes(one.kind) && one.day >= listDay && one.day < today)
      .map((one) => one.day),
  };
}

/** Gives the teacher of the first class and the principal of its school an account. */
export async function makeReaders(
  platform: Platform,
  district: string,
  ground: YearGround,
): Promise<{ teacher: string; principal: string }> {
  const [first] = ground.pupils;
  if (!first) throw new Error('no pupils');
  const person = async (role: 'classTeacher' | 'principal', login: string, unitId: string) => {
    const posts = [{ role, unitId }];
    await createStaffWithAccount(platform, { district, name: '测速教师', login, password, posts, mustChange: false });
    return login;
  };
  return {
    teacher: await person('classTeacher', 'yearteacher', first.room),
    principal: await person('principal', 'yearprincipal', first.school),
  };
}
