import type { Client } from './store-cases.ts';
import { nextPlace } from './store-places.ts';

/** A plan, a finding: made once, the newest holds. */
export interface MadeRow {
  id: string;
  round: number;
  madeName: string;
  madeAt: Date;
  sealed: Buffer;
}
interface MadeWrite extends MadeRow {
  caseId: string;
  childId: string;
  madeBy: string;
  reach: readonly string[];
}

/** Who does what in a plan. */
export interface PlanPerson {
  staffId: string | null;
  name: string;
  task: string;
  day: string;
}

/** Keeps a version of the plan. */
export async function insertPlan(
  client: Client,
  district: string,
  row: MadeWrite & { people: readonly PlanPerson[] },
): Promise<void> {
  await client.query({
    name: 'case-plan-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.madeBy,
      row.madeName,
      row.madeAt,
      JSON.stringify(row.people),
      row.sealed,
      row.reach,
      await nextPlace(client, district, 'plan', row.caseId),
    ],
    text: `INSERT INTO case_plan (district_code, id, case_id, child_id, round, made_by, made_name, made_at, people, sealed, reach, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::jsonb, $10, $11::text[], $12)`,
  });
}

/** The newest plan of a case. */
export async function findPlan(
  client: Client,
  district: string,
  caseId: string,
): Promise<(MadeRow & { people: PlanPerson[] }) | null> {
  const found = await client.query<MadeRow & { people: PlanPerson[] }>({
    name: 'case-plan-newest',
    values: [district, caseId],
    text: `SELECT id, round, made_name AS "madeName", made_at AS "madeAt", people, sealed FROM case_plan WHERE district_code = $1 AND case_id = $2 ORDER BY number DESC NULLS LAST, made_at DESC, id DESC LIMIT 1`,
  });
  return found.rows[0] ?? null;
}

/** Keeps a finding 无正当理由. */
export async function insertFinding(client: Client, district: string, row: MadeWrite & { day: string }): Promise<void> {
  await client.query({
    name: 'case-finding-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.madeBy,
      row.madeName,
      row.madeAt,
      row.day,
      row.sealed,
      row.reach,
      await nextPlace(client, district, 'finding', row.caseId),
    ],
    text: `INSERT INTO case_finding (district_code, id, case_id, child_id, round, made_by, made_name, made_at, day, sealed, reach, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::date, $10, $11::text[], $12)`,
  });
}

/** The finding of a round. */
export async function findFindingOf(
  client: Client,
  district: string,
  caseId: string,
  round: number,
): Promise<(MadeRow & { day: string }) | null> {
  const found = await client.query<MadeRow & { day: string }>({
    name: 'case-finding-newest',
    values: [district, caseId, round],
    text: `SELECT id, round, made_name AS "madeName", made_at AS "madeAt", day, sealed FROM case_finding WHERE district_code = $1 AND case_id = $2 AND round = $3 ORDER BY number DESC NULLS LAST, made_at DESC, id DESC LIMIT 1`,
  });
  return found.rows[0] ?? null;
}

/** What one person proposes and another checks. */
export interface DecisionRow {
  id: string;
  round: number;
  kind: 'confirmation' | 'dismissal' | 'closing';
  category: string | null;
  before: string;
  endsOn: string | null;
  sealed: Buffer;
  proposedBy: string;
  proposedName: string;
  proposedAt: Date;
  checkedName: string | null;
  checkedAt: Date | null;
  accepted: boolean | null;
  /** Only of checks of earlier versions. */
  note: string | null;
  checkSealed: Buffer | null;
}

/** Keeps a proposal. */
export async function insertDecision(
  client: Client,
  district: string,
  row: Omit<DecisionRow, 'checkedName' | 'checkedAt' | 'accepted' | 'note' | 'checkSealed'> & {
    caseId: string;
    childId: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'case-decision-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.kind,
      row.category,
      row.before,
      row.endsOn,
      row.sealed,
      row.proposedBy,
      row.proposedName,
      row.proposedAt,
      row.reach,
      await nextPlace(client, district, 'decision', row.caseId),
    ],
    text: `INSERT INTO case_decision (district_code, id, case_id, child_id, round, kind, category, before, ends_on, sealed, proposed_by, proposed_name, proposed_at, reach, number)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::date, $10, $11, $12, $13, $14::text[], $15)`,
  });
}

const decisionColumns = `id, round, kind, category, before, ends_on AS "endsOn", sealed, proposed_by AS "proposedBy", proposed_name AS "proposedName", proposed_at AS "proposedAt",
  checked_name AS "checkedName", checked_at AS "checkedAt", accepted, note, check_sealed AS "checkSealed"`;
/** The place within the case decides: two decisions of one instant follow each other as they were made. */
const newestFirst = '(checked_at IS NULL) DESC, number DESC NULLS LAST, proposed_at DESC, checked_at DESC, id DESC';

/** The newest proposal of a case. */
export async function findDecision(client: Client, district: string, caseId: string): Promise<DecisionRow | null> {
  const found = await client.query<DecisionRow>({
    name: 'case-decision-newest',
    values: [district, caseId],
    text: `SELECT ${decisionColumns} FROM case_decision WHERE district_code = $1 AND case_id = $2 ORDER BY ${newestFirst} LIMIT 1`,
  });
  return found.rows[0] ?? null;
}

/** Every proposal of a case, the newest first. */
export async function listDecisions(client: Client, district: string, caseId: string): Promise<DecisionRow[]> {
  const found = await client.query<DecisionRow>({
    name: 'case-decisions',
    values: [district, caseId],
    text: `SELECT ${decisionColumns} FROM case_decision WHERE district_code = $1 AND case_id = $2 ORDER BY ${newestFirst}`,
  });
  return found.rows;
}

/** Records the check of a proposal. */
export async function checkDecision(
  client: Client,
  district: string,
  row: { id: string; by: string; byName: string; at: Date; accepted: boolean; sealed: Buffer | null },
): Promise<void> {
  await client.query({
    name: 'case-decision-check',
    values: [district, row.id, row.by, row.byName, row.at, row.accepted, row.sealed],
    text: `UPDATE case_decision SET checked_by = $3, checked_name = $4, checked_at = $5, accepted = $6, check_sealed = $7 WHERE district_code = $1 AND id = $2 AND checked_at IS NULL`,
  });
}
