import type { Client } from './store-cases.ts';

/** A follow-up as stored. */
export interface FollowUpRow {
  id: string;
  number: number;
  dueDate: string;
  doneOn: string | null;
  present: boolean | null;
  sealed: Buffer | null;
  doneName: string | null;
}

/** Plans the follow-ups of a return. */
export async function insertFollowUps(
  client: Client,
  district: string,
  of: { caseId: string; childId: string; round: number; reach: readonly string[] },
  rows: readonly { id: string; number: number; dueDate: string }[],
): Promise<void> {
  for (const row of rows)
    await client.query({
      name: 'case-follow-up-insert',
      values: [district, row.id, of.caseId, of.childId, of.round, row.number, row.dueDate, of.reach],
      text: `INSERT INTO case_follow_up (district_code, id, case_id, child_id, round, number, due_date, reach) VALUES ($1, $2, $3, $4, $5, $6, $7::date, $8::text[])`,
    });
}

/** The follow-ups of a round, in order. */
export async function listFollowUps(
  client: Client,
  district: string,
  caseId: string,
  round: number,
): Promise<FollowUpRow[]> {
  const found = await client.query<FollowUpRow>({
    name: 'case-follow-ups',
    values: [district, caseId, round],
    text: `SELECT id, number, due_date AS "dueDate", done_on AS "doneOn", present, sealed, done_name AS "doneName" FROM case_follow_up WHERE district_code = $1 AND case_id = $2 AND round = $3 ORDER BY number`,
  });
  return found.rows;
}

/** Records a follow-up. */
export async function doFollowUp(
  client: Client,
  district: string,
  row: {
    id: string;
    day: string;
    present: boolean;
    sealed: Buffer;
    by: string;
    byName: string;
    at: Date;
    visitId: string | null;
  },
): Promise<void> {
  await client.query({
    name: 'case-follow-up-do',
    values: [district, row.id, row.day, row.present, row.sealed, row.by, row.byName, row.at, row.visitId],
    text: `UPDATE case_follow_up SET done_on = $3::date, present = $4, sealed = $5, done_by = $6, done_name = $7, done_at = $8, visit_id = $9 WHERE district_code = $1 AND id = $2 AND done_on IS NULL`,
  });
}

/** Ends the follow-ups of a round that are not done: the pupil is away again. */
export async function endFollowUps(client: Client, district: string, caseId: string, round: number, at: Date) {
  await client.query({
    name: 'case-follow-up-end',
    values: [district, caseId, round, at],
    text: `UPDATE case_follow_up SET ended_at = $4 WHERE district_code = $1 AND case_id = $2 AND round = $3 AND done_on IS NULL`,
  });
}

/** Follow-ups that are due on a day and were not told of yet, with their cases. */
export async function listFollowUpsDue(
  client: Client,
  district: string,
  today: string,
): Promise<{ id: string; caseId: string; number: number }[]> {
  const found = await client.query<{ id: string; caseId: string; number: number }>({
    name: 'case-follow-ups-due',
    values: [district, today],
    text: `SELECT id, case_id AS "caseId", number FROM case_follow_up WHERE district_code = $1 AND done_on IS NULL AND ended_at IS NULL AND told_at IS NULL AND due_date <= $2::date ORDER BY due_date, id LIMIT 500`,
  });
  return found.rows;
}

/** Notes that a due follow-up was told. */
export async function markTold(client: Client, district: string, id: string, at: Date): Promise<void> {
  await client.query({
    name: 'case-follow-up-told',
    values: [district, id, at],
    text: `UPDATE case_follow_up SET told_at = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** Notices served whose days are over and which were not told of yet: case, document and last day. */
export async function listEndedNotices(
  client: Client,
  district: string,
  today: string,
): Promise<{ caseId: string; documentId: string; dueDate: string }[]> {
  const found = await client.query<{ caseId: string; documentId: string; dueDate: string }>({
    name: 'case-notices-ended',
    values: [district, today],
    text: `SELECT e.case_id AS "caseId", e.document_id AS "documentId", e.due_date AS "dueDate" FROM case_event e
           JOIN return_case k ON k.district_code = $1 AND k.id = e.case_id AND k.round = e.round AND k.state IN ('confirmed', 'persuading')
           WHERE e.district_code = $1 AND e.what = 'served' AND e.due_date < $2::date
             AND NOT EXISTS (SELECT 1 FROM case_event x WHERE x.district_code = $1 AND x.document_id = e.document_id AND x.what IN ('noticeEnded', 'voided'))
           ORDER BY e.due_date, e.id LIMIT 500`,
  });
  return found.rows;
}

/** A call-back as stored. */
export interface CallBackRow {
  id: string;
  doneOn: string | null;
  doneName: string | null;
  reached: boolean | null;
  isBack: boolean | null;
  sealed: Buffer | null;
  signedBy: string;
}

/** Chooses a return to be called back. */
export async function insertCallBack(
  client: Client,
  district: string,
  row: {
    id: string;
    caseId: string;
    childId: string;
    round: number;
    at: Date;
    signedBy: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'return-callback-insert',
    values: [district, row.id, row.caseId, row.childId, row.round, row.at, row.signedBy, row.reach],
    text: `INSERT INTO return_callback (district_code, id, case_id, child_id, round, chosen_at, signed_by, reach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8::text[])`,
  });
}

/** The call-back of a round, null when it was not chosen. */
export async function findCallBack(
  client: Client,
  district: string,
  caseId: string,
  round: number,
): Promise<CallBackRow | null> {
  const found = await client.query<CallBackRow>({
    name: 'return-callback-one',
    values: [district, caseId, round],
    text: `SELECT id, done_on AS "doneOn", done_name AS "doneName", reached, is_back AS "isBack", sealed, signed_by AS "signedBy" FROM return_callback WHERE district_code = $1 AND case_id = $2 AND round = $3`,
  });
  return found.rows[0] ?? null;
}

/** Records a call-back. One that reached nobody can be tried again. */
export async function doCallBack(
  client: Client,
  district: string,
  row: {
    id: string;
    day: string;
    reached: boolean;
    isBack: boolean | null;
    sealed: Buffer;
    by: string;
    byName: string;
    at: Date;
  },
): Promise<void> {
  await client.query({
    name: 'return-callback-do',
    values: [district, row.id, row.day, row.reached, row.isBack, row.sealed, row.by, row.byName, row.at],
    text: `UPDATE return_callback SET done_on = $3::date, reached = $4, is_back = $5, sealed = $6, done_by = $7, done_name = $8, done_at = $9 WHERE district_code = $1 AND id = $2`,
  });
}
