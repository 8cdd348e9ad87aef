import type pg from 'pg';
import type { OwnedBy } from '#domain/comparison/rules.ts';
import type { ComparisonKind, Owner } from '#domain/comparison/record.ts';
import { ownedCondition } from '#server/areas/comparison/actions.ts';
import { heldCondition, type Holder } from '#server/areas/duties/actions.ts';
import { filters, type Filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What waits for a person: whose findings, and whether explanations are his to check. */
export interface DeskAsk {
  today: string;
  weekEnd: string;
  owned: readonly OwnedBy[];
  /** Who asks, as holder of duties: what he owes as a duty stands among these. */
  holder: Holder;
  /** Explanations of others within this reach wait for a check by this person; null for none. */
  checks: { actorId: string; all: boolean; tokens: readonly string[] } | null;
  itemsEach: number;
}

/** A finding on the desk, with how many stand in its section. */
export interface DeskRow {
  section: 'overdue' | 'today' | 'week' | 'later';
  total: number;
  id: string;
  kind: ComparisonKind;
  state: string;
  name: string;
  words: string;
  due_date: string;
  owner_kind: Owner['kind'];
}

function deskCondition(where: Filters, ask: DeskAsk): string {
  const duty = `SELECT 1 FROM duty d WHERE d.district_code = $1 AND d.child_id = f.child_id AND d.subject_id = f.id::text AND d.state = 'open' AND (d.owner_staff IS NOT NULL OR ${heldCondition(where, ask.holder)})`;
  const own = `f.state IN ('open', 'verifying') AND (${ownedCondition(where, ask.owned)}) AND NOT EXISTS (${duty})`;
  if (!ask.checks) return own;
  const within = ask.checks.all ? 'true' : `f.reach && ${where.value(ask.checks.tokens)}::text[]`;
  return `(${own}) OR (f.state = 'explained' AND f.explained_by <> ${where.value(ask.checks.actorId)} AND ${within})`;
}

/** The first findings of each section of a desk, earliest due first. */
export async function listDesk(client: Client, district: string, ask: DeskAsk): Promise<DeskRow[]> {
  const where = filters(district);
  const today = where.value(ask.today);
  const week = where.value(ask.weekEnd);
  where.and(deskCondition(where, ask));
  const text = `SELECT x.section, x.total, x.id, x.kind, x.state, c.name, x.words, x.due_date, x.owner_kind FROM (
      SELECT f.*, count(*) OVER (PARTITION BY f.section) AS total, row_number() OVER (PARTITION BY f.section ORDER BY f.due_date, f.id) AS place FROM (
        SELECT f.id, f.kind, f.state, f.child_id, f.detail ->> 'words' AS words, f.due_date, f.owner_kind,
          CASE WHEN f.due_date < ${today}::date THEN 'overdue' WHEN f.due_date = ${today}::date THEN 'today' WHEN f.due_date <= ${week}::date THEN 'week' ELSE 'later' END AS section
        FROM finding f WHERE f.district_code = $1 AND f.closed_at IS NULL${where.where()}) f) x
    JOIN child c ON c.district_code = $1 AND c.id = x.child_id WHERE x.place <= ${where.value(ask.itemsEach)} ORDER BY x.due_date, x.id`;
  return (await client.query<DeskRow>({ text, values: where.values })).rows;
}

/** Live findings within reach that are past their day, whoever owns them. */
export async function countOverdue(client: Client, district: string, today: string): Promise<number> {
  const found = await client.query<{ count: number }>({
    name: 'statistics-overdue',
    values: [district, today],
    text: `SELECT count(*) AS count FROM finding WHERE district_code = $1 AND closed_at IS NULL AND due_date < $2::date`,
  });
  return found.rows[0]?.count ?? 0;
}

/** Requests of others that this person may approve. */
export async function countApprovals(
  client: Client,
  district: string,
  ask: { actorId: string; all: boolean; tokens: readonly string[] },
): Promise<number> {
  const found = await client.query<{ count: number }>({
    name: 'statistics-approvals',
    values: [district, ask.actorId, ask.all, ask.tokens],
    text: `SELECT count(*) AS count FROM approval WHERE district_code = $1 AND decision IS NULL AND requested_by <> $2 AND ($3 OR jsonb_exists_any(scope -> 'deciders', $4::text[]))`,
  });
  return found.rows[0]?.count ?? 0;
}

/** Imports that are not finished, newest first. */
export async function listRunningImports(
  client: Client,
  district: string,
): Promise<{ id: string; sealed_name: Buffer | null; state: string; rows_read: number; rows: number; held: number }[]> {
  const found = await client.query<{
    id: string;
    sealed_name: Buffer | null;
    state: string;
    rows_read: number;
    rows: number;
    held: number;
  }>({
    name: 'statistics-imports',
    values: [district],
    text: `SELECT id, sealed_name, state, rows_read, rows, held FROM import_file WHERE district_code = $1 AND state IN ('waiting', 'reading', 'checked', 'publishing') ORDER BY created_at DESC LIMIT 20`,
  });
  return found.rows;
}
