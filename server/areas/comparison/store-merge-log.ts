import type pg from 'pg';
import type { Moved } from './store-merge.ts';

type Client = Pick<pg.ClientBase, 'query'>;

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
