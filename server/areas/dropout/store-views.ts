import { filters, prefixEnd, statementName, type Filters } from '#server/database/filters.ts';
import { pastOf, type Past, type Then } from '#server/database/past.ts';
import type { HeldPost } from '#domain/basics/roles.ts';
import { caseColumns, type CaseRecord, type Client } from './store-cases.ts';
import { closingRules } from '#domain/dropout/closing.ts';
import { closingCategories, openStates, type CaseState } from '#domain/dropout/record.ts';
import { nextRules } from '#domain/duties/case-duties.ts';
import { watchRhythm } from '#domain/dropout/watch.ts';

/** A case with the names that lists show. */
export interface CaseView extends CaseRecord {
  name: string;
  sex: string | null;
  birthDate: string | null;
  sealed: Buffer | null;
  schoolName: string | null;
  className: string | null;
  subdistrictName: string | null;
  /** A letter to an education bureau elsewhere has no answer yet. */
  waitingElsewhere: boolean;
}

/** What of the cases is asked for. */
export interface CaseFilter {
  state: CaseState | 'open' | 'all';
  kind?: string | undefined;
  schoolId?: string | undefined;
  subdistrict?: string | undefined;
  childId?: string | undefined;
  overdue: boolean;
  today: string;
  /** Only cases whose next act these posts owe. */
  owned?: readonly HeldPost[] | undefined;
  words?: string | undefined;
  /** The past that is asked for; null for how the cases stand now. */
  then: Then | null;
}

const names = `JOIN child c ON c.district_code = $1 AND c.id = k.child_id
  LEFT JOIN school s ON s.district_code = $1 AND s.id = k.school_id
  LEFT JOIN school_class r ON r.district_code = $1 AND r.id = k.class_id
  LEFT JOIN place p ON p.district_code = $1 AND p.code = k.subdistrict_code`;
const named = `${caseColumns}, c.name, c.sex, c.birth_date AS "birthDate", c.sealed, s.name AS "schoolName", r.name AS "className", p.name AS "subdistrictName"`;
const shown = `${named},
  EXISTS (SELECT 1 FROM case_referral w WHERE w.district_code = $1 AND w.case_id = k.id AND w.party = 'educationElsewhere' AND w.replied_on IS NULL AND w.withdrawn_on IS NULL) AS "waitingElsewhere"`;

/** Rules of which a case has one open duty at most: what is owed next, or that it is still to be reported. */
const owedNext = [...nextRules, 'reportSuspected'].map((rule) => `'${rule}'`).join(', ');

/** What of a case happened by then, and was known. */
function storyThen(past: Past): string {
  return `LEFT JOIN LATERAL (SELECT d.reason_group, d.whereabouts, d.clock_start FROM dropout_report d WHERE d.district_code = $1 AND d.case_id = t.case_id AND d.round = t.round
      AND ${past.happened('d.discovered_on', 'd.reported_at')} ORDER BY d.reported_at LIMIT 1) d ON true
    LEFT JOIN LATERAL (SELECT n.owner_role, n.owner_unit_kind, n.owner_unit, n.rule, n.why, n.due_at FROM duty n WHERE n.district_code = $1 AND n.child_id = t.child_id AND n.case_id = t.case_id AND n.rule IN (${owedNext})
      AND n.started_at <= ${past.moment()} AND (n.settled_at IS NULL OR n.settled_at > ${past.moment()}) ORDER BY n.due_at, n.id LIMIT 1) n ON true`;
}

/**
 * The cases as they stood then: state, round, place and category by the facts of the day; what was owed next by the duty that was open;
 * reasons, persuasions and emergencies by what had been entered.
 */
function casesThen(past: Past): string {
  return `SELECT y.district_code, y.id, y.child_id, t.kind, t.state, t.round, t.school_id, t.class_id, t.subdistrict_code, y.community_code, y.lead, coalesce(n.owner_role, y.owner_role) AS owner_role,
      coalesce(n.owner_unit_kind, y.owner_unit_kind) AS owner_unit_kind, coalesce(n.owner_unit, y.owner_unit) AS owner_unit, n.rule AS next_action, n.why AS next_words, (n.due_at AT TIME ZONE 'Asia/Shanghai')::date AS due_date,
      y.opened_at, t.from_date AS state_since, y.crossed_on, y.discovered_on, y.last_seen_on, CASE WHEN t.round = y.round THEN y.clock_start ELSE coalesce(d.clock_start, t.from_date) END AS clock_start, y.confirmed_on,
      d.reason_group, d.whereabouts, (SELECT count(*)::int FROM case_event v WHERE v.district_code = $1 AND v.case_id = t.case_id AND v.round = t.round AND v.what = 'persuade' AND ${past.happened('v.day', 'v.at')}) AS persuasions,
      y.present_from, y.present_days, y.returned_on, t.category, t.state <> 'closed' AND EXISTS (SELECT 1 FROM case_emergency g WHERE g.district_code = $1 AND g.case_id = t.case_id AND g.round = t.round AND g.reported_at <= ${past.moment()}) AS emergency,
      y.people, y.units, y.reach
    FROM case_state t JOIN return_case y ON y.district_code = $1 AND y.id = t.case_id ${storyThen(past)} WHERE t.district_code = $1 AND ${past.stood('t')}`;
}

const waitedThen = (past: Past): string =>
  `EXISTS (SELECT 1 FROM case_referral w WHERE w.district_code = $1 AND w.case_id = k.id AND w.party = 'educationElsewhere' AND w.sent_at <= ${past.moment()} AND (w.replied_at IS NULL OR w.replied_at > ${past.moment()}) AND (w.withdrawn_at IS NULL OR w.withdrawn_at > ${past.moment()}))`;

/** States that a list of open cases shows: all but those at rest. */
const livingStates: readonly CaseState[] = [...openStates, 'returned', 'followed'];

function narrow(where: Filters, asked: CaseFilter): void {
  if (asked.state === 'open') where.and(`k.state = ANY(${where.value(livingStates)}::text[])`);
  else if (asked.state !== 'all') where.and(`k.state = ${where.value(asked.state)}`);
  if (asked.kind !== undefined) where.and(`k.kind = ${where.value(asked.kind)}`);
  if (asked.schoolId !== undefined) where.and(`k.school_id = ${where.value(asked.schoolId)}::uuid`);
  if (asked.subdistrict !== undefined) where.and(`k.subdistrict_code = ${where.value(asked.subdistrict)}`);
  if (asked.childId !== undefined) where.and(`k.child_id = ${where.value(asked.childId)}::uuid`);
  if (asked.overdue) where.and(`k.due_date < ${where.value(asked.today)}::date AND k.next_action IS NOT NULL`);
  if (asked.owned) {
    const parts = asked.owned.map(
      (post) =>
        `(k.owner_role = ${where.value(post.role)} AND k.owner_unit_kind = ${where.value(post.unitKind)} AND k.owner_unit = ${where.value(post.unitId)} AND k.next_action IS NOT NULL)`,
    );
    where.and(parts.length === 0 ? 'false' : parts.join(' OR '));
  }
  if (asked.words) {
    const from = where.value(asked.words);
    const to = where.value(prefixEnd(asked.words));
    const columns = /^[a-z]+$/.test(asked.words) ? ['c.pinyin', 'c.initials'] : ['c.name', 'c.name_tail'];
    where.and(columns.map((column) => `(${column} >= ${from} AND ${column} < ${to})`).join(' OR '));
  }
}

const source = (asked: CaseFilter, past: Past | null) => {
  const cases = past === null ? 'return_case k' : `(${casesThen(past)}) k`;
  return asked.words ? `${cases} JOIN child c ON c.district_code = $1 AND c.id = k.child_id` : cases;
};

/** A page of cases (all of them without one), the most urgent first: emergencies, then by due day. */
export async function pageCases(
  client: Client,
  district: string,
  asked: CaseFilter,
  page: { page: number; size: number } | null,
): Promise<CaseView[]> {
  const where = filters(district);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  narrow(where, asked);
  const order = `(k.emergency AND k.state <> 'closed') DESC, k.due_date NULLS LAST, k.id`;
  const limit = page ? ` LIMIT ${where.value(page.size)} OFFSET ${where.value((page.page - 1) * page.size)}` : '';
  if (past !== null) {
    const text = `SELECT ${named}, ${waitedThen(past)} AS "waitingElsewhere" FROM (${casesThen(past)}) k ${names} WHERE k.district_code = $1${where.where()} ORDER BY ${order}${limit}`;
    return (await client.query<CaseView>({ name: statementName('case-then', text), text, values: where.values })).rows;
  }
  const ids = `SELECT k.id FROM ${source(asked, null)} WHERE k.district_code = $1${where.where()} ORDER BY ${order}${limit}`;
  const text = `SELECT ${shown} FROM return_case k ${names} WHERE k.district_code = $1 AND k.id IN (${ids}) ORDER BY ${order}`;
  return (await client.query<CaseView>({ name: statementName('case-page', text), text, values: where.values })).rows;
}

/** How many cases of each state the filters leave, whatever state is asked for. */
export async function countCases(client: Client, district: string, asked: CaseFilter): Promise<Record<string, number>> {
  const where = filters(district);
  const past = asked.then === null ? null : pastOf(where, asked.then);
  narrow(where, { ...asked, state: 'all' });
  const text = `SELECT k.state, count(*)::int AS count FROM ${source(asked, past)} WHERE k.district_code = $1${where.where()} GROUP BY k.state`;
  const name = statementName('case-count', text);
  const found = await client.query<{ state: string; count: number }>({ name, text, values: where.values });
  return Object.fromEntries(found.rows.map((row) => [row.state, row.count]));
}

/** One case with its names, null out of reach. */
export async function findView(client: Client, district: string, id: string): Promise<CaseView | null> {
  const found = await client.query<CaseView>({
    name: 'case-view',
    values: [district, id],
    text: `SELECT ${shown} FROM return_case k ${names} WHERE k.district_code = $1 AND k.id = $2`,
  });
  return found.rows[0] ?? null;
}

/** The states of the list 在办. */
export function isLiving(state: string): boolean {
  return (livingStates as readonly string[]).includes(state);
}

/** Whether a child was ever on a roll here. */
export async function wasOnRoll(client: Client, district: string, childId: string): Promise<boolean> {
  const found = await client.query({
    name: 'case-was-on-roll',
    values: [district, childId],
    text: `SELECT 1 FROM enrolment WHERE district_code = $1 AND child_id = $2 AND upper_inf(known) AND grade < 10 LIMIT 1`,
  });
  return found.rowCount === 1;
}

/** Categories that are watched after the closing. */
const watched = closingCategories.filter((category) => watchRhythm(closingRules[category]) !== null);

/** Closed cases whose day of watching has come and is not yet told, and watched ones without a day (closed before they had one). */
export async function listCasesToWatch(
  client: Client,
  district: string,
  today: string,
): Promise<{ id: string; dueDate: string | null }[]> {
  const found = await client.query<{ id: string; dueDate: string | null }>({
    name: 'case-to-watch',
    values: [district, today, watched],
    text: `SELECT k.id, k.due_date AS "dueDate" FROM return_case k WHERE k.district_code = $1 AND k.state = 'closed' AND (
             (k.next_action = 'watch' AND k.due_date <= $2::date
               AND NOT EXISTS (SELECT 1 FROM case_event e WHERE e.district_code = $1 AND e.case_id = k.id AND e.round = k.round AND e.what = 'watchDue' AND e.due_date = k.due_date))
             OR (k.next_action IS NULL AND k.category = ANY($3::text[])
               AND NOT EXISTS (SELECT 1 FROM case_event e WHERE e.district_code = $1 AND e.case_id = k.id AND e.round = k.round AND e.what = 'watch' AND e.sealed IS NOT NULL)))
           ORDER BY k.due_date, k.id LIMIT 200`,
  });
  return found.rows;
}
