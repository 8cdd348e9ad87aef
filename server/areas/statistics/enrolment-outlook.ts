import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-cockpit.ts';
import { forecastEnrolment } from '#domain/statistics/enrolment-forecast.ts';
import { periodOf } from '#domain/statistics/periods.ts';
import { listTrendRuns, type RunFigures } from '#server/areas/comparison/actions.ts';
import { readSettings, schoolsOf } from '#server/areas/organisations/actions.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { foundMoment, foundOf, type FoundScope } from './found-then.ts';
import { countUnplaced, type FoundRow } from './store-found.ts';

type Told = OutputOf<typeof contract.getEnrolmentForecast>;

/** Those without a place whose address lies in no school's catchment. */
const noSchool = '';

function denominatorOf(
  result: RunFigures,
  streets: readonly string[] | null,
): { denominator: number; enrolled: number } {
  if (streets === null) {
    const of = (key: string) => result.counts[key] ?? 0;
    return { denominator: of('denominator'), enrolled: of('enrolledOnRoster') + of('provenElsewhere') };
  }
  const own = result.streets.filter((street) => streets.includes(street.code));
  return {
    denominator: own.reduce((sum, one) => sum + one.owing - one.deferred - one.excused, 0),
    enrolled: own.reduce((sum, one) => sum + one.enrolled, 0),
  };
}

/** Children without a place by the school of their catchment, as of now or as they stood at a moment; null where that was not kept. */
async function unplacedOf(
  context: Context,
  scope: FoundScope,
  moment: string | null,
  day: string,
): Promise<{ id: string; notEnrolled: number; stated: number }[] | null> {
  const found = moment === null ? null : await foundOf(context, scope, moment, day);
  if (moment !== null && !found?.bySchool) return null;
  const rows: readonly FoundRow[] = found?.rows ?? (await countUnplaced(context.client, context.district));
  const schools = new Map<string, { id: string; notEnrolled: number; stated: number }>();
  for (const row of rows.filter((one) => one.live)) {
    if (row.kind !== 'notEnrolled' && row.kind !== 'enrolledElsewhere') continue;
    const id = row.school_id ?? noSchool;
    const school = schools.get(id) ?? { id, notEnrolled: 0, stated: 0 };
    school[row.kind === 'notEnrolled' ? 'notEnrolled' : 'stated'] += row.count;
    schools.set(id, school);
  }
  return [...schools.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * The enrolment rate expected at the year's end against its target, and the schools in whose catchments those without a place live: of the
 * district, or of one's own streets. A school has no rate of its own; it is told nothing.
 */
export async function getEnrolmentForecast(
  context: Context,
  input: ParsedOf<typeof contract.getEnrolmentForecast>,
): Promise<Told> {
  const { client, district, reach } = context;
  refuseToCome(context, input);
  const day = input.day ?? context.today;
  const knownAt = input.knownAt ?? null;
  const period = periodOf('year', day) ?? { kind: 'year' as const, from: day, to: day };
  const streets = reach.tokens.filter((one) => one.startsWith('subdistrict:')).map((one) => one.slice('subdistrict:'.length)); // prettier-ignore
  const mine = reach.all ? null : streets;
  const kept = mine?.length === 0 ? [] : await listTrendRuns(client, district, { day, knownAt, count: 200 });
  const runs = kept.reverse().map((run) => ({ asOf: run.as_of, ...denominatorOf(run.result, mine) }));
  const target = (await readSettings(context, day))['target.enrolment'];
  const names = new Map((await schoolsOf(context)).map((one) => [one.id, one.name]));
  const pupils = new Map((kept.at(-1)?.result.schools ?? []).map((one) => [one.id, one.pupils]));
  const moment = foundMoment(context, { day, knownAt }, kept.at(-1)?.known_at ?? null);
  const scope: FoundScope = { kind: reach.all ? 'district' : 'streets', ids: streets, chosen: false };
  const unplaced = runs.length === 0 ? [] : await unplacedOf(context, scope, moment, day);
  const told = forecastEnrolment(
    runs,
    (unplaced ?? []).map((row) => ({ ...row, pupils: pupils.get(row.id) ?? 0 })),
    period,
    target > 1 ? target : target * 100,
  );
  return {
    ...told,
    asOf: runs.at(-1)?.asOf ?? null,
    placesKept: unplaced !== null,
    to: period.to,
    deciding: told.deciding.map(({ id, pupils: _pupils, ...one }) => ({
      schoolId: id === noSchool ? null : id,
      name: id === noSchool ? '不在任何学校片区' : (names.get(id) ?? id),
      ...one,
    })),
  };
}
