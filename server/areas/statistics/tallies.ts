import { reachToken } from '#domain/basics/reach.ts';
import { identityGap } from '#domain/statistics/components.ts';
import { periodOf, until, type NamedTerm } from '#domain/statistics/periods.ts';
import {
  courseParts,
  emptyTally,
  type CoursePart,
  type Period,
  type PeriodKind,
  type ScopeKind,
  type Tally,
} from '#domain/statistics/record.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Context, Listener } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { booksFor, talliesIn } from './books.ts';
import { homeKinds } from './figure-sql.ts';
import { asKnownAt } from './known-then.ts';
import { countFigures, type FigureCount, type Within } from './store-figures.ts';
import {
  classesFor,
  dropTallies,
  findRun,
  firstTouched,
  keepTallies,
  lastKnown,
  listRuns,
  readTallies,
  type TallyKey,
} from './store-tallies.ts';

/** Kinds of scope whose tallies are kept; a cohort is counted when asked. */
export const keptKinds: readonly ScopeKind[] = [
  'district',
  'level',
  'school',
  'street',
  'schoolLevel',
  'streetLevel',
  'grade',
  'schoolGrade',
  'class',
];

/** Of closed periods only those that trends show; the others are counted when asked. */
const trendKinds: readonly ScopeKind[] = ['district', 'level', 'school', 'street', 'schoolLevel', 'streetLevel'];
/** Months whose grades are set against each other by the grade progression; kept of the last twelve. */
const pairMonths: readonly string[] = ['05', '09'];
const pairKinds: readonly ScopeKind[] = ['grade', 'schoolGrade'];

/** Kinds of which the tallies of a period are kept. */
function kindsOf(period: Period, today: string): readonly ScopeKind[] {
  if (period.to === today) return keptKinds;
  const pairs = period.kind === 'month' && pairMonths.includes(period.from.slice(5, 7));
  return pairs ? [...trendKinds, ...pairKinds] : trendKinds;
}

/** The tallies of a kind of scope, and whether they were kept or counted anew. */
export interface Tallied {
  tallies: Map<string, Tally>;
  source: 'kept' | 'recounted';
}

/** What tallies are asked for; `period` is already cut at the day asked. */
export interface TallyAsk {
  kind: ScopeKind;
  period: Period;
  knownAt: string | null;
  /** Only these scopes; null for all. */
  keys: readonly string[] | null;
  schoolId?: string | null;
  /** Only children of a street or a group: counted when asked, and remembered until something is said of children again. */
  within?: Within | null;
}

/** The same tallies; throws where one breaks the identity. */
function checked(tallies: Map<string, Tally>): Map<string, Tally> {
  for (const [key, tally] of tallies)
    if (identityGap(tally) !== 0) throw new Error(`the identity of ${key} is off by ${String(identityGap(tally))}`);
  return tallies;
}

/** Counts as tallies by the key of their scope; throws where one breaks the identity S1 = S0 + … − … (product, section 6). */
export function gatherTallies(counts: readonly FigureCount[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const { key, part, count } of counts) {
    const tally = tallies.get(key) ?? emptyTally();
    tally[part] = count;
    tallies.set(key, tally);
  }
  return checked(tallies);
}

/** Whether the books can answer: they hold what is known now of courses and homes, not of groups, and are the longer way where one school is asked for. */
export function inBooks(ask: Pick<TallyAsk, 'knownAt' | 'schoolId' | 'within'>): boolean {
  return ask.knownAt === null && !ask.schoolId && !ask.within?.group;
}

/** Counts anew from the courses; the identity of every scope is checked at each making. Needs the whole district in sight. */
export async function recount(context: Context, ask: TallyAsk): Promise<Map<string, Tally>> {
  const { client, district } = context;
  return asKnownAt(context, ask, async (knownAt) => {
    const at = { ...ask, knownAt };
    const books = inBooks(at) ? await booksFor(context, at) : null;
    if (books !== null) return checked(await talliesIn(books, at));
    return gatherTallies(await countFigures(client, district, at));
  });
}

async function isFresh(context: Context, key: TallyKey & { scopeKind: ScopeKind }, to: string): Promise<boolean> {
  const { client, district } = context;
  const run = await findRun(client, district, key);
  if (run?.to_date !== to) return false;
  const last = await lastKnown(client, district, homeKinds.includes(key.scopeKind));
  if (run.source_known >= last) return true;
  if (homeKinds.includes(key.scopeKind)) return false;
  const touched = await firstTouched(client, district, run.source_known);
  return touched === null || touched > to;
}

/** The tallies asked for: the kept ones where they hold what is known now, else a recount. Those of other units than the actor's are left out by the caller. */
export async function talliesOf(context: Context, ask: TallyAsk): Promise<Tallied> {
  return inWholeDistrict(context, async () => {
    const { client, district } = context;
    const key = { periodKind: ask.period.kind, from: ask.period.from, scopeKind: ask.kind };
    if (ask.within) return { tallies: await remembered(context, ask), source: 'recounted' };
    if (ask.knownAt === null && keptKinds.includes(ask.kind) && (await isFresh(context, key, ask.period.to))) {
      const rows = await readTallies(client, district, key, ask.keys);
      const tallies = new Map(rows.map((row) => [row.key, { ...emptyTally(), ...row.counts }]));
      return { tallies, source: 'kept' };
    }
    return { tallies: await recount(context, ask), source: 'recounted' };
  });
}

/** A recount of a part of the children, remembered for all who ask until a course or an address is otherwise: counted with the whole district in sight. */
async function remembered(context: Context, whole: TallyAsk): Promise<Map<string, Tally>> {
  // every scope of the kind is counted, whichever are asked for
  const ask = { ...whole, keys: null };
  const known = await lastKnown(context.client, context.district, true);
  return rememberFor(
    context,
    { all: true, tokens: [] },
    { key: `figures-within ${known} ${JSON.stringify(ask)}`, dependsOn: 'facts', bytes: (made) => made.size * 300 },
    () => recount(context, ask),
  );
}

const noClasses: ReadonlyMap<string, string> = new Map();

/** Who may read the tally of a scope: its school, class or street; those of the whole district need it in sight. */
export function reachOfScope(
  kind: ScopeKind,
  key: string,
  schoolOfClass: ReadonlyMap<string, string> = noClasses,
): string[] {
  switch (kind) {
    case 'class': {
      const school = schoolOfClass.get(key) ?? key.replace(/:$/, '');
      return [reachToken('class', key), reachToken('school', school)];
    }
    case 'schoolGrade':
    case 'schoolLevel':
    case 'cohort':
      return [reachToken('school', key.split(':')[0] ?? '')];
    case 'school':
      return [reachToken('school', key)];
    case 'street':
    case 'streetLevel':
      return [reachToken('subdistrict', key.split(':')[0] ?? '')];
    case 'district':
    case 'level':
    case 'grade':
      return [];
  }
}

function compact(tally: Tally): Partial<Record<CoursePart, number>> {
  return Object.fromEntries(courseParts.filter((part) => tally[part] !== 0).map((part) => [part, tally[part]]));
}

/** Makes the tallies of a kind of scope and period anew and keeps them. Needs the whole district in sight. */
export async function keep(context: Context, kind: ScopeKind, period: Period): Promise<void> {
  const { client, district } = context;
  const key = { periodKind: period.kind, from: period.from, scopeKind: kind };
  const sourceKnown = await lastKnown(client, district, homeKinds.includes(kind));
  const made = await recount(context, { kind, period, knownAt: null, keys: null });
  const schools = new Map(
    kind === 'class' ? (await classesFor(client, district, {})).map((row) => [row.id, row.school_id]) : [],
  );
  await dropTallies(client, district, key);
  await keepTallies(
    client,
    district,
    key,
    { to: period.to, sourceKnown, madeAt: context.now },
    [...made].map(([scope, tally]) => ({
      key: scope,
      counts: compact(tally),
      reach: reachOfScope(kind, scope, schools),
    })),
  );
}

/** The periods whose tallies are kept: the running one of each kind cut at today, and closed ones before it for the trends. */
function keptPeriods(today: string, terms: readonly NamedTerm[]): Period[] {
  const before: Record<PeriodKind, number> = { week: 12, month: 12, quarter: 4, term: 3, year: 3 };
  // as: the keys are the kinds
  return (Object.keys(before) as PeriodKind[]).flatMap((kind) => {
    const found: Period[] = [];
    let day = today;
    while (found.length <= before[kind]) {
      const period = periodOf(kind, day, terms);
      if (period === null) break;
      found.push(until(period, today));
      day = addCalendarDays(period.from, -1);
    }
    return found;
  });
}

/** Tallies that are missing or stale, running periods first. */
async function staleOnes(context: Context): Promise<{ kind: ScopeKind; period: Period }[]> {
  const { client, district } = context;
  const { termOf } = await schoolCalendar(context, context.today);
  const term = termOf(context.today);
  const runs = new Map(
    (await listRuns(client, district)).map((run) => [`${run.period_kind} ${run.from_date} ${run.scope_kind}`, run]),
  );
  const last = { course: await lastKnown(client, district, false), street: await lastKnown(client, district, true) };
  const touched = new Map<string, string | null>();
  const touchedSince = async (moment: string) => {
    if (!touched.has(moment)) touched.set(moment, await firstTouched(client, district, moment));
    return touched.get(moment) ?? null;
  };
  const stale: { kind: ScopeKind; period: Period }[] = [];
  for (const period of keptPeriods(context.today, term ? [term] : []))
    for (const kind of kindsOf(period, context.today)) {
      const run = runs.get(`${period.kind} ${period.from} ${kind}`);
      if (run?.to_date === period.to) {
        if (run.source_known >= (homeKinds.includes(kind) ? last.street : last.course)) continue;
        const day = homeKinds.includes(kind) ? '' : await touchedSince(run.source_known);
        if (day === null || day > period.to) continue;
      }
      stale.push({ kind, period });
    }
  return stale.sort((a, b) => (a.period.to < b.period.to ? 1 : a.period.to > b.period.to ? -1 : 0));
}

/** Whether some tallies are to be made; a step of each minute asks before it works. */
export async function mustKeepTallies(context: Context): Promise<boolean> {
  return (await staleOnes(context)).length > 0;
}

/** Makes missing and stale tallies, running periods first, at most `most` in one go; answers how many were made. */
export async function keepTalliesUp(context: Context, most = 40): Promise<number> {
  const stale = (await staleOnes(context)).slice(0, most);
  for (const { kind, period } of stale) await keep(context, kind, period);
  return stale.length;
}

/** Two records became one person, or two again: no moment of the courses tells it, so every tally is made anew. */
export const hearForFigures: Listener = async (context, news) => {
  if (news.kind !== 'comparison.personsMerged' && news.kind !== 'comparison.personsSplit') return;
  await inWholeDistrict(context, () => dropTallies(context.client, context.district, null));
};
