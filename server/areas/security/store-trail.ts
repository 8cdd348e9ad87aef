import type pg from 'pg';
import { filters } from '#server/database/filters.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A link of the chain as it is listed. */
export interface AuditRow {
  sequence: number;
  known_at: Date;
  actor_name: string;
  verb: string;
  subject_kind: string | null;
  subject_id: string | null;
  reason: string | null;
  outcome: string;
  detail: Record<string, unknown>;
}

/** What of the trail is asked for; `from` and `before` are instants. */
export interface AuditFilter {
  from?: string | undefined;
  before?: string | undefined;
  actor?: string | undefined;
  verb?: string | undefined;
  outcome?: string | undefined;
  size: number;
  page: number;
}

/** A page of the trail, newest first; `actor` finds part of a name, `verb` the beginning of a verb. */
export async function listAuditRows(
  client: Client,
  district: string,
  asked: AuditFilter,
): Promise<{ rows: AuditRow[]; total: number }> {
  const where = filters(district);
  if (asked.from) where.and(`known_at >= ${where.value(asked.from)}::timestamptz`);
  if (asked.before) where.and(`known_at < ${where.value(asked.before)}::timestamptz`);
  if (asked.outcome) where.and(`outcome = ${where.value(asked.outcome)}`);
  if (asked.verb) where.and(`starts_with(verb, ${where.value(asked.verb)})`);
  if (asked.actor) where.and(`position(${where.value(asked.actor)} in actor_name) > 0`);
  const from = `FROM audit_entry WHERE district_code = $1${where.where()}`;
  const total = await client.query<{ total: number }>({
    text: `SELECT count(*) AS total ${from}`,
    values: [...where.values],
  });
  const text = `SELECT sequence, known_at, actor_name, verb, subject_kind, subject_id, reason, outcome, detail ${from}
                ORDER BY sequence DESC LIMIT ${where.value(asked.size)} OFFSET ${where.value((asked.page - 1) * asked.size)}`;
  const rows = await client.query<AuditRow>({ text, values: where.values });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** What an approval is for: a child's number or an export, and the units one of which may decide (none: only the district). */
export interface ApprovalScope {
  childId: string | null;
  exportOf: string | null;
  deciders: string[];
}

/** An approval with the child's name. */
export interface ApprovalRow {
  id: string;
  kind: string;
  purpose: string;
  scope: ApprovalScope;
  child_name: string | null;
  requested_by: string;
  requested_name: string;
  requested_at: Date;
  decision: 'approved' | 'refused' | null;
  decided_name: string | null;
  decided_at: Date | null;
  note: string | null;
  expires_at: Date | null;
  used_at: Date | null;
}

const approvalColumns = `p.id, p.kind, p.purpose, p.scope, p.requested_by, p.requested_name, p.requested_at, p.decision, p.decided_name, p.decided_at,
  p.note, p.expires_at, p.used_at`;

/** The reach tokens of a child, null when it does not exist. */
export async function findChildReach(client: Client, district: string, childId: string): Promise<string[] | null> {
  const found = await client.query<{ reach: string[] }>({
    name: 'security-child-reach',
    text: 'SELECT reach FROM child WHERE district_code = $1 AND id = $2',
    values: [district, childId],
  });
  return found.rows[0]?.reach ?? null;
}

/** The schools that classes belong to, by the classes' ids. */
export async function schoolsOfClasses(
  client: Client,
  district: string,
  classIds: readonly string[],
): Promise<string[]> {
  const found = await client.query<{ school_id: string }>({
    name: 'security-class-schools',
    values: [district, classIds],
    text: 'SELECT DISTINCT school_id FROM school_class WHERE district_code = $1 AND id = ANY($2::uuid[])',
  });
  return found.rows.map((row) => row.school_id);
}

/** Adds a request. */
export async function addApproval(
  client: Client,
  district: string,
  request: { id: string; kind: string; purpose: string; scope: ApprovalScope; by: string; byName: string; at: Date },
): Promise<void> {
  await client.query({
    name: 'security-add-approval',
    text: `INSERT INTO approval (district_code, id, kind, purpose, scope, requested_by, requested_name, requested_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      district,
      request.id,
      request.kind,
      request.purpose,
      JSON.stringify(request.scope),
      request.by,
      request.byName,
      request.at,
    ],
  });
}

/** A page of what an actor asked for or may decide (`deciders` null: nothing, `all`: the whole district), newest first. */
export async function listApprovalRows(
  client: Client,
  district: string,
  asked: { actorId: string; all: boolean; deciders: readonly string[]; open: boolean; size: number; page: number },
): Promise<{ rows: ApprovalRow[]; total: number }> {
  const from = `FROM approval p LEFT JOIN child c ON c.district_code = $1 AND c.id = (p.scope->>'childId')::uuid
    WHERE p.district_code = $1 AND (p.requested_by = $2 OR $3 OR p.scope->'deciders' ?| $4::text[])
      AND ($5 = (p.decision IS NULL))`;
  const values = [district, asked.actorId, asked.all, asked.deciders, asked.open];
  const total = await client.query<{ total: number }>({
    name: 'security-approvals-count',
    text: `SELECT count(*) AS total ${from}`,
    values,
  });
  const rows = await client.query<ApprovalRow>({
    name: 'security-approvals',
    text: `SELECT ${approvalColumns}, c.name AS child_name ${from} ORDER BY p.requested_at DESC, p.id LIMIT $6 OFFSET $7`,
    values: [...values, asked.size, (asked.page - 1) * asked.size],
  });
  return { rows: rows.rows, total: total.rows[0]?.total ?? 0 };
}

/** Reads an approval and holds its row. */
export async function findApproval(client: Client, district: string, id: string): Promise<ApprovalRow | null> {
  const found = await client.query<ApprovalRow>({
    name: 'security-approval',
    values: [district, id],
    text: `SELECT ${approvalColumns}, NULL AS child_name FROM approval p WHERE p.district_code = $1 AND p.id = $2 FOR UPDATE OF p`,
  });
  return found.rows[0] ?? null;
}

/** Writes a decision. */
export async function decideApprovalRow(
  client: Client,
  district: string,
  id: string,
  decision: { by: string; byName: string; at: Date; approved: boolean; note: string | null; expiresAt: Date | null },
): Promise<void> {
  await client.query({
    name: 'security-decide',
    text: `UPDATE approval SET decided_by = $3, decided_name = $4, decided_at = $5, decision = $6, note = $7, expires_at = $8
           WHERE district_code = $1 AND id = $2`,
    values: [
      district,
      id,
      decision.by,
      decision.byName,
      decision.at,
      decision.approved ? 'approved' : 'refused',
      decision.note,
      decision.expiresAt,
    ],
  });
}

/** Notes the first use of an approval. */
export async function markApprovalUsed(client: Client, district: string, id: string, at: Date): Promise<void> {
  await client.query({
    name: 'security-approval-used',
    values: [district, id, at],
    text: 'UPDATE approval SET used_at = coalesce(used_at, $3) WHERE district_code = $1 AND id = $2',
  });
}
