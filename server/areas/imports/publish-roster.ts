import { schoolYearOf } from '#domain/basics/school-year.ts';
import { countAnew, insertMany, type Publishing, steps } from './publish-bulk.ts';
import { addRegistryNumbers, classOfRow, insertChildren, resolvePersons } from './publish-persons.ts';

async function insertClasses(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  const made = await step(
    `INSERT INTO school_class (district_code, school_id, school_year, grade, class_no, name)
     SELECT $1, r.school_id, $3::int, r.grade, r.class_no,
       coalesce((ARRAY['一','二','三','四','五','六','七','八','九','高一','高二','高三'])[r.grade], '') || CASE WHEN r.grade BETWEEN 1 AND 9 THEN '年级' ELSE '' END || '（' || r.class_no || '）班'
     FROM (SELECT DISTINCT r.school_id, r.grade, r.class_no FROM import_row r
           WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.school_id IS NOT NULL AND r.grade > 0 AND r.class_no <> '') r
     ON CONFLICT ON CONSTRAINT school_class_uq DO NOTHING`,
    schoolYearOf(publishing.asOf),
  );
  await countAnew(publishing, 'school_class', made);
}

/** From which day a roster's row holds: the first on which the school named him, but not before he left elsewhere. */
const since = `greatest(l.last_day, least($3::date, coalesce(b.from_date, $3::date)))`;

/**
 * Publishes a roster: persons, classes, enrolments. A child on roll at another school is not moved: the second school's row is kept
 * as a claim, which the comparison lists as double enrolment.
 */
export async function publishRoster(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  await insertClasses(publishing);
  await resolvePersons(publishing, 'roster');
  const rows = 'r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL';
  await step(`UPDATE import_row r SET outcome = 'repeated'
    FROM (SELECT row_no, row_number() OVER (PARTITION BY coalesce(child_id, child_new_id), school_id ORDER BY (outcome IS NOT DISTINCT FROM 'unchanged') DESC, row_no) AS place
          FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NULL) f
    WHERE ${rows} AND r.row_no = f.row_no AND f.place > 1 AND r.outcome IS DISTINCT FROM 'unchanged'`);
  await step(
    `UPDATE import_row r SET outcome = 'unchanged' FROM enrolment e
    WHERE ${rows} AND (r.outcome IS NULL OR r.outcome = 'conflict') AND e.district_code = $1 AND e.child_id = r.child_id AND upper_inf(e.known) AND e.to_date > $3::date AND e.from_date <= $3::date AND e.school_id = r.school_id`,
    publishing.asOf,
  );
  await step(
    `UPDATE import_row r SET outcome = 'claim' FROM enrolment e
    WHERE ${rows} AND (r.outcome IS NULL OR r.outcome = 'conflict') AND e.district_code = $1 AND e.child_id = r.child_id AND upper_inf(e.known)
      AND (e.to_date IS NULL AND e.school_id <> r.school_id OR e.to_date > $3::date AND e.from_date <= $3::date)`,
    publishing.asOf,
  );
  // A school that still lists whom a registry change let go claims him; a list alone undoes no change.
  await step(`UPDATE import_row r SET outcome = 'claim' FROM course c
    WHERE ${rows} AND (r.outcome IS NULL OR r.outcome = 'conflict') AND c.district_code = $1 AND c.child_id = r.child_id AND upper_inf(c.known) AND c.to_date IS NULL
      AND c.state IN ('out', 'abroad', 'dead', 'graduated', 'leaver') AND c.school_id = r.school_id AND c.change_id IS NOT NULL`);
  await step(`UPDATE import_row r SET outcome = 'claim'
    FROM (SELECT row_no, row_number() OVER (PARTITION BY coalesce(child_id, child_new_id) ORDER BY (outcome IS NOT DISTINCT FROM 'unchanged') DESC, row_no) AS place
          FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NULL AND outcome IS DISTINCT FROM 'repeated') f
    WHERE ${rows} AND r.row_no = f.row_no AND f.place > 1 AND (r.outcome IS NULL OR r.outcome = 'conflict')`);
  await insertChildren(publishing);
  await addRegistryNumbers(publishing);
  const changed = `${rows} AND (r.outcome IS NULL OR r.outcome IN ('conflict', 'suspect'))`;
  await step(
    `UPDATE enrolment e SET known = tstzrange(lower(e.known), $3::timestamptz) FROM import_row r
     WHERE ${changed} AND e.district_code = $1 AND e.child_id = r.child_id AND upper_inf(e.known) AND e.to_date IS NULL AND e.school_id = r.school_id`,
    publishing.knownAt,
  );
  await insertMany(
    publishing,
    'enrolment',
    `INSERT INTO enrolment (district_code, id, child_id, school_id, class_id, grade, name, sex, birth_date, guardian, address, tags, phone_index, registry_index, sealed, during, from_date, known, row_print, import_id, row_no, reach)
     SELECT r.district_code, r.entry_new_id, coalesce(r.child_id, r.child_new_id), r.school_id, k.id, coalesce(r.grade, 0), r.name, r.sex, r.birth_date, r.guardian, r.address,
       ARRAY(SELECT jsonb_array_elements_text(r.facts -> 'tags')), r.phone_index, r.registry_index, r.sealed_entry,
       daterange(${since}, NULL), ${since}, tstzrange($5::timestamptz, NULL), r.row_print, r.import_id, r.row_no,
       CASE WHEN r.child_id IS NULL THEN array_remove(ARRAY['school:' || r.school_id::text, 'class:' || k.id::text], NULL) ELSE '{}'::text[] END
     FROM import_row r LEFT JOIN school_class k ON ${classOfRow}
     LEFT JOIN (SELECT e.child_id, e.school_id, min(e.from_date) AS from_date FROM enrolment e WHERE e.district_code = $1 GROUP BY e.child_id, e.school_id) b ON b.child_id = r.child_id AND b.school_id = r.school_id
     LEFT JOIN (SELECT e.child_id, max(e.to_date) AS last_day FROM enrolment e WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NOT NULL GROUP BY e.child_id) l ON l.child_id = r.child_id
     WHERE ${changed} ORDER BY coalesce(r.child_id, r.child_new_id)`,
    publishing.asOf,
    schoolYearOf(publishing.asOf),
    publishing.knownAt,
  );
  await step(
    `UPDATE enrolment_claim e SET known = tstzrange(lower(e.known), $3::timestamptz) FROM import_row r
     WHERE ${rows} AND r.outcome = 'claim' AND e.district_code = $1 AND e.child_id = r.child_id AND e.school_id = r.school_id AND upper_inf(e.known)`,
    publishing.knownAt,
  );
  await step(
    `INSERT INTO enrolment_claim (district_code, id, child_id, school_id, class_id, grade, registry_index, from_date, known, row_print, import_id, row_no, reach)
     SELECT r.district_code, r.entry_new_id, coalesce(r.child_id, r.child_new_id), r.school_id, k.id, coalesce(r.grade, 0), r.registry_index, $3::date, tstzrange($5::timestamptz, NULL), r.row_print, r.import_id, r.row_no, '{}'
     FROM import_row r LEFT JOIN school_class k ON ${classOfRow} WHERE ${rows} AND r.outcome = 'claim'`,
    publishing.asOf,
    schoolYearOf(publishing.asOf),
    publishing.knownAt,
  );
}
