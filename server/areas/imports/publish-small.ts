import { steps, type Publishing } from './publish-bulk.ts';

/** Publishes a list of schools: new ones are added, known ones (by code) get what changed. */
export async function publishSchools(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  const rows = 'r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL';
  await step(`UPDATE import_row r SET outcome = 'repeated'
    FROM (SELECT row_no, row_number() OVER (PARTITION BY school_code ORDER BY row_no) AS place FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NULL) f
    WHERE ${rows} AND r.row_no = f.row_no AND f.place > 1`);
  await step(
    `UPDATE import_row r SET outcome = 'unchanged' FROM school s WHERE ${rows} AND r.outcome IS NULL AND s.district_code = $1 AND s.code = r.school_code AND s.row_print = r.row_print`,
  );
  await step(
    `INSERT INTO school (district_code, id, code, name, stage, subdistrict_code, contact, from_date, row_print)
     SELECT r.district_code, r.entry_new_id, r.school_code, r.name, r.facts ->> 'stage', r.subdistrict_code, nullif(concat_ws(' ', nullif(r.facts ->> 'principal', ''), nullif(r.facts ->> 'phone', '')), ''), $3::date, r.row_print
     FROM import_row r WHERE ${rows} AND r.outcome IS NULL
     ON CONFLICT ON CONSTRAINT school_code_uq DO UPDATE SET name = EXCLUDED.name, stage = EXCLUDED.stage, subdistrict_code = coalesce(EXCLUDED.subdistrict_code, school.subdistrict_code),
       contact = coalesce(EXCLUDED.contact, school.contact), row_print = EXCLUDED.row_print`,
    publishing.asOf,
  );
}

/** Publishes an aid or care list; health lists go to the closed compartment. */
export async function publishKeylist(publishing: Publishing): Promise<void> {
  const step = steps(publishing);
  const rows = 'r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL';
  await step(
    `UPDATE import_row r SET child_id = coalesce(c.merged_into, c.id) FROM child c WHERE ${rows} AND c.district_code = $1 AND c.document_index = r.document_index AND c.name = r.name`,
  );
  await step(`UPDATE import_row r SET outcome = 'repeated'
    FROM (SELECT row_no, row_number() OVER (PARTITION BY document_index, facts ->> 'list' ORDER BY row_no) AS place FROM import_row WHERE district_code = $1 AND import_id = $2 AND held_code IS NULL) f
    WHERE ${rows} AND r.row_no = f.row_no AND f.place > 1`);
  for (const [table, closed] of [
    ['key_list_entry', false],
    ['closed_list_entry', true],
  ] as const) {
    const mine = `${rows} AND r.outcome IS NULL AND (r.facts ->> 'closed')::boolean = ${String(closed)}`;
    await step(
      `UPDATE import_row r SET outcome = 'unchanged' FROM ${table} k WHERE ${mine} AND k.district_code = $1 AND k.row_print = r.row_print AND upper_inf(k.known)`,
    );
    await step(
      `INSERT INTO ${table} (district_code, id, child_id, list, name, document_index, sealed, from_date, to_date, known, row_print, import_id, row_no${closed ? '' : ', reach'})
       SELECT r.district_code, r.entry_new_id, r.child_id, r.facts ->> 'list', r.name, r.document_index, r.sealed_entry, coalesce((r.facts ->> 'validFrom')::date, $3::date),
         coalesce((r.facts ->> 'validTo')::date, f.valid_to), tstzrange($4::timestamptz, NULL), r.row_print, r.import_id, r.row_no${closed ? '' : ", coalesce(c.reach, '{}')"}
       FROM import_row r JOIN import_file f ON f.district_code = $1 AND f.id = $2 LEFT JOIN child c ON c.district_code = $1 AND c.id = r.child_id WHERE ${mine}`,
      publishing.asOf,
      publishing.knownAt,
    );
  }
}
