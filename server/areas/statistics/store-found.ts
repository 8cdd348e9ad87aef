import type pg from 'pg';
import type { ComparisonKind, FindingState } from '#domain/comparison/record.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** Findings of one kind, state and school. */
export interface FoundRow {
  kind: ComparisonKind;
  state: FindingState;
  school_id: string | null;
  /** Not closed. */
  live: boolean;
  count: number;
  /** Of the live: past their day. */
  overdue: number;
  /** Whose school, street and day of the moment were not kept. */
  unkept: number;
}

/** Findings within reach as they stand now, by kind, state and school; with tokens only those that carry one. */
export async function countFound(
  client: Client,
  district: string,
  asked: { today: string; tokens: readonly string[] | null },
): Promise<FoundRow[]> {
  const only = asked.tokens === null ? '' : ' AND f.reach && $3::text[]';
  const found = await client.query<FoundRow>({
    name: `statistics-found${asked.tokens === null ? '' : '-only'}`,
    values: [district, asked.today, ...(asked.tokens === null ? [] : [asked.tokens])],
    text: `SELECT f.kind, f.state, f.school_id, f.closed_at IS NULL AS live, count(*)::int AS count, (count(*) FILTER (WHERE f.closed_at IS NULL AND f.due_date < $2::date))::int AS overdue, 0 AS unkept
      FROM finding f WHERE f.district_code = $1${only} GROUP BY f.kind, f.state, f.school_id, f.closed_at IS NULL`,
  });
  return found.rows;
}

/** Children without a place by the school of their catchment as of now, within reach: on no roster, or only stated to be elsewhere. */
export async function countUnplaced(client: Client, district: string): Promise<FoundRow[]> {
  const found = await client.query<FoundRow>({
    name: 'statistics-unplaced',
    values: [district],
    text: `SELECT f.kind, 'open' AS state, f.school_id, true AS live, count(*)::int AS count, 0 AS overdue, 0 AS unkept FROM finding f
      WHERE f.district_code = $1 AND f.closed_at IS NULL AND f.kind IN ('notEnrolled', 'enrolledElsewhere') GROUP BY f.kind, f.school_id ORDER BY f.school_id`,
  });
  return found.rows;
}

/** Units whose findings are asked for, by the school or street that each had at the moment; both null for the district. */
export interface FoundUnits {
  schools: readonly string[] | null;
  streets: readonly string[] | null;
}

/** What a school sees of findings: those of its pupils and its catchment, and both schools a child whom both claim; whether two records are one child is the bureau's. */
const ofSchools = (schools: string): string =>
  `x.kind <> 'identityReview' AND (x.school_id = ANY(${schools}::uuid[]) OR CASE WHEN x.kind = 'doubleEnrolled' THEN x.print::jsonb ?| ${schools}::text[] ELSE false END)`;

/**
 * Findings as they stood at a moment, from what is kept of them: opened and closed, the steps people took, and what stood before each change
 * of day, school or street. Sees what the transaction reaches: asked with the whole district in sight, since a child may have left the unit by now.
 */
export async function countFoundThen(
  client: Client,
  district: string,
  asked: { moment: string; day: string } & FoundUnits,
): Promise<FoundRow[]> {
  const values: unknown[] = [district, asked.moment, asked.day];
  const value = (one: unknown) => `$${String(values.push(one))}`;
  const units = [
    ...(asked.schools === null ? [] : [`(x.unkept OR ${ofSchools(value(asked.schools))})`]),
    ...(asked.streets === null ? [] : [`(x.unkept OR x.street = ANY(${value(asked.streets)}::text[]))`]),
  ];
  const found = await client.query<FoundRow>(
    `WITH later AS (SELECT DISTINCT ON (e.finding_id) e.finding_id, e.stood_before FROM finding_event e
        WHERE e.district_code = $1 AND e.known_at > $2::timestamptz AND e.stood_before IS NOT NULL ORDER BY e.finding_id, e.known_at, e.id),
      said AS (SELECT DISTINCT ON (e.finding_id) e.finding_id, e.what FROM finding_event e
        WHERE e.district_code = $1 AND e.known_at <= $2::timestamptz AND e.what IN ('verify', 'explain', 'refuse', 'note') ORDER BY e.finding_id, e.known_at DESC, e.id DESC),
      x AS (SELECT f.kind, f.closed_at IS NULL OR f.closed_at > $2::timestamptz AS live, coalesce(f.kept_since > $2::timestamptz, false) AND (f.closed_at IS NULL OR f.closed_at > $2::timestamptz) AS unkept,
          CASE WHEN f.closed_at <= $2::timestamptz THEN f.state WHEN s.what = 'explain' THEN 'explained' WHEN s.what IS NOT NULL THEN 'verifying' ELSE 'open' END AS state,
          CASE WHEN l.finding_id IS NULL THEN f.due_date ELSE (l.stood_before ->> 'dueDate')::date END AS due_date,
          CASE WHEN l.finding_id IS NULL THEN f.school_id ELSE (l.stood_before ->> 'schoolId')::uuid END AS school_id,
          CASE WHEN l.finding_id IS NULL THEN f.subdistrict_code ELSE l.stood_before ->> 'subdistrictCode' END AS street,
          CASE WHEN l.finding_id IS NULL THEN f.detail ->> 'print' ELSE l.stood_before ->> 'print' END AS print
        FROM finding f LEFT JOIN later l ON l.finding_id = f.id LEFT JOIN said s ON s.finding_id = f.id
        WHERE f.district_code = $1 AND f.opened_at <= $2::timestamptz)
     SELECT x.kind, x.state, x.school_id, x.live, count(*)::int AS count, (count(*) FILTER (WHERE x.live AND x.due_date < $3::date))::int AS overdue, (count(*) FILTER (WHERE x.unkept))::int AS unkept
     FROM x WHERE true${units.map((one) => ` AND ${one}`).join('')} GROUP BY x.kind, x.state, x.school_id, x.live`,
    values,
  );
  return found.rows;
}

/** Held rows of registers and rosters, and open proposals, within reach as of now; with tokens only those that carry one. */
export async function countWaiting(
  client: Client,
  district: string,
  tokens: readonly string[] | null,
): Promise<{ heldRows: number; openProposals: number }> {
  const only = (alias: string) => (tokens === null ? '' : ` AND ${alias}.reach && $2::text[]`);
  const found = await client.query<{ held: number; open: number }>({
    name: `statistics-waiting${tokens === null ? '' : '-only'}`,
    values: [district, ...(tokens === null ? [] : [tokens])],
    text: `SELECT (SELECT count(*)::int FROM held_row h WHERE h.district_code = $1 AND h.state = 'held' AND h.kind IN ('register', 'roster')${only('h')}) AS held,
                  (SELECT count(*)::int FROM proposal p WHERE p.district_code = $1 AND p.state = 'open'${only('p')}) AS open`,
  });
  return { heldRows: found.rows[0]?.held ?? 0, openProposals: found.rows[0]?.open ?? 0 };
}

/** Pupils of grades 1–9 on a day, as known at a moment (null: now), in some schools or classes, by school, and who of them is suspended. */
export async function countPupils(
  client: Client,
  district: string,
  asked: { day: string; knownAt: string | null; schools: readonly string[]; classes: readonly string[] },
): Promise<{ school_id: string; count: number; suspended: number }[]> {
  const moment = asked.knownAt === null ? null : '$5::timestamptz';
  const stood = (alias: string) =>
    `${moment === null ? `upper_inf(${alias}.known)` : `lower(${alias}.known) <= ${moment} AND (upper_inf(${alias}.known) OR upper(${alias}.known) > ${moment})`}
      AND ${alias}.from_date <= $2::date AND (${alias}.to_date IS NULL OR ${alias}.to_date > $2::date)`;
  const pupils = `FROM enrolment e WHERE e.district_code = $1 AND ${stood('e')} AND e.grade BETWEEN 1 AND 9`;
  const found = await client.query<{ school_id: string; count: number; suspended: number }>({
    name: `statistics-pupils${moment === null ? '' : '-then'}`,
    values: [district, asked.day, asked.schools, asked.classes, ...(asked.knownAt === null ? [] : [asked.knownAt])],
    text: `SELECT x.school_id, count(*)::int AS count, (count(*) FILTER (WHERE EXISTS (SELECT 1 FROM course w WHERE w.district_code = $1 AND w.child_id = x.child_id AND ${stood('w')} AND w.state = 'suspended')))::int AS suspended
      FROM (SELECT e.child_id, e.school_id ${pupils} AND e.school_id = ANY($3::uuid[])
            UNION ALL SELECT e.child_id, e.school_id ${pupils} AND e.class_id = ANY($4::uuid[]) AND e.school_id <> ALL($3::uuid[])) x GROUP BY x.school_id`,
  });
  return found.rows;
}
