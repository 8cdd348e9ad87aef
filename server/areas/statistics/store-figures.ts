import type pg from 'pg';
import type { ChildTag } from '#domain/population/record.ts';
import type { CoursePart, Period, ScopeKind } from '#domain/statistics/record.ts';
import {
  countsSql,
  endStockSql,
  entrySql,
  exitSql,
  homeKinds,
  insideSql,
  keySql,
  stateSql,
  unlawfulSql,
} from './figure-sql.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What figures are asked for: one kind of scope over a period; `knownAt` null is now; with a school only children who were there. */
export interface FigureAsk {
  kind: ScopeKind;
  period: Period;
  /** A moment as `knownAt` of the chain gives it, microseconds kept; null for what is known now. */
  knownAt: string | null;
  schoolId?: string | null;
  within?: Within | null;
  /** Counts each key apart for the two levels: `street|primary`. A leaver of grade 6 then counts as one of the levels does. */
  byLevel?: boolean;
}

/** Only children who live in a street or belong to a group at the period's end. */
export interface Within {
  street: string | null;
  group: ChildTag | null;
}

/** A count of one scope. */
export interface FigureCount {
  key: string;
  part: CoursePart;
  count: number;
}

/** A child who stands behind a count: since when, or on which day. */
export interface FigureName {
  child_id: string;
  day: string;
  total: number;
}

interface Text {
  text: string;
  values: unknown[];
}

/**
 * The classification as common table expressions. `still`: one spell holds from the eve to the last day; since spells never overlap, such a
 * child has no other. Of the rest, `quiet` was in school in one scope all the time (promoted, say, in the same school); only who is left
 * goes through `stood` (his spells with their neighbours) to `movement`. `NOT IN` and not a join: it is hashed whatever the planner
 * expects. $1 district, $2 first day, $3 last day. The rules are those of domain/statistics/components.ts; a test compares them.
 */
export function classified(district: string, ask: FigureAsk): Text {
  const values: unknown[] = [district, ask.period.from, ask.period.to];
  const value = (one: unknown) => `$${String(values.push(one))}`;
  const moment = ask.knownAt === null ? null : `${value(ask.knownAt)}::timestamptz`;
  const known = (alias: string) =>
    moment === null
      ? `upper_inf(${alias}.known)`
      : // in this form the indexes of what is known now and of what was superseded serve both
        `(upper_inf(${alias}.known) AND lower(${alias}.known) <= ${moment} OR NOT upper_inf(${alias}.known) AND upper(${alias}.known) > ${moment} AND lower(${alias}.known) <= ${moment})`;
  const school = ask.schoolId ? `${value(ask.schoolId)}::uuid` : null;
  const home = homeKinds.includes(ask.kind)
    ? `LEFT JOIN register_entry h ON h.district_code = $1 AND h.child_id = c.child_id AND ${known('h')} AND h.from_date <= $3::date AND (h.to_date IS NULL OR h.to_date > $3::date)`
    : '';
  const there =
    school === null
      ? ''
      : ` AND c.child_id IN (SELECT k.child_id FROM course k WHERE k.district_code = $1 AND k.school_id = ${school} AND ${known('k')} AND k.from_date <= $3::date AND (k.to_date IS NULL OR k.to_date >= $2::date))`;
  const inGroup = withinSql('c.child_id', ask.within ?? null, known, value);
  const [key, counts] =
    ask.byLevel === true
      ? [`${keySql[ask.kind]} || '|' || ${keySql.level}`, countsSql('level')]
      : [keySql[ask.kind], countsSql(ask.kind)];
  const spell = `c.child_id, c.from_date, ${stateSql} AS state, c.cause, c.school_id, c.grade, ${key} AS key, ${counts} AS member`;
  const text = `WITH seen AS MATERIALIZED (SELECT ${spell} FROM course c ${home} WHERE c.district_code = $1 AND ${known('c')} AND c.from_date <= $3::date
      AND (c.to_date BETWEEN $2::date AND $3::date OR c.from_date >= $2::date AND (c.to_date IS NULL OR c.to_date > $3::date))${there}${inGroup}),
    quiet AS MATERIALIZED (SELECT s.child_id, min(s.key) AS key, min(s.from_date) AS first_day, max(s.from_date) AS last_day FROM seen s GROUP BY s.child_id
      HAVING bool_and(s.member AND s.state = 'inSchool') AND min(s.key) = max(s.key) AND min(s.from_date) < $2::date),
    stood AS MATERIALIZED (SELECT s.*, lag(s.state) OVER w AS p_state, lag(s.member) OVER w AS p_member, lag(s.key) OVER w AS p_key, lead(s.from_date) OVER w AS n_from,
        last_value(s.state) OVER (PARTITION BY s.child_id ORDER BY s.from_date ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING) AS end_state
      FROM seen s WHERE s.child_id NOT IN (SELECT q.child_id FROM quiet q) WINDOW w AS (PARTITION BY s.child_id ORDER BY s.from_date)),
    stay AS (SELECT t.*, CASE WHEN NOT t.p_member THEN t.p_state END AS outside, lag(t.key) OVER v AS a_key, lag(t.school_id) OVER v AS a_school, lag(t.grade) OVER v AS a_grade,
        lag(t.n_from) OVER v AS a_left, lead(t.from_date) OVER v AS n_stay FROM stood t WHERE t.member WINDOW v AS (PARTITION BY t.child_id ORDER BY t.from_date)),
    entered AS (SELECT x.child_id, x.key, x.a_key, x.a_left, x.from_date, x.outside = 'leaver' OR x.grade > 6 AS above, x.a_grade,
        CASE WHEN x.a_key IS NULL THEN NULL WHEN x.outside NOT IN (${unlawfulSql}) THEN x.left_for WHEN x.a_key = x.key THEN NULL WHEN x.inside THEN 'MoveOut' ELSE 'Out' END AS exit_part,
        CASE WHEN x.a_key IS NULL OR x.outside NOT IN (${unlawfulSql}) THEN x.came_as WHEN x.a_key <> x.key THEN CASE WHEN x.inside THEN 'MoveIn' ELSE 'In' END
          WHEN x.outside = 'dropout' THEN 'DropBack' WHEN x.outside = 'gone' THEN 'GoneBack' END AS entry_part
      FROM (SELECT y.*, ${exitSql('y.outside')} AS left_for, ${entrySql} AS came_as, ${insideSql} AS inside FROM stay y WHERE y.from_date >= $2::date) x),
    ended AS (SELECT y.child_id, y.key, y.n_from, y.grade, y.end_state, ${exitSql('y.end_state')} AS exit_part FROM stay y WHERE y.n_stay IS NULL AND y.n_from IS NOT NULL),
    movement AS (
      SELECT e.child_id, e.a_left AS day, e.a_key AS key, e.exit_part AS part FROM entered e WHERE e.exit_part IS NOT NULL
      UNION ALL SELECT e.child_id, e.from_date, e.key, e.entry_part FROM entered e WHERE e.entry_part IS NOT NULL
      UNION ALL SELECT e.child_id, e.a_left, e.a_key, 'Left6' FROM entered e WHERE e.exit_part = 'MoveOut' AND e.a_grade = 6 AND e.above
      UNION ALL SELECT d.child_id, d.n_from, d.key, d.exit_part FROM ended d
      UNION ALL SELECT d.child_id, d.n_from, d.key, 'Left6' FROM ended d WHERE d.exit_part = 'MoveOut' AND d.grade = 6 AND d.end_state = 'leaver'
      UNION ALL SELECT t.child_id, t.from_date, t.key, 'Confirmed' FROM stood t WHERE t.from_date >= $2::date AND t.state = 'dropout' AND t.p_state IS DISTINCT FROM 'dropout'
      UNION ALL SELECT t.child_id, t.from_date, t.p_key, 'Returned' FROM stood t WHERE t.from_date >= $2::date AND t.member AND t.p_state = 'dropout'),
    still AS (SELECT ${spell} FROM course c ${home} WHERE c.district_code = $1 AND ${known('c')} AND c.from_date < $2::date AND (c.to_date IS NULL OR c.to_date > $3::date)${
      school === null ? '' : ` AND c.school_id = ${school}`
    }${inGroup})`;
  return { text, values };
}

/**
 * The condition that a child lives in a street or belongs to a group (by the register or an aid list) on the day `$3`, as known; empty
 * for all. `$1` is the district.
 */
export function withinSql(
  child: string,
  within: Within | null,
  known: (alias: string) => string,
  value: (one: unknown) => string,
): string {
  const on = (alias: string) =>
    `${known(alias)} AND ${alias}.from_date <= $3::date AND (${alias}.to_date IS NULL OR ${alias}.to_date > $3::date)`;
  const parts: string[] = [];
  if (within?.street)
    parts.push(
      `SELECT u.child_id FROM register_entry u WHERE u.district_code = $1 AND u.subdistrict_code = ${value(within.street)} AND ${on('u')}`,
    );
  if (within?.group) {
    const group = value(within.group);
    parts.push(`SELECT g.child_id FROM register_entry g WHERE g.district_code = $1 AND g.tags @> ARRAY[${group}::text] AND ${on('g')}
      UNION ALL SELECT l.child_id FROM key_list_entry l WHERE l.district_code = $1 AND l.list = ${group} AND l.child_id IS NOT NULL AND ${on('l')}`);
  }
  return parts.map((part) => ` AND ${child} IN (${part})`).join('');
}

/** The stocks of a row `z` at both ends, as rows of a part: `first` and `last` say whether it holds there. */
function stocksSql(first: string, last: string): string {
  return `CROSS JOIN LATERAL (VALUES (CASE WHEN ${first} AND z.member THEN 'S0' END), (CASE WHEN ${first} AND z.state = 'dropout' THEN 'OpenStart' END),
    (CASE WHEN ${last} AND z.member THEN 'S1' END), (CASE WHEN ${last} THEN ${endStockSql} END)) p (part)`;
}

const atStart = 'z.p_state IS NULL AND z.from_date < $2::date';
const atEnd = 'z.n_from IS NULL';

/** The counts of every scope of a kind in one statement. Sees what the transaction reaches: figures are made with the whole district in sight. */
export async function countFigures(client: Client, district: string, ask: FigureAsk): Promise<FigureCount[]> {
  const { text, values } = classified(district, ask);
  // The spells of a year of a district stand in memory; they would not in what every statement is given.
  await client.query({ name: 'figure-room', text: `SELECT set_config('work_mem', '64MB', true)` });
  const found = await client.query<FigureCount>(
    `${text} SELECT f.key, f.part, sum(f.count)::int AS count FROM (
       SELECT m.key, m.part, count(*) AS count FROM movement m GROUP BY m.key, m.part
       UNION ALL SELECT z.key, p.part, count(*) FROM stood z ${stocksSql(atStart, atEnd)} WHERE p.part IS NOT NULL GROUP BY z.key, p.part
       UNION ALL SELECT z.key, p.part, z.count FROM (SELECT q.key, count(*) AS count FROM quiet q GROUP BY q.key) z CROSS JOIN (VALUES ('S0'), ('S1')) p (part)
       UNION ALL SELECT z.key, p.part, z.count FROM (SELECT q.key, q.state, q.member, count(*) AS count FROM still q GROUP BY q.key, q.state, q.member) z ${stocksSql('true', 'true')} WHERE p.part IS NOT NULL
     ) f GROUP BY f.key, f.part`,
    values,
  );
  return found.rows;
}

/** Every child behind a part of a scope, with the day: what stands in `classified` as rows. */
export const listed = `SELECT m.child_id, m.day, m.key, m.part FROM movement m
  UNION ALL SELECT z.child_id, z.from_date, z.key, p.part FROM stood z ${stocksSql(atStart, atEnd)} WHERE p.part IS NOT NULL
  UNION ALL SELECT z.child_id, CASE p.part WHEN 'S0' THEN z.first_day ELSE z.last_day END, z.key, p.part FROM quiet z CROSS JOIN (VALUES ('S0'), ('S1')) p (part)
  UNION ALL SELECT z.child_id, z.from_date, z.key, p.part FROM still z ${stocksSql('true', 'true')} WHERE p.part IS NOT NULL`;

/** A page of the names behind one part of one scope, by day and name, of those who carry one of the tokens (null: all). */
export async function listFigureNames(
  client: Client,
  district: string,
  ask: FigureAsk & { key: string; parts: readonly CoursePart[] },
  tokens: readonly string[] | null,
  page: { size: number; offset: number },
): Promise<FigureName[]> {
  const { text, values } = classified(district, ask);
  const value = (one: unknown) => `$${String(values.push(one))}`;
  const reach = tokens === null ? '' : ` AND k.reach && ${value(tokens)}::text[]`;
  const found = await client.query<FigureName>(
    `${text} SELECT f.child_id, f.day, count(*) OVER () AS total FROM (${listed}) f JOIN child k ON k.district_code = $1 AND k.id = f.child_id
     WHERE f.key = ${value(ask.key)} AND f.part = ANY(${value(ask.parts)}::text[])${reach} ORDER BY f.day DESC, k.pinyin, f.child_id LIMIT ${value(page.size)} OFFSET ${value(page.offset)}`,
    values,
  );
  return found.rows;
}

/** Everything that stands behind the counts of one scope, in one order: `part child day`, for the fingerprint of a report. */
export async function listFigureEntries(
  client: Client,
  district: string,
  ask: FigureAsk & { key: string },
): Promise<{ part: CoursePart; child_id: string; day: string }[]> {
  const { text, values } = classified(district, ask);
  const found = await client.query<{ part: CoursePart; child_id: string; day: string }>(
    `${text} SELECT f.part, f.child_id, f.day FROM (${listed}) f WHERE f.key = $${String(values.push(ask.key))} ORDER BY f.part, f.child_id, f.day`,
    values,
  );
  return found.rows;
}
