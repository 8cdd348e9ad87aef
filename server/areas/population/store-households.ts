import type pg from 'pg';
import { filters, prefixEnd, statementName, type Filters } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';

type Client = Pick<pg.ClientBase, 'query'>;

/** A household as lists show it. */
export interface HouseholdRecord {
  id: string;
  household_no: string;
  address: string;
  community_code: string | null;
  subdistrict_name: string | null;
  community_name: string | null;
  reach: string[];
  survey_day: string | null;
  survey_result: string | null;
  surveyor_name: string | null;
}

/** What a list of households is asked for; `since` is the day from which a survey counts, `then` the past that is asked for. */
export interface HouseholdAsked {
  q?: string | undefined;
  subdistrict?: string | undefined;
  community?: string | undefined;
  surveyed?: 'yes' | 'no' | undefined;
  result?: string | undefined;
  since: string;
  then: Then | null;
}

const columns = `h.id, h.household_no, h.address, h.community_code, h.reach, ps.name AS subdistrict_name, pc.name AS community_name, v.day AS survey_day, v.result AS survey_result, v.surveyor_name`;
/** The places of a household and its last survey since `$2`, of the past by the day and as known. */
function besideOf(past: Past | null): string {
  return `LEFT JOIN place ps ON ps.district_code = $1 AND ps.code = h.subdistrict_code LEFT JOIN place pc ON pc.district_code = $1 AND pc.code = h.community_code
  LEFT JOIN LATERAL (SELECT s.day, s.result, s.surveyor_name FROM survey s WHERE s.district_code = $1 AND s.household_id = h.id AND s.day >= $2::date${past === null ? '' : ` AND ${past.happened('s.day', 's.known_at')}`} ORDER BY s.day DESC, s.known_at DESC LIMIT 1) v ON true`;
}

function sourceOf(past: Past | null): string {
  return `household h ${besideOf(past)}`;
}

/** The condition under which a household is meant: the start of its number, a part of its address, or the start of a child's name. */
function mentions(where: Filters, q: string, past: Past | null): string {
  const from = where.value(q);
  const to = where.value(prefixEnd(q));
  return `(h.household_no >= ${from} AND h.household_no < ${to}) OR position(${from} IN h.address) > 0
    OR h.id IN (SELECT r.household_id FROM child c JOIN register_entry r ON r.district_code = $1 AND r.child_id = c.id AND ${past === null ? 'upper_inf(r.known)' : past.stood('r')}
      WHERE c.district_code = $1 AND r.household_id IS NOT NULL AND ((c.name >= ${from} AND c.name < ${to}) OR (c.name_tail >= ${from} AND c.name_tail < ${to})))`;
}

function narrowed(where: Filters, asked: HouseholdAsked, past: Past | null): string {
  if (past !== null) where.and(past.entered('h.created_at'));
  if (asked.subdistrict) where.and(`h.subdistrict_code = ${where.value(asked.subdistrict)}`);
  if (asked.community) where.and(`h.community_code = ${where.value(asked.community)}`);
  if (asked.surveyed) where.and(`v.day IS ${asked.surveyed === 'yes' ? 'NOT ' : ''}NULL`);
  if (asked.result) where.and(`v.result = ${where.value(asked.result)}`);
  if (asked.q) where.and(mentions(where, asked.q, past));
  return where.where();
}

/** How many households are asked for. */
export async function countHouseholds(client: Client, district: string, asked: HouseholdAsked): Promise<number> {
  const where = filters(district, asked.since);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  const condition = narrowed(where, asked, past);
  const found = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${asked.surveyed || asked.result ? sourceOf(past) : 'household h'} WHERE h.district_code = $1 AND $2::date IS NOT NULL${condition}`,
    where.values,
  );
  return found.rows[0]?.count ?? 0;
}

/** A page of households by number. */
export async function pageHouseholds(
  client: Client,
  district: string,
  asked: HouseholdAsked,
  page: number,
  size: number,
): Promise<HouseholdRecord[]> {
  const where = filters(district, asked.since);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  const condition = narrowed(where, asked, past);
  const rest = `WHERE h.district_code = $1${condition} ORDER BY h.household_no LIMIT ${where.value(size)} OFFSET ${where.value((page - 1) * size)}`;
  // Unless surveys choose the households, they are looked up for those of the page alone, not for all before it.
  const text =
    asked.surveyed || asked.result
      ? `SELECT ${columns} FROM ${sourceOf(past)} ${rest}`
      : `SELECT ${columns} FROM (SELECT h.* FROM household h ${rest}) h ${besideOf(past)} ORDER BY h.household_no`;
  return (
    await client.query<HouseholdRecord>({ name: statementName('household-page', text), text, values: where.values })
  ).rows;
}

/** The first households whose number begins with, or whose address holds, what was typed; a long number stands in no address, and addresses are read one by one. */
export async function firstHouseholds(
  client: Client,
  district: string,
  q: string,
  most: number,
): Promise<{ id: string; householdNo: string; address: string }[]> {
  const wanted = 'SELECT id, household_no, address FROM household WHERE district_code = $1 AND';
  return (
    await client.query<{ id: string; householdNo: string; address: string }>(
      `SELECT id, household_no AS "householdNo", address FROM (
         (${wanted} household_no >= $2 AND household_no < $3 ORDER BY household_no LIMIT $4) UNION
         (${wanted} $2 !~ '^[0-9A-Za-z]{9,}$' AND position($2 IN address) > 0 ORDER BY household_no LIMIT $4)) h ORDER BY household_no LIMIT $4`,
      [district, q, prefixEnd(q), most],
    )
  ).rows;
}

/** One household; undefined when out of reach. */
export async function findHousehold(
  client: Client,
  district: string,
  id: string,
  since: string,
): Promise<HouseholdRecord | undefined> {
  return (
    await client.query<HouseholdRecord>(
      `SELECT ${columns} FROM ${sourceOf(null)} WHERE h.district_code = $1 AND h.id = $3`,
      [district, since, id],
    )
  ).rows[0];
}

/** Children of households in the register, as it stands, or stood then. */
export async function childrenOf(
  client: Client,
  district: string,
  ids: readonly string[],
  then: Then | null = null,
): Promise<{ household_id: string; child_id: string }[]> {
  const where = filters(district, ids);
  const stood = then === null ? 'upper_inf(r.known) AND (r.to_date IS NULL)' : pastOf(where, then).stood('r');
  return (
    await client.query<{ household_id: string; child_id: string }>(
      `SELECT r.household_id, r.child_id FROM register_entry r WHERE r.district_code = $1 AND r.household_id = ANY($2::uuid[]) AND ${stood} ORDER BY r.birth_date`,
      where.values,
    )
  ).rows;
}

/** Surveys of a household, newest first. */
export async function surveysOf(
  client: Client,
  district: string,
  id: string,
): Promise<{ id: string; day: string; result: string; surveyor: string; note: string | null; signed: boolean }[]> {
  return (
    await client.query<{
      id: string;
      day: string;
      result: string;
      surveyor: string;
      note: string | null;
      signed: boolean;
    }>(
      `SELECT id, day, result, surveyor_name AS surveyor, note, sealed_signature IS NOT NULL AS signed FROM survey WHERE district_code = $1 AND household_id = $2 ORDER BY day DESC, known_at DESC`,
      [district, id],
    )
  ).rows;
}

/** Households of each community by their latest survey since a day. */
export async function readCoverage(
  client: Client,
  district: string,
  asked: { since: string; subdistrict: string | null; then: Then | null },
): Promise<
  {
    code: string;
    name: string;
    households: number;
    children: number;
    noChild: number;
    empty: number;
    refused: number;
    notMet: number;
    none: number;
  }[]
> {
  const where = filters(district, asked.since, asked.subdistrict);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  const there = past === null ? '' : ` AND ${past.entered('h.created_at')}`;
  const count = (result: string, name: string) => `count(*) FILTER (WHERE v.result = '${result}')::int AS "${name}"`;
  return (
    await client.query<Awaited<ReturnType<typeof readCoverage>>[number]>(
      `SELECT coalesce(h.community_code, '') AS code, coalesce(pc.name, '未定社区') AS name, count(*)::int AS households, ${count('children', 'children')}, ${count('noChild', 'noChild')}, ${count('empty', 'empty')},
         ${count('refused', 'refused')}, ${count('notMet', 'notMet')}, count(*) FILTER (WHERE v.result IS NULL)::int AS none
       FROM ${sourceOf(past)} WHERE h.district_code = $1 AND ($3::text IS NULL OR h.subdistrict_code = $3)${there} GROUP BY h.community_code, pc.name ORDER BY none DESC, h.community_code`,
      where.values,
    )
  ).rows;
}

/** The street of a community that stands. */
export async function findCommunity(
  client: Client,
  district: string,
  code: string,
): Promise<{ parent_code: string } | undefined> {
  return (
    await client.query<{ parent_code: string }>(
      `SELECT parent_code FROM place WHERE district_code = $1 AND code = $2 AND kind = 'community'`,
      [district, code],
    )
  ).rows[0];
}

/** Adds a household met at the door, numbered within its community: community code, 99, four digits. */
export async function insertHousehold(
  client: Client,
  district: string,
  household: {
    id: string;
    communityCode: string;
    subdistrictCode: string;
    address: string;
    at: string;
    reach: string[];
  },
): Promise<string> {
  const start = `${household.communityCode}99`;
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 13))`, [`household:${start}`]);
  const last = await client.query<{ last: string | null }>(
    `SELECT max(household_no) AS last FROM household WHERE district_code = $1 AND household_no >= $2 AND household_no < $3`,
    [district, start, prefixEnd(start)],
  );
  const number = `${start}${String(Number((last.rows[0]?.last ?? `${start}0000`).slice(14)) + 1).padStart(4, '0')}`;
  await client.query(
    `INSERT INTO household (district_code, id, household_no, address, subdistrict_code, community_code, created_at, reach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      district,
      household.id,
      number,
      household.address,
      household.subdistrictCode,
      household.communityCode,
      household.at,
      household.reach,
    ],
  );
  return number;
}

/** Writes a signed survey. */
export async function insertSurvey(
  client: Client,
  district: string,
  survey: {
    id: string;
    householdId: string;
    day: string;
    result: string;
    surveyorId: string;
    surveyorName: string;
    signature: Buffer;
    note: string;
    knownAt: string;
    reach: string[];
  },
): Promise<void> {
  await client.query(
    `INSERT INTO survey (district_code, id, household_id, day, result, surveyor_id, surveyor_name, sealed_signature, note, known_at, reach) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), $10, $11)`,
    [
      district,
      survey.id,
      survey.householdId,
      survey.day,
      survey.result,
      survey.surveyorId,
      survey.surveyorName,
      survey.signature,
      survey.note,
      survey.knownAt,
      survey.reach,
    ],
  );
}
