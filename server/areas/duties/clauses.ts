import type { z } from 'zod';
import type { ClauseCell, getClauseStates as GetClauseStates } from '#contract/duties-clauses.ts';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import { addCalendarDays, daysBetween } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { aidLists } from '#domain/books/work-record.ts';
import { clauseFacts, type FactCount } from '#domain/duties/clause-facts.ts';
import {
  clauseBases,
  clauseStateOf,
  dueOf,
  isKept,
  noDuties,
  type ClauseBasis,
  type ClauseDuties,
  type ClauseState,
  type Over,
} from '#domain/duties/clause-states.ts';
import { clauseSpanOf, clauseSpans, type ClauseSpan } from '#domain/duties/clause-spans.ts';
import { chinaDayOf } from '#domain/duties/rules.ts';
import { stageWords } from '#domain/organisations/words.ts';
import {
  placesOf,
  readSettings,
  schoolCalendar,
  schoolsOf,
  type KnownSchool,
} from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { endedAt } from './lists.ts';
import { countClauseDuties, countClauseFacts, type ClauseDutyRow, type ClauseFactRow } from './store-clauses.ts';

type Cell = z.output<typeof ClauseCell>;
type Answer = OutputOf<typeof GetClauseStates>;
type Row = Answer['rows'][number];
/** What is asked, without the page. */
export type ClausesAsked = Omit<ParsedOf<typeof GetClauseStates>, 'page' | 'size'>;

/** The kinds of school that keep children of compulsory age, with the levels that each has. */
const levelsOf: Readonly<Record<string, readonly ('primary' | 'junior')[]>> = {
  primary: ['primary'],
  junior: ['junior'],
  nineYear: ['primary', 'junior'],
  complete: ['junior'],
  special: ['primary', 'junior'],
  corrective: ['primary', 'junior'],
};

/** Everything that is shown of the clauses before it is cut into pages. */
export interface ClausesLaid {
  span: ClauseSpan;
  spans: ClauseSpan[];
  rows: Row[];
  office: Cell[] | null;
  single: boolean;
}

/** The schools in reach; null for every school. */
function schoolsInReach({ reach }: Context): string[] | null {
  if (reach.all) return null;
  const prefix = 'school:';
  return reach.tokens.filter((token) => token.startsWith(prefix)).map((token) => token.slice(prefix.length));
}

/** The span asked for, among those of its year that have begun. */
async function spanOf(context: Context, asked: ClausesAsked): Promise<{ span: ClauseSpan; spans: ClauseSpan[] }> {
  const thisYear = schoolYearOf(context.today);
  const year = asked.year ?? thisYear;
  const refuse = (path: 'year' | 'term', words: string) =>
    new Failure('input-wrong', words, { issues: [{ path, words }] });
  if (year > thisYear) throw refuse('year', '这个学年还没有开始，请选今年或以前的学年。');
  const { terms } = await schoolCalendar(context, `${String(year)}-10-01`);
  const spans = clauseSpans(year, terms).filter((one) => one.from <= context.today);
  const span = clauseSpanOf(spans, asked.term, context.today);
  if (span === null) throw refuse('term', '这个学期还没有开始，请选已开始的学期。');
  return { span, spans };
}

/** Adds the rows of a place up by clause: the earliest overdue is the longest. */
function dutiesByClause(rows: readonly ClauseDutyRow[]): Map<string, ClauseDuties> {
  const found = new Map<string, ClauseDuties>();
  const dayOf = (at: Date | null) => (at === null ? null : chinaDayOf(at.toISOString()));
  const earlier = (a: string | null, b: string | null) => (a === null || (b !== null && b < a) ? b : a);
  for (const { id, rules } of clauseBases) {
    for (const row of rows) {
      if (!rules.some((rule) => rule === row.rule)) continue;
      const sum = found.get(id) ?? noDuties;
      found.set(id, {
        inTime: sum.inTime + row.in_time,
        late: sum.late + row.late,
        overdue: sum.overdue + row.overdue,
        ahead: sum.ahead + row.ahead,
        waived: sum.waived + row.waived,
        oldestDue: earlier(sum.oldestDue, dayOf(row.oldest)),
        nextDue: earlier(sum.nextDue, dayOf(row.next)),
      });
    }
  }
  return found;
}

/** The facts of a clause at a place, in the order of its basis; what has no row is nothing of nothing. */
function factsOf(
  basis: ClauseBasis,
  of: 'school' | 'office',
  rows: readonly ClauseFactRow[],
  target: number,
): FactCount[] {
  return basis.facts
    .filter((id) => clauseFacts[id].of === of)
    .map((id) => {
      const row = rows.find((one) => one.fact === id);
      return {
        id,
        done: row?.done ?? 0,
        of: row?.of ?? 0,
        asOf: row?.as_of ?? null,
        target: clauseFacts[id].asks === 'target' ? target : null,
      };
    });
}

/** The cells of a place, clause by clause. */
function cellsOf(
  context: Context,
  of: 'school' | 'office',
  dutyRows: readonly ClauseDutyRow[],
  factRows: readonly ClauseFactRow[],
  { over, target }: { over: Over; target: number },
): Cell[] {
  const duties = dutiesByClause(dutyRows);
  return clauseBases.map((basis) => {
    const counted = duties.get(basis.id) ?? noDuties;
    const facts = factsOf(basis, of, factRows, target);
    return {
      clause: basis.id,
      state: stateAt(basis, of, counted, facts, over),
      due: dueOf(counted),
      ...counted,
      longestDays: counted.oldestDue === null ? 0 : Math.max(0, daysBetween(counted.oldestDue, context.today)),
      facts,
    };
  });
}

/** An office is asked for its duties and its own facts alone: what a school records is none of its own. */
function stateAt(
  basis: ClauseBasis,
  of: 'school' | 'office',
  duties: ClauseDuties,
  facts: readonly FactCount[],
  over: Over,
): ClauseState {
  if (of === 'office' && facts.length === 0 && isKept(basis) && dueOf(duties) + duties.ahead === 0) return 'nothing';
  return clauseStateOf(basis, duties, facts, over);
}

function gathered<T extends { school_id: string | null }>(rows: readonly T[]): Map<string | null, T[]> {
  const found = new Map<string | null, T[]>();
  for (const row of rows) {
    const held = found.get(row.school_id);
    if (held) held.push(row);
    else found.set(row.school_id, [row]);
  }
  return found;
}

/** The schools that are asked for: open in the span, in reach, and as the filters choose. */
function chosenSchools(
  schools: readonly KnownSchool[],
  within: readonly string[] | null,
  asked: ClausesAsked,
  span: ClauseSpan,
): KnownSchool[] {
  const wanted = asked.q?.toLowerCase();
  const { level } = asked;
  return schools.filter(
    (school) =>
      (within === null || within.includes(school.id)) &&
      (asked.schoolId === undefined || school.id === asked.schoolId) &&
      levelsOf[school.stage] !== undefined &&
      school.fromDate <= span.to &&
      (school.toDate === null || school.toDate >= span.from) &&
      (level === undefined || levelsOf[school.stage]?.includes(level) === true) &&
      (asked.street === undefined || school.subdistrictCode === asked.street) &&
      (wanted === undefined ||
        wanted === '' ||
        school.name.toLowerCase().includes(wanted) ||
        school.code.startsWith(wanted)),
  );
}

/** Whether some clause, or the one that is named, stands as asked. */
function standsAs(row: Row, { state, clause }: ClausesAsked): boolean {
  return (
    state === undefined ||
    row.cells.some((cell) => cell.state === state && (clause === undefined || cell.clause === clause))
  );
}

/** Every clause of every school asked for, within reach, in two statements whatever their number. */
export async function layClauses(context: Context, asked: ClausesAsked): Promise<ClausesLaid> {
  const { client, district, today, now } = context;
  if (asked.clause !== undefined && !clauseBases.some(({ id }) => id === asked.clause))
    throw new Failure('input-wrong', '方案里没有这一条款。', {
      issues: [{ path: 'clause', words: '请从条款里选择。' }],
    });
  const { span, spans } = await spanOf(context, asked);
  const within = schoolsInReach(context);
  const known = await schoolsOf(context);
  if (asked.schoolId !== undefined) {
    const reached = within === null || within.includes(asked.schoolId);
    if (!reached || !known.some(({ id }) => id === asked.schoolId)) throw notFound('学校', '所');
  }
  const day = span.to < today ? span.to : today;
  const opening = `${String(span.year)}-09-01`;
  const counted = asked.schoolId === undefined ? within : [asked.schoolId];
  const moments = { from: endedAt(addCalendarDays(span.from, -1)), before: endedAt(span.to), now };
  const days = { from: span.from, to: span.to, day, opening };
  const duties = gathered(await countClauseDuties(client, district, { ...moments, schools: counted }));
  const facts = gathered(await countClauseFacts(client, district, days, aidLists, counted));
  const settings = await readSettings(context, day);
  const over = { span: span.to < today, year: `${String(span.year + 1)}-08-31` < today };
  const how = { over, target: settings['target.retention'] };
  const streets = new Map((await placesOf(context)).map((place) => [place.code, place.name]));
  const rows = chosenSchools(known, within, asked, span).map((school) => ({
    schoolId: school.id,
    name: school.name,
    stageWords: stageWords(school.stage),
    streetName: streets.get(school.subdistrictCode ?? '') ?? null,
    cells: cellsOf(context, 'school', duties.get(school.id) ?? [], facts.get(school.id) ?? [], how),
  }));
  return {
    span,
    spans,
    rows: rows.filter((row) => standsAs(row, asked)),
    office: counted === null ? cellsOf(context, 'office', duties.get(null) ?? [], facts.get(null) ?? [], how) : null,
    single: within?.length === 1,
  };
}

/** 方案落实: a page of schools with every clause of the plan, how many stand how, and what the offices owe. */
export async function getClauseStates(context: Context, input: ParsedOf<typeof GetClauseStates>): Promise<Answer> {
  const { page, size, ...asked } = input;
  const { span, spans, rows, office, single } = await layClauses(context, asked);
  return {
    at: context.now.toISOString(),
    span,
    spans,
    thisYear: schoolYearOf(context.today),
    rows: rows.slice((page - 1) * size, page * size),
    total: rows.length,
    page,
    size,
    sums: clauseBases.map(({ id }, index) => {
      const states: Partial<Record<ClauseState, number>> = {};
      for (const row of rows) {
        const state = row.cells[index]?.state;
        if (state !== undefined) states[state] = (states[state] ?? 0) + 1;
      }
      return { clause: id, states };
    }),
    office,
    single,
  };
}
