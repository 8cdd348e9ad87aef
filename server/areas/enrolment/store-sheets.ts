import type { Client } from './store-course.ts';

/** The state of a row of a sheet. */
type SheetRowState = 'ready' | 'held' | 'asked' | 'dropped' | 'same';

/** What the rows of a sheet ask for. */
export type SheetKindName = 'changes' | 'placements' | 'rollCalls' | 'scores';

/** A sheet of changes with how its rows stand. */
export interface SheetRecord {
  id: string;
  sealed_name: Buffer | null;
  at: Date;
  byName: string;
  runAt: Date | null;
  reach: string[];
  rows: number;
  ready: number;
  held: number;
  asked: number;
  dropped: number;
  same: number;
}

/** A row of a sheet as stored. */
export interface SheetRowRecord {
  id: string;
  rowNo: number;
  state: SheetRowState;
  reason: string | null;
  changeId: string | null;
  sealed: Buffer;
  reach: readonly string[];
}

const counts = `count(r.id)::int AS rows, count(r.id) FILTER (WHERE r.state = 'ready')::int AS ready, count(r.id) FILTER (WHERE r.state = 'held')::int AS held,
  count(r.id) FILTER (WHERE r.state = 'asked')::int AS asked, count(r.id) FILTER (WHERE r.state = 'dropped')::int AS dropped,
  count(r.id) FILTER (WHERE r.state = 'same')::int AS same`;
const sheet = `SELECT s.id, s.sealed_name, s.at, s.by_name AS "byName", s.run_at AS "runAt", s.reach, ${counts} FROM change_sheet s LEFT JOIN change_sheet_row r ON r.district_code = $1 AND r.sheet_id = s.id
  WHERE s.district_code = $1 AND s.kind = $2`;
const grouped = 'GROUP BY s.id, s.sealed_name, s.at, s.by_name, s.run_at, s.reach';

/** Adds a sheet. */
export async function insertSheet(
  client: Client,
  district: string,
  row: {
    id: string;
    kind: SheetKindName;
    sealedName: Buffer;
    at: Date;
    byId: string;
    byName: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'sheet-insert',
    values: [district, row.id, row.sealedName, row.at, row.byId, row.byName, row.reach, row.kind],
    text: `INSERT INTO change_sheet (district_code, id, sealed_name, at, by_id, by_name, reach, kind) VALUES ($1, $2, $3, $4, $5, $6, $7::text[], $8)`,
  });
}

/** Adds a row of a sheet. */
export async function insertSheetRow(
  client: Client,
  district: string,
  row: SheetRowRecord & { sheetId: string },
): Promise<void> {
  await client.query({
    name: 'sheet-row-insert',
    values: [district, row.id, row.sheetId, row.rowNo, row.state, row.reason, row.changeId, row.sealed, row.reach],
    text: `INSERT INTO change_sheet_row (district_code, id, sheet_id, row_no, state, reason, change_id, sealed, reach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::text[])`,
  });
}

/** Writes how a row stands. */
export async function updateSheetRow(client: Client, district: string, row: SheetRowRecord): Promise<void> {
  await client.query({
    name: 'sheet-row-update',
    values: [district, row.id, row.state, row.reason, row.changeId, row.sealed, row.reach],
    text: `UPDATE change_sheet_row SET state = $3, reason = $4, change_id = $5, sealed = $6, reach = $7::text[] WHERE district_code = $1 AND id = $2`,
  });
}

/** Who sees a sheet that is within reach; nobody otherwise. */
export async function findSheetReach(client: Client, district: string, id: string): Promise<string[]> {
  const found = await client.query<{ reach: string[] }>({
    name: 'sheet-reach',
    values: [district, id],
    text: 'SELECT s.reach FROM change_sheet s WHERE s.district_code = $1 AND s.id = $2',
  });
  return found.rows[0]?.reach ?? [];
}

/** Lets more see a sheet. */
export async function widenSheet(
  client: Client,
  district: string,
  id: string,
  reach: readonly string[],
): Promise<void> {
  await client.query({
    name: 'sheet-widen',
    values: [district, id, reach],
    text: 'UPDATE change_sheet SET reach = $3::text[] WHERE district_code = $1 AND id = $2',
  });
}

/** Marks when a sheet was last carried out. */
export async function markSheetRun(client: Client, district: string, id: string, at: Date): Promise<void> {
  await client.query({
    name: 'sheet-run',
    values: [district, id, at],
    text: `UPDATE change_sheet SET run_at = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** A sheet within reach, null otherwise. */
export async function findSheet(
  client: Client,
  district: string,
  kind: SheetKindName,
  id: string,
): Promise<SheetRecord | null> {
  const found = await client.query<SheetRecord>({
    name: 'sheet-one',
    values: [district, kind, id],
    text: `${sheet} AND s.id = $3 ${grouped}`,
  });
  return found.rows[0] ?? null;
}

/** A page of sheets within reach, the newest first, with the whole count. */
export async function pageSheets(
  client: Client,
  district: string,
  kind: SheetKindName,
  page: { size: number; offset: number },
): Promise<{ rows: SheetRecord[]; total: number }> {
  const total = await client.query<{ n: number }>({
    name: 'sheet-count',
    values: [district, kind],
    text: 'SELECT count(*)::int AS n FROM change_sheet s WHERE s.district_code = $1 AND s.kind = $2',
  });
  const found = await client.query<SheetRecord>({
    name: 'sheet-page',
    values: [district, kind, page.size, page.offset],
    text: `${sheet} ${grouped} ORDER BY s.at DESC, s.id LIMIT $3 OFFSET $4`,
  });
  return { rows: found.rows, total: total.rows[0]?.n ?? 0 };
}

/** Sheets of a kind handed in before a moment whose cells are still kept, the oldest first. */
export async function listSheetsToEmpty(
  client: Client,
  district: string,
  kind: SheetKindName,
  before: Date,
  most: number,
): Promise<string[]> {
  const found = await client.query<{ id: string }>({
    name: 'sheets-to-empty',
    values: [district, kind, before, most],
    text: `SELECT s.id FROM change_sheet s WHERE s.district_code = $1 AND s.kind = $2 AND s.at < $3 AND s.emptied_at IS NULL ORDER BY s.at, s.id LIMIT $4`,
  });
  return found.rows.map((row) => row.id);
}

/** Marks when the cells of a sheet were emptied. */
export async function markSheetEmptied(client: Client, district: string, id: string, at: Date): Promise<void> {
  await client.query({
    name: 'sheet-emptied',
    values: [district, id, at],
    text: `UPDATE change_sheet SET emptied_at = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** The rows of a sheet in their order, locked while they are worked on. */
export async function listSheetRows(
  client: Client,
  district: string,
  sheetId: string,
  lock: boolean,
): Promise<SheetRowRecord[]> {
  const found = await client.query<SheetRowRecord>({
    name: lock ? 'sheet-rows-lock' : 'sheet-rows',
    values: [district, sheetId],
    text: `SELECT r.id, r.row_no AS "rowNo", r.state, r.reason, r.change_id AS "changeId", r.sealed, r.reach FROM change_sheet_row r WHERE r.district_code = $1 AND r.sheet_id = $2 ORDER BY r.row_no, r.id${lock ? ' FOR UPDATE' : ''}`,
  });
  return found.rows;
}

/** The class of a school in a school year by grade and number; null when there is none. */
export async function findClassByNo(
  client: Client,
  district: string,
  asked: { schoolId: string; schoolYear: number; grade: number; classNo: string },
): Promise<string | null> {
  const found = await client.query<{ id: string }>({
    name: 'sheet-class',
    values: [district, asked.schoolId, asked.schoolYear, asked.grade, asked.classNo],
    text: `SELECT k.id FROM school_class k WHERE k.district_code = $1 AND k.school_id = $2 AND k.school_year = $3::int AND k.grade = $4 AND k.class_no = $5`,
  });
  return found.rows[0]?.id ?? null;
}
