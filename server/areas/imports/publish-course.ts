import { schoolYearOf } from '#domain/basics/school-year.ts';
import { insertMany, type Publishing, steps } from './publish-bulk.ts';
import { classOfRow } from './publish-persons.ts';

/** The enrolments that this import has just written, as `e`, with their staged rows. */
const written = `import_row r JOIN enrolment e ON e.district_code = $1 AND e.id = r.entry_new_id AND upper_inf(e.known)
  WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND (r.outcome IS NULL OR r.outcome IN ('conflict', 'suspect'))`;

/** The school year of a day, in words of the database: from 1 September. */
const yearOf = (day: string): string =>
  `(date_part('year', ${day}) - CASE WHEN date_part('month', ${day}) < 9 THEN 1 ELSE 0 END)`;

const years = `(${yearOf('$4::date')} - ${yearOf('c.from_date')})`;

/** Whether a pupil's open spell says otherwise than the roster; the dead and the graduated are not brought back by a list. */
const differs = `c.state NOT IN ('dead', 'graduated')
  AND (c.school_id <> e.school_id OR c.class_id IS DISTINCT FROM e.class_id OR c.grade <> e.grade OR c.state IN ('out', 'abroad', 'leaver') OR (c.cause = 'listed' AND e.from_date < c.from_date))`;

/**
 * Lets the course of the pupils follow a roster: who has none is `listed`, another class or grade moves on the day of the roster, one who
 * had left and is on a roster again comes in. Without a difference nothing is written. Comes after `publishRoster`;
 * children whom this roster makes can have no course yet and are not looked up.
 */
export async function publishCourse(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  const { knownAt, asOf } = publishing;
  const closed = await step(
    `UPDATE course c SET known = tstzrange(lower(c.known), $3::timestamptz) FROM (SELECT e.child_id, e.school_id, e.class_id, e.grade, e.from_date FROM ${written}) e
     WHERE c.district_code = $1 AND c.child_id = e.child_id AND upper_inf(c.known) AND c.to_date IS NULL AND ${differs}`,
    knownAt,
  );
  if (closed > 0) {
    const stood = `course c JOIN (SELECT e.child_id, e.school_id, e.class_id, e.grade, e.from_date, e.reach FROM ${written}) e ON e.child_id = c.child_id
      WHERE c.district_code = $1 AND c.to_date IS NULL AND upper(c.known) = $3::timestamptz`;
    await step(
      `INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, change_id, case_id, note, during, from_date, to_date, known, reach)
       SELECT c.district_code, c.child_id, c.state, c.school_id, c.class_id, c.grade, c.cause, c.change_id, c.case_id, c.note, daterange(c.from_date, $4::date), c.from_date, $4::date, tstzrange($3::timestamptz, NULL), e.reach
       FROM ${stood} AND c.from_date < $4::date`,
      knownAt,
      asOf,
    );
    await step(
      `INSERT INTO course (district_code, child_id, state, school_id, class_id, grade, cause, change_id, case_id, during, from_date, known, reach)
       SELECT x.district_code, x.child_id, x.state, x.school_id, x.class_id, x.grade, x.cause, x.change_id, x.case_id, daterange(x.day, NULL), x.day, tstzrange($3::timestamptz, NULL), x.reach FROM (
         SELECT c.district_code, c.child_id, CASE WHEN c.state IN ('out', 'abroad', 'leaver') OR c.school_id <> e.school_id THEN 'inSchool' ELSE c.state END AS state,
           e.school_id, e.class_id, e.grade, e.reach, CASE WHEN c.from_date < $4::date THEN NULL ELSE c.change_id END AS change_id, c.case_id,
           CASE WHEN c.from_date < $4::date THEN $4::date WHEN c.cause = 'listed' THEN least(e.from_date, c.from_date) ELSE c.from_date END AS day,
           CASE WHEN c.state = 'leaver' THEN 'placement' WHEN c.state IN ('out', 'abroad') THEN 'transferIn' WHEN c.from_date >= $4::date THEN c.cause
             WHEN c.school_id <> e.school_id OR c.grade = 0 OR e.grade = 0 THEN 'correction' WHEN e.grade - c.grade > ${years} THEN 'skip' WHEN e.grade - c.grade < ${years} THEN 'repeat'
             WHEN ${years} = 0 THEN 'classChange' ELSE 'promotion' END AS cause
         FROM ${stood}) x`,
      knownAt,
      asOf,
    );
  }
  const open = `school_id, class_id, grade, cause, during, from_date, known, reach)`;
  await insertMany(
    publishing,
    'course',
    `INSERT INTO course (district_code, child_id, state, ${open}
     SELECT r.district_code, r.child_new_id, 'inSchool', r.school_id, k.id, coalesce(r.grade, 0), 'listed', daterange($5::date, NULL), $5::date, tstzrange($3::timestamptz, NULL),
       array_remove(ARRAY['school:' || r.school_id::text, 'class:' || k.id::text], NULL)
     FROM import_row r LEFT JOIN school_class k ON ${classOfRow}
     WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.child_id IS NULL AND (r.outcome IS NULL OR r.outcome IN ('conflict', 'suspect')) ORDER BY r.child_new_id`,
    knownAt,
    schoolYearOf(asOf),
    asOf,
  );
  await step(
    `INSERT INTO course (district_code, child_id, state, ${open}
     SELECT e.district_code, e.child_id, 'inSchool', e.school_id, e.class_id, e.grade, 'listed', daterange(e.from_date, NULL), e.from_date, tstzrange($3::timestamptz, NULL), e.reach
     FROM ${written} AND r.child_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM course c WHERE c.district_code = $1 AND c.child_id = e.child_id AND upper_inf(c.known)) ORDER BY e.child_id`,
    knownAt,
  );
}
