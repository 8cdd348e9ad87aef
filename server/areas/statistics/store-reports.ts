import type pg from 'pg';
import type { FormRows } from '#domain/statistics/form.ts';
import type { Evaluated } from '#domain/statistics/formulas.ts';
import type { CoursePart, PeriodKind, Tally } from '#domain/statistics/record.ts';
import type { Change, Gap, ReportState } from '#domain/statistics/report.ts';
import type { ReportAction } from '#domain/statistics/steps.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A report of a school and period. */
export interface ReportRow {
  id: string;
  school_id: string;
  period_kind: PeriodKind;
  from_date: string;
  to_date: string;
  state: Exclude<ReportState, 'open'>;
  version: number;
}

/** A signed version of a report. */
export interface VersionRow {
  id: string;
  version: number;
  nil: boolean;
  counts: Tally;
  figures: (Evaluated & { name: string })[];
  gaps: Gap[];
  changes: Change[];
  own: { part: CoursePart; own: number }[];
  sealed: Buffer;
  /** What its forms print; null for versions from before it was kept. */
  form: FormRows | null;
  formula: string;
  known_at: string;
  fingerprint: string;
  signed_by: string;
  signed_name: string;
  signed_at: Date;
}

const reportColumns = 'id, school_id, period_kind, from_date, to_date, state, version';
const microseconds = `'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'`;
const versionColumns = `id, version, nil, counts, figures, gaps, changes, own, sealed, form, formula, to_char(known_at AT TIME ZONE 'UTC', ${microseconds}) AS known_at, fingerprint, signed_by, signed_name, signed_at`;

/** The report of a school and period; null while nothing is signed. */
export async function findReport(
  client: Client,
  district: string,
  ask: { schoolId: string; periodKind: PeriodKind; from: string },
): Promise<ReportRow | null> {
  const found = await client.query<ReportRow>({
    name: 'report-find',
    values: [district, ask.schoolId, ask.periodKind, ask.from],
    text: `SELECT ${reportColumns} FROM period_report WHERE district_code = $1 AND school_id = $2 AND period_kind = $3 AND from_date = $4::date`,
  });
  return found.rows[0] ?? null;
}

/** A report by id, held for the rest of the transaction where it is to change; null out of reach. */
export async function findReportById(
  client: Client,
  district: string,
  id: string,
  hold: boolean,
): Promise<ReportRow | null> {
  const found = await client.query<ReportRow>({
    name: hold ? 'report-hold' : 'report-by-id',
    values: [district, id],
    text: `SELECT ${reportColumns} FROM period_report WHERE district_code = $1 AND id = $2${hold ? ' FOR UPDATE' : ''}`,
  });
  return found.rows[0] ?? null;
}

/** Every report of a period within reach. */
export async function listPeriodReports(
  client: Client,
  district: string,
  ask: { periodKind: PeriodKind; from: string },
): Promise<ReportRow[]> {
  const found = await client.query<ReportRow>({
    name: 'report-of-period',
    values: [district, ask.periodKind, ask.from],
    text: `SELECT ${reportColumns} FROM period_report WHERE district_code = $1 AND period_kind = $2 AND from_date = $3::date`,
  });
  return found.rows;
}

/** A new report in the state after its first signature. */
export async function insertReport(
  client: Client,
  district: string,
  report: Omit<ReportRow, 'state' | 'version'>,
  at: Date,
  reach: readonly string[],
): Promise<void> {
  await client.query({
    name: 'report-insert',
    values: [district, report.id, report.school_id, report.period_kind, report.from_date, report.to_date, at, reach],
    text: `INSERT INTO period_report (district_code, id, school_id, period_kind, from_date, to_date, state, version, changed_at, reach) VALUES ($1, $2, $3, $4, $5, $6, 'signed', 1, $7, $8)`,
  });
}

/** Moves a report to a state and version. */
export async function moveReport(
  client: Client,
  district: string,
  id: string,
  to: { state: Exclude<ReportState, 'open'>; version: number; at: Date },
): Promise<void> {
  await client.query({
    name: 'report-move',
    values: [district, id, to.state, to.version, to.at],
    text: `UPDATE period_report SET state = $3, version = $4, changed_at = $5 WHERE district_code = $1 AND id = $2`,
  });
}

/** Freezes a version. */
export async function insertVersion(
  client: Client,
  district: string,
  reportId: string,
  version: Omit<VersionRow, 'signed_at'> & { signed_at: Date },
  reach: readonly string[],
): Promise<void> {
  await client.query({
    name: 'report-insert-version',
    values: [
      district,
      version.id,
      reportId,
      version.version,
      version.nil,
      JSON.stringify(version.counts),
      JSON.stringify(version.figures),
      JSON.stringify(version.gaps),
      JSON.stringify(version.changes),
      JSON.stringify(version.own),
      version.sealed,
      JSON.stringify(version.form),
      version.formula,
      version.known_at,
      version.fingerprint,
      version.signed_by,
      version.signed_name,
      version.signed_at,
      reach,
    ],
    text: `INSERT INTO period_report_version (district_code, id, report_id, version, nil, counts, figures, gaps, changes, own, sealed, form, formula, known_at, fingerprint, signed_by, signed_name, signed_at, reach)
           VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7::jsonb, $8::jsonb, $9::jsonb, $10::jsonb, $11, $12::jsonb, $13, $14::timestamptz, $15, $16, $17, $18, $19)`,
  });
}

/** A version of a report; null where there is none. */
export async function findVersion(
  client: Client,
  district: string,
  reportId: string,
  version: number,
): Promise<VersionRow | null> {
  const found = await client.query<VersionRow>({
    name: 'report-version',
    values: [district, reportId, version],
    text: `SELECT ${versionColumns} FROM period_report_version WHERE district_code = $1 AND report_id = $2 AND version = $3`,
  });
  return found.rows[0] ?? null;
}

/** Every version of a report, the first first. */
export async function listVersions(client: Client, district: string, reportId: string): Promise<VersionRow[]> {
  const found = await client.query<VersionRow>({
    name: 'report-versions',
    values: [district, reportId],
    text: `SELECT ${versionColumns} FROM period_report_version WHERE district_code = $1 AND report_id = $2 ORDER BY version`,
  });
  return found.rows;
}

/** The last versions of some reports by report. */
export async function lastVersions(
  client: Client,
  district: string,
  reportIds: readonly string[],
): Promise<Map<string, VersionRow>> {
  const found = await client.query<VersionRow & { report_id: string }>({
    name: 'report-last-versions',
    values: [district, reportIds],
    text: `SELECT DISTINCT ON (report_id) report_id, ${versionColumns} FROM period_report_version WHERE district_code = $1 AND report_id = ANY($2::uuid[]) ORDER BY report_id, version DESC`,
  });
  return new Map(found.rows.map((row) => [row.report_id, row]));
}

/** What was done with a report. */
export interface ReportEvent {
  id: string;
  version: number;
  action: ReportAction;
  actor_id: string;
  actor_name: string;
  at: Date;
  sealed: Buffer | null;
}

/** Adds to the history of a report. */
export async function insertEvent(
  client: Client,
  district: string,
  reportId: string,
  event: Omit<ReportEvent, 'at'> & { at: string },
  reach: readonly string[],
): Promise<void> {
  const { id, version, action, actor_id: actor, actor_name: name, at, sealed } = event;
  await client.query({
    name: 'report-insert-event',
    values: [district, id, reportId, version, action, actor, name, at, sealed, reach],
    text: `INSERT INTO period_report_event (district_code, id, report_id, version, action, actor_id, actor_name, at, sealed, reach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
  });
}

/** The history of a report in its order. */
export async function listEvents(client: Client, district: string, reportId: string): Promise<ReportEvent[]> {
  const found = await client.query<ReportEvent>({
    name: 'report-events',
    values: [district, reportId],
    text: `SELECT id, version, action, actor_id, actor_name, at, sealed FROM period_report_event WHERE district_code = $1 AND report_id = $2 ORDER BY at, id`,
  });
  return found.rows;
}

/** What became known of some children's courses after a moment and until another (null: now): the last change of each, by whom and by which act. */
export async function listLateEntries(
  client: Client,
  district: string,
  childIds: readonly string[],
  span: { since: string; until: string | null },
): Promise<
  { child_id: string; cause: string; day: string; known_at: string; actor_name: string | null; verb: string | null }[]
> {
  const found = await client.query<{
    child_id: string;
    cause: string;
    day: string;
    known_at: string;
    actor_name: string | null;
    verb: string | null;
  }>({
    name: 'report-late-entries',
    values: [district, childIds, span.since, span.until],
    text: `SELECT DISTINCT ON (c.child_id) c.child_id, c.cause, c.from_date AS day, to_char(lower(c.known) AT TIME ZONE 'UTC', ${microseconds}) AS known_at, a.actor_name, a.verb
           FROM course c LEFT JOIN audit_entry a ON a.district_code = $1 AND a.known_at = lower(c.known)
           WHERE c.district_code = $1 AND c.child_id = ANY($2::uuid[]) AND lower(c.known) > $3::timestamptz AND ($4::timestamptz IS NULL OR lower(c.known) <= $4::timestamptz) ORDER BY c.child_id, lower(c.known) DESC, c.from_date DESC`,
  });
  return found.rows;
}
