import type pg from 'pg';
import type { CaseKind, CaseLead, CaseOwner, CaseState, ReasonGroup, Whereabouts } from '#domain/dropout/record.ts';

/** A connection within a request. */
export type Client = Pick<pg.ClientBase, 'query'>;

/** A case as stored. */
export interface CaseRecord {
  id: string;
  childId: string;
  kind: CaseKind;
  state: CaseState;
  round: number;
  schoolId: string | null;
  classId: string | null;
  subdistrictCode: string | null;
  communityCode: string | null;
  lead: CaseLead;
  ownerRole: CaseOwner['role'];
  ownerUnitKind: CaseOwner['unitKind'];
  ownerUnit: string;
  nextAction: string | null;
  nextWords: string | null;
  dueDate: string | null;
  openedAt: Date;
  stateSince: string;
  crossedOn: string | null;
  discoveredOn: string | null;
  lastSeenOn: string | null;
  clockStart: string;
  confirmedOn: string | null;
  reasonGroup: ReasonGroup | null;
  whereabouts: Whereabouts | null;
  persuasions: number;
  presentFrom: string | null;
  presentDays: number;
  returnedOn: string | null;
  category: string | null;
  emergency: boolean;
  people: string[];
  units: string[];
  reach: string[];
}

/** The columns of a case under the names of the record, from `k`. */
export const caseColumns = `k.id, k.child_id AS "childId", k.kind, k.state, k.round, k.school_id AS "schoolId", k.class_id AS "classId", k.subdistrict_code AS "subdistrictCode",
  k.community_code AS "communityCode", k.lead, k.owner_role AS "ownerRole", k.owner_unit_kind AS "ownerUnitKind", k.owner_unit AS "ownerUnit", k.next_action AS "nextAction",
  k.next_words AS "nextWords", k.due_date AS "dueDate", k.opened_at AS "openedAt", k.state_since AS "stateSince", k.crossed_on AS "crossedOn", k.discovered_on AS "discoveredOn",
  k.last_seen_on AS "lastSeenOn", k.clock_start AS "clockStart", k.confirmed_on AS "confirmedOn", k.reason_group AS "reasonGroup", k.whereabouts, k.persuasions,
  k.present_from AS "presentFrom", k.present_days AS "presentDays", k.returned_on AS "returnedOn", k.category, k.emergency, k.people, k.units, k.reach`;

/** A case within reach, null otherwise; locked when it is about to change. */
export async function findCase(
  client: Client,
  district: string,
  id: string,
  lock: boolean,
): Promise<CaseRecord | null> {
  const found = await client.query<CaseRecord>({
    name: lock ? 'case-lock' : 'case-one',
    values: [district, id],
    text: `SELECT ${caseColumns} FROM return_case k WHERE k.district_code = $1 AND k.id = $2${lock ? ' FOR UPDATE' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** The case of a child, locked; null when there is none. */
export async function lockCaseOf(client: Client, district: string, childId: string): Promise<CaseRecord | null> {
  const found = await client.query<CaseRecord>({
    name: 'case-of-child',
    values: [district, childId],
    text: `SELECT ${caseColumns} FROM return_case k WHERE k.district_code = $1 AND k.child_id = $2 FOR UPDATE`,
  });
  return found.rows[0] ?? null;
}

/** Holds the child's row, so that two reports of one child open one case. */
export async function lockChild(client: Client, district: string, childId: string): Promise<string[] | null> {
  const found = await client.query<{ reach: string[] }>({
    name: 'case-lock-child',
    values: [district, childId],
    text: `SELECT c.reach FROM child c WHERE c.district_code = $1 AND c.id = $2 FOR UPDATE`,
  });
  return found.rows[0]?.reach ?? null;
}

/** Columns of a case that steps write, by the name of the record. */
const written = {
  childId: 'child_id',
  kind: 'kind',
  state: 'state',
  round: 'round',
  schoolId: 'school_id',
  classId: 'class_id',
  subdistrictCode: 'subdistrict_code',
  communityCode: 'community_code',
  lead: 'lead',
  ownerRole: 'owner_role',
  ownerUnitKind: 'owner_unit_kind',
  ownerUnit: 'owner_unit',
  nextAction: 'next_action',
  nextWords: 'next_words',
  dueDate: 'due_date',
  openedAt: 'opened_at',
  stateSince: 'state_since',
  crossedOn: 'crossed_on',
  discoveredOn: 'discovered_on',
  lastSeenOn: 'last_seen_on',
  clockStart: 'clock_start',
  confirmedOn: 'confirmed_on',
  reasonGroup: 'reason_group',
  whereabouts: 'whereabouts',
  persuasions: 'persuasions',
  presentFrom: 'present_from',
  presentDays: 'present_days',
  returnedOn: 'returned_on',
  category: 'category',
  emergency: 'emergency',
  people: 'people',
  units: 'units',
  reach: 'reach',
} as const;

const writtenKeys = Object.keys(written) as (keyof typeof written)[]; // as: the keys of the object above
const casts: Partial<Record<keyof typeof written, string>> = {
  dueDate: '::date',
  stateSince: '::date',
  crossedOn: '::date',
  discoveredOn: '::date',
  lastSeenOn: '::date',
  clockStart: '::date',
  confirmedOn: '::date',
  presentFrom: '::date',
  returnedOn: '::date',
  people: '::text[]',
  units: '::text[]',
  reach: '::text[]',
};
const valuesOf = (record: CaseRecord) => writtenKeys.map((key) => record[key]);

/** Opens a case. */
export async function insertCase(client: Client, district: string, record: CaseRecord, at: Date): Promise<void> {
  const columns = writtenKeys.map((key) => written[key]).join(', ');
  const places = writtenKeys.map((key, index) => `$${String(index + 4)}${casts[key] ?? ''}`).join(', ');
  await client.query({
    name: 'case-insert',
    values: [district, record.id, at, ...valuesOf(record)],
    text: `INSERT INTO return_case (district_code, id, changed_at, ${columns}) VALUES ($1, $2, $3, ${places})`,
  });
}

/** Writes a case as it stands after a step. */
export async function updateCase(client: Client, district: string, record: CaseRecord, at: Date): Promise<void> {
  const sets = writtenKeys.map((key, index) => `${written[key]} = $${String(index + 4)}${casts[key] ?? ''}`).join(', ');
  await client.query({
    name: 'case-update',
    values: [district, record.id, at, ...valuesOf(record)],
    text: `UPDATE return_case SET changed_at = $3, ${sets} WHERE district_code = $1 AND id = $2`,
  });
}

/** A round as it begins. */
export interface RoundWrite {
  id: string;
  caseId: string;
  childId: string;
  round: number;
  kind: CaseKind;
  source: string;
  openedAt: Date;
  openedOn: string;
  openedName: string;
  crossedOn: string | null;
  findingId: string | null;
  reason: string | null;
  reach: readonly string[];
}

/** Begins a round. */
export async function insertRound(client: Client, district: string, row: RoundWrite): Promise<void> {
  await client.query({
    name: 'case-round-insert',
    values: [
      district,
      row.id,
      row.caseId,
      row.childId,
      row.round,
      row.kind,
      row.source,
      row.openedAt,
      row.openedOn,
      row.openedName,
      row.crossedOn,
      row.findingId,
      row.reason,
      row.reach,
    ],
    text: `INSERT INTO case_round (district_code, id, case_id, child_id, round, kind, source, opened_at, opened_on, opened_name, crossed_on, finding_id, reason, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9::date, $10, $11::date, $12, $13, $14::text[])`,
  });
}

/** Writes on a round when it was confirmed, returned and closed, and as what. */
export async function markRound(client: Client, district: string, record: CaseRecord, closedOn: string | null) {
  await client.query({
    name: 'case-round-mark',
    values: [district, record.id, record.round, record.confirmedOn, record.returnedOn, record.category, closedOn],
    text: `UPDATE case_round SET confirmed_on = $4::date, returned_on = $5::date, category = $6, closed_on = coalesce($7::date, closed_on) WHERE district_code = $1 AND case_id = $2 AND round = $3`,
  });
}

/** A round as a case page shows it. */
export interface RoundRow {
  round: number;
  source: string;
  openedOn: string;
  openedName: string;
  crossedOn: string | null;
  confirmedOn: string | null;
  returnedOn: string | null;
  closedOn: string | null;
  category: string | null;
  reason: string | null;
}

/** The rounds of a case, first to last. */
export async function listRounds(client: Client, district: string, caseId: string): Promise<RoundRow[]> {
  const found = await client.query<RoundRow>({
    name: 'case-rounds',
    values: [district, caseId],
    text: `SELECT round, source, opened_on AS "openedOn", opened_name AS "openedName", crossed_on AS "crossedOn", confirmed_on AS "confirmedOn", returned_on AS "returnedOn",
             closed_on AS "closedOn", category, reason FROM case_round WHERE district_code = $1 AND case_id = $2 ORDER BY round`,
  });
  return found.rows;
}
