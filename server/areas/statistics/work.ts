import { openingDay } from '#domain/basics/school-year.ts';
import { periodOf, until } from '#domain/statistics/periods.ts';
import type { Period } from '#domain/statistics/record.ts';
import { workKinds, type WorkCounts, type WorkKind } from '#domain/statistics/work.ts';
import { schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { countDoorsIn, doorBookOf } from './door-book.ts';
import type { Within } from './store-figures.ts';
import { dropTallies, findWorkRun, keepTallies, lastLink, readTallies } from './store-tallies.ts';
import {
  countCasesOf,
  countDutiesOf,
  countHouseholdsOf,
  countVisitsOf,
  type WorkAsk,
  type WorkRow,
} from './store-work.ts';
import { reachOfScope } from './tallies.ts';

/** What is counted of doors. */
const doorParts = ['Households', 'Surveyed', 'Refused', 'NotMet'] as const;

/** Kept counts of the work are shown while nothing was written since they were made, and for so many milliseconds in any case. */
const keptFor = 5 * 60_000;
/** Where something is written all day, the job of the minute counts again only after so many: one making takes seconds for a year of a large district. */
const madeAgainAfter = 3 * 60_000;
/** What is open past its time grows without any writing: counted again after so many milliseconds. */
const countedAgainAfter = 15 * 60_000;

/** The work of the scopes of a kind; `madeAt` is the moment of which it tells. */
export interface Worked {
  counts: Map<string, WorkCounts>;
  source: 'kept' | 'recounted';
  madeAt: string;
}

/** What of the work is asked for. */
export interface WorkAsked {
  kind: WorkKind;
  period: Period;
  knownAt: string | null;
  within: Within | null;
}

/** The key of a row among the scopes of a kind; null where it belongs to none. */
function keyOf(kind: WorkKind, row: WorkRow): string | null {
  switch (kind) {
    case 'district':
      return '';
    case 'level':
      return row.level;
    case 'school':
      return row.school_id;
    case 'schoolLevel':
      return row.school_id !== null && row.level !== null ? `${row.school_id}:${row.level}` : null;
    case 'street':
      return row.street;
    case 'streetLevel':
      return row.street !== null && row.level !== null ? `${row.street}:${row.level}` : null;
  }
}

/** The rows summed for the scopes of a kind. */
function summed(rows: readonly WorkRow[], kind: WorkKind): Map<string, WorkCounts> {
  const counts = new Map<string, WorkCounts>();
  for (const row of rows) {
    const key = keyOf(kind, row);
    if (key === null) continue;
    const scope = counts.get(key) ?? {};
    scope[row.part] = (scope[row.part] ?? 0) + row.count;
    counts.set(key, scope);
  }
  return counts;
}

/** How the store is asked for a period of the work. */
export function workAsk(context: Context, asked: Omit<WorkAsked, 'kind'>, kinds: readonly WorkKind[]): WorkAsk {
  const { period, knownAt, within } = asked;
  return { period, knownAt, within, kinds, now: context.now, opening: openingDay(period.to) };
}

/** The door survey of a period: from the book of doors where it holds what is asked, else by the statement. Needs the whole district in sight. */
async function countSurveyed(context: Context, ask: WorkAsk): Promise<WorkRow[]> {
  const { client, district } = context;
  const asked = ask.kinds.some((kind) => kind === 'district' || kind === 'street');
  const book = asked && ask.knownAt === null && ask.within === null ? await doorBookOf(context) : null;
  if (book === null) return countHouseholdsOf(client, district, ask);
  const streets = countDoorsIn(book, { from: ask.opening, to: ask.period.to, now: ask.now });
  return streets.flatMap(({ street, ...counts }) =>
    doorParts.flatMap((part) =>
      counts[part] === 0 ? [] : [{ school_id: null, level: null, street, part, count: counts[part] }],
    ),
  );
}

/** Counts the work of a period anew. Needs the whole district in sight. */
async function countWork(context: Context, ask: WorkAsk): Promise<WorkRow[]> {
  const { client, district } = context;
  return [
    ...(await countDutiesOf(client, district, ask)),
    ...(await countVisitsOf(client, district, ask)),
    ...(await countSurveyed(context, ask)),
    ...(await countCasesOf(client, district, ask)),
  ];
}

const setOf = (kind: WorkKind): `work.${WorkKind}` => `work.${kind}`;

/** The work of every scope of a kind: the kept counts of a running period while they are fresh, else a recount. Those of other units than the actor's are left out by the caller. */
export async function workOf(context: Context, asked: WorkAsked): Promise<Worked> {
  return inWholeDistrict(context, async () => {
    const { client, district, now } = context;
    const { kind, period } = asked;
    if (asked.knownAt === null && asked.within === null) {
      const key = { periodKind: period.kind, from: period.from, scopeKind: setOf(kind) };
      const run = await findWorkRun(client, district, key);
      const age = run === null ? Infinity : now.getTime() - run.made_at.getTime();
      const fresh =
        age < keptFor ||
        (age < countedAgainAfter && run !== null && run.source_known >= (await lastLink(client, district)));
      if (run?.to_date === period.to && fresh) {
        const rows = await readTallies(client, district, key, null);
        return {
          counts: new Map(rows.map((row) => [row.key, row.counts])),
          source: 'kept',
          madeAt: run.made_at.toISOString(),
        };
      }
    }
    const rows = await countWork(context, workAsk(context, asked, [kind]));
    return { counts: summed(rows, kind), source: 'recounted', madeAt: now.toISOString() };
  });
}

async function runningPeriods(context: Context): Promise<Period[]> {
  const { today } = context;
  const { termOf } = await schoolCalendar(context, today);
  const term = termOf(today);
  return (['year', 'term', 'quarter', 'month', 'week'] as const).flatMap((kind) => {
    const period = periodOf(kind, today, term ? [term] : []);
    return period === null ? [] : [until(period, today)];
  });
}

async function staleWork(context: Context): Promise<Period[]> {
  const { client, district, now } = context;
  const last = await lastLink(client, district);
  const stale: Period[] = [];
  for (const period of await runningPeriods(context)) {
    const run = await findWorkRun(client, district, {
      periodKind: period.kind,
      from: period.from,
      scopeKind: 'work.district',
    });
    const age = run === null ? Infinity : now.getTime() - run.made_at.getTime();
    const due = run !== null && run.source_known >= last ? countedAgainAfter : madeAgainAfter;
    if (run?.to_date !== period.to || age >= due) stale.push(period);
  }
  return stale;
}

/** Whether the work of a running period is to be counted again; a step of each minute asks before it works. */
export async function mustKeepWork(context: Context): Promise<boolean> {
  return (await staleWork(context)).length > 0;
}

/** Counts the work of the running periods again and keeps it; answers how many periods. */
export async function keepWorkUp(context: Context): Promise<number> {
  const { client, district } = context;
  const stale = await staleWork(context);
  for (const period of stale) {
    const sourceKnown = await lastLink(client, district);
    const rows = await countWork(context, workAsk(context, { period, knownAt: null, within: null }, workKinds));
    for (const kind of workKinds) {
      const key = { periodKind: period.kind, from: period.from, scopeKind: setOf(kind) };
      const counts = summed(rows, kind);
      await dropTallies(client, district, key);
      await keepTallies(
        client,
        district,
        key,
        { to: period.to, sourceKnown, madeAt: context.now },
        [...counts].map(([scope, made]) => ({ key: scope, counts: made, reach: reachOfScope(kind, scope) })),
      );
    }
  }
  return stale.length;
}
