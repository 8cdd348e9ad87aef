import { filters, statementName, type Filters } from '#server/database/filters.ts';
import type { Client } from './store-cases.ts';

/** What a ledger is asked for: the day, the moment at which it is known (null now), and units. */
export interface LedgerAsked {
  day: string;
  knownAt: string | null;
  schoolId?: string | undefined;
  subdistrict?: string | undefined;
}

/** A child of a ledger as the lists of that day describe him. */
export interface LedgerChild {
  childId: string;
  caseId: string | null;
  name: string;
  sex: string | null;
  birthDate: string | null;
  sealed: Buffer | null;
  guardian: string | null;
  address: string | null;
  tags: string[];
  studyStatus: string | null;
  subdistrictName: string | null;
  communityName: string | null;
  schoolName: string | null;
  className: string | null;
  grade: number | null;
  state: string | null;
  kind: string | null;
  round: number | null;
  since: string | null;
  reasonGroup: string | null;
  whereabouts: string | null;
  firstAbsentOn: string | null;
  discoveredOn: string | null;
  crossedOn: string | null;
  confirmedOn: string | null;
  returnedOn: string | null;
  persuasions: number;
  lastPersuasion: string | null;
  documents: string | null;
  /** Aid given and help arranged by the day: its sort and its day, parted by a space. */
  helped: string[] | null;
  ownerRole: string | null;
  dueDate: string | null;
  ethnicity: string | null;
  householdNo: string | null;
  householdState: string | null;
  surveyor: string | null;
  surveyDate: string | null;
  /** The rows of the lists that stood, for what is sealed in them. */
  registerId: string | null;
  registerSealed: Buffer | null;
  enrolmentId: string | null;
  enrolmentSealed: Buffer | null;
}

/** A page, or all of them (null), as the books print them: then with what no list on a screen shows. */
type Page = { page: number; size: number } | null;

/** What of a row was known: `$3` is the moment where one is asked for; what is known now has a text of its own, which the partial indexes answer. */
interface Known {
  row(alias: string): string;
  event(column: string): string;
}

function knownIn({ knownAt }: LedgerAsked): Known {
  if (knownAt === null) return { row: (alias) => `upper_inf(${alias}.known)`, event: () => 'true' };
  return { row: (alias) => `${alias}.known @> $3::timestamptz`, event: (column) => `${column} <= $3::timestamptz` };
}

/** A row that stood on the day `$2`. */
function stood(alias: string, known: string): string {
  return `${alias}.district_code = $1 AND ${alias}.from_date <= $2::date AND (${alias}.to_date IS NULL OR ${alias}.to_date > $2::date) AND ${known}`;
}

/** An event or report that was there on the day. */
function happened(alias: string, day: string, known: string): string {
  return `${alias}.district_code = $1 AND ${alias}.${day} <= $2::date AND ${known}`;
}

/** The lists that stood for a child `t.child_id`, who is joined as `c`: at most one row of each, by the exclusions of their tables. */
function people(known: Known): string {
  return `LEFT JOIN register_entry r ON ${stood('r', known.row('r'))} AND r.child_id = t.child_id
  LEFT JOIN enrolment e ON ${stood('e', known.row('e'))} AND e.child_id = t.child_id`;
}

/** The first of two that is there; as a case, which row-level security lets an index answer, and not as a coalesce, which it does not. */
const either = (one: string, other: string) => `CASE WHEN ${one} IS NULL THEN ${other} ELSE ${one} END`;

const householdNo = `(SELECT h.household_no FROM household h WHERE h.district_code = $1 AND h.id = r.household_id)`;

// Names are looked up one by one: joined, the planner reads every class and place for a page of fifty children.
const factsOf = (
  page: Page,
) => `t.child_id AS "childId", t.case_id AS "caseId", c.name, c.sex, c.birth_date AS "birthDate", c.sealed, coalesce(r.guardian, e.guardian) AS guardian,
  coalesce(r.address, e.address) AS address, coalesce(r.tags, '{}') || coalesce(e.tags, '{}') AS tags, r.study_status AS "studyStatus",
  (SELECT p.name FROM place p WHERE p.district_code = $1 AND p.code = ${either('t.subdistrict_code', 'r.subdistrict_code')}) AS "subdistrictName",
  (SELECT p.name FROM place p WHERE p.district_code = $1 AND p.code = r.community_code) AS "communityName",
  (SELECT s.name FROM school s WHERE s.district_code = $1 AND s.id = ${either('t.school_id', 'e.school_id')}) AS "schoolName",
  (SELECT g.name FROM school_class g WHERE g.district_code = $1 AND g.id = ${either('t.class_id', 'e.class_id')}) AS "className",
  e.grade, t.state, t.kind, t.round, t.from_date AS since,
  c.ethnicity, ${page === null ? householdNo : 'NULL::text'} AS "householdNo", r.household_state AS "householdState", r.surveyor, r.survey_date AS "surveyDate",
  r.id AS "registerId", r.sealed AS "registerSealed", e.id AS "enrolmentId", e.sealed AS "enrolmentSealed"`;

function story(known: Known): string {
  return `LEFT JOIN LATERAL (SELECT d.reason_group, d.whereabouts, d.first_absent_on, d.discovered_on FROM dropout_report d
    WHERE ${happened('d', 'discovered_on', known.event('d.reported_at'))} AND d.case_id = t.case_id AND d.round = t.round ORDER BY d.number DESC NULLS LAST, d.reported_at DESC LIMIT 1) d ON true
  LEFT JOIN LATERAL (SELECT min(v.day) FILTER (WHERE v.what = 'cross') AS crossed, min(v.day) FILTER (WHERE v.what IN ('confirm', 'checkConfirmation')) AS confirmed,
      (count(*) FILTER (WHERE v.what = 'persuade'))::int AS persuasions, max(v.day) FILTER (WHERE v.what = 'persuade') AS last_persuasion,
      string_agg(v.words || ' ' || v.day::text, '；' ORDER BY v.number) FILTER (WHERE v.what IN ('persuasionNotice', 'writtenReport', 'deadlineNotice', 'correctionOrder')) AS documents
    FROM case_event v WHERE ${happened('v', 'day', known.event('v.at'))} AND v.case_id = t.case_id AND v.round = t.round) v ON true
  LEFT JOIN LATERAL (SELECT array_agg(w.sort || ' ' || w.day::text ORDER BY w.day, w.id) AS helped FROM work_record_child x JOIN work_record w ON ${happened('w', 'day', known.row('w'))} AND w.id = x.record_id
    WHERE x.district_code = $1 AND x.child_id = t.child_id AND w.kind IN ('aid', 'pairing') AND w.state <> 'withdrawn') w ON true
  LEFT JOIN return_case k ON k.district_code = $1 AND k.id = t.case_id`;
}

const told = `, d.reason_group AS "reasonGroup", d.whereabouts, d.first_absent_on AS "firstAbsentOn", d.discovered_on AS "discoveredOn", v.crossed AS "crossedOn", v.confirmed AS "confirmedOn",
  NULL::date AS "returnedOn", coalesce(v.persuasions, 0) AS persuasions, v.last_persuasion AS "lastPersuasion", v.documents, w.helped, k.owner_role AS "ownerRole", k.due_date AS "dueDate"`;

function start(asked: LedgerAsked, district: string): Filters {
  return asked.knownAt === null ? filters(district, asked.day) : filters(district, asked.day, asked.knownAt);
}

const pageOf = (where: Filters, page: Page) =>
  page === null ? '' : `LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}`;

function standingCases(where: Filters, asked: LedgerAsked, states: readonly string[]): string {
  const parts = [`t.state = ANY(${where.value(states)}::text[])`];
  if (asked.schoolId !== undefined) parts.push(`t.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.subdistrict !== undefined) parts.push(`t.subdistrict_code = ${where.value(asked.subdistrict)}`);
  const known = knownIn(asked).row('t');
  // In two parts, each of which its index answers: of both in one, it would read every state there ever was.
  const part = (until: string) =>
    `SELECT t.case_id, t.child_id, t.state, t.kind, t.round, t.from_date, t.school_id, t.class_id, t.subdistrict_code FROM case_state t
     WHERE t.district_code = $1 AND t.from_date <= $2::date AND ${until} AND ${known} AND ${parts.join(' AND ')}`;
  return `${part('t.to_date IS NULL')} UNION ALL ${part('t.to_date > $2::date')}`;
}

/** The children whose case stood in these states on the day, as known then, the longest first, and how many there are in all. */
export async function pageCaseLedger(
  client: Client,
  district: string,
  asked: LedgerAsked,
  states: readonly string[],
  page: Page,
): Promise<{ rows: LedgerChild[]; total: number }> {
  const where = start(asked, district);
  const cases = standingCases(where, asked, states);
  const limit = pageOf(where, page);
  const known = knownIn(asked);
  const text = `SELECT ${factsOf(page)}${told}, t.total FROM (SELECT t.*, (count(*) OVER ())::int AS total FROM (${cases}) t ORDER BY t.from_date, t.case_id ${limit}) t
  JOIN child c ON c.district_code = $1 AND c.id = t.child_id ${people(known)} ${story(known)} WHERE c.district_code = $1 ORDER BY t.from_date, t.case_id`;
  const name = statementName('dropout-ledger', text);
  const { rows } = await client.query<LedgerChild & { total: number }>({ name, text, values: where.values });
  const [first] = rows;
  // A page behind the last one has no row to say how many there are.
  if (!first) return { rows, total: page?.page === 1 ? 0 : await countCaseLedger(client, district, asked, states) };
  return { rows, total: first.total };
}

/** How many cases stood in these states on the day. */
async function countCaseLedger(
  client: Client,
  district: string,
  asked: LedgerAsked,
  states: readonly string[],
): Promise<number> {
  const where = start(asked, district);
  const text = `SELECT count(*)::int AS count FROM (${standingCases(where, asked, states)}) x`;
  const name = statementName('dropout-ledger-count', text);
  return (await client.query<{ count: number }>({ name, text, values: where.values })).rows[0]?.count ?? 0;
}

/** The ids of the children of school age on the day, by pinyin, sixteen bytes each: those of the register who owe, and every pupil of grades 1–9. */
export async function readSchoolAge(
  client: Client,
  district: string,
  asked: LedgerAsked,
  births: { first: string; last: string },
): Promise<Buffer> {
  const where = start(asked, district);
  const known = knownIn(asked);
  const pupils = `SELECT e.child_id FROM enrolment e WHERE ${stood('e', known.row('e'))}`;
  const registered = `SELECT r.child_id FROM register_entry r WHERE ${stood('r', known.row('r'))}`;
  const born = `c.birth_date BETWEEN ${where.value(births.first)}::date AND ${where.value(births.last)}::date`;
  if (asked.schoolId !== undefined)
    where.and(`c.id IN (${pupils} AND e.school_id = ${where.value(asked.schoolId)}::uuid)`);
  if (asked.subdistrict !== undefined)
    where.and(`c.id IN (${registered} AND r.subdistrict_code = ${where.value(asked.subdistrict)})`);
  const text = `SELECT string_agg(uuid_send(t.id), ''::bytea) AS ids FROM (SELECT c.id FROM child c WHERE c.district_code = $1 AND c.merged_into IS NULL
      AND (c.id IN (${pupils} AND e.grade BETWEEN 1 AND 9)
        OR ${born} AND c.id IN (${registered} AND r.study_status NOT IN ('graduated', 'seniorSchool', 'deceased', 'movedAway')))${where.where()}
      ORDER BY c.pinyin, c.id) t`;
  return (await client.query<{ ids: Buffer | null }>({ text, values: where.values })).rows[0]?.ids ?? Buffer.alloc(0);
}

/** Children of the ledger of school age as the lists of that day describe them, by pinyin. */
export async function describeSchoolAge(
  client: Client,
  district: string,
  asked: LedgerAsked,
  ids: readonly string[],
  page: Page,
): Promise<LedgerChild[]> {
  const where = start(asked, district);
  const known = knownIn(asked);
  const none = `NULL::text AS "reasonGroup", NULL::text AS whereabouts, NULL::date AS "firstAbsentOn", NULL::date AS "discoveredOn", NULL::date AS "crossedOn", NULL::date AS "confirmedOn", NULL::date AS "returnedOn", 0 AS persuasions, NULL::date AS "lastPersuasion", NULL::text AS documents, NULL::text[] AS helped, NULL::text AS "ownerRole", NULL::date AS "dueDate"`;
  const text = `SELECT ${factsOf(page)}, ${none} FROM (SELECT x.id AS child_id, y.case_id, y.state, y.kind, y.round, y.from_date, NULL::uuid AS school_id, NULL::uuid AS class_id, NULL::text AS subdistrict_code
      FROM unnest(${where.value(ids)}::uuid[]) AS x (id) LEFT JOIN case_state y ON ${stood('y', known.row('y'))} AND y.child_id = x.id) t
    JOIN child c ON c.district_code = $1 AND c.id = t.child_id ${people(known)} WHERE c.district_code = $1 ORDER BY c.pinyin, c.id`;
  const name = statementName('dropout-school-age', text);
  return (await client.query<LedgerChild>({ name, text, values: where.values })).rows;
}
