import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/statistics-cohorts.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { notFound } from '#domain/basics/failure.ts';
import { sexWord } from '#domain/basics/identity-check.ts';
import { cohortWords, partsOfCohort } from '#domain/statistics/cohorts.ts';
import { evaluate, formulaWith } from '#domain/statistics/formulas.ts';
import { until } from '#domain/statistics/periods.ts';
import { levels, sumTallies, type Level, type Period, type Tally } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { briefsOf } from '#server/areas/population/actions.ts';
import { refuseToCome } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { asKnownAt } from './known-then.ts';
import { withinReach } from './progression.ts';
import { holdsScope, readScopeNames } from './scopes.ts';
import { listCohortNames as listNames } from './store-cohorts.ts';
import { talliesOf } from './tallies.ts';

type Answer = OutputOf<typeof contract.getCohorts>;
type Line = Answer['cohorts'][number]['schools'][number];

const levelYears: Record<Level, { before: number; years: number }> = {
  primary: { before: 0, years: 6 },
  junior: { before: 6, years: 3 },
};

/** The time of a cohort in a level: from the 1 September on which it comes until the 31 August on which it has left. */
function timeOf(level: Level, leaves: number): { first: number; entered: number; period: Period } {
  const { before, years } = levelYears[level];
  const entered = leaves - years;
  return {
    first: entered - before,
    entered,
    period: { kind: 'year', from: `${String(entered)}-09-01`, to: `${String(leaves)}-08-31` },
  };
}

function lineOf(schoolId: string | null, name: string, tally: Tally, variant: string | null): Line {
  const { numerator, denominator, value } = evaluate('cohortRetention', tally, variant);
  const entrants = tally.S0 + tally.New;
  const came = tally.In + tally.Back + tally.MoveIn;
  const went = entrants + came - denominator;
  return { schoolId, name, entrants, came, went, base: denominator, graduates: numerator, gone: tally.Gone + tally.Drop, there: tally.S1, value }; // prettier-ignore
}

/** The schools of which cohorts are told: one, or all that are in reach. */
async function schoolsAsked(context: Context, schoolId: string | undefined): Promise<{ id: string; name: string }[]> {
  await withinReach(context, schoolId);
  const names = await readScopeNames(context, 'school');
  return [...names.schools]
    .filter(([id]) => (schoolId === undefined || id === schoolId) && holdsScope(context.reach, 'school', id, names))
    .map(([id, { name }]) => ({ id, name }));
}

/**
 * Cohort retention (formula v1) of who left last summer and of who leaves next, by level: entrants, movements and graduates of the district
 * or of one school, with every school behind it. A cohort is counted over all its years as of the day; one that has not left has no rate.
 */
export async function getCohorts(context: Context, input: ParsedOf<typeof contract.getCohorts>): Promise<Answer> {
  const { schoolId, level: only } = input;
  refuseToCome(context, input);
  const asOf = input.day ?? context.today;
  const schools = await schoolsAsked(context, schoolId);
  const year = schoolYearOf(asOf);
  const cohorts: Answer['cohorts'] = [];
  for (const level of levels.filter((one) => only === undefined || one === only))
    for (const leaves of [year, year + 1]) {
      const { first, entered, period } = timeOf(level, leaves);
      const keyOf = (id: string) => `${id}:${String(first)}`;
      const { tallies } = await talliesOf(context, {
        kind: 'cohort',
        period: until(period, asOf),
        knownAt: input.knownAt ?? null,
        keys: schools.map((school) => keyOf(school.id)),
        schoolId: schoolId ?? null,
      });
      const variant = level === 'primary' ? 'primary' : null;
      const over = asOf > period.to;
      // who has not left yet has entrants and movements, and no rate
      const shown = (line: Line): Line => (over ? line : { ...line, value: null });
      const held = schools.flatMap(({ id, name }) => {
        const tally = tallies.get(keyOf(id));
        return tally === undefined || tally.S0 + tally.New + tally.In + tally.MoveIn + tally.Back === 0 ? [] : [{ id, name, tally }]; // prettier-ignore
      });
      if (held.length === 0) continue;
      const all = lineOf(null, '合计', sumTallies(held.map((one) => one.tally)), variant);
      const rows = held.map(({ id, name, tally }) => shown(lineOf(id, name, tally, variant)));
      const byRate = rows.toSorted((a, b) => (a.value ?? 101) - (b.value ?? 101) || (a.name < b.name ? -1 : 1));
      cohorts.push({ level, entered, leaves, over, all: shown(all), schools: byRate });
    }
  const { words } = formulaWith('cohortRetention', null);
  return { asOf, words, version: evaluate('cohortRetention', {}).version, cohorts };
}

/** The names behind a number of a cohort, of the district or of one school, as of the day and as known at the moment: as many as the number says. */
export async function listCohortNames(
  context: Context,
  input: ParsedOf<typeof contract.listCohortNames>,
): Promise<OutputOf<typeof contract.listCohortNames>> {
  const { client, district, reach } = context;
  const { schoolId, level, leaves, part, page, size } = input;
  refuseToCome(context, input);
  const asOf = input.day ?? context.today;
  const schools = await schoolsAsked(context, schoolId);
  const year = schoolYearOf(asOf);
  if (leaves !== year && leaves !== year + 1) throw notFound('届');
  const { first, entered, period } = timeOf(level, leaves);
  const ask = {
    kind: 'cohort' as const,
    period: until(period, asOf),
    knownAt: input.knownAt ?? null,
    schoolId: schoolId ?? null,
    keys: schools.map((school) => `${school.id}:${String(first)}`),
    parts: partsOfCohort(part, level),
    leaversApart: level === 'primary' && part === 'went',
  };
  const [tokens, place] = [reach.all ? null : reach.tokens, { size, offset: (page - 1) * size }];
  const found = await inWholeDistrict(context, () =>
    asKnownAt(context, ask, (knownAt) => listNames(client, district, { ...ask, knownAt }, tokens, place)),
  );
  const briefs = await briefsOf(context, [...new Set(found.map((row) => row.child_id))]);
  const rows = found.flatMap((row) => {
    const brief = briefs.get(row.child_id);
    if (!brief) return [];
    const { name, sex, birthDate, schoolName, className } = brief;
    const partName = partWords[row.part];
    return [{ childId: row.child_id, name, sex: sexWord(sex), birthDate, partWords: partName, schoolName, className, day: row.day }]; // prettier-ignore
  });
  const words = cohortWords({ level, entered, leaves, over: asOf > period.to });
  return { rows, total: found[0]?.total ?? 0, page, size, words };
}
