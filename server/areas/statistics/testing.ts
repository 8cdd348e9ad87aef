import type { Spell } from '#domain/statistics/record.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { randomSchools } from '#server/testing/histories.ts';
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
