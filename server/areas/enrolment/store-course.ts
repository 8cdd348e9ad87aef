import type pg from 'pg';
import type { CourseCause, CourseState } from '#domain/enrolment/course.ts';

/** A connection within a request. */
export type Client = Pick<pg.ClientBase, 'query'>;

/** A spell as it is stored. */
export interface SpellRow {
  id: string;
  childId: string;
  state: CourseState;
  schoolId: string;
  classId: string | null;
  grade: number;
  cause: CourseCause;
  changeId: string | null;
  caseId: string | null;
  note: string | null;
  fromDate: string;
  toDate: string | null;
}

/** The columns of a spell under the names of the record, from `c`. */
export const spellColumns = `c.id, c.child_id AS "childId", c.state, c.school_id AS "schoolId", c.class_id AS "classId", c.grade, c.cause, c.change_id AS "changeId",
  c.case_id AS "caseId", c.note, c.from_date AS "fromDate", c.to_date AS "toDate"`;

/** Holds children so that two moves follow one another; answers the reach of each that there is. */
export async function holdChildren(
  client: Client,
  district: string,
  childIds: readonly string[],
): Promise<Map<string, string[]>> {
  const found = await client.query<{ id: string; reach: string[] }>({
    name: 'course-hold-children',
    values: [district, childIds],
    text: `SELECT c.id, c.reach FROM child c WHERE c.district_code = $1 AND c.id = ANY($2::uuid[]) ORDER BY c.id FOR UPDATE`,
  });
  return new Map(found.rows.map((row) => [row.id, row.reach]));
}

/** The course of children as it is known now, in the order of days. */
export async function readSpells(client: Client, district: string, childIds: readonly string[]): Promise<SpellRow[]> {
  const found = await client.query<SpellRow>({
    name: 'course-of-children',
    values: [district, childIds],
    text: `SELECT ${spellColumns} FROM course c WHERE c.district_code = $1 AND c.child_id = ANY($2::uuid[]) AND upper_inf(c.known) ORDER BY c.child_id, c.from_date`,
  });
  return found.rows;
}

/** Ends the knowledge of spells. */
export async function closeSpells(
  client: Client,
  district: string,
  ids: readonly string[],
  knownAt: string,
): Promise<void> {
  if (ids.length === 0) return;
  await client.query({
    name: 'course-close',
    values: [district, ids, knownAt],
    text: `UPDATE course SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = ANY($2::uuid[])`,
  });
}

/** Writes spells as known from a moment. */
export async function insertSpells(
  client: Client,
  district: string,
  spells: readonly SpellRow[],
  known: { at: string; reachOf(childId: string): readonly string[] },
): Promise<void> {
  for (let from = 0; from < spells.length; from += 500) {
    const some = spells.slice(from, from + 500);
    const values: unknown[] = [district, known.at];
    const rows = some.map((spell) => {
      const at = values.length;
      values.push(
        spell.id,
        spell.childId,
        spell.state,
        spell.schoolId,
        spell.classId,
        spell.grade,
        spell.cause,
        spell.changeId,
        spell.caseId,
        spell.note,
        spell.fromDate,
        spell.toDate,
        [...known.reachOf(spell.childId)],
      );
      const p = (index: number) => `$${String(at + index)}`;
      return `($1, ${p(1)}::uuid, ${p(2)}::uuid, ${p(3)}, ${p(4)}::uuid, ${p(5)}::uuid, ${p(6)}::int, ${p(7)}, ${p(8)}::uuid, ${p(9)}::uuid, ${p(10)},
        daterange(${p(11)}::date, ${p(12)}::date), ${p(11)}::date, ${p(12)}::date, tstzrange($2::timestamptz, NULL), ${p(13)}::text[])`;
    });
    await client.query(
      `INSERT INTO course (district_code, id, child_id, state, school_id, class_id, grade, cause, change_id, case_id, note, during, from_date, to_date, known, reach) VALUES ${rows.join(', ')}`,
      values,
    );
  }
}
