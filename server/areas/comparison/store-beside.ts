import type pg from 'pg';
import { holds, type ChildRow } from './store-facts.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What schools said last of the presence of children, one row per child and school. */
export interface PresenceRow {
  child_id: string;
  school_id: string;
  day: string;
  present: boolean | null;
  leave_kind: string | null;
  reason: string | null;
  days_absent: number | null;
}

/** The latest presence of the school year up to the day. */
export async function listPresence(
  client: Client,
  district: string,
  asOf: string,
  opening: string,
  ids: readonly string[],
): Promise<PresenceRow[]> {
  if (ids.length === 0) return [];
  const found = await client.query<PresenceRow>({
    name: 'comparison-presence',
    values: [district, asOf, opening, ids],
    text: `SELECT DISTINCT ON (p.child_id, p.school_id) p.child_id, p.school_id, p.day, p.present, p.leave_kind, p.reason, p.days_absent FROM presence p
           WHERE p.district_code = $1 AND upper_inf(p.known) AND p.day > $3::date AND p.day <= $2::date AND p.child_id = ANY($4::uuid[])
           ORDER BY p.child_id, p.school_id, p.day DESC`,
  });
  return found.rows;
}

/** Accepted proofs that hold on the day. */
export async function listStandings(
  client: Client,
  district: string,
  asOf: string,
): Promise<{ child_id: string; kind: string; place_name: string | null }[]> {
  const found = await client.query<{ child_id: string; kind: string; place_name: string | null }>({
    name: 'comparison-standings',
    values: [district, asOf],
    text: `SELECT s.child_id, s.kind, s.place_name FROM standing s WHERE ${holds('s')}`,
  });
  return found.rows;
}

/** Key lists (aid and care, not the closed ones of health) on which the given children stand on the day, by record or by number and name. */
export async function listKeyLists(
  client: Client,
  district: string,
  asOf: string,
  children: readonly Pick<ChildRow, 'id' | 'name' | 'document_index'>[],
): Promise<{ child_id: string; list: string }[]> {
  if (children.length === 0) return [];
  const valid =
    'district_code = $1 AND upper_inf(known) AND from_date <= $2::date AND (to_date IS NULL OR to_date >= $2::date)';
  const byRecord = await client.query<{ child_id: string; list: string }>({
    name: 'comparison-lists-record',
    values: [district, asOf, children.map((child) => child.id)],
    text: `SELECT DISTINCT child_id, list FROM key_list_entry WHERE ${valid} AND child_id = ANY($3::uuid[]) ORDER BY child_id, list`,
  });
  const numbered = new Map(
    children.flatMap((child) =>
      child.document_index === null
        ? []
        : [[`${child.document_index.toString('hex')}|${child.name}`, child.id] as const],
    ),
  );
  const byNumber = await client.query<{ document_index: Buffer; name: string; list: string }>({
    name: 'comparison-lists-number',
    values: [
      district,
      asOf,
      children.flatMap((child) => (child.document_index === null ? [] : [child.document_index])),
    ],
    text: `SELECT DISTINCT document_index, name, list FROM key_list_entry WHERE ${valid} AND document_index = ANY($3::bytea[]) ORDER BY list`,
  });
  const more = byNumber.rows.flatMap((row) => {
    const child = numbered.get(`${row.document_index.toString('hex')}|${row.name}`);
    return child === undefined ? [] : [{ child_id: child, list: row.list }];
  });
  return [...new Map([...byRecord.rows, ...more].map((row) => [`${row.child_id}|${row.list}`, row])).values()];
}

/** Rows of registers and rosters that wait for a correction. */
export async function countHeldRows(client: Client, district: string): Promise<number> {
  const found = await client.query<{ count: number }>({
    name: 'comparison-held',
    values: [district],
    text: `SELECT count(*) AS count FROM held_row WHERE district_code = $1 AND state = 'held' AND kind IN ('register', 'roster')`,
  });
  return found.rows[0]?.count ?? 0;
}
