import type { Rung } from '#domain/dropout/record.ts';
import type { Client } from './store-cases.ts';
import { nextPlace } from './store-places.ts';

/** An event to be written; `words` holds nothing personal. */
export interface EventWrite {
  id: string;
  caseId: string;
  childId: string;
  round: number;
  what: string;
  rung: Rung | null;
  day: string;
  at: Date;
  words: string;
  sealed: Buffer | null;
  closed: boolean;
  actorId: string;
  actorName: string;
  visitId: string | null;
  documentId: string | null;
  referralId: string | null;
  dueDate: string | null;
  reach: readonly string[];
}

/** Adds to the timeline of a case that is held. */
export async function insertEvent(client: Client, district: string, row: EventWrite): Promise<void> {
  // The case is held by whoever writes its events, so that their numbers follow each other.
  const last = await client.query<{ last: number }>({
    name: 'case-event-last',
    values: [district, row.caseId],
    text: `SELECT coalesce(max(number), 0)::int AS last FROM case_event WHERE district_code = $1 AND case_id = $2`,
  });
  await client.query({
    name: 'case-event-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.what,
      row.rung,
      row.day,
      row.at,
      row.words,
      row.sealed,
      row.closed,
      row.actorId,
      row.actorName,
      row.visitId,
      row.documentId,
      row.referralId,
      row.dueDate,
      row.reach,
      (last.rows[0]?.last ?? 0) + 1,
    ],
    text: `INSERT INTO case_event (district_code, id, case_id, child_id, round, what, rung, day, at, words, sealed, closed, actor_id, actor_name, visit_id, document_id, referral_id, due_date, reach, number)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8::date, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18::date, $19::text[], $20)`,
  });
}

/** An event as stored. */
export interface EventRow {
  id: string;
  round: number;
  what: string;
  rung: Rung | null;
  day: string;
  at: Date;
  words: string;
  sealed: Buffer | null;
  closed: boolean;
  actorName: string;
  visitId: string | null;
  documentId: string | null;
  referralId: string | null;
  dueDate: string | null;
}

/** The timeline of a case, oldest first. */
export async function listEvents(client: Client, district: string, caseId: string): Promise<EventRow[]> {
  const found = await client.query<EventRow>({
    name: 'case-events',
    values: [district, caseId],
    text: `SELECT id, round, what, rung, day, at, words, sealed, closed, actor_name AS "actorName", visit_id AS "visitId", document_id AS "documentId", referral_id AS "referralId", due_date AS "dueDate"
           FROM case_event WHERE district_code = $1 AND case_id = $2 ORDER BY number`,
  });
  return found.rows;
}

/** Whose event an id is, null when it is nobody's. */
export async function caseOfEvent(client: Client, district: string, id: string): Promise<string | null> {
  const found = await client.query<{ case_id: string }>({
    name: 'case-of-event',
    values: [district, id],
    text: `SELECT case_id FROM case_event WHERE district_code = $1 AND id = $2`,
  });
  return found.rows[0]?.case_id ?? null;
}

/** A report to be kept. */
export interface ReportWrite {
  id: string;
  caseId: string;
  childId: string;
  round: number;
  reportedBy: string;
  reportedName: string;
  reportedRole: string;
  reportedAt: Date;
  discoveredOn: string;
  lastSeenOn: string | null;
  firstAbsentOn: string | null;
  crossedOn: string | null;
  rule: string | null;
  clockStart: string;
  reasonGroup: string;
  whereabouts: string;
  sealed: Buffer;
  findingId: string | null;
  joined: boolean;
  reach: readonly string[];
}

/** Keeps a report. */
export async function insertReport(client: Client, district: string, row: ReportWrite): Promise<void> {
  await client.query({
    name: 'dropout-report-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.reportedBy,
      row.reportedName,
      row.reportedRole,
      row.reportedAt,
      row.discoveredOn,
      row.lastSeenOn,
      row.firstAbsentOn,
      row.crossedOn,
      row.rule,
      row.clockStart,
      row.reasonGroup,
      row.whereabouts,
      row.sealed,
      row.findingId,
      row.joined,
      row.reach,
      await nextPlace(client, district, 'report', row.caseId),
    ],
    text: `INSERT INTO dropout_report (district_code, id, case_id, child_id, round, reported_by, reported_name, reported_role, reported_at, discovered_on, last_seen_on, first_absent_on, crossed_on, rule, clock_start, reason_group, whereabouts, sealed, finding_id, joined, reach, number)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::date, $11::date, $12::date, $13::date, $14, $15::date, $16, $17, $18, $19, $20, $21::text[], $22)`,
  });
}

/** A report as stored. */
export interface ReportRow {
  id: string;
  caseId: string;
  childId: string;
  round: number;
  reportedBy: string;
  reportedName: string;
  reportedRole: string;
  reportedAt: Date;
  discoveredOn: string;
  lastSeenOn: string | null;
  firstAbsentOn: string | null;
  crossedOn: string | null;
  rule: string | null;
  clockStart: string;
  reasonGroup: string;
  whereabouts: string;
  sealed: Buffer;
  joined: boolean;
}

const reportColumns = `id, case_id AS "caseId", child_id AS "childId", round, reported_by AS "reportedBy", reported_name AS "reportedName", reported_role AS "reportedRole", reported_at AS "reportedAt",
  discovered_on AS "discoveredOn", last_seen_on AS "lastSeenOn", first_absent_on AS "firstAbsentOn", crossed_on AS "crossedOn", rule, clock_start AS "clockStart", reason_group AS "reasonGroup", whereabouts, sealed, joined`;

/** A report by the id that the phone chose. */
export async function findReport(client: Client, district: string, id: string): Promise<ReportRow | null> {
  const found = await client.query<ReportRow>({
    name: 'dropout-report-one',
    values: [district, id],
    text: `SELECT ${reportColumns} FROM dropout_report WHERE district_code = $1 AND id = $2`,
  });
  return found.rows[0] ?? null;
}

/** The reports of a case, oldest first. */
export async function listReports(client: Client, district: string, caseId: string): Promise<ReportRow[]> {
  const found = await client.query<ReportRow>({
    name: 'dropout-reports',
    values: [district, caseId],
    text: `SELECT ${reportColumns} FROM dropout_report WHERE district_code = $1 AND case_id = $2 ORDER BY number NULLS FIRST, reported_at, id`,
  });
  return found.rows;
}

/** An emergency as stored; what it is about is sealed. */
export interface EmergencyRow {
  id: string;
  caseId: string;
  reportedName: string;
  reportedAt: Date;
  sealed: Buffer;
}

/** Keeps an emergency. */
export async function insertEmergency(
  client: Client,
  district: string,
  row: EmergencyRow & { childId: string; round: number; reportedBy: string; reach: readonly string[] },
): Promise<void> {
  await client.query({
    name: 'case-emergency-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.reportedBy,
      row.reportedName,
      row.reportedAt,
      row.sealed,
      row.reach,
      await nextPlace(client, district, 'emergency', row.caseId),
    ],
    text: `INSERT INTO case_emergency (district_code, id, case_id, child_id, round, reported_by, reported_name, reported_at, sealed, reach, number) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10::text[], $11)`,
  });
}

/** The emergencies of a case, oldest first; or the one of an id. */
export async function listEmergencies(
  client: Client,
  district: string,
  asked: { caseId?: string; id?: string },
): Promise<EmergencyRow[]> {
  const found = await client.query<EmergencyRow>({
    name: 'case-emergencies',
    values: [district, asked.caseId ?? null, asked.id ?? null],
    text: `SELECT id, case_id AS "caseId", reported_name AS "reportedName", reported_at AS "reportedAt", sealed FROM case_emergency
           WHERE district_code = $1 AND (case_id = $2::uuid OR id = $3::uuid) ORDER BY number NULLS FIRST, reported_at, id`,
  });
  return found.rows;
}
