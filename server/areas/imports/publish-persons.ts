import { schoolYearOf } from '#domain/basics/school-year.ts';
import { countAnew, steps, type Publishing, type Step } from './publish-bulk.ts';

/** Joins a staged row to its class in the school year `$4`. */
export const classOfRow = `k.district_code = $1 AND k.school_id = r.school_id AND k.school_year = $4::int AND k.grade = r.grade AND k.class_no = r.class_no`;

const listTables = {
  register: ['register_entry', 'register_repeat'],
  roster: ['enrolment', 'enrolment_claim'],
} as const;

/** Rows whose very content already stands, and rows that repeat an earlier row of the file to the letter. */
async function markUnchanged(step: Step, kind: 'register' | 'roster'): Promise<void> {
  for (const table of listTables[kind]) {
    await step(`UPDATE import_row r SET outcome = 'unchanged', child_id = e.child_id FROM ${table} e
      WHERE r.district_code = $1 AND r.import_id = $2 AND r.outcome IS NULL AND r.held_code IS NULL
        AND e.district_code = $1 AND e.row_print = r.row_print AND upper_inf(e.known)`);
  }
}

/**
 * Finds for every row the person it speaks of: by document number and name, by registry number and name, else a new person.
 * The same number under another name, and a failing number whose name and birth date meet a known child, make a person of
 * their own that waits for a decision; a failing number that meets nobody is held.
 */
export async function resolvePersons(publishing: Publishing, kind: 'register' | 'roster'): Promise<void> {
  const step = steps(publishing);
  await markUnchanged(step, kind);
  const open = `r.district_code = $1 AND r.import_id = $2 AND r.outcome IS NULL AND r.held_code IS NULL AND r.child_id IS NULL`;
  await step(`UPDATE import_row r SET child_id = coalesce(c.merged_into, c.id) FROM child c
    WHERE ${open} AND c.district_code = $1 AND c.document_index = r.document_index AND c.name = r.name AND NOT (r.suspect AND c.birth_date IS DISTINCT FROM r.birth_date)`);
  await step(`UPDATE import_row r SET outcome = 'conflict' FROM child c
    WHERE ${open} AND NOT r.suspect AND c.district_code = $1 AND c.document_index = r.document_index AND c.merged_into IS NULL AND c.identity = 'proven'`);
  await step(`UPDATE import_row r SET child_id = coalesce(c.merged_into, c.id) FROM child c
    WHERE ${open} AND NOT r.suspect AND r.registry_index IS NOT NULL AND c.district_code = $1 AND c.registry_index = r.registry_index AND c.name = r.name
      AND (r.document_index IS NULL OR c.document_index IS NULL OR r.document_type <> c.document_type) AND c.identity IN ('proven', 'none')`);
  await withoutDocument(step, kind);
  await withinFile(publishing);
  if (kind === 'roster') await suspects(step);
  else
    await step(
      `UPDATE import_row r SET outcome = 'held', held_code = 'id-check-digit', held_reason = '身份证号未通过校验' WHERE ${open} AND r.suspect`,
    );
}

/** A child without document number is the same as before only within the same list, by name, birth, sex and guardian or school. */
async function withoutDocument(step: Step, kind: 'register' | 'roster'): Promise<void> {
  const [table, same] =
    kind === 'register'
      ? ['register_entry', 'e.guardian IS NOT DISTINCT FROM r.guardian']
      : [
          'enrolment',
          'e.school_id = (SELECT s.id FROM school s WHERE s.district_code = $1 AND s.code = r.school_code)',
        ];
  await step(`UPDATE import_row r SET child_id = e.child_id FROM ${table} e
    WHERE r.district_code = $1 AND r.import_id = $2 AND r.outcome IS NULL AND r.held_code IS NULL AND r.child_id IS NULL AND r.document_index IS NULL
      AND e.district_code = $1 AND upper_inf(e.known) AND e.name = r.name AND e.birth_date = r.birth_date AND e.sex IS NOT DISTINCT FROM r.sex AND ${same}
      AND EXISTS (SELECT 1 FROM child c WHERE c.district_code = $1 AND c.id = e.child_id AND c.document_index IS NULL)`);
}

/** New persons named by several rows of one file: the first row makes the person, the others join it or contradict it. */
async function withinFile(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  const twice =
    await step(`SELECT 1 FROM import_row WHERE district_code = $1 AND import_id = $2 AND outcome IS NULL AND held_code IS NULL AND child_id IS NULL AND document_index IS NOT NULL
    GROUP BY document_index HAVING count(*) > 1 LIMIT 1`);
  if (twice === 0) return;
  await step(`UPDATE import_row r SET child_id = f.child_new_id
    FROM (SELECT DISTINCT ON (document_index, name) document_index, name, child_new_id, row_no FROM import_row
          WHERE district_code = $1 AND import_id = $2 AND outcome IS NULL AND held_code IS NULL AND child_id IS NULL AND document_index IS NOT NULL
          ORDER BY document_index, name, row_no) f
    WHERE r.district_code = $1 AND r.import_id = $2 AND r.outcome IS NULL AND r.held_code IS NULL AND r.child_id IS NULL
      AND r.document_index = f.document_index AND r.name = f.name AND r.row_no > f.row_no`);
  await step(`UPDATE import_row r SET outcome = 'conflict'
    FROM (SELECT DISTINCT ON (document_index) document_index, row_no FROM import_row
          WHERE district_code = $1 AND import_id = $2 AND outcome IS NULL AND held_code IS NULL AND child_id IS NULL AND document_index IS NOT NULL AND NOT suspect
          ORDER BY document_index, row_no) f
    WHERE r.district_code = $1 AND r.import_id = $2 AND r.outcome IS NULL AND r.held_code IS NULL AND r.child_id IS NULL AND NOT r.suspect
      AND r.document_index = f.document_index AND r.row_no > f.row_no`);
}

/** Failing numbers on a roster: a proposal where name and birth date meet a known child, else held. */
async function suspects(step: Step): Promise<void> {
  const open = `r.district_code = $1 AND r.import_id = $2 AND r.outcome IS NULL AND r.held_code IS NULL AND r.child_id IS NULL AND r.suspect`;
  await step(`UPDATE import_row r SET outcome = 'suspect' WHERE ${open} AND EXISTS (
    SELECT 1 FROM child c WHERE c.district_code = $1 AND c.name = r.name AND c.birth_date = r.birth_date AND c.merged_into IS NULL AND c.identity IN ('proven', 'none'))`);
  await step(`UPDATE import_row r SET held_code = coalesce(r.facts -> 'suspectHeld' ->> 'code', 'id-check-digit'),
      held_reason = coalesce(r.facts -> 'suspectHeld' ->> 'reason', '身份证号未通过校验，请核对户口簿'),
      held_also = coalesce((SELECT array_agg(a) FROM jsonb_array_elements_text(r.facts -> 'suspectHeld' -> 'also') a), '{}')
    WHERE ${open}`);
}

/** Inserts the persons that rows of this file make. */
export async function insertChildren(publishing: Publishing): Promise<number> {
  const made = await steps(publishing)(
    `INSERT INTO child (district_code, id, name, name_tail, pinyin, initials, sex, birth_date, document_type, document_index, registry_index, sealed, identity, ethnicity, reach, created_at, changed_at)
     SELECT r.district_code, r.child_new_id, r.name, r.name_tail, r.pinyin, r.initials, r.sex, r.birth_date, r.document_type, r.document_index, r.registry_index, r.sealed_child,
       CASE WHEN r.outcome = 'conflict' THEN 'conflict' WHEN r.suspect THEN 'suspect' WHEN r.document_index IS NULL THEN 'none' ELSE 'proven' END,
       r.facts ->> 'ethnicity',
       array_remove(ARRAY['subdistrict:' || r.subdistrict_code, 'community:' || r.community_code, 'school:' || r.school_id::text, 'class:' || k.id::text], NULL),
       $3::timestamptz, $3::timestamptz
     FROM import_row r LEFT JOIN school_class k ON ${classOfRow}
     WHERE r.district_code = $1 AND r.import_id = $2 AND r.child_id IS NULL AND r.held_code IS NULL ORDER BY r.child_new_id`,
    publishing.knownAt,
    schoolYearOf(publishing.asOf),
  );
  await countAnew(publishing, 'child', made);
  return made;
}

/** Gives persons known before the registry number that this list adds, so that later lists find them by it. */
export async function addRegistryNumbers(publishing: Publishing): Promise<void> {
  await steps(publishing)(
    `UPDATE child c SET registry_index = r.registry_index, changed_at = $3::timestamptz FROM import_row r
     WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL AND r.child_id IS NOT NULL AND r.registry_index IS NOT NULL
       AND c.district_code = $1 AND c.id = r.child_id AND c.registry_index IS NULL`,
    publishing.knownAt,
  );
}
