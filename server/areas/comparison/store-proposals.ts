import type pg from 'pg';
import type { MatchReason } from '#domain/population/evidence.ts';
import type { DocumentType } from '#domain/basics/document-number.ts';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A proposal as it stands. */
export interface ProposalRow {
  id: string;
  left_child_id: string;
  right_child_id: string;
  kind: 'identityReview' | 'other';
  score: number;
  state: 'open' | 'confirmed' | 'rejected' | 'withdrawn';
}

/** Every proposal of the district, for a comparison. */
export async function listProposalRows(
  client: Client,
  district: string,
): Promise<(ProposalRow & { reasons: MatchReason[]; reach: string[] })[]> {
  const found = await client.query<ProposalRow & { reasons: MatchReason[]; reach: string[] }>({
    name: 'proposal-all',
    values: [district],
    text: `SELECT id, left_child_id, right_child_id, kind, score, state, reasons, reach FROM proposal WHERE district_code = $1`,
  });
  return found.rows;
}

/** What a comparison writes of a proposal. */
export interface ProposalWrite {
  id: string;
  left: string;
  right: string;
  kind: string;
  score: number;
  reasons: readonly MatchReason[];
  reach: readonly string[];
}

/** Adds open proposals. */
export async function insertProposals(
  client: Client,
  district: string,
  rows: readonly ProposalWrite[],
  at: Date,
  knownAt: string,
): Promise<void> {
  for (let from = 0; from < rows.length; from += 1000) {
    const values: unknown[] = [district, at, knownAt];
    const lines = rows.slice(from, from + 1000).map((row) => {
      const first =
        values.push(row.id, row.left, row.right, row.kind, row.score, JSON.stringify(row.reasons), row.reach) - 6;
      const at7 = [0, 1, 2, 3, 4, 5, 6].map((step) => `$${String(first + step)}`);
      return `($1, ${at7.slice(0, 6).join(', ')}, 'open', $2, tstzrange($3::timestamptz, NULL), ${at7[6] ?? ''}::text[])`;
    });
    await client.query(
      `INSERT INTO proposal (district_code, id, left_child_id, right_child_id, kind, score, reasons, state, proposed_at, known, reach) VALUES ${lines.join(', ')}`,
      values,
    );
  }
}

/** Writes what became of a proposal in a new comparison; a withdrawn one opens again. */
export async function refreshProposal(client: Client, district: string, row: ProposalWrite): Promise<void> {
  await client.query({
    name: 'proposal-refresh',
    values: [district, row.id, row.kind, row.score, JSON.stringify(row.reasons), row.reach],
    text: `UPDATE proposal SET kind = $3, score = $4, reasons = $5, state = 'open', reach = $6::text[] WHERE district_code = $1 AND id = $2`,
  });
}

/** Withdraws open proposals for which the lists no longer give a reason. */
export async function withdrawProposals(client: Client, district: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query({
    name: 'proposal-withdraw',
    values: [district, ids],
    text: `UPDATE proposal SET state = 'withdrawn' WHERE district_code = $1 AND id = ANY($2::uuid[]) AND state = 'open'`,
  });
}

/** Withdraws the other open proposals that speak of a child. */
export async function withdrawProposalsOf(client: Client, district: string, childId: string): Promise<void> {
  await client.query({
    name: 'proposal-withdraw-child',
    values: [district, childId],
    text: `UPDATE proposal SET state = 'withdrawn' WHERE district_code = $1 AND state = 'open' AND (left_child_id = $2 OR right_child_id = $2)`,
  });
}

/** A proposal locked for a decision, within reach. */
export async function findProposal(client: Client, district: string, id: string): Promise<ProposalRow | null> {
  const found = await client.query<ProposalRow>({
    name: 'proposal-find',
    values: [district, id],
    text: `SELECT id, left_child_id, right_child_id, kind, score, state FROM proposal WHERE district_code = $1 AND id = $2 FOR UPDATE`,
  });
  return found.rows[0] ?? null;
}

/** Writes a decision, or takes it back (`by` null). */
export async function decideProposalRow(
  client: Client,
  district: string,
  id: string,
  decision: {
    state: ProposalRow['state'];
    by: string | null;
    byName: string | null;
    at: Date | null;
    reason: string | null;
  },
): Promise<void> {
  await client.query({
    name: 'proposal-decide',
    values: [district, id, decision.state, decision.by, decision.byName, decision.at, decision.reason],
    text: `UPDATE proposal SET state = $3, decided_by = $4, decided_name = $5, decided_at = $6, decision_reason = $7 WHERE district_code = $1 AND id = $2`,
  });
}

/** One side of a proposal as stored. */
export interface SideRow {
  proposal_id: string;
  child_id: string;
  name: string;
  sex: string | null;
  birth_date: string | null;
  document_type: DocumentType;
  child_sealed: Buffer | null;
  entry_id: string | null;
  entry_sealed: Buffer | null;
  guardian: string | null;
  address: string | null;
  school_name: string | null;
  grade: number | null;
}

/** A page of proposals with who decided. */
export interface ListedProposal extends ProposalRow {
  reasons: MatchReason[];
  proposed_at: Date;
  decided_name: string | null;
  decided_at: Date | null;
  decision_reason: string | null;
  merge_id: string | null;
}

/** A page of proposals, the likeliest first. */
export async function pageProposals(
  client: Client,
  district: string,
  input: { kind?: string | undefined; state: string; page: number; size: number },
): Promise<{ rows: ListedProposal[]; total: number }> {
  const where = filters(district);
  where.and(`p.state = ${where.value(input.state)}`);
  if (input.kind) where.and(`p.kind = ${where.value(input.kind)}`);
  const total = await client.query<{ count: number }>({
    text: `SELECT count(*) AS count FROM proposal p WHERE p.district_code = $1${where.where()}`,
    values: [...where.values],
  });
  const text = `SELECT p.id, p.left_child_id, p.right_child_id, p.kind, p.score, p.state, p.reasons, p.proposed_at, p.decided_name, p.decided_at, p.decision_reason,
      (SELECT m.id FROM merge m WHERE m.district_code = $1 AND m.proposal_id = p.id AND m.undone_at IS NULL LIMIT 1) AS merge_id
    FROM proposal p WHERE p.district_code = $1${where.where()} ORDER BY p.score DESC, p.id LIMIT ${where.value(input.size)} OFFSET ${where.value((input.page - 1) * input.size)}`;
  return {
    rows: (await client.query<ListedProposal>({ text, values: where.values })).rows,
    total: total.rows[0]?.count ?? 0,
  };
}

/** What a list says of the left or right children of proposals; after a merge the roster's entry stands with the kept child. */
export async function readSides(
  client: Client,
  district: string,
  ids: readonly string[],
  side: 'left' | 'right',
  list: 'register' | 'roster',
): Promise<SideRow[]> {
  if (ids.length === 0) return [];
  const child = side === 'right' ? `CASE WHEN p.state = 'confirmed' THEN p.left_child_id ELSE c.id END` : 'c.id';
  const entry =
    list === 'register'
      ? { table: 'register_entry', school: 'e.stated_school', grade: 'e.stated_grade', join: '' }
      : {
          table: 'enrolment',
          school: 's.name',
          grade: 'e.grade',
          join: 'LEFT JOIN school s ON s.district_code = $1 AND s.id = e.school_id',
        };
  const found = await client.query<SideRow>({
    name: `proposal-sides-${side}-${list}`,
    values: [district, ids],
    text: `SELECT DISTINCT ON (p.id) p.id AS proposal_id, c.id AS child_id, coalesce(e.name, c.name) AS name, coalesce(e.sex, c.sex) AS sex, coalesce(e.birth_date, c.birth_date) AS birth_date,
             c.document_type, c.sealed AS child_sealed, e.id AS entry_id, e.sealed AS entry_sealed, e.guardian, e.address, ${entry.school} AS school_name, ${entry.grade} AS grade
           FROM proposal p JOIN child c ON c.district_code = $1 AND c.id = p.${side}_child_id
           LEFT JOIN ${entry.table} e ON e.district_code = $1 AND e.child_id = ${child} AND upper_inf(e.known) ${entry.join}
           WHERE p.district_code = $1 AND p.id = ANY($2::uuid[]) ORDER BY p.id, e.from_date DESC NULLS LAST`,
  });
  return found.rows;
}
