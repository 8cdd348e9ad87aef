import { openJson } from '#server/crypto/seal.ts';
import type { Keys } from '#server/crypto/keys.ts';
import type { RawRow } from '#domain/basics/list-row.ts';
import type { KnownHeld } from './held-index.ts';
import { steps, type Publishing } from './publish-bulk.ts';
import { sealCells } from './staged-row.ts';

/** Rows held before that a list of this kind may correct: those that wait, and the accepted ones that a sheet may still name. */
export async function listKnownHeld(
  { client, district }: Pick<Publishing, 'client' | 'district'>,
  file: { kind: string; list: string | null; as_of: string },
): Promise<KnownHeld[]> {
  const found = await client.query<KnownHeld>(
    `SELECT h.id, h.state, h.school_id, h.sealed_cells FROM held_row h JOIN import_file f ON f.district_code = $1 AND f.id = h.import_id
     WHERE h.district_code = $1 AND h.kind = $2 AND h.state IN ('held', 'accepted') AND f.list IS NOT DISTINCT FROM $3 AND ($2 <> 'presence' OR f.as_of = $4::date)`,
    [district, file.kind, file.list, file.as_of],
  );
  return found.rows;
}

/**
 * Settles the rows held before that accepted rows of this file correct, and answers them. Where rows of the file disagree about
 * whom a held row speaks of, or one of them is held itself, it goes on waiting.
 */
export async function settleCorrected(
  { client, district, importId, knownAt }: Publishing,
  by: string,
): Promise<string[]> {
  const found = await client.query<{ id: string }>(
    `UPDATE held_row h SET state = 'accepted', settled_by = $3, settled_at = $4::timestamptz
     FROM (SELECT r.facts ->> 'corrects' AS id FROM import_row r WHERE r.district_code = $1 AND r.import_id = $2 AND r.facts ->> 'corrects' IS NOT NULL
           GROUP BY r.facts ->> 'corrects' HAVING bool_and(r.held_code IS NULL) AND count(DISTINCT coalesce(r.child_id, r.child_new_id)) = 1) x
     WHERE h.district_code = $1 AND h.id = x.id::uuid AND h.state = 'held' RETURNING h.id`,
    [district, importId, by, knownAt],
  );
  return found.rows.map((row) => row.id).sort();
}

/** Rows that were corrected but are still wrong take the place of what was held before: their cells, reason and place in the new file. */
async function replaceHeld({ client, district, importId }: Publishing, keys: Keys): Promise<void> {
  const found = await client.query<{ row_no: number; id: string; staged_id: string; sealed_cells: Buffer }>(
    `SELECT r.row_no, h.id, r.entry_new_id AS staged_id, r.sealed_cells FROM import_row r
     JOIN (SELECT min(o.row_no) AS row_no FROM import_row o WHERE o.district_code = $1 AND o.import_id = $2 AND o.facts ->> 'corrects' IS NOT NULL
           GROUP BY o.facts ->> 'corrects' HAVING count(*) = 1) x ON x.row_no = r.row_no
     JOIN held_row h ON h.district_code = $1 AND h.id = (r.facts ->> 'corrects')::uuid AND h.state = 'held' AND h.row_print <> r.row_print
     WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NOT NULL AND r.sealed_cells IS NOT NULL`,
    [district, importId],
  );
  for (const row of found.rows) {
    const place = { table: 'held_row', column: 'sealed_cells', district, id: row.staged_id };
    // as: sealed by sealCells from a RawRow
    const raw = openJson(keys, place, row.sealed_cells) as RawRow;
    await client.query(
      `UPDATE held_row h SET import_id = r.import_id, row_no = r.row_no, row_print = r.row_print, name = r.name, birth_date = r.birth_date, school_id = r.school_id, code = r.held_code,
         reason = r.held_reason, also = coalesce(r.held_also, '{}'), sealed_cells = $5,
         reach = array_remove(ARRAY['subdistrict:' || r.subdistrict_code, 'community:' || r.community_code, 'school:' || r.school_id::text], NULL)
       FROM import_row r WHERE h.district_code = $1 AND h.id = $4 AND r.district_code = $1 AND r.import_id = $2 AND r.row_no = $3`,
      [district, importId, row.row_no, row.id, sealCells(keys, district, row.id, raw)],
    );
  }
}

/**
 * Moves the held rows of this file out of staging. A row held before with the same content is not held twice, nor one that
 * is still wrong after correction, nor one that a sheet repeats although it was accepted meanwhile.
 */
export async function keepHeld(publishing: Publishing, kind: string, keys: Keys): Promise<number> {
  await replaceHeld(publishing, keys);
  return steps(publishing)(
    `INSERT INTO held_row (district_code, id, import_id, kind, row_no, row_print, name, birth_date, school_id, code, reason, also, sealed_cells, state, reach)
     SELECT r.district_code, r.entry_new_id, r.import_id, $3, r.row_no, r.row_print, r.name, r.birth_date, r.school_id, r.held_code, r.held_reason, coalesce(r.held_also, '{}'), r.sealed_cells, 'held',
       array_remove(ARRAY['subdistrict:' || r.subdistrict_code, 'community:' || r.community_code, 'school:' || r.school_id::text], NULL)
     FROM import_row r WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NOT NULL AND r.sealed_cells IS NOT NULL AND r.facts ->> 'already' IS NULL
       AND NOT EXISTS (SELECT 1 FROM held_row h WHERE h.district_code = $1 AND h.kind = $3 AND h.row_print = r.row_print AND h.state <> 'discarded')`,
    kind,
  );
}

/** How many persons whom the lists of this kind held before do not stand in this file, with the first names in order. Held rows of the file count as standing. */
export async function listMissing(
  { client, district, importId }: Publishing,
  kind: 'register' | 'roster',
): Promise<{ count: number; names: string[] }> {
  const [table, ofSchool] =
    kind === 'register'
      ? (['register_entry', ''] as const)
      : ([
          'enrolment',
          'AND e.school_id IN (SELECT s.school_id FROM import_row s WHERE s.district_code = $1 AND s.import_id = $2 AND s.school_id IS NOT NULL)',
        ] as const);
  const missing = `SELECT e.child_id, e.name FROM ${table} e
     LEFT JOIN (SELECT DISTINCT coalesce(r.child_id, r.child_new_id) AS child_id FROM import_row r WHERE r.district_code = $1 AND r.import_id = $2 AND r.held_code IS NULL) here ON here.child_id = e.child_id
     LEFT JOIN (SELECT DISTINCT h.name, h.birth_date FROM import_row h WHERE h.district_code = $1 AND h.import_id = $2 AND h.held_code IS NOT NULL) held ON held.name = e.name AND (held.birth_date IS NULL OR held.birth_date = e.birth_date)
     WHERE e.district_code = $1 AND upper_inf(e.known) AND e.to_date IS NULL AND e.import_id <> $2 AND here.child_id IS NULL AND held.name IS NULL ${ofSchool}`;
  const found = await client.query<{ count: number; names: string[] | null }>(
    `SELECT count(*)::int AS count, (array_agg(m.name ORDER BY m.name COLLATE "zh-Hans-CN-x-icu", m.child_id))[1:30] AS names FROM (${missing}) m`,
    [district, importId],
  );
  return { count: found.rows[0]?.count ?? 0, names: found.rows[0]?.names ?? [] };
}
