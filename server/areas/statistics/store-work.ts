import type pg from 'pg';
import { activeStates, type FunnelPart, type WorkKind, type WorkPart } from '#domain/statistics/work.ts';
import type { Period } from '#domain/statistics/record.ts';
import { withinSql, type Within } from './store-figures.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** What of the work is asked for: over a period, as known at a moment (null: now). */
export interface WorkAsk {
  period: Period;
  knownAt: string | null;
  /** The moment of asking; what is open is past its time by then or by the period's end. */
  now: Date;
  within: Within | null;
  /** The day that opens the school year: door surveys count from it. */
  opening: string;
  /** For which kinds of scope; what belongs to none of them is not counted. */
  kinds: readonly WorkKind[];
}

/** A round behind a part of the work, the latest first in a list. */
export interface CaseRound {
  child_id: string;
  case_id: string;
  round: number;
  state: string;
  day: string;
  school_id: string | null;
  class_id: string | null;
}

/** The same with its names. */
export interface CaseName extends CaseRound {
  name: string;
  school_name: string | null;
  class_name: string | null;
}

/** A statement that is being written: its values, and what of a row is known at the moment asked. */
export interface Said {
  values: unknown[];
  value: (one: unknown) => string;
  known: (alias: string) => string;
  moment: string;
}

const among = (words: readonly string[]): string => words.map((word) => `'${word}'`).join(', ');
const levelOf = (grade: string): string => `CASE WHEN ${grade} <= 6 THEN 'primary' WHEN ${grade} > 6 THEN 'junior' END`;
/** The key of a kind of scope, of a row `x` with school, level and street; null where the row belongs to none. */
export const workKeys: Readonly<Record<WorkKind, string>> = {
  district: `''::text`,
  level: 'x.level',
  school: 'x.school_id::text',
  schoolLevel: `x.school_id::text || ':' || x.level`,
  street: 'x.street',
  streetLevel: `x.street || ':' || x.level`,
};

/** Begins a statement. Placeholders: $1 district, $2 first day, $3 last day, $4 the moment of asking. */
export function begin(district: string, ask: WorkAsk): Said {
  const values: unknown[] = [district, ask.period.from, ask.period.to, ask.now];
  const value = (one: unknown) => `$${String(values.push(one))}`;
  const moment = ask.knownAt === null ? null : `${value(ask.knownAt)}::timestamptz`;
  const known = (alias: string) =>
    moment === null
      ? `upper_inf(${alias}.known)`
      : `lower(${alias}.known) <= ${moment} AND (upper_inf(${alias}.known) OR upper(${alias}.known) > ${moment})`;
  return { values, value, known, moment: moment ?? '$4::timestamptz' };
}

/** Names the placeholders that every statement is given, so that each has its type even where a statement has no use for it. */
const given = `$2::date <= $3::date AND $4::timestamptz IS NOT NULL`;
/** The moment at which the last day is over, in SQL. */
export const endOfDays = `(($3::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')`;
/** The moment at which the first day begins, in SQL. */
export const startOfDays = `($2::date::timestamp AT TIME ZONE 'Asia/Shanghai')`;

/** What is counted of the work of one school, level and street; null where it belongs to none. */
export interface WorkRow {
  school_id: string | null;
  level: string | null;
  street: string | null;
  part: WorkPart;
  count: number;
}

async function read(client: Client, said: Said, text: string): Promise<WorkRow[]> {
  return (await client.query<WorkRow>(text, said.values)).rows;
}

/** Turns the columns of counts of a source into rows of a part. */
const spread = (source: string, parts: readonly WorkPart[]): string =>
  `SELECT s.school_id, s.level, s.street, p.part, sum(p.count)::int AS count FROM (${source}) s CROSS JOIN LATERAL (VALUES ${parts
    .map((part) => `('${part}', s."${part}")`)
    .join(', ')}) p (part, count) WHERE p.count > 0 GROUP BY 1, 2, 3, 4`;

/** The moment by which duties are looked at: the period's end, the moment as known, or now, whichever is first. */
export const cutSql = (said: Said): string => `least(${endOfDays}, ${said.moment}, $4::timestamptz)`;
/** Of which columns of place the kinds asked for make use: rows are not grouped by those that nobody reads. */
function placesOf(kinds: readonly WorkKind[]): { school: boolean; level: boolean; street: boolean } {
  const some = (...among: readonly WorkKind[]) => kinds.some((kind) => among.includes(kind));
  return {
    school: some('school', 'schoolLevel'),
    level: some('level', 'schoolLevel', 'streetLevel'),
    street: some('street', 'streetLevel'),
  };
}

/** The level of a duty of a class `k` or of a school `o` that has one level alone, in SQL. */
export const dutyLevel = `coalesce(${levelOf('k.grade')}, CASE WHEN o.stage IN ('primary', 'junior') THEN o.stage END)`;

/**
 * Duties due in the period: in time, late, or open past their time by the period's end or the moment. A duty of a street's or community's
 * office belongs to its street; one of a class to the class's level, else to the school's own where it has only one.
 */
export function countDutiesOf(client: Client, district: string, ask: WorkAsk): Promise<WorkRow[]> {
  const said = begin(district, ask);
  const cut = cutSql(said);
  const inGroup = withinSql('d.child_id', ask.within, said.known, said.value);
  const { school, level, street } = placesOf(ask.kinds);
  const place = street
    ? `CASE WHEN d.owner_unit_kind IN ('subdistrict', 'community') THEN d.owner_unit END`
    : 'NULL::text';
  const parts: WorkPart[] = ['DutiesDue', 'DutiesInTime', 'DutiesLate', 'DutiesOpen'];
  return read(
    client,
    said,
    spread(
      `SELECT d.school_id, ${dutyLevel} AS level, CASE WHEN u.kind = 'community' THEN u.parent_code ELSE u.code END AS street, d.in_time + d.late + d.open AS "DutiesDue", d.in_time AS "DutiesInTime", d.late AS "DutiesLate", d.open AS "DutiesOpen"
       FROM (SELECT ${school || level ? 'd.school_id' : 'NULL::uuid'} AS school_id, ${level ? 'd.class_id' : 'NULL::uuid'} AS class_id, ${place} AS place,
           count(*) FILTER (WHERE d.state = 'settled' AND d.settled_at <= c.cut AND d.settled_at <= d.due_at) AS in_time,
           count(*) FILTER (WHERE d.state = 'settled' AND d.settled_at <= c.cut AND d.settled_at > d.due_at) AS late,
           count(*) FILTER (WHERE (d.state = 'open' OR d.settled_at > c.cut) AND d.due_at < c.cut) AS open
         FROM duty d CROSS JOIN (SELECT ${cut} AS cut) c
         WHERE d.district_code = $1 AND d.due_at >= ${startOfDays} AND d.due_at < ${endOfDays} AND d.started_at <= c.cut${inGroup}
         GROUP BY 1, 2, 3) d
       LEFT JOIN school o ON o.district_code = $1 AND o.id = d.school_id
       LEFT JOIN school_class k ON k.district_code = $1 AND k.id = d.class_id
       LEFT JOIN place u ON u.district_code = $1 AND u.code = d.place`,
      parts,
    ),
  );
}

/** Visits planned over a time that touches the period, and how many of them were made in time by its end. The day of a visit was known once the visit was. */
export function countVisitsOf(client: Client, district: string, ask: WorkAsk): Promise<WorkRow[]> {
  const said = begin(district, ask);
  const inGroup = withinSql('i.child_id', ask.within, said.known, said.value);
  const { school, level, street } = placesOf(ask.kinds);
  const made =
    ask.knownAt === null
      ? ''
      : ` AND EXISTS (SELECT 1 FROM visit v WHERE v.district_code = $1 AND v.child_id = i.child_id AND v.day = i.visit_day AND ${said.known('v')})`;
  return read(
    client,
    said,
    spread(
      `SELECT i.school_id, ${levelOf('k.grade')} AS level, i.street, i.due AS "ToVisit", i.done AS "Visited"
       FROM (SELECT ${school ? 'i.school_id' : 'NULL::uuid'} AS school_id, ${level ? 'i.class_id' : 'NULL::uuid'} AS class_id, ${street ? 'h.subdistrict_code' : 'NULL::text'} AS street, count(*) AS due,
           count(*) FILTER (WHERE i.visit_day <= $3::date AND (i.to_date IS NULL OR i.visit_day <= i.to_date)${made}) AS done
         FROM visit_plan_item i ${street ? 'LEFT JOIN household h ON h.district_code = $1 AND h.id = i.household_id' : ''}
         WHERE i.district_code = $1 AND ${given} AND i.plan_id IS NOT NULL AND i.state <> 'dropped' AND i.from_date <= $3::date AND (i.to_date IS NULL OR i.to_date >= $2::date)
           AND i.known_at <= ${said.moment}${inGroup} GROUP BY 1, 2, 3) i
       LEFT JOIN school_class k ON k.district_code = $1 AND k.id = i.class_id`,
      ['ToVisit', 'Visited'],
    ),
  );
}

/** The last result of each household between the school year's opening and the period's end, as known at the moment. */
export const surveysSql = (said: Said, opening: string): string =>
  `SELECT DISTINCT ON (y.household_id) y.household_id, y.day, y.result, y.surveyor_name AS surveyor FROM survey y
   WHERE y.district_code = $1 AND ${given} AND y.day BETWEEN ${said.value(opening)}::date AND $3::date AND y.known_at <= ${said.moment} ORDER BY y.household_id, y.day DESC, y.known_at DESC`;

/** Households, and how many of them were called on at the door between the school year's opening and the period's end; they belong to a street and to no school or level. */
export function countHouseholdsOf(client: Client, district: string, ask: WorkAsk): Promise<WorkRow[]> {
  if (ask.within?.group || !ask.kinds.some((kind) => kind === 'district' || kind === 'street'))
    return Promise.resolve([]);
  const said = begin(district, ask);
  const street = ask.within?.street ? ` AND h.subdistrict_code = ${said.value(ask.within.street)}` : '';
  const latest = `(${surveysSql(said, ask.opening)})`;
  const there = `h.district_code = $1 AND ${given} AND h.created_at <= ${said.moment}${street}`;
  const results = `count(v.result) AS "Surveyed", count(*) FILTER (WHERE v.result = 'refused') AS "Refused", count(*) FILTER (WHERE v.result = 'notMet') AS "NotMet"`;
  // A survey is known after its household: for the district as a whole the two are counted without being brought together.
  const source =
    street === '' && !ask.kinds.includes('street')
      ? `SELECT NULL::uuid AS school_id, NULL::text AS level, '' AS street, max(h.count) AS "Households", ${results} FROM (SELECT count(*) FROM household h WHERE ${there}) h LEFT JOIN ${latest} v ON true`
      : `SELECT NULL::uuid AS school_id, NULL::text AS level, coalesce(h.subdistrict_code, '') AS street, count(*) AS "Households", ${results} FROM household h LEFT JOIN ${latest} v ON v.household_id = h.id WHERE ${there} GROUP BY 3`;
  return read(client, said, spread(source, ['Households', 'Surveyed', 'Refused', 'NotMet']));
}

/**
 * The rounds of dropout cases under way in the period, each once with its place of the last day and how far it has come by then. Where a
 * child returned and a later round began, he is not held. Level and origin (how he was found and reported) only where they are needed.
 */
function roundsSql(said: Said, within: Within | null, needed: { level: boolean; origin: boolean }): string {
  const inGroup = withinSql('s.child_id', within, said.known, said.value);
  const reached = (states: readonly string[]) => `bool_or(s.state IN (${among(states)}))`;
  return `WITH state AS MATERIALIZED (SELECT s.case_id, s.child_id, s.round, s.state, s.from_date, s.to_date, s.school_id, s.class_id, s.subdistrict_code, max(s.round) OVER (PARTITION BY s.case_id) AS last_round FROM case_state s WHERE s.district_code = $1 AND ${given} AND s.kind = 'dropout' AND ${said.known('s')} AND s.from_date <= $3::date${inGroup}),
    round AS MATERIALIZED (SELECT s.case_id, s.child_id, s.round, min(s.from_date) AS began, ${reached(['confirmed', 'persuading', 'returned', 'followed', 'closing', 'closed'])} AS confirmed,
        ${reached(['persuading'])} AS persuaded, ${reached(['returned', 'followed'])} AS returned, ${reached(['followed'])} AS followed,
        (array_agg(s.school_id ORDER BY s.from_date DESC))[1] AS school_id, (array_agg(s.class_id ORDER BY s.from_date DESC))[1] AS class_id,
        coalesce((array_agg(s.subdistrict_code ORDER BY s.from_date DESC))[1], '') AS street, (array_agg(s.state ORDER BY s.from_date DESC))[1] AS last_state, max(s.last_round) AS last_round
      FROM state s GROUP BY s.case_id, s.child_id, s.round
      HAVING bool_or(s.state IN (${among(activeStates)}) AND (s.to_date IS NULL OR s.to_date > $2::date)) OR min(s.from_date) >= $2::date),
    placed AS (SELECT r.*, ${needed.level ? levelOf('k.grade') : 'NULL::text'} AS level, r.last_round = r.round AS latest${needed.origin ? ', o.source, o.reported_role, o.days, o.reason' : ''}
      FROM round r ${needed.level ? 'LEFT JOIN school_class k ON k.district_code = $1 AND k.id = r.class_id' : ''} ${needed.origin ? originSql(said) : ''})`;
}

/** How the child of a round `r` was found, and what the first report of it says. */
const originSql = (
  said: Said,
): string => `LEFT JOIN LATERAL (SELECT c.source, d.reported_role, d.reason_group AS reason,
          (d.reported_at AT TIME ZONE 'Asia/Shanghai')::date - d.first_absent_on AS days
        FROM case_round c LEFT JOIN LATERAL (SELECT e.reported_role, e.reason_group, e.reported_at, e.first_absent_on FROM dropout_report e
            WHERE e.district_code = $1 AND e.case_id = c.case_id AND e.round = c.round AND e.reported_at <= ${said.moment} ORDER BY e.joined, e.number NULLS FIRST, e.reported_at LIMIT 1) d ON true
        WHERE c.district_code = $1 AND c.case_id = r.case_id AND c.round = r.round) o ON true`;

const outside = `('communityWorker', 'subdistrictOfficer', 'bureauOfficer', 'bureauLeader')`;
const steps: Readonly<Record<FunnelPart, string>> = {
  Suspected: 'true',
  CaseConfirmed: 'x.confirmed',
  Persuaded: 'x.persuaded',
  CaseReturned: 'x.returned',
  Held: 'x.followed AND x.latest',
};
/** When a round counts in a part, and how much; reasons have a part each. */
const conditions: Readonly<Record<string, string>> = {
  ...steps,
  FoundSelf: `x.began >= $2::date AND (x.source = 'rule' OR x.source = 'report' AND coalesce(x.reported_role, '') NOT IN ${outside})`,
  FoundOther: `x.began >= $2::date AND (x.source = 'finding' OR x.source = 'report' AND x.reported_role IN ${outside})`,
  Reports: 'x.began >= $2::date AND x.days >= 0',
  ReportDays: 'x.began >= $2::date AND x.days >= 0',
};
/** Each round as rows of the parts in which it counts. */
const partsOfRounds = `CROSS JOIN LATERAL (VALUES ${Object.entries(conditions)
  .map(([part, when]) => `(CASE WHEN ${when} THEN '${part}' END, ${part === 'ReportDays' ? 'x.days' : '1'})`)
  .join(', ')}, (CASE WHEN x.confirmed THEN 'reason:' || coalesce(x.reason, 'none') END, 1)) p (part, count)`;

/** The steps, ways of being found and reasons of the rounds under way in the period. */
export function countCasesOf(client: Client, district: string, ask: WorkAsk): Promise<WorkRow[]> {
  const said = begin(district, ask);
  const { school, level, street } = placesOf(ask.kinds);
  const rounds = roundsSql(said, ask.within, { level, origin: true });
  const place = `${school ? 'x.school_id' : 'NULL::uuid'} AS school_id, ${level ? 'x.level' : 'NULL::text'} AS level, ${street ? 'x.street' : 'NULL::text'} AS street`;
  return read(
    client,
    said,
    `${rounds} SELECT ${place}, p.part, sum(p.count)::int AS count FROM placed x ${partsOfRounds} WHERE p.part IS NOT NULL GROUP BY 1, 2, 3, 4`,
  );
}

/** The rounds behind a part of one scope, the latest first, of those who carry one of the tokens (null: all). */
export async function listRoundsOf(
  client: Client,
  district: string,
  ask: WorkAsk & { kind: WorkKind; key: string; part: string },
  tokens: readonly string[] | null,
): Promise<CaseRound[]> {
  const said = begin(district, ask);
  // What only other parts and scopes need is not looked up.
  const needed = { level: /level/i.test(ask.kind), origin: !(ask.part in steps) };
  const rounds = roundsSql(said, ask.within, needed);
  const reach = tokens === null ? '' : ` AND c.reach && ${said.value(tokens)}::text[]`;
  const when =
    conditions[ask.part] ?? `x.confirmed AND 'reason:' || coalesce(x.reason, 'none') = ${said.value(ask.part)}`;
  const found = await client.query<CaseRound>(
    `${rounds} SELECT x.child_id, x.case_id, x.round, x.last_state AS state, x.began AS day, x.school_id, x.class_id FROM placed x JOIN child c ON c.district_code = $1 AND c.id = x.child_id
     WHERE ${when} AND ${workKeys[ask.kind]} = ${said.value(ask.key)}${reach} ORDER BY x.began DESC, c.pinyin, x.child_id`,
    said.values,
  );
  return found.rows;
}

/** The children of rounds with their names, in the order of the rounds. */
export async function nameRounds(client: Client, district: string, rounds: readonly CaseRound[]): Promise<CaseName[]> {
  if (rounds.length === 0) return [];
  const found = await client.query<{ at: number; name: string; school_name: string | null; class_name: string | null }>(
    {
      name: 'work-round-names',
      values: [
        district,
        rounds.map((one) => one.child_id),
        rounds.map((one) => one.school_id),
        rounds.map((one) => one.class_id),
      ],
      text: `SELECT x.place::int - 1 AS at, c.name, (SELECT s.name FROM school s WHERE s.district_code = $1 AND s.id = x.school_id) AS school_name,
             (SELECT k.name FROM school_class k WHERE k.district_code = $1 AND k.id = x.class_id) AS class_name
           FROM unnest($2::uuid[], $3::uuid[], $4::uuid[]) WITH ORDINALITY AS x (child_id, school_id, class_id, place) JOIN child c ON c.district_code = $1 AND c.id = x.child_id
           WHERE c.district_code = $1 ORDER BY x.place`,
    },
  );
  return found.rows.flatMap(({ at, ...names }) => {
    const round = rounds[at];
    return round === undefined ? [] : [{ ...round, ...names }];
  });
}
