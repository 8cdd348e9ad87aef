import { createStaffWithAccount } from '#server/areas/security/actions.ts';
import { createDistrict } from '#server/areas/organisations/actions.ts';
import type { Platform } from '#server/http/context.ts';
import { loadLists } from './lists.ts';
import { rosterRow } from './match-rows.ts';
import { makeChildren } from './roster-file.ts';

/** The district of the bench. */
export const district = '420102';
/** The password of everybody in it. */
export const password = 'Baoxue-bench-2026';
const schools = 2;
const classesOfSchool = 5;
const pupilsOfClass = 40;

/** A class with its teacher's sign-in and its pupils. */
export interface Room {
  classId: string;
  schoolId: string;
  login: string;
  pupils: string[];
}

/** What the bench works with. */
export interface KillWorld {
  rooms: Room[];
  /** Sign-ins of the principals with the pupils of their schools. */
  principals: { login: string; pupils: string[] }[];
}

/** Two schools with five classes each, a teacher for every class and two principals. */
export async function makeWorld(platform: Platform): Promise<KillWorld> {
  await createDistrict(platform, district);
  const children = makeChildren(schools * classesOfSchool * pupilsOfClass).map((child, index) => {
    const room = Math.floor(index / pupilsOfClass);
    const no = String(1 + Math.floor(room / classesOfSchool)).padStart(2, '0');
    return {
      ...child,
      grade: 1 + (room % classesOfSchool),
      schoolCode: `21420102${no}`,
      schoolName: `测速第${no}小学`,
    };
  });
  await loadLists(platform, district, [], children, rosterRow, '2026-09-08');
  const { rows } = await platform.database.loaderPool.query<{ class_id: string; school_id: string; pupils: string[] }>(
    `SELECT class_id, school_id, array_agg(child_id::text ORDER BY child_id) AS pupils FROM enrolment
     WHERE district_code = $1 AND upper_inf(known) AND class_id IS NOT NULL GROUP BY 1, 2 ORDER BY 2, 1`,
    [district],
  );
  const person = async (role: 'classTeacher' | 'principal', login: string, unitId: string) => {
    const posts = [{ role, unitId }];
    await createStaffWithAccount(platform, { district, name: login, login, password, posts, mustChange: false });
    return login;
  };
  const rooms: Room[] = [];
  for (const [at, row] of rows.entries())
    rooms.push({
      classId: row.class_id,
      schoolId: row.school_id,
      login: await person('classTeacher', `teacher${String(at)}`, row.class_id),
      pupils: row.pupils,
    });
  const principals: KillWorld['principals'] = [];
  for (const [at, schoolId] of [...new Set(rooms.map((room) => room.schoolId))].entries())
    principals.push({
      login: await person('principal', `principal${String(at)}`, schoolId),
      pupils: rooms.filter((room) => room.schoolId === schoolId).flatMap((room) => room.pupils),
    });
  return { rooms, principals };
}
