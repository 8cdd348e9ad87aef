import type { Spell } from '#domain/statistics/record.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { randomSchools } from '#server/testing/histories.ts';
import { rows } from '#server/testing/reach.ts';
import type { World } from '#server/testing/world.ts';

/** A random child as laid into a world: the versions of his course, each known from the moment of its number. */
export interface Laid {
  childId: string;
  street: string | null;
  versions: Spell[][];
}

/** The moment from which the nth version is known. */
export function momentOf(version: number): string {
  return `2026-11-01T00:00:0${String(version)}.000000Z`;
}

/** Lays random children with their courses into a world, as the loader does: schools, children, addresses, every version. */
export async function layCourses(world: World, made: readonly Laid[]): Promise<Laid[]> {
  const pool = world.platform.database.loaderPool;
  const district = world.district;
  for (const [index, school] of randomSchools.entries())
    await pool.query(
      `INSERT INTO school (district_code, id, code, name, stage, subdistrict_code, from_date) VALUES ($1, $2, $3, $4, 'nineYear', '420102001', '2020-09-01')`,
      [district, school.id, `214201090${String(index)}`, `测试学校${String(index + 1)}`],
    );
  const laid = made.map((pupil, index) => ({
    ...pupil,
    childId: `00000000-0000-4000-b000-${String(index).padStart(12, '0')}`,
  }));
  for (const [index, pupil] of laid.entries()) {
    const reach = [...new Set(pupil.versions.flat().map((spell) => reachToken('school', spell.schoolId)))];
    const name = `学生${String(index)}`;
    await pool.query(
      `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, document_type, identity, reach, created_at, changed_at)
       VALUES ($1, $2, $3, $3, $4, 'xs', 'none', 'proven', $5, $6, $6)`,
      [district, pupil.childId, name, `xuesheng${String(index).padStart(4, '0')}`, reach, momentOf(0)],
    );
    if (pupil.street !== null)
      await pool.query(
        `INSERT INTO register_entry (district_code, child_id, name, subdistrict_code, study_status, tags, during, from_date, known, row_print, reach)
         VALUES ($1, $2, $3, $4, 'inSchool', '{}', '[2020-01-01,)', '2020-01-01', tstzrange($5::timestamptz, NULL), $6, $7)`,
        [district, pupil.childId, name, pupil.street, momentOf(0), Buffer.from(String(index)), reach],
      );
    for (const [version, spells] of pupil.versions.entries()) {
      const until = version < pupil.versions.length - 1 ? momentOf(version + 1) : null;
      for (const spell of spells)
        await pool.query(
          `INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, during, from_date, to_date, known, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, daterange($8::date, $9::date), $8::date, $9::date, tstzrange($10::timestamptz, $11::timestamptz), $12)`,
          [
            district,
            pupil.childId,
            spell.state,
            spell.schoolId,
            spell.classId,
            spell.grade,
            spell.cause,
            spell.fromDate,
            spell.toDate,
            momentOf(version),
            until,
            reach,
          ],
        );
    }
  }
  return laid;
}

interface Known {
  known_from: string;
  known_to: string | null;
}
interface Call extends Known {
  class_id: string;
  day: string;
  part: string;
  weight: number;
}
interface Away extends Call {
  child_id: string;
  kind: string;
}
interface RollSpell extends Known {
  child_id: string;
  class_id: string | null;
  from_date: string;
  to_date: string | null;
}

/** Attendance of a class as a slow recount finds it. */
interface Recounted {
  due: number;
  present: number;
  leave: number;
  unexcused: number;
  unknown: number;
}

/** Everything that was ever known of the roll calls of a school, with who was on its rolls and who was suspended. */
interface FormGround {
  calls: Call[];
  away: Away[];
  rolls: RollSpell[];
  suspended: RollSpell[];
}

const moment = (side: 'lower' | 'upper', alias: string) =>
  `to_char(${side}(${alias}.known) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const span = (alias: string) => `${moment('lower', alias)} AS known_from, ${moment('upper', alias)} AS known_to`;

/** Reads the ground of a recount: every row with the time in which it was known. */
export async function readFormGround(world: World, schoolId: string): Promise<FormGround> {
  return {
    calls: await rows<Call>(world, `SELECT r.class_id, r.day, r.part, r.weight, ${span('r')} FROM roll_call r WHERE r.district_code = $1 AND r.school_id = $2`, [schoolId]), // prettier-ignore
    away: await rows<Away>(world, `SELECT a.child_id, a.class_id, a.day, a.part, a.weight, a.kind, ${span('a')} FROM absence a WHERE a.district_code = $1 AND a.school_id = $2`, [schoolId]), // prettier-ignore
    rolls: await rows<RollSpell>(world, `SELECT e.child_id, e.class_id, e.from_date, e.to_date, ${span('e')} FROM enrolment e WHERE e.district_code = $1 AND e.school_id = $2`, [schoolId]), // prettier-ignore
    suspended: await rows<RollSpell>(world, `SELECT c.child_id, c.class_id, c.from_date, c.to_date, ${span('c')} FROM course c WHERE c.district_code = $1 AND c.state = 'suspended'`), // prettier-ignore
  };
}

/** What stood at a moment; null is now. */
function standing<Row extends Known>(all: readonly Row[], at: string | null): Row[] {
  return all.filter((row) =>
    at === null ? row.known_to === null : row.known_from <= at && (row.known_to === null || row.known_to > at),
  );
}

/** Who was to be called in a class on a day, as known at a moment. */
function pupilsOn(ground: FormGround, classId: string, day: string, at: string | null): string[] {
  const on = (spell: RollSpell) => spell.from_date <= day && (spell.to_date === null || spell.to_date > day);
  const resting = new Set(standing(ground.suspended, at).filter(on).map((one) => one.child_id)); // prettier-ignore
  return standing(ground.rolls, at)
    .filter((one) => one.class_id === classId && on(one) && !resting.has(one.child_id))
    .map((one) => one.child_id);
}

/**
 * Walks day by day, class by class, call by call and pupil by pupil, as known at a moment (null: now): the obvious way to count attendance.
 * At a call those count who were called when it was made; of what was not called, those who ought to have been, as known at the moment.
 */
export function recountAttendance(
  ground: FormGround,
  days: readonly string[],
  knownAt: string | null,
): Map<string, Recounted> {
  const [calls, away] = [standing(ground.calls, knownAt), standing(ground.away, knownAt)];
  const classes = new Set(ground.rolls.flatMap((one) => (one.class_id === null ? [] : [one.class_id])));
  const counted = new Map<string, Recounted>();
  for (const classId of classes)
    for (const day of days) {
      const owed = pupilsOn(ground, classId, day, knownAt);
      const own = calls.filter((one) => one.class_id === classId && one.day === day);
      if (owed.length === 0 && own.length === 0) continue;
      const made = counted.get(classId) ?? { due: 0, present: 0, leave: 0, unexcused: 0, unknown: 0 };
      counted.set(classId, made);
      let left = 1;
      for (const call of own) {
        left -= call.weight;
        for (const childId of pupilsOn(ground, classId, day, call.known_from)) {
          made.due += call.weight;
          const mark = away.find((one) => one.child_id === childId && one.day === day && one.part === call.part);
          const kind = mark?.kind ?? 'present';
          if (kind === 'present' || kind === 'late') made.present += call.weight;
          else if (kind === 'unexcused') made.unexcused += call.weight;
          else if (kind === 'unknown') made.unknown += call.weight;
          else made.leave += call.weight;
        }
      }
      made.due += left * owed.length;
      made.unknown += left * owed.length;
    }
  return counted;
}
