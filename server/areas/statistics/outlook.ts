import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-figures.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { forecast, type EarlierYear } from '#domain/statistics/forecast.ts';
import { periodOf, periodWords, until } from '#domain/statistics/periods.ts';
import { emptyTally, type Period, type ScopeKind, type Tally } from '#domain/statistics/record.ts';
import { readSettings } from '#server/areas/organisations/actions.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { figuresOf, periodAsked, variantsFrom, withinOf } from './figures.ts';
import { holdsScope, readScopeNames, schoolOf, scopeWithin } from './scopes.ts';
import { talliesOf } from './tallies.ts';

/** The figures of a scope period by period, the latest first asked and last shown; the running one is cut at the day. */
export async function listTrend(
  context: Context,
  input: ParsedOf<typeof contract.listTrend>,
): Promise<OutputOf<typeof contract.listTrend>> {
  const names = await readScopeNames(context, input.scopeKind);
  const { scopeKind: kind, scopeKey: key } = input;
  scopeWithin(context.reach, kind, key, names, input.street);
  refuseToCome(context, input);
  const made = await periodAsked(context, input);
  const settings = await readSettings(context, made.asOf);
  const rows: OutputOf<typeof contract.listTrend> = [];
  let period: Period | null = made.whole;
  while (period !== null && rows.length < input.count) {
    const cut = until(period, made.asOf);
    const ask = {
      kind,
      period: cut,
      knownAt: input.knownAt ?? null,
      keys: [key],
      schoolId: schoolOf(kind, key, names),
      within: withinOf(input),
    };
    const counts = (await talliesOf(context, ask)).tallies.get(key) ?? emptyTally();
    const figures = figuresOf(counts, { kind, key }, settings, variantsFrom(input.variants));
    rows.unshift({ from: cut.from, to: cut.to, words: periodWords(period, made.terms), counts, figures });
    if (input.period === 'term') break;
    period = periodOf(input.period, addCalendarDays(period.from, -1));
  }
  return rows;
}

/** What up to three earlier years had lost by the same day and by their end; years without records are left out. */
async function earlierYears(
  whole: Period,
  cut: Period,
  counted: (period: Period) => Promise<Tally | undefined>,
): Promise<EarlierYear[]> {
  const back = (day: string, years: number) =>
    `${String(Number(day.slice(0, 4)) - years)}${day.slice(4)}`.replace(/-02-29$/, '-02-28');
  const found: EarlierYear[] = [];
  for (const years of [1, 2, 3]) {
    const period: Period = { kind: 'year', from: back(whole.from, years), to: back(whole.to, years) };
    const then = await counted({ ...period, to: back(cut.to, years) });
    const end = await counted(period);
    if (then && end && end.S0 > 0)
      found.push({ lostByThen: then.Gone + then.Drop, lostByEnd: end.Gone + end.Drop, inSchool: end.S1 });
  }
  return found;
}

/** The year's end as forecast from what was lost so far and in up to three earlier years: of the district, one of its levels, or one school. */
export async function getForecast(
  context: Context,
  input: ParsedOf<typeof contract.getForecast>,
): Promise<OutputOf<typeof contract.getForecast>> {
  const { level, schoolId } = input;
  const kind = level === undefined ? 'school' : 'schoolLevel';
  const names = await readScopeNames(context, kind);
  if (schoolId !== undefined) scopeWithin(context.reach, 'school', schoolId, names);
  refuseToCome(context, input);
  const made = await periodAsked(context, { period: 'year', day: input.day });
  const knownAt = input.knownAt ?? null;
  const counted = async (period: Period, of: ScopeKind) =>
    (await talliesOf(context, { kind: of, period, knownAt, keys: null })).tallies;
  const tallies = new Map<string, Tally>();
  for (const [key, tally] of await counted(made.cut, kind)) {
    const id = schoolOf(kind, key, names);
    if (id === null || !holdsScope(context.reach, kind, key, names)) continue;
    if (schoolId !== undefined && id !== schoolId) continue;
    if (level === undefined || key.endsWith(`:${level}`)) tallies.set(id, tally);
  }
  // closed years seldom change: counted once for all who ask, until something is said of children again
  const earlier = await rememberFor(
    context,
    { all: true, tokens: [] },
    {
      key: `forecast-earlier ${made.asOf} ${knownAt ?? ''} ${level ?? ''}`,
      dependsOn: 'facts',
      bytes: () => 200,
    },
    () =>
      earlierYears(made.whole, made.cut, async (period) =>
        (await counted(period, level === undefined ? 'district' : 'level')).get(level ?? ''),
      ),
  );
  const settings = await readSettings(context, made.cut.to);
  const target =
    settings[
      level === undefined
        ? 'target.retention'
        : level === 'primary'
          ? 'target.retentionPrimary'
          : 'target.retentionJunior'
    ];
  const standings = [...tallies].map(([id, { S1, Gone, Drop }]) => ({ id, inSchool: S1, lost: Gone + Drop }));
  const { deciding, ...told } = forecast(standings, made.whole, made.asOf, earlier, target);
  return {
    asOf: made.asOf,
    from: made.whole.from,
    to: made.whole.to,
    ...told,
    deciding: deciding.map(({ id, ...one }) => ({
      schoolId: id,
      name: names.schools.get(id)?.name ?? id,
      dropped: tallies.get(id)?.Drop ?? 0,
      gone: tallies.get(id)?.Gone ?? 0,
      ...one,
    })),
  };
}
