import type { ReferralParty } from '#domain/dropout/record.ts';
import type { Client } from './store-cases.ts';
import { nextPlace } from './store-places.ts';

/** A referral as stored. */
export interface ReferralRow {
  id: string;
  caseId: string;
  round: number;
  party: ReferralParty;
  partyName: string | null;
  number: string | null;
  urgent: boolean;
  closed: boolean;
  sentOn: string;
  sentName: string;
  dueAt: Date;
  sealed: Buffer;
  repliedOn: string | null;
  replySealed: Buffer | null;
  replyPaperId: string | null;
  remindedAt: Date | null;
  /** The day on which its document was made void. */
  withdrawnOn: string | null;
}

/** Whether an answer is waited for. */
export const isWaiting = (row: Pick<ReferralRow, 'repliedOn' | 'withdrawnOn'>): boolean =>
  row.repliedOn === null && row.withdrawnOn === null;

const columns = `id, case_id AS "caseId", round, party, party_name AS "partyName", number, urgent, closed, sent_on AS "sentOn", sent_name AS "sentName", due_at AS "dueAt", sealed,
  replied_on AS "repliedOn", reply_sealed AS "replySealed", reply_paper_id AS "replyPaperId", reminded_at AS "remindedAt", withdrawn_on AS "withdrawnOn"`;

/** Keeps a referral. */
export async function insertReferral(
  client: Client,
  district: string,
  row: {
    id: string;
    caseId: string;
    childId: string;
    round: number;
    party: ReferralParty;
    partyName: string | null;
    number: string | null;
    urgent: boolean;
    closed: boolean;
    sentOn: string;
    dueAt: Date;
    sealed: Buffer;
    sentBy: string;
    sentName: string;
    sentAt: Date;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'case-referral-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.party,
      row.partyName,
      row.number,
      row.urgent,
      row.closed,
      row.sentOn,
      row.dueAt,
      row.sealed,
      row.sentBy,
      row.sentName,
      row.sentAt,
      row.reach,
      await nextPlace(client, district, 'referral', row.caseId),
    ],
    text: `INSERT INTO case_referral (district_code, id, case_id, child_id, round, party, party_name, number, urgent, closed, sent_on, due_at, sealed, sent_by, sent_name, sent_at, reach, place)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::date, $12, $13, $14, $15, $16, $17::text[], $18)`,
  });
}

/** The referrals of a case, oldest first. */
export async function listReferrals(client: Client, district: string, caseId: string): Promise<ReferralRow[]> {
  const found = await client.query<ReferralRow>({
    name: 'case-referrals',
    values: [district, caseId],
    text: `SELECT ${columns} FROM case_referral WHERE district_code = $1 AND case_id = $2 ORDER BY place NULLS FIRST, sent_at, id`,
  });
  return found.rows;
}

/** Records the answer to a referral. */
export async function answerReferralRow(
  client: Client,
  district: string,
  row: {
    id: string;
    repliedOn: string;
    sealed: Buffer;
    paperId: string | null;
    by: string;
    byName: string;
    at: Date;
  },
): Promise<void> {
  await client.query({
    name: 'case-referral-answer',
    values: [district, row.id, row.repliedOn, row.sealed, row.paperId, row.by, row.byName, row.at],
    text: `UPDATE case_referral SET replied_on = $3::date, reply_sealed = $4, reply_paper_id = $5, replied_by = $6, replied_name = $7, replied_at = $8 WHERE district_code = $1 AND id = $2 AND replied_on IS NULL AND withdrawn_on IS NULL`,
  });
}

/** No longer waits for the answer to the letter of a document that was made void; null where no letter waited under it. */
export async function withdrawReferral(
  client: Client,
  district: string,
  documentId: string,
  by: { on: string; at: Date; name: string },
): Promise<string | null> {
  const found = await client.query<{ id: string }>({
    name: 'case-referral-withdraw',
    values: [district, documentId, by.on, by.name, by.at],
    text: `UPDATE case_referral SET withdrawn_on = $3::date, withdrawn_name = $4, withdrawn_at = $5
           WHERE district_code = $1 AND replied_on IS NULL AND withdrawn_on IS NULL
             AND id IN (SELECT v.referral_id FROM case_event v WHERE v.district_code = $1 AND v.document_id = $2) RETURNING id`,
  });
  return found.rows[0]?.id ?? null;
}

/** Referrals without an answer past their moment that were not called in yet. */
export async function listReferralsToRemind(client: Client, district: string, now: Date): Promise<ReferralRow[]> {
  const found = await client.query<ReferralRow>({
    name: 'case-referrals-late',
    values: [district, now],
    text: `SELECT ${columns} FROM case_referral WHERE district_code = $1 AND replied_on IS NULL AND withdrawn_on IS NULL AND reminded_at IS NULL AND due_at < $2 ORDER BY due_at, id LIMIT 500`,
  });
  return found.rows;
}

/** Notes that an answer was called in. */
export async function markReminded(client: Client, district: string, id: string, at: Date): Promise<void> {
  await client.query({
    name: 'case-referral-remind',
    values: [district, id, at],
    text: `UPDATE case_referral SET reminded_at = $3 WHERE district_code = $1 AND id = $2`,
  });
}

/** The next number of a kind in a year, without gaps: the row is held until the commit. */
export async function nextNumber(client: Client, district: string, kind: string, year: number): Promise<number> {
  const made = await client.query<{ last: number }>({
    name: 'case-number-next',
    values: [district, kind, year],
    text: `INSERT INTO case_number (district_code, kind, year, last) VALUES ($1, $2, $3, 1)
           ON CONFLICT (district_code, kind, year) DO UPDATE SET last = case_number.last + 1 RETURNING last`,
  });
  return made.rows[0]?.last ?? 1;
}
