import { steps, type Publishing } from './publish-bulk.ts';

/**
 * Finds the pupil of each row at the named school by registry number, else by a name that is the only one in its class or school.
 * A row that meets nobody is held as `child-unknown`.
 */
async function findPupils(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  const open = 'r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.child_id IS NULL';
  for (const table of ['enrolment', 'enrolment_claim']) {
    await step(`UPDATE import_row r SET child_id = e.child_id FROM ${table} e
      WHERE ${open} AND r.registry_index IS NOT NULL AND e.district_code = $1 AND upper_inf(e.known) AND e.school_id = r.school_id AND e.registry_index = r.registry_index`);
  }
  for (const number of ['registry_index', 'document_index']) {
    for (const table of ['enrolment', 'enrolment_claim']) {
      await step(`UPDATE import_row r SET child_id = c.id FROM child c JOIN ${table} e ON e.district_code = $1 AND e.child_id = c.id AND upper_inf(e.known)
        WHERE ${open} AND r.${number} IS NOT NULL AND c.district_code = $1 AND c.${number} = r.${number} AND e.school_id = r.school_id`);
    }
  }
  for (const sameClass of [true, false]) {
    await step(`UPDATE import_row r SET child_id = f.child_id
      FROM (SELECT e.school_id, e.name${sameClass ? ', e.class_id' : ''}, (array_agg(e.child_id))[1] AS child_id FROM enrolment e
            WHERE e.district_code = $1 AND upper_inf(e.known) GROUP BY e.school_id, e.name${sameClass ? ', e.class_id' : ''} HAVING count(*) = 1) f
      ${sameClass ? 'JOIN school_class k ON k.district_code = $1 AND k.id = f.class_id' : ''}
      WHERE ${open} AND f.school_id = r.school_id AND f.name = r.name ${sameClass ? "AND k.grade = r.grade AND (k.class_no = r.class_no OR r.class_no = '')" : ''}`);
  }
  await step(
    `UPDATE import_row r SET held_code = 'child-unknown', held_reason = '这所学校的学籍名册上没有这名学生。请先导入该校学籍，或核对姓名与学籍号' WHERE ${open}`,
  );
}

/** Publishes a day's presence of the pupils whom the rows meet. */
export async function publishPresence(publishing: Publishing): Promise<void> {
  await findPupils(publishing);
  await recordPresence(publishing);
}

/** Publishes rows that were held because no roster knew their pupil. What was told of the pupil's day since then stands, and the row goes on waiting. */
export async function publishWaitingPresence(publishing: Publishing): Promise<void> {
  await findPupils(publishing);
  await steps(publishing)(
    `UPDATE import_row r SET held_code = 'child-unknown' FROM presence p
     WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND p.district_code = $1 AND p.child_id = r.child_id AND p.school_id = r.school_id AND p.day = $3::date AND upper_inf(p.known)`,
    publishing.asOf,
  );
  await recordPresence(publishing);
}

async function recordPresence(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  await step(`UPDATE import_row r SET outcome = 'repeated'
    FROM (SELECT row_no, row_number() OVER (PARTITION BY child_id, school_id ORDER BY row_no) AS place FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NULL) f
    WHERE r.district_code = $1 AND r.import_id = $2 AND r.row_no = f.row_no AND f.place > 1`);
  const rows = 'r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.outcome IS NULL';
  await step(
    `UPDATE import_row r SET outcome = 'unchanged' FROM presence p
    WHERE ${rows} AND p.district_code = $1 AND p.child_id = r.child_id AND p.school_id = r.school_id AND p.day = $3::date AND upper_inf(p.known) AND p.row_print = r.row_print`,
    publishing.asOf,
  );
  await step(
    `UPDATE presence p SET known = tstzrange(lower(p.known), $4::timestamptz) FROM import_row r
    WHERE ${rows} AND p.district_code = $1 AND p.child_id = r.child_id AND p.school_id = r.school_id AND p.day = $3::date AND upper_inf(p.known)`,
    publishing.asOf,
    publishing.knownAt,
  );
  await step(
    `INSERT INTO presence (district_code, id, child_id, school_id, day, present, leave_kind, reason, days_absent, known, row_print, import_id, row_no, reach)
     SELECT r.district_code, r.entry_new_id, r.child_id, r.school_id, $3::date, (r.facts ->> 'present')::boolean, r.facts ->> 'leave', nullif(r.facts ->> 'reason', ''), (r.facts ->> 'daysAbsent')::int,
       tstzrange($4::timestamptz, NULL), r.row_print, r.import_id, r.row_no, c.reach
     FROM import_row r JOIN child c ON c.district_code = $1 AND c.id = r.child_id WHERE ${rows}`,
    publishing.asOf,
    publishing.knownAt,
  );
}
