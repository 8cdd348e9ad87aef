import type { DifferenceKind, Proposal, ProposalAct, RegistrySide } from '#domain/enrolment/registry-check.ts';
import type { ChangeKind, ChangeState } from '#domain/enrolment/changes-record.ts';
import { filters, statementName } from '#server/database/filters.ts';
import type { Client } from './store-course.ts';

/** A difference as stored, with the names of its schools and the change that may answer it. */
export interface DifferenceRow {
  id: string;
  childId: string | null;
  schoolId: string | null;
  theirSchoolId: string | null;
  kind: DifferenceKind;
  name: string;
  ours: RegistrySide;
  theirs: RegistrySide & { why: string; stateWords: string };
  proposals: Proposal[];
  sealed: Buffer | null;
  state: 'open' | 'taken' | 'dismissed' | 'settled';
  takenAct: ProposalAct | null;
  decidedAt: Date | null;
  decidedName: string | null;
  sealedNote: Buffer | null;
  firstSeen: string;
  reach: string[];
  asOf: string;
  schoolName: string | null;
  theirSchoolName: string | null;
  changeId: string | null;
  changeKind: ChangeKind | null;
  changeState: ChangeState | null;
}

const columns = `d.id, d.child_id AS "childId", d.school_id AS "schoolId", d.their_school_id AS "theirSchoolId", d.kind, d.name, d.ours, d.theirs, d.proposals, d.sealed, d.state, d.taken_act AS "takenAct",
  d.decided_at AS "decidedAt", d.decided_name AS "decidedName", d.sealed_note AS "sealedNote", d.first_seen AS "firstSeen", d.reach, g.as_of AS "asOf", s.name AS "schoolName", t.name AS "theirSchoolName",
  x.id AS "changeId", x.kind AS "changeKind", x.state AS "changeState"`;
const sources = `registry_difference d JOIN registry_check g ON g.district_code = $1 AND g.id = d.check_id
  LEFT JOIN school s ON s.district_code = $1 AND s.id = d.school_id LEFT JOIN school t ON t.district_code = $1 AND t.id = d.their_school_id
  LEFT JOIN LATERAL (SELECT c.id, c.kind, c.state FROM registry_change c WHERE c.district_code = $1 AND c.child_id = d.child_id AND c.asked_on >= d.first_seen AND c.state NOT IN ('refused', 'withdrawn') ORDER BY c.asked_at DESC LIMIT 1) x ON true`;

/** What a list of differences is asked for. */
export interface DifferencesAsked {
  kind?: DifferenceKind | undefined;
  state: DifferenceRow['state'] | 'all';
  schoolId?: string | undefined;
  q?: string | undefined;
}

function conditions(district: string, asked: DifferencesAsked) {
  const where = filters(district);
  if (asked.kind) where.and(`d.kind = ${where.value(asked.kind)}`);
  if (asked.state !== 'all') where.and(`d.state = ${where.value(asked.state)}`);
  if (asked.schoolId) {
    const school = where.value(asked.schoolId);
    where.and(`d.school_id = ${school}::uuid OR d.their_school_id = ${school}::uuid`);
  }
  if (asked.q) where.and(`strpos(d.name, ${where.value(asked.q)}) > 0`);
  return where;
}

/** Differences within reach by school, kind and name; `limit` null reads all. */
export async function readDifferences(
  client: Client,
  district: string,
  asked: DifferencesAsked,
  limit: { size: number; offset: number } | null,
): Promise<DifferenceRow[]> {
  const where = conditions(district, asked);
  const page = limit ? ` LIMIT ${where.value(limit.size)} OFFSET ${where.value(limit.offset)}` : '';
  const text = `SELECT ${columns} FROM ${sources} WHERE d.district_code = $1${where.where()} ORDER BY coalesce(s.name, t.name), d.kind, d.name, d.id${page}`;
  return (await client.query<DifferenceRow>({ name: statementName('differences', text), text, values: where.values }))
    .rows;
}

/** One difference within reach, null otherwise. */
export async function findDifference(client: Client, district: string, id: string): Promise<DifferenceRow | null> {
  const found = await client.query<DifferenceRow>({
    name: 'difference-one',
    values: [district, id],
    text: `SELECT ${columns} FROM ${sources} WHERE d.district_code = $1 AND d.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** How many differences of a filter there are by kind. */
export async function countDifferences(
  client: Client,
  district: string,
  asked: DifferencesAsked,
): Promise<Record<string, number>> {
  const where = conditions(district, asked);
  const text = `SELECT d.kind, count(*)::int AS count FROM registry_difference d WHERE d.district_code = $1${where.where()} GROUP BY d.kind`;
  const found = await client.query<{ kind: string; count: number }>({ name: statementName('differences-count', text), text, values: where.values }); // prettier-ignore
  return Object.fromEntries(found.rows.map((row) => [row.kind, row.count]));
}

/** How many open differences each school has, ours before the registry's. */
export async function countBySchool(
  client: Client,
  district: string,
): Promise<{ schoolId: string; schoolName: string; count: number }[]> {
  const found = await client.query<{ schoolId: string; schoolName: string; count: number }>({
    name: 'differences-by-school',
    values: [district],
    text: `SELECT s.id AS "schoolId", s.name AS "schoolName", count(*)::int AS count FROM registry_difference d JOIN school s ON s.district_code = $1 AND s.id = coalesce(d.school_id, d.their_school_id)
           WHERE d.district_code = $1 AND d.state = 'open' GROUP BY s.id, s.name ORDER BY count(*) DESC, s.name`,
  });
  return found.rows;
}

/** Writes what was decided about a difference that stands as it was seen; false for one that stands otherwise by now. */
export async function decideDifference(
  client: Client,
  district: string,
  id: string,
  to: {
    seen: 'open' | 'taken' | 'dismissed';
    state: 'taken' | 'dismissed';
    act: ProposalAct | null;
    at: Date;
    name: string;
    sealedNote: Buffer | null;
  },
): Promise<boolean> {
  const done = await client.query({
    name: 'difference-decide',
    values: [district, id, to.state, to.act, to.at, to.name, to.sealedNote, to.seen],
    text: `UPDATE registry_difference SET state = $3, taken_act = $4, decided_at = $5, decided_name = $6, sealed_note = $7 WHERE district_code = $1 AND id = $2 AND state = $8`,
  });
  return done.rowCount === 1;
}

/** A comparison as stored; what is counted of the whole file is null for who reaches a part of the district. */
export interface CheckRow {
  id: string;
  sealed_name: Buffer | null;
  asOf: string;
  madeAt: Date;
  madeName: string;
  fileRows: number | null;
  matched: number | null;
  differing: number;
  schools: number | null;
}

/** Whose comparisons are read: those of the whole district, or those that concern the schools or classes of some units. */
export type ChecksOf = 'district' | { schools: readonly string[]; classes: readonly string[] };

const wholeCheck = `g.file_rows AS "fileRows", g.matched, g.differing, cardinality(g.schools) AS schools`;
const ownCheck = `NULL::int AS "fileRows", NULL::int AS matched, NULL::int AS schools,
  (SELECT count(*)::int FROM registry_difference d WHERE d.district_code = $1 AND d.check_id = g.id) AS differing`;
// A comparison concerns a school that its file lists, and one that it names beside a pupil of another roll.
const concerns = (schools: string, classes: string) =>
  `(g.schools && ${schools}::uuid[] OR g.schools && ARRAY(SELECT k.school_id FROM school_class k WHERE k.district_code = $1 AND k.id = ANY(${classes}::uuid[]))
    OR EXISTS (SELECT 1 FROM registry_difference d WHERE d.district_code = $1 AND d.check_id = g.id))`;

/** Comparisons, the newest first; of a part of the district those that concern it, with its own differences alone. */
export async function readChecks(
  client: Client,
  district: string,
  of: ChecksOf,
  limit: { size: number; offset: number },
): Promise<{ rows: CheckRow[]; total: number }> {
  const where = filters(district);
  if (of !== 'district') where.and(concerns(where.value(of.schools), where.value(of.classes)));
  const counted = `SELECT count(*)::int AS count FROM registry_check g WHERE g.district_code = $1${where.where()}`;
  const total = await client.query<{ count: number }>({ name: statementName('registry-checks-count', counted), text: counted, values: [...where.values] }); // prettier-ignore
  const page = ` LIMIT ${where.value(limit.size)} OFFSET ${where.value(limit.offset)}`;
  const text = `SELECT g.id, g.sealed_name, g.as_of AS "asOf", g.made_at AS "madeAt", g.made_name AS "madeName", ${of === 'district' ? wholeCheck : ownCheck}
    FROM registry_check g WHERE g.district_code = $1${where.where()} ORDER BY g.made_at DESC, g.id${page}`;
  const found = await client.query<CheckRow>({ name: statementName('registry-checks', text), text, values: where.values }); // prettier-ignore
  return { rows: found.rows, total: total.rows[0]?.count ?? 0 };
}

/** The class of a school in a school year by grade and number, null where there is none. */
export async function findClassByNumber(
  client: Client,
  district: string,
  of: { schoolId: string; schoolYear: number; grade: number; classNo: string },
): Promise<string | null> {
  const found = await client.query<{ id: string }>({
    name: 'class-by-number',
    values: [district, of.schoolId, of.schoolYear, of.grade, of.classNo],
    text: `SELECT id FROM school_class WHERE district_code = $1 AND school_id = $2 AND school_year = $3 AND grade = $4 AND class_no = $5`,
  });
  return found.rows[0]?.id ?? null;
}
