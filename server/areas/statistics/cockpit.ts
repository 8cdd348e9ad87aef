import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type { getCockpit as endpoint } from '#contract/statistics.ts';
import { periodOf, until } from '#domain/statistics/periods.ts';
import { evaluate, formulas, formulaWith } from '#domain/statistics/formulas.ts';
import {
  latestRun,
  listTrendRuns,
  runAsOf,
  rateFormula,
  type RunFigures,
  type StreetFigures,
} from '#server/areas/comparison/actions.ts';
import { placesOf, readSettings, schoolsOf } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { talliesOf } from './tallies.ts';
import { countFindingsBySchool, countFindingStates, countPupils, countWaiting } from './store.ts';

type Cockpit = OutputOf<typeof endpoint>;
type Totals = Pick<Cockpit, 'owing' | 'denominator' | 'enrolled' | 'statedElsewhere' | 'notAccounted' | 'deferred'>;

function unitsOf(context: Context, kind: 'school' | 'class' | 'subdistrict'): string[] {
  return context.reach.tokens
    .filter((token) => token.startsWith(`${kind}:`))
    .map((token) => token.slice(kind.length + 1));
}

function districtTotals({ counts }: RunFigures): Totals {
  const of = (key: string) => counts[key] ?? 0;
  return {
    owing: of('owing'),
    denominator: of('denominator'),
    enrolled: of('enrolledOnRoster') + of('provenElsewhere'),
    statedElsewhere: of('statedElsewhere'),
    notAccounted: of('notEnrolled'),
    deferred: of('deferred'),
  };
}

function sumStreets(streets: readonly StreetFigures[]): Totals {
  const sum = { owing: 0, denominator: 0, enrolled: 0, statedElsewhere: 0, notAccounted: 0, deferred: 0 };
  for (const street of streets) {
    sum.owing += street.owing;
    sum.denominator += street.owing - street.deferred - street.excused;
    sum.enrolled += street.enrolled;
    sum.statedElsewhere += street.statedElsewhere;
    sum.notAccounted += street.notAccounted;
    sum.deferred += street.deferred;
  }
  return sum;
}

/** The enrolment rate and its variants from the totals; what is proven elsewhere stands among the enrolled. */
function ratesOf(totals: Totals, suspended: number): Cockpit['rates'] {
  const counts = {
    Owing: totals.owing,
    Exempt: totals.owing - totals.denominator,
    Enrolled: totals.enrolled,
    StatedElsewhere: totals.statedElsewhere,
    SuspendedOwing: suspended,
  };
  return [null, ...formulas.enrolment.variants.map((one) => one.id)].map((variant) => {
    const { version, numerator, denominator, value } = evaluate('enrolment', counts, variant);
    const chosen = formulas.enrolment.variants.find((one) => one.id === variant);
    const name = chosen === undefined ? formulas.enrolment.name : `${formulas.enrolment.name}（${chosen.words}）`;
    return { variant, name, words: formulaWith('enrolment', variant).words, version, numerator, denominator, value };
  });
}

/** Pupils suspended on a day within reach: of the district, of the own streets, or of the own schools. */
async function suspendedOn(
  context: Context,
  day: string,
  knownAt: string | null,
  own: { streets: string[]; schools: string[] },
): Promise<number> {
  const year = periodOf('year', day);
  if (year === null) return 0;
  const kind = context.reach.all ? 'district' : own.streets.length > 0 ? 'street' : 'school';
  const keys = context.reach.all ? [''] : own.streets.length > 0 ? own.streets : own.schools;
  const { tallies } = await talliesOf(context, { kind, period: until(year, day), knownAt, keys });
  return keys.reduce((sum, key) => sum + (tallies.get(key)?.Suspended ?? 0), 0);
}

/**
 * The figures of the latest comparison within reach: the bureau sees the district, a street office its street (both kept with the run), a school
 * its pupils counted from the rosters and the children of its catchment who are on none. The states of findings are those of now.
 */
export async function getCockpit(context: Context, input: ParsedOf<typeof endpoint>): Promise<Cockpit> {
  const { client, district, reach } = context;
  const day = input.day ?? context.today;
  const knownAt = input.knownAt ?? null;
  const latest = input.day === undefined && knownAt === null;
  const run = latest ? await latestRun(client, district, day) : await runAsOf(client, district, day, knownAt);
  const asOf = run?.as_of ?? day;
  const target = (await readSettings(context, asOf))['target.enrolment'];
  const schools = await schoolsOf(context);
  const places = new Map((await placesOf(context)).map((place) => [place.code, place.name]));
  const ownStreets = unitsOf(context, 'subdistrict');
  const ownSchools = unitsOf(context, 'school');
  const pupils = reach.all ? [] : await countPupils(client, district, asOf, ownSchools, unitsOf(context, 'class'));
  const states = await countFindingStates(client, district, context.today);
  const live = (kind: string) =>
    states
      .filter((row) => row.kind === kind && row.state !== 'settled' && row.state !== 'accepted')
      .reduce((sum, row) => sum + row.count, 0);
  const bySchoolFindings = await countFindingsBySchool(client, district);
  const streets = (run?.result.streets ?? []).filter((street) => reach.all || ownStreets.includes(street.code));
  const schoolTotals = (): Totals => {
    const enrolled = pupils.reduce((sum, row) => sum + row.count, 0);
    const notAccounted = live('notEnrolled');
    return {
      owing: enrolled + notAccounted,
      denominator: enrolled + notAccounted,
      enrolled,
      statedElsewhere: 0,
      notAccounted,
      deferred: 0,
    };
  };
  const totalsOf = (figures: RunFigures): Totals =>
    reach.all
      ? districtTotals(figures)
      : sumStreets(figures.streets.filter((street) => ownStreets.includes(street.code)));
  const ofSchool = !reach.all && ownStreets.length === 0;
  const totals = run === null ? sumStreets([]) : ofSchool ? schoolTotals() : totalsOf(run.result);
  const kept = new Map((run?.result.schools ?? []).map((school) => [school.id, school]));
  const counted = new Map(
    reach.all ? [...kept].map(([id, school]) => [id, school.pupils]) : pupils.map((row) => [row.school_id, row.count]),
  );
  const counts = run?.result.counts ?? {};
  const suspended =
    run === null ? 0 : await suspendedOn(context, asOf, knownAt, { streets: ownStreets, schools: ownSchools });
  const waiting = await countWaiting(client, district);
  return {
    rates: ratesOf(totals, suspended),
    runId: run?.id ?? null,
    asOf: run?.as_of ?? null,
    knownAt: run?.known_at.toISOString() ?? null,
    signedName: run?.signed_name ?? null,
    target,
    formula: run?.formula ?? rateFormula,
    ...totals,
    ...waiting,
    doubleEnrolled: reach.all ? (counts['doubleEnrolled'] ?? 0) : live('doubleEnrolled'),
    onRollAbsent: reach.all ? (counts['onRollAbsent'] ?? 0) : live('onRollAbsent'),
    notInRegister: reach.all ? (counts['notInRegister'] ?? 0) : live('notInRegister'),
    findingStates: states.reduce<Record<string, number>>(
      (sum, row) => ({ ...sum, [row.state]: (sum[row.state] ?? 0) + row.count }),
      {},
    ),
    overdue: states.reduce((sum, row) => sum + row.overdue, 0),
    bySubdistrict: streets
      .map((street) => ({
        id: street.code,
        name: street.code === '' ? '住址未登记' : (places.get(street.code) ?? street.code),
        owing: street.owing,
        enrolled: street.enrolled,
        statedElsewhere: street.statedElsewhere,
        notAccounted: street.notAccounted,
        deferred: street.deferred,
      }))
      .sort((a, b) => b.notAccounted - a.notAccounted || (a.id < b.id ? -1 : 1)),
    bySchool: schools
      .filter((school) => counted.has(school.id) || (reach.all && bySchoolFindings.has(school.id)))
      .map((school) => ({
        id: school.id,
        name: school.name,
        pupils: counted.get(school.id) ?? 0,
        onRollAbsent:
          reach.all || ownSchools.includes(school.id) ? (kept.get(school.id)?.onRollAbsent ?? 0) : live('onRollAbsent'),
        doubleEnrolled:
          reach.all || ownSchools.includes(school.id)
            ? (kept.get(school.id)?.doubleEnrolled ?? 0)
            : live('doubleEnrolled'),
        openFindings: bySchoolFindings.get(school.id) ?? 0,
      }))
      .sort((a, b) => b.openFindings - a.openFindings || (a.id < b.id ? -1 : 1)),
    trend: ofSchool
      ? []
      : (await listTrendRuns(client, district, { day, knownAt, count: 12 })).reverse().map((row) => {
          const { denominator, enrolled, notAccounted } = totalsOf(row.result);
          return { asOf: row.as_of, denominator, enrolled, notAccounted };
        }),
  };
}
