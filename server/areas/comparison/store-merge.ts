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
  /** Work about the merged person that moved, what of it was ended instead, and what areas remembered of it; absent in merges made before it followed. */
  work: z
    .object({
      moved: z.record(z.string(), Ids),
      ended: z.record(z.string(), Ids),
      remembered: z.record(z.string(), z.unknown()),
    })
    .default({ moved: {}, ended: {}, remembered: {} }),
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
const timed = ['register_entry', 'enrolment', 'standing', 'course', 'attending_place'] as const;
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
