import type pg from 'pg';
import { z } from 'zod';

type Client = Pick<pg.ClientBase, 'query'>;

const Ids = z.array(z.string());
/** What a merge moved, closed and made, so that it can be undone; ids of rows by table. */
export const Moved = z.object({
  rows: z.record(z.string(), Ids),
  closed: z.record(z.string(), Ids),
  claims: Ids,
  repeats: Ids,
  /** Persons merged before into the merged one. */
  children: Ids,
  /** How the kept person was known before. */
  kept: z.object({
    identity: z.string(),
    documentType: z.string(),
    documentAdded: z.boolean(),
    registryAdded: z.boolean(),
  }),
});
/** What a merge moved, closed and made. */
export type Moved = z.infer<typeof Moved>;

/** A person as a merge needs it. */
export interface MergeChild {
  id: string;
  name: string;
  identity: string;
  document_type: string;
  document_index: Buffer | null;
  registry_index: Buffer | null;
  sealed: Buffer | null;
  merged_into: string | null;
  reach: string[];
}

/** Two persons, locked in the order of their ids. */
export async function lockChildren(client: Client, district: string, ids: readonly string[]): Promise<MergeChild[]> {
  const found = await client.query<MergeChild>({
    name: 'merge-lock',
    values: [district, ids],
    text: `SELECT id, name, identity, document_type, document_index, registry_index, sealed, merged_into, reach FROM child WHERE district_code = $1 AND id = ANY($2::uuid[]) ORDER BY id FOR UPDATE`,
  });
  return found.rows;
}

/** Facts with two times: those of the merged person that do not overlap the kept one's move; rows that overlap stay behind. */
const timed = ['register_entry', 'enrolment', 'standing'] as const;
/** Facts that may stand beside each other. */
const loose = ['register_repeat', 'enrolment_claim', 'key_list_entry'] as const;

async function idsOf(client: Client, text: string, values: unknown[]): Promise<string[]> {
  return (await client.query<{ id: string }>(text, values)).rows.map((row) => row.id);
}

/** Moves the facts of one person to another; answers the ids moved, by table. */
export async function moveFacts(
  client: Client,
  district: string,
  from: string,
  to: string,
): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const table of timed) {
    rows[table] = await idsOf(
      client,
      `UPDATE ${table} x SET child_id = $3 WHERE x.district_code = $1 AND x.child_id = $2
      AND NOT EXISTS (SELECT 1 FROM ${table} y WHERE y.district_code = $1 AND y.child_id = $3 AND y.during && x.during AND y.known && x.known) RETURNING x.id`,
      [district, from, to],
    );
  }
  for (const table of loose)
    rows[table] = await idsOf(
      client,
      `UPDATE ${table} SET child_id = $3 WHERE district_code = $1 AND child_id = $2 RETURNING id`,
      [district, from, to],
    );
  rows['presence'] = await idsOf(
    client,
    `UPDATE presence x SET child_id = $3 WHERE x.district_code = $1 AND x.child_id = $2 AND NOT EXISTS (SELECT 1 FROM presence y
    WHERE y.district_code = $1 AND y.child_id = $3 AND y.school_id = x.school_id AND y.day = x.day AND upper_inf(y.known)) RETURNING x.id`,
    [district, from, to],
  );
  return rows;
}

/** Moves the entries of the closed compartment (health lists), which only its own role may touch. */
export async function moveClosedLists(
  client: Client,
  district: string,
  from: string,
  to: string,
  only: readonly string[] | null,
): Promise<string[]> {
  await client.query('SET LOCAL ROLE baoxue_closed');
  const ids = await idsOf(
    client,
    `UPDATE closed_list_entry SET child_id = $3 WHERE district_code = $1 AND child_id = $2 AND ($4::uuid[] IS NULL OR id = ANY($4::uuid[])) RETURNING id`,
    [district, from, to, only],
  );
  await client.query('RESET ROLE');
  return ids;
}

/** Ends what is known of facts that stayed behind because the kept person has such a fact already. */
export async function closeLeftBehind(
  client: Client,
  district: string,
  childId: string,
  knownAt: string,
): Promise<Record<string, string[]>> {
  const closed: Record<string, string[]> = {};
  for (const table of [...timed, 'presence']) {
    closed[table] = await idsOf(
      client,
      `UPDATE ${table} SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) RETURNING id`,
      [district, childId, knownAt],
    );
  }
  return closed;
}

/** Keeps closed enrolments at another school as claims of that school, and closed register entries as repeats. */
export async function keepAsClaims(
  client: Client,
  district: string,
  keptId: string,
  closed: Record<string, string[]>,
  knownAt: string,
): Promise<{ claims: string[]; repeats: string[] }> {
  const claims = await idsOf(
    client,
    `INSERT INTO enrolment_claim (district_code, child_id, school_id, class_id, grade, registry_index, from_date, known, row_print, import_id, row_no, reach)
    SELECT x.district_code, $3::uuid, x.school_id, x.class_id, x.grade, x.registry_index, x.from_date, tstzrange($4::timestamptz, NULL), x.row_print, x.import_id, x.row_no, x.reach
    FROM enrolment x WHERE x.district_code = $1 AND x.id = ANY($2::uuid[])
      AND NOT EXISTS (SELECT 1 FROM enrolment y WHERE y.district_code = $1 AND y.child_id = $3 AND upper_inf(y.known) AND y.school_id = x.school_id) RETURNING id`,
    [district, closed['enrolment'] ?? [], keptId, knownAt],
  );
  const repeats = await idsOf(
    client,
    `INSERT INTO register_repeat (district_code, child_id, household_no, address, subdistrict_code, community_code, known, row_print, import_id, row_no, reach)
    SELECT x.district_code, $3::uuid, h.household_no, x.address, x.subdistrict_code, x.community_code, tstzrange($4::timestamptz, NULL), x.row_print, x.import_id, x.row_no, x.reach
    FROM register_entry x LEFT JOIN household h ON h.district_code = $1 AND h.id = x.household_id WHERE x.district_code = $1 AND x.id = ANY($2::uuid[]) RETURNING id`,
    [district, closed['register_entry'] ?? [], keptId, knownAt],
  );
  return { claims, repeats };
}

/** Points the merged person, and those merged into it before, to the kept one. */
export async function pointMerged(
  client: Client,
  district: string,
  mergedId: string,
  keptId: string,
  at: Date,
): Promise<string[]> {
  const before = await idsOf(
    client,
    `UPDATE child SET merged_into = $3, changed_at = $4 WHERE district_code = $1 AND merged_into = $2 RETURNING id`,
    [district, mergedId, keptId, at],
  );
  await client.query(`UPDATE child SET merged_into = $3, changed_at = $4 WHERE district_code = $1 AND id = $2`, [
    district,
    mergedId,
    keptId,
    at,
  ]);
  return before;
}

/** How a person is known, after a merge or its undoing; `sealed` null takes the number away again. */
export async function writeIdentity(
  client: Client,
  district: string,
  id: string,
  row: {
    identity: string;
    documentType: string;
    documentIndex: Buffer | null;
    sealed: Buffer | null;
    registryIndex: Buffer | null;
    at: Date;
  },
): Promise<void> {
  await client.query({
    name: 'merge-identity',
    values: [district, id, row.identity, row.documentType, row.documentIndex, row.sealed, row.registryIndex, row.at],
    text: `UPDATE child SET identity = $3, document_type = $4, document_index = $5, sealed = $6, registry_index = $7, changed_at = $8 WHERE district_code = $1 AND id = $2`,
  });
}

/** A merge as it is kept. */
export interface MergeRow {
  id: string;
  kept_child_id: string;
  merged_child_id: string;
  proposal_id: string | null;
  moved: unknown;
  undone_at: Date | null;
}

/** Keeps a merge. */
export async function insertMerge(
  client: Client,
  district: string,
  row: {
    id: string;
    keptId: string;
    mergedId: string;
    proposalId: string | null;
    moved: Moved;
    reason: string;
    by: string;
    byName: string;
    knownAt: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'merge-insert',
    values: [
      district,
      row.id,
      row.keptId,
      row.mergedId,
      row.proposalId,
      JSON.stringify(row.moved),
      row.reason,
      row.by,
      row.byName,
      row.knownAt,
      row.reach,
    ],
    text: `INSERT INTO merge (district_code, id, kept_child_id, merged_child_id, proposal_id, moved, reason, by_id, by_name, known_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::timestamptz, $11::text[])`,
  });
}

/** A merge by its id or its proposal, not undone, locked. */
export async function findMerge(
  client: Client,
  district: string,
  by: { id: string } | { proposalId: string },
): Promise<MergeRow | null> {
  const [name, condition, value] =
    'id' in by
      ? (['merge-by-id', 'id = $2', by.id] as const)
      : (['merge-by-proposal', 'proposal_id = $2 AND undone_at IS NULL', by.proposalId] as const);
  const found = await client.query<MergeRow>({
    name,
    values: [district, value],
    text: `SELECT id, kept_child_id, merged_child_id, proposal_id, moved, undone_at FROM merge WHERE district_code = $1 AND ${condition} FOR UPDATE`,
  });
  return found.rows[0] ?? null;
}

/** Takes moved facts back, opens what was closed, ends what was made instead. */
export async function restoreFacts(
  client: Client,
  district: string,
  keptId: string,
  mergedId: string,
  moved: Moved,
  knownAt: string,
  at: Date,
): Promise<void> {
  for (const [table, column] of [
    ['enrolment_claim', moved.claims],
    ['register_repeat', moved.repeats],
  ] as const) {
    await client.query(
      `UPDATE ${table} SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = ANY($2::uuid[]) AND upper_inf(known)`,
      [district, column, knownAt],
    );
  }
  for (const table of [...timed, ...loose, 'presence']) {
    await client.query(
      `UPDATE ${table} SET child_id = $3 WHERE district_code = $1 AND id = ANY($2::uuid[]) AND child_id = $4`,
      [district, moved.rows[table] ?? [], mergedId, keptId],
    );
  }
  for (const table of [...timed, 'presence']) {
    await client.query(
      `UPDATE ${table} SET known = tstzrange(lower(known), NULL) WHERE district_code = $1 AND id = ANY($2::uuid[]) AND child_id = $3`,
      [district, moved.closed[table] ?? [], mergedId],
    );
  }
  await client.query(
    `UPDATE child SET merged_into = $3, changed_at = $4 WHERE district_code = $1 AND id = ANY($2::uuid[])`,
    [district, moved.children, mergedId, at],
  );
  await client.query(`UPDATE child SET merged_into = NULL, changed_at = $3 WHERE district_code = $1 AND id = $2`, [
    district,
    mergedId,
    at,
  ]);
}

/** Notes that a merge was undone. */
export async function markUndone(
  client: Client,
  district: string,
  id: string,
  undo: { at: Date; by: string; byName: string; reason: string },
): Promise<void> {
  await client.query({
    name: 'merge-undone',
    values: [district, id, undo.at, undo.by, undo.byName, undo.reason],
    text: `UPDATE merge SET undone_at = $3, undone_by = $4, undone_name = $5, undone_reason = $6 WHERE district_code = $1 AND id = $2`,
  });
}

/** Writes a merge or its undoing into the history of a person. */
export async function addChildChange(
  client: Client,
  district: string,
  row: {
    id: string;
    childId: string;
    knownAt: string;
    actorId: string;
    actorName: string;
    what: '合并档案' | '撤销合并';
    reason: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'merge-change',
    values: [district, row.id, row.childId, row.knownAt, row.actorId, row.actorName, row.what, row.reason, row.reach],
    text: `INSERT INTO child_change (district_code, id, child_id, known_at, actor_id, actor_name, what, reason, reach) VALUES ($1, $2, $3, $4::timestamptz, $5, $6, $7, $8, $9::text[])`,
  });
}

/** The live findings of persons with what their reach is made of. */
export async function listFindingReaches(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<
  {
    id: string;
    school_id: string | null;
    owner_kind: 'community' | 'subdistrict' | 'school' | 'district';
    owner_unit: string;
    child_reach: string[];
  }[]
> {
  const found = await client.query<{
    id: string;
    school_id: string | null;
    owner_kind: 'community' | 'subdistrict' | 'school' | 'district';
    owner_unit: string;
    child_reach: string[];
  }>({
    name: 'merge-finding-reach',
    values: [district, ids],
    text: `SELECT f.id, f.school_id, f.owner_kind, f.owner_unit, c.reach AS child_reach FROM finding f JOIN child c ON c.district_code = $1 AND c.id = f.child_id
           WHERE f.district_code = $1 AND f.child_id = ANY($2::uuid[]) AND f.closed_at IS NULL`,
  });
  return found.rows;
}

/** Writes how far a finding reaches. */
export async function writeFindingReach(
  client: Client,
  district: string,
  id: string,
  reach: readonly string[],
): Promise<void> {
  await client.query({
    name: 'merge-finding-write',
    values: [district, id, reach],
    text: `UPDATE finding SET reach = $3::text[] WHERE district_code = $1 AND id = $2`,
  });
}

/** Closes every live finding about a person who is merged into another; the next comparison opens what still stands. */
export async function settleFindingsOfMerged(
  client: Client,
  district: string,
  childId: string,
  at: Date,
): Promise<void> {
  await client.query({
    name: 'merge-settle',
    values: [district, childId, at],
    text: `UPDATE finding SET state = 'settled', closed_at = $3 WHERE district_code = $1 AND child_id = $2 AND closed_at IS NULL`,
  });
}
