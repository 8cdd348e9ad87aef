import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import type { ListKind } from './read-rows.ts';

/** A held row as it stands. */
export interface HeldRecord {
  id: string;
  import_id: string;
  kind: ListKind;
  sealed_name: Buffer | null;
  as_of: string;
  list: string | null;
  started_by: string;
  row_no: number;
  code: string;
  reason: string;
  also: string[];
  name: string;
  state: 'held' | 'accepted' | 'discarded';
  sealed_cells: Buffer;
}

const columns = `h.id, h.import_id, h.kind, f.sealed_name, f.as_of, f.list, f.started_by, h.row_no, h.code, h.reason, h.also, h.name, h.state, h.sealed_cells`;
const source = `held_row h JOIN import_file f ON f.district_code = $1 AND f.id = h.import_id`;

/** A page of held rows in the order of their files. */
export async function pageHeld(
  client: pg.ClientBase,
  district: string,
  input: {
    importId?: readonly string[] | undefined;
    kind?: string | undefined;
    state: string;
    page: number;
    size: number;
  },
): Promise<{ rows: HeldRecord[]; total: number }> {
  const where = filters(district);
  where.and(`h.state = ${where.value(input.state)}`);
  if (input.importId) where.and(`h.import_id = ANY(${where.value(input.importId)}::uuid[])`);
  if (input.kind) where.and(`h.kind = ${where.value(input.kind)}`);
  const total = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${source} WHERE h.district_code = $1${where.where()}`,
    where.values,
  );
  const limit = `LIMIT ${where.value(input.size)} OFFSET ${where.value((input.page - 1) * input.size)}`;
  const rows = await client.query<HeldRecord>(
    `SELECT ${columns} FROM ${source} WHERE h.district_code = $1${where.where()} ORDER BY f.created_at DESC, h.import_id, h.row_no ${limit}`,
    where.values,
  );
  return { rows: rows.rows, total: total.rows[0]?.count ?? 0 };
}

/** One held row, locked for the decision. */
export async function findHeld(client: pg.ClientBase, district: string, id: string): Promise<HeldRecord | undefined> {
  return (
    await client.query<HeldRecord>(
      `SELECT ${columns} FROM ${source} WHERE h.district_code = $1 AND h.id = $2 FOR UPDATE OF h`,
      [district, id],
    )
  ).rows[0];
}

/** All held rows of an import, for its sheet. */
export async function listHeldOf(client: pg.ClientBase, district: string, importId: string): Promise<HeldRecord[]> {
  return (
    await client.query<HeldRecord>(
      `SELECT ${columns} FROM ${source} WHERE h.district_code = $1 AND h.import_id = $2 AND h.state = 'held' ORDER BY h.row_no`,
      [district, importId],
    )
  ).rows;
}

/** Held roster rows whose number fails, and whose name and birth date now meet a known child. */
export async function listRetryable(client: pg.ClientBase, district: string): Promise<string[]> {
  return (
    await client.query<{ id: string }>(
      `SELECT h.id FROM held_row h WHERE h.district_code = $1 AND h.kind = 'roster' AND h.state = 'held' AND h.code = 'id-check-digit' AND EXISTS (
         SELECT 1 FROM child c WHERE c.district_code = $1 AND c.name = h.name AND c.birth_date = h.birth_date AND c.merged_into IS NULL AND c.identity IN ('proven', 'none'))`,
      [district],
    )
  ).rows.map((row) => row.id);
}

/** Held presence rows whose pupil no roster knew, of schools whose roster changed since; in the order of their files. */
export async function listWaitingPresence(client: pg.ClientBase, district: string): Promise<HeldRecord[]> {
  const changed = ['enrolment', 'enrolment_claim'].map(
    (table) =>
      `EXISTS (SELECT 1 FROM ${table} e WHERE e.district_code = $1 AND e.school_id = h.school_id AND upper_inf(e.known) AND lower(e.known) > f.finished_at)`,
  );
  return (
    await client.query<HeldRecord>(
      `SELECT ${columns} FROM ${source} WHERE h.district_code = $1 AND h.kind = 'presence' AND h.state = 'held' AND h.code = 'child-unknown' AND (${changed.join(' OR ')})
       ORDER BY f.created_at, h.import_id, h.row_no FOR UPDATE OF h`,
      [district],
    )
  ).rows;
}

/** Settles the held rows of a file whose staged rows nothing holds any more; answers how many. */
export async function settleStaged(
  client: pg.ClientBase,
  district: string,
  importId: string,
  by: string,
  at: Date,
): Promise<number> {
  const settled = await client.query(
    `UPDATE held_row h SET state = 'accepted', settled_by = $3, settled_at = $4 FROM import_row r
     WHERE h.district_code = $1 AND h.import_id = $2 AND h.state = 'held' AND r.district_code = $1 AND r.import_id = $2 AND r.row_no = h.row_no AND r.held_code IS NULL`,
    [district, importId, by, at],
  );
  return settled.rowCount ?? 0;
}

/** Settles a held row. */
export async function settleHeld(
  client: pg.ClientBase,
  district: string,
  id: string,
  state: 'accepted' | 'discarded',
  by: string,
  at: Date,
): Promise<void> {
  await client.query(
    `UPDATE held_row SET state = $3, settled_by = $4, settled_at = $5 WHERE district_code = $1 AND id = $2`,
    [district, id, state, by, at],
  );
}

/** Writes a new reason on a row that is still held after correction. */
export async function keepHeldReason(
  client: pg.ClientBase,
  district: string,
  id: string,
  code: string,
  reason: string,
  also: string[],
  name: string,
  birth: string | null,
  sealed: Buffer,
): Promise<void> {
  await client.query(
    `UPDATE held_row SET code = $3, reason = $4, also = $5, name = $6, birth_date = $7, sealed_cells = $8 WHERE district_code = $1 AND id = $2`,
    [district, id, code, reason, also, name, birth, sealed],
  );
}
