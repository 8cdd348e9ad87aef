import type pg from 'pg';
import { filters } from '#server/database/filters.ts';
import type { RowsAsked } from './store-rows.ts';

type Client = Pick<pg.ClientBase, 'query'>;
type Asked = RowsAsked & { from: string };

/** A report of a dropout as it was made. */
export interface ReportedRow {
  name: string;
  className: string | null;
  schoolName: string | null;
  discoveredOn: string;
  firstAbsentOn: string | null;
  reasonGroup: string;
  whereabouts: string;
  reportedName: string;
  reportedOn: string;
}

/** Dropout reports of a span of days, as known then. */
export async function readReported(client: Client, district: string, asked: Asked): Promise<ReportedRow[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from);
  if (asked.schoolId !== null) where.and(`t.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT c.name, k.name AS "className", s.name AS "schoolName", d.discovered_on AS "discoveredOn", d.first_absent_on AS "firstAbsentOn", d.reason_group AS "reasonGroup", d.whereabouts, d.reported_name AS "reportedName",
      to_char(d.reported_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "reportedOn"
    FROM dropout_report d JOIN child c ON c.district_code = $1 AND c.id = d.child_id
    JOIN LATERAL (SELECT t.school_id, t.class_id FROM case_state t WHERE t.district_code = $1 AND t.case_id = d.case_id AND t.from_date <= $2::date AND t.known @> $3::timestamptz ORDER BY t.from_date DESC LIMIT 1) t ON true
    LEFT JOIN school s ON s.district_code = $1 AND s.id = t.school_id LEFT JOIN school_class k ON k.district_code = $1 AND k.id = t.class_id
    WHERE d.district_code = $1 AND d.discovered_on BETWEEN $4::date AND $2::date AND d.reported_at <= $3::timestamptz${where.where()} ORDER BY d.discovered_on, d.reported_at, d.id`;
  return (await client.query<ReportedRow>({ text, values: where.values })).rows;
}

/** Visits of a month and way: how many, how many met, how many children. */
export interface VisitCount {
  month: string;
  mode: string;
  visits: number;
  met: number;
  children: number;
}

/** Visits of a span of days counted by month and way, as known then. */
export async function countVisits(client: Client, district: string, asked: Asked): Promise<VisitCount[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from);
  if (asked.schoolId !== null) where.and(`v.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT to_char(v.day, 'YYYY-MM') AS month, v.mode, count(*)::int AS visits, (count(*) FILTER (WHERE v.met))::int AS met, (count(DISTINCT v.child_id))::int AS children
    FROM visit v WHERE v.district_code = $1 AND v.day BETWEEN $4::date AND $2::date AND v.known @> $3::timestamptz${where.where()} GROUP BY 1, 2 ORDER BY 1, 2`;
  return (await client.query<VisitCount>({ text, values: where.values })).rows;
}

/** A document that was issued. */
export interface IssuedRow {
  numberWords: string | null;
  kind: string;
  childName: string;
  unitName: string;
  issuedDay: string;
  signerName: string;
}

/** Documents issued in a span of days, as known then; of a school those in its name and of its pupils' cases. */
export async function readIssued(client: Client, district: string, asked: Asked): Promise<IssuedRow[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from);
  if (asked.schoolId !== null) where.and(`i.reach @> ARRAY['school:' || ${where.value(asked.schoolId)}::text]`);
  const text = `SELECT i.number_words AS "numberWords", i.kind, i.child_name AS "childName", i.unit_name AS "unitName", i.issued_day AS "issuedDay", i.signer_name AS "signerName"
    FROM issued_document i WHERE i.district_code = $1 AND i.issued_day BETWEEN $4::date AND $2::date AND i.known_at <= $3::timestamptz${where.where()} ORDER BY i.issued_day, i.known_at, i.id`;
  return (await client.query<IssuedRow>({ text, values: where.values })).rows;
}

/** A signed report of a period. */
export interface SignedRow {
  schoolName: string;
  periodKind: 'week' | 'month' | 'quarter' | 'term' | 'year';
  fromDate: string;
  toDate: string;
  version: number;
  nil: boolean;
  counts: Partial<Record<string, number>>;
  signedName: string;
  signedOn: string;
  fingerprint: string;
  accepted: boolean;
}

/** The last signed version of each report of a span of days, as known then. */
export async function readSigned(client: Client, district: string, asked: Asked): Promise<SignedRow[]> {
  const where = filters(district, asked.day, asked.knownAt, asked.from);
  if (asked.schoolId !== null) where.and(`p.school_id = ${where.value(asked.schoolId)}::uuid`);
  const text = `SELECT s.name AS "schoolName", p.period_kind AS "periodKind", p.from_date AS "fromDate", p.to_date AS "toDate", v.version, v.nil, v.counts, v.signed_name AS "signedName",
      to_char(v.signed_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS "signedOn", v.fingerprint, coalesce(e.action = 'accept', false) AS accepted
    FROM period_report p JOIN school s ON s.district_code = $1 AND s.id = p.school_id
    JOIN LATERAL (SELECT v.version, v.nil, v.counts, v.signed_name, v.signed_at, v.fingerprint FROM period_report_version v WHERE v.district_code = $1 AND v.report_id = p.id AND v.known_at <= $3::timestamptz ORDER BY v.version DESC LIMIT 1) v ON true
    LEFT JOIN LATERAL (SELECT e.action FROM period_report_event e WHERE e.district_code = $1 AND e.report_id = p.id AND e.at <= $3::timestamptz ORDER BY e.at DESC, e.id DESC LIMIT 1) e ON true
    WHERE p.district_code = $1 AND p.from_date >= $4::date AND p.to_date <= $2::date${where.where()} ORDER BY s.code, p.from_date, p.to_date`;
  return (await client.query<SignedRow>({ text, values: where.values })).rows;
}
