import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type { getCockpit as endpoint } from '#contract/statistics.ts';
import type { ComparisonKind } from '#domain/comparison/record.ts';
import { evaluate, formulas, formulaWith } from '#domain/statistics/formulas.ts';
import { latestRun, listTrendRuns, rateFormula, runAsOf, type RunRow } from '#server/areas/comparison/actions.ts';
import { placesOf, readSettings, schoolsOf } from '#server/areas/organisations/actions.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { rateOf, scopeOfRate, totalsOfRuns, type RateTold } from './enrolment-rate.ts';
import { foundMoment, foundOf, tokensOf, type Found, type FoundScope } from './found-then.ts';
import { countPupils, countWaiting } from './store-found.ts';

type Cockpit = OutputOf<typeof endpoint>;
type Input = ParsedOf<typeof endpoint>;

/** The enrolment rate and its variants; one whose parts were not kept is left out. */
function ratesOf(totals: RateTold['totals']): Cockpit['rates'] {
  if (totals === null) return [];
  const counts = {
    Owing: totals.owing,
    Exempt: totals.owing - totals.denominator,
    Enrolled: totals.enrolled,
    StatedElsewhere: totals.statedElsewhere,
    SuspendedOwing: totals.suspended ?? 0,
  };
  const told = formulas.enrolment.variants.filter((one) => one.id !== 'withoutSuspended' || totals.suspended !== null);
  return [null, ...told.map((one) => one.id)].map((variant) => {
    const { version, numerator, denominator, value } = evaluate('enrolment', counts, variant);
    const chosen = formulas.enrolment.variants.find((one) => one.id === variant);
    const name = chosen === undefined ? formulas.enrolment.name : `${formulas.enrolment.name}（${chosen.words}）`;
    return { variant, name, words: formulaWith('enrolment', variant).words, version, numerator, denominator, value };
  });
}

/** What of a scope waits for people: as it stands now; of the past the district's as the comparison kept it, of a unit nothing was kept. */
async function waitingOf(
  context: Context,
  scope: FoundScope,
  run: RunRow | null,
  moment: string | null,
): Promise<Pick<Cockpit, 'heldRows' | 'openProposals'>> {
  if (moment === null) return countWaiting(context.client, context.district, tokensOf(scope));
  const counts = scope.kind === 'district' ? (run?.result.counts ?? {}) : {};
  return { heldRows: counts['heldRows'] ?? null, openProposals: counts['openProposals'] ?? null };
}

/** Contradictions between the lists: of the district as the comparison counted them; of a unit its live findings, of the past those of then. */
function contradictionsOf(
  scope: FoundScope,
  run: RunRow | null,
  found: Found | null,
  past: boolean,
): Pick<Cockpit, 'doubleEnrolled' | 'onRollAbsent' | 'notInRegister'> {
  const of = (kind: 'doubleEnrolled' | 'onRollAbsent' | 'notInRegister'): number | null => {
    if (scope.kind === 'district') return run?.result.counts[kind] ?? 0;
    if (scope.kind === 'schools' && past && kind !== 'notInRegister')
      // of a second school that claims the pupil too the run alone tells
      return (run?.result.schools ?? []).filter((one) => scope.ids.includes(one.id)).reduce((sum, one) => sum + one[kind], 0); // prettier-ignore
    return found === null ? null : (found.live.get(kind) ?? 0);
  };
  return { doubleEnrolled: of('doubleEnrolled'), onRollAbsent: of('onRollAbsent'), notInRegister: of('notInRegister') };
}

async function streetLines(context: Context, { streets }: RateTold): Promise<Cockpit['bySubdistrict']> {
  const names = new Map((await placesOf(context)).map((place) => [place.code, place.name]));
  return [...streets]
    .map(([id, { suspended: _suspended, ...totals }]) => ({
      id,
      name: id === '' ? '住址未登记' : (names.get(id) ?? id),
      ...totals,
    }))
    .sort((a, b) => b.notAccounted - a.notAccounted || (a.id < b.id ? -1 : 1));
}

/** The schools in reach with their pupils and open findings; those of a street only for who holds its schools. */
async function schoolLines(
  context: Context,
  asked: { scope: FoundScope; run: RunRow | null; found: Found | null; asOf: string; knownAt: string | null },
): Promise<Cockpit['bySchool']> {
  const { client, district } = context;
  const { scope, run, found, asOf, knownAt } = asked;
  if (scope.kind === 'streets') return [];
  const kept = new Map((run?.result.schools ?? []).map((school) => [school.id, school]));
  const counted = async () => {
    const [schools, classes] = scope.kind === 'schools' ? [scope.ids, []] : [[], scope.ids];
    const rows = await countPupils(client, district, { day: asOf, knownAt, schools, classes });
    return new Map(rows.map((row) => [row.school_id, row.count]));
  };
  const ofRun = run !== null && scope.kind !== 'classes';
  const mine = [...kept].filter(([id]) => scope.kind === 'district' || scope.ids.includes(id));
  const pupils = ofRun ? new Map(mine.map(([id, school]) => [id, school.pupils])) : await counted();
  const open = (id: string) => (found?.bySchool ? (found.bySchool.get(id) ?? 0) : null);
  const liveOf = (kind: ComparisonKind) => (found === null ? null : (found.live.get(kind) ?? 0));
  return (await schoolsOf(context))
    .filter((school) => pupils.has(school.id) || (scope.kind === 'district' && (open(school.id) ?? 0) > 0))
    .map((school) => {
      const ofClass = scope.kind === 'classes';
      return {
        id: school.id,
        name: school.name,
        pupils: pupils.get(school.id) ?? 0,
        onRollAbsent: ofClass ? liveOf('onRollAbsent') : (kept.get(school.id)?.onRollAbsent ?? 0),
        doubleEnrolled: ofClass ? liveOf('doubleEnrolled') : (kept.get(school.id)?.doubleEnrolled ?? 0),
        openFindings: open(school.id),
      };
    })
    .sort((a, b) => (b.openFindings ?? 0) - (a.openFindings ?? 0) || (a.id < b.id ? -1 : 1));
}

async function trendOf(
  context: Context,
  input: Input,
  scope: FoundScope,
  asked: { day: string; knownAt: string | null },
): Promise<Cockpit['trend']> {
  if (scope.kind === 'schools' || scope.kind === 'classes') return [];
  const runs = (await listTrendRuns(context.client, context.district, { ...asked, count: 12 })).reverse();
  const totals = await totalsOfRuns(context, input, scope, runs);
  return runs.flatMap((run) => {
    const one = totals.get(run.id);
    if (one === undefined) return [];
    return [{ asOf: run.as_of, denominator: one.denominator, enrolled: one.enrolled, notAccounted: one.notAccounted }];
  });
}

/**
 * The figures of the comparison that stands on a day, as known at a moment, within reach and under the filters and the base: of the district,
 * of streets (both kept with the run), or of schools with the children of their catchments who are on no roster. Findings and what waits are
 * those of the same moment, of the whole unit whatever the level, group and base; what was not kept is null.
 */
export async function getCockpit(context: Context, input: Input): Promise<Cockpit> {
  const { client, district } = context;
  refuseToCome(context, input);
  const day = input.day ?? context.today;
  const knownAt = input.knownAt ?? null;
  const latest = input.day === undefined && knownAt === null;
  const scope = await scopeOfRate(context, input);
  const run = latest ? await latestRun(client, district, day) : await runAsOf(client, district, day, knownAt);
  const asOf = run?.as_of ?? day;
  const target = (await readSettings(context, asOf))['target.enrolment'];
  const moment = foundMoment(context, { day, knownAt }, run?.known_at ?? null);
  const found = await foundOf(context, scope, moment, day);
  const told = await rateOf(context, input, { run, scope, found, knownAt });
  const { suspended, ...totals } = told.totals ?? { owing: null, denominator: null, enrolled: null, suspended: null, statedElsewhere: null, notAccounted: null, deferred: null }; // prettier-ignore
  return {
    rates: ratesOf(told.totals),
    runId: run?.id ?? null,
    asOf: run?.as_of ?? null,
    knownAt: run?.known_at.toISOString() ?? null,
    madeAt: run?.made_at ?? null,
    signedName: run?.signed_name ?? null,
    target,
    formula: run?.formula ?? rateFormula,
    base: input.base,
    untold: told.untold,
    outsideBase: told.outsideBase,
    ...totals,
    suspended,
    foundAt: moment,
    ...(await waitingOf(context, scope, run, moment)),
    ...contradictionsOf(scope, run, found, moment !== null),
    findingStates: found?.states ?? null,
    overdue: found?.overdue ?? null,
    bySubdistrict: await streetLines(context, told),
    bySchool: await schoolLines(context, { scope, run, found, asOf, knownAt }),
    trend: await trendOf(context, input, scope, { day, knownAt }),
  };
}
