import type pg from 'pg';
import { filters, statementName, type Filters } from '#server/database/filters.ts';
import { pastOf, type Then } from '#server/database/past.ts';
import type { NotMetReason, VisitMode } from '#domain/visits/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A version of a visit as stored. */
export interface VisitRecord {
  id: string;
  first_id: string;
  version: number;
  supersedes: string | null;
  child_id: string;
  child_name: string;
  household_id: string | null;
  school_id: string | null;
  school_name: string | null;
  class_id: string | null;
  class_name: string | null;
  case_id: string | null;
  mode: VisitMode;
  met: boolean;
  not_met: NotMetReason | null;
  day: string;
  at: Date;
  next_day: string | null;
  staff_ids: string[];
  paper_form: boolean;
  content_version: number;
  content_print: Buffer;
  sealed: Buffer;
  by_id: string;
  /** Who recorded the first version. */
  first_by_id: string;
  by_name: string;
  reason: string | null;
  known_at: Date;
  current: boolean;
  reach: string[];
}

const columns = `v.id, v.first_id, v.version, v.supersedes, v.child_id, c.name AS child_name, v.household_id, v.school_id, s.name AS school_name, v.class_id, k.name AS class_name, v.case_id, v.mode, v.met, v.not_met,
  v.day, v.at, v.next_day, v.staff_ids, v.paper_form, v.content_version, v.content_print, v.sealed, v.by_id, (SELECT f.by_id FROM visit f WHERE f.district_code = $1 AND f.first_id = v.first_id AND f.version = 1) AS first_by_id, v.by_name, v.reason, lower(v.known) AS known_at, upper_inf(v.known) AS current, v.reach`;
/** What lists show of a visit. */
export type ListedVisit = Omit<
  VisitRecord,
  | 'supersedes'
  | 'household_id'
  | 'staff_ids'
  | 'reach'
  | 'not_met'
  | 'by_id'
  | 'first_by_id'
  | 'reason'
  | 'known_at'
  | 'current'
>;
const listed = `v.id, v.first_id, v.version, v.child_id, v.school_id, v.class_id, v.case_id, v.mode, v.met, v.day, v.at, v.next_day, v.paper_form, v.content_version, v.content_print, v.sealed, v.by_name`;
const source = `visit v JOIN child c ON c.district_code = $1 AND c.id = v.child_id
  LEFT JOIN school s ON s.district_code = $1 AND s.id = v.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = v.class_id`;

/** One version of a visit within reach, null otherwise. */
export async function findVisit(client: Client, district: string, id: string): Promise<VisitRecord | null> {
  const found = await client.query<VisitRecord>({
    name: 'visits-one',
    values: [district, id],
    text: `SELECT ${columns} FROM ${source} WHERE v.district_code = $1 AND v.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** Every version of a visit, the first one first. */
export async function versionsOf(client: Client, district: string, firstId: string): Promise<VisitRecord[]> {
  const found = await client.query<VisitRecord>({
    name: 'visits-versions',
    values: [district, firstId],
    text: `SELECT ${columns} FROM ${source} WHERE v.district_code = $1 AND v.first_id = $2 ORDER BY v.version`,
  });
  return found.rows;
}

/** Holds the versions of a visit until the end of the transaction, so that two corrections at once make two versions or one refusal. */
export async function lockVersions(client: Client, district: string, firstId: string): Promise<void> {
  await client.query({
    name: 'visits-lock',
    values: [district, firstId],
    text: `SELECT v.id FROM visit v WHERE v.district_code = $1 AND v.first_id = $2 FOR UPDATE`,
  });
}

/** The visits of a case that hold, oldest first. */
export async function visitsOfOneCase(client: Client, district: string, caseId: string): Promise<VisitRecord[]> {
  const found = await client.query<VisitRecord>({
    name: 'visits-of-case',
    values: [district, caseId],
    text: `SELECT ${columns} FROM ${source} WHERE v.district_code = $1 AND v.case_id = $2 AND upper_inf(v.known) ORDER BY v.day, v.at, lower(v.known), v.id`,
  });
  return found.rows;
}

/** What of the visits is asked for. */
export interface VisitFilter {
  childId?: string | undefined;
  schoolId?: string | undefined;
  classId?: string | undefined;
  caseId?: string | undefined;
  staffId?: string | undefined;
  mode?: string | undefined;
  met?: 'yes' | 'no' | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** The past that is asked for; null for the visits that hold now. */
  then: Then | null;
}

function narrow(where: Filters, asked: VisitFilter): void {
  const past = asked.then === null ? null : pastOf(where, asked.then);
  where.and(past === null ? 'upper_inf(v.known)' : `${past.known('v')} AND v.day <= ${past.day()}`);
  if (asked.childId) {
    const child = where.value(asked.childId);
    where.and(
      `v.child_id IN (SELECT m.id FROM child m WHERE m.district_code = $1 AND (m.id = ${child}::uuid OR m.merged_into = ${child}::uuid))`,
    );
  }
  if (asked.schoolId) where.and(`v.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.classId) where.and(`v.class_id = ${where.value(asked.classId)}::uuid`);
  if (asked.caseId) where.and(`v.case_id = ${where.value(asked.caseId)}::uuid`);
  if (asked.staffId) where.and(`${where.value(asked.staffId)}::uuid = ANY(v.staff_ids)`);
  if (asked.mode) where.and(`v.mode = ${where.value(asked.mode)}`);
  if (asked.met) where.and(`v.met = ${where.value(asked.met === 'yes')}::boolean`);
  if (asked.from) where.and(`v.day >= ${where.value(asked.from)}::date`);
  if (asked.to) where.and(`v.day <= ${where.value(asked.to)}::date`);
}

/** How many visits the filters leave. */
export async function countVisits(client: Client, district: string, asked: VisitFilter): Promise<number> {
  const where = filters(district);
  narrow(where, asked);
  const found = await client.query<{ count: number }>({
    text: `SELECT count(*) AS count FROM visit v WHERE v.district_code = $1${where.where()}`,
    values: where.values,
  });
  return found.rows[0]?.count ?? 0;
}

/** A page of visits, newest first; null for all. */
export async function pageVisits(
  client: Client,
  district: string,
  asked: VisitFilter,
  page: { page: number; size: number } | null,
): Promise<ListedVisit[]> {
  const where = filters(district);
  narrow(where, asked);
  const limit = page ? `LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}` : '';
  const found = `SELECT ${listed} FROM visit v WHERE v.district_code = $1${where.where()} ORDER BY v.day DESC, v.id DESC ${limit}`;
  const text = `SELECT v.*, c.name AS child_name, (SELECT s.name FROM school s WHERE s.district_code = $1 AND s.id = v.school_id) AS school_name,
      (SELECT k.name FROM school_class k WHERE k.district_code = $1 AND k.id = v.class_id) AS class_name
    FROM (${found}) v JOIN child c ON c.district_code = $1 AND c.id = v.child_id WHERE c.district_code = $1 ORDER BY v.day DESC, v.id DESC`;
  return (await client.query<ListedVisit>({ name: statementName('visits-page', text), text, values: where.values }))
    .rows;
}

/** Adds a version of a visit. */
export async function insertVisit(
  client: Client,
  district: string,
  visit: {
    id: string;
    firstId: string;
    version: number;
    supersedes: string | null;
    childId: string;
    householdId: string | null;
    schoolId: string | null;
    classId: string | null;
    caseId: string | null;
    mode: VisitMode;
    met: boolean;
    notMet: NotMetReason | null;
    day: string;
    at: string;
    nextDay: string | null;
    staffIds: readonly string[];
    paperForm: boolean;
    contentVersion: number;
    print: Buffer;
    sealed: Buffer;
    byId: string;
    byName: string;
    reason: string | null;
    knownAt: string;
    reach: readonly string[];
  },
): Promise<void> {
  await client.query({
    name: 'visits-insert',
    values: [
      district,
      visit.id,
      visit.firstId,
      visit.version,
      visit.supersedes,
      visit.childId,
      visit.householdId,
      visit.schoolId,
      visit.classId,
      visit.caseId,
      visit.mode,
      visit.met,
      visit.notMet,
      visit.day,
      visit.at,
      visit.nextDay,
      visit.staffIds,
      visit.paperForm,
      visit.contentVersion,
      visit.print,
      visit.sealed,
      visit.byId,
      visit.byName,
      visit.reason,
      visit.knownAt,
      visit.reach,
    ],
    text: `INSERT INTO visit (district_code, id, first_id, version, supersedes, child_id, household_id, school_id, class_id, case_id, mode, met, not_met, day, at, next_day, staff_ids, paper_form, content_version,
             content_print, sealed, by_id, by_name, reason, known, reach)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::date, $15::timestamptz, $16::date, $17::uuid[], $18, $19, $20, $21, $22, $23, $24, tstzrange($25::timestamptz, NULL), $26::text[])`,
  });
}

/** Ends what is known of a version; answers whether it still held. */
export async function endVersion(client: Client, district: string, id: string, knownAt: string): Promise<boolean> {
  const done = await client.query({
    name: 'visits-end-version',
    values: [district, id, knownAt],
    text: `UPDATE visit SET known = tstzrange(lower(known), $3::timestamptz) WHERE district_code = $1 AND id = $2 AND upper_inf(known)`,
  });
  return done.rowCount === 1;
}
