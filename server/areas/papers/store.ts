import type pg from 'pg';
import type { PaperKind, PaperSubject, PaperType } from '#domain/papers/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A paper as stored; `sealed` holds file name and place. */
export interface PaperRow {
  id: string;
  kind: PaperKind;
  closed: boolean;
  child_id: string | null;
  subject_kind: PaperSubject | null;
  subject_id: string | null;
  content_type: PaperType;
  bytes: number;
  fingerprint: Buffer;
  stored_name: string;
  sealed: Buffer;
  taken_at: Date | null;
  by_id: string;
  by_name: string;
  known_at: Date;
  void_at: Date | null;
  void_name: string | null;
  void_reason: string | null;
  reach: string[];
}

/** How far the actor reaches into the closed compartment; null when not at all. */
export type ClosedReach = { all: boolean; tokens: readonly string[] } | null;

const columns = `p.id, p.kind, p.closed, p.child_id, p.subject_kind, p.subject_id, p.content_type, p.bytes, p.fingerprint, p.stored_name, p.sealed, p.taken_at, p.by_id, p.by_name,
  p.known_at, p.void_at, p.void_name, p.void_reason, p.reach`;

/** Reads with the closed compartment open as far as the actor's posts allow: the database holds the line, the condition narrows it. */
async function read(
  client: Client,
  closed: ClosedReach,
  name: string,
  where: string,
  values: unknown[],
): Promise<PaperRow[]> {
  if (closed) await client.query(`SELECT set_config('app.closed', '1', true)`);
  const found = await client.query<PaperRow>({
    name: `papers-${name}`,
    values: [...values, closed?.all ?? false, closed?.tokens ?? []],
    text: `SELECT ${columns} FROM paper p WHERE p.district_code = $1 AND ${where}
      AND CASE WHEN NOT p.closed OR $${String(values.length + 1)}::boolean THEN true ELSE p.reach && $${String(values.length + 2)}::text[] END ORDER BY p.known_at, p.id`,
  });
  if (closed) await client.query(`SELECT set_config('app.closed', '', true)`);
  return found.rows;
}

/** Papers by id, within reach. */
export function papersById(client: Client, district: string, closed: ClosedReach, ids: readonly string[]) {
  return read(client, closed, 'by-id', 'p.id = ANY($2::uuid[])', [district, ids]);
}

/** Papers of a subject, within reach. */
export function papersOfSubject(
  client: Client,
  district: string,
  closed: ClosedReach,
  kind: PaperSubject,
  ids: readonly string[],
) {
  return read(client, closed, 'of-subject', 'p.subject_kind = $2 AND p.subject_id = ANY($3::uuid[])', [
    district,
    kind,
    ids,
  ]);
}

/** Papers of a child, of persons merged into it too, within reach. */
export function papersOfChild(client: Client, district: string, closed: ClosedReach, childId: string) {
  return read(
    client,
    closed,
    'of-child',
    `p.child_id IN (SELECT c.id FROM child c WHERE c.district_code = $1 AND (c.id = $2 OR c.merged_into = $2))`,
    [district, childId],
  );
}

/** The reach of a child within the actor's reach; null when not found. */
export async function childReach(client: Client, district: string, childId: string): Promise<string[] | null> {
  const found = await client.query<{ reach: string[] }>({
    name: 'papers-child-reach',
    values: [district, childId],
    text: 'SELECT c.reach FROM child c WHERE c.district_code = $1 AND c.id = $2',
  });
  return found.rows[0]?.reach ?? null;
}

/** Adds a paper. */
export async function insertPaper(
  client: Client,
  district: string,
  paper: {
    id: string;
    kind: PaperKind;
    closed: boolean;
    childId: string | null;
    contentType: PaperType;
    bytes: number;
    fingerprint: Buffer;
    storedName: string;
    sealed: Buffer;
    takenAt: string | null;
    byId: string;
    byName: string;
    knownAt: string;
    beside: readonly string[];
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'papers-insert',
    values: [
      district,
      paper.id,
      paper.kind,
      paper.closed,
      paper.childId,
      paper.contentType,
      paper.bytes,
      paper.fingerprint,
      paper.storedName,
      paper.sealed,
      paper.takenAt,
      paper.byId,
      paper.byName,
      paper.knownAt,
      paper.beside,
      paper.reach,
    ],
    text: `INSERT INTO paper (district_code, id, kind, closed, child_id, content_type, bytes, fingerprint, stored_name, sealed, taken_at, by_id, by_name, known_at, beside, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::timestamptz, $12, $13, $14::timestamptz, $15::text[], $16::text[])`,
  });
}

/** Gives a paper its subject, child and reach. */
export async function writeSubject(
  client: Client,
  district: string,
  id: string,
  to: { kind: PaperSubject; id: string; childId: string | null; beside: readonly string[]; reach: readonly string[] },
): Promise<void> {
  await client.query(`SELECT set_config('app.closed', '1', true)`);
  await client.query({
    name: 'papers-attach',
    values: [district, id, to.kind, to.id, to.childId, to.beside, to.reach],
    text: `UPDATE paper SET subject_kind = $3, subject_id = $4, child_id = $5, beside = $6::text[], reach = $7::text[] WHERE district_code = $1 AND id = $2`,
  });
  await client.query(`SELECT set_config('app.closed', '', true)`);
}

/** Marks a paper as void; the file stays. */
export async function writeVoid(
  client: Client,
  district: string,
  id: string,
  by: { at: string; id: string; name: string; reason: string },
): Promise<void> {
  await client.query(`SELECT set_config('app.closed', '1', true)`);
  await client.query({
    name: 'papers-void',
    values: [district, id, by.at, by.id, by.name, by.reason],
    text: `UPDATE paper SET void_at = $3::timestamptz, void_by = $4, void_name = $5, void_reason = $6 WHERE district_code = $1 AND id = $2`,
  });
  await client.query(`SELECT set_config('app.closed', '', true)`);
}
