import type { ParsedOf } from '#contract/endpoint.ts';
import type { getCockpit } from '#contract/statistics.ts';
import { notFound } from '#domain/basics/failure.ts';
import {
  emptyTotals,
  sumTotals,
  totalsByStreet,
  totalsOfSchools,
  withoutHome,
  type Cells,
  type RateTotals,
} from '#domain/comparison/cells.ts';
import {
  readCells,
  wholeCut,
  type RunFigures,
  type RunRow,
  type StreetFigures,
} from '#server/areas/comparison/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { Found, FoundScope } from './found-then.ts';
import { readScopeNames, scopeWithin } from './scopes.ts';
import { countPupils } from './store-found.ts';

type Input = ParsedOf<typeof getCockpit>;
/** Totals of which the suspended may not have been kept. */
type Totals = Omit<RateTotals, 'suspended'> & { suspended: number | null };

/** The enrolment rate of a scope as a comparison tells it. */
export interface RateTold {
  /** Null where it cannot be told; `untold` says why. */
  totals: Totals | null;
  untold: string | null;
  streets: ReadonlyMap<string, Totals>;
  /** Who owes and has no household state: in neither the registered nor the resident base; null for the other bases. */
  outsideBase: number | null;
}

function unitsOf(context: Context, kind: 'school' | 'class' | 'subdistrict'): string[] {
  return context.reach.tokens
    .filter((token) => token.startsWith(`${kind}:`))
    .map((token) => token.slice(kind.length + 1));
}

/** Of whom the rate is: the school or street that was chosen, else all that is in reach. What is out of reach is not found. */
export async function scopeOfRate(context: Context, input: Input): Promise<FoundScope> {
  const { reach } = context;
  const chosen = async (kind: 'school' | 'street', id: string): Promise<FoundScope> => {
    const names = await readScopeNames(context, kind);
    if (kind === 'street' && id === '') throw notFound('统计范围', '个');
    scopeWithin(reach, kind, id, names);
    return { kind: kind === 'school' ? 'schools' : 'streets', ids: [id], chosen: true };
  };
  if (input.schoolId !== undefined) return chosen('school', input.schoolId);
  if (input.street !== undefined) return chosen('street', input.street);
  if (reach.all) return { kind: 'district', ids: [], chosen: false };
  const streets = unitsOf(context, 'subdistrict');
  if (streets.length > 0) return { kind: 'streets', ids: streets, chosen: false };
  const schools = unitsOf(context, 'school');
  if (schools.length > 0) return { kind: 'schools', ids: schools, chosen: false };
  return { kind: 'classes', ids: unitsOf(context, 'class'), chosen: false };
}

function totalsOfStreet(street: StreetFigures): Totals {
  const { owing, enrolled, statedElsewhere, notAccounted, deferred, excused } = street;
  const denominator = owing - deferred - excused;
  return { owing, denominator, enrolled, suspended: street.suspended ?? null, statedElsewhere, notAccounted, deferred };
}

function sumKept(all: readonly Totals[]): Totals {
  const kept = all.every((one) => one.suspended !== null);
  const sum = sumTotals(all.map((one) => ({ ...one, suspended: one.suspended ?? 0 })));
  return { ...sum, suspended: kept ? sum.suspended : null };
}

function totalsOfDistrict({ counts }: RunFigures): Totals {
  const of = (key: string) => counts[key] ?? 0;
  return {
    owing: of('owing'),
    denominator: of('denominator'),
    enrolled: of('enrolledOnRoster') + of('provenElsewhere'),
    suspended: counts['suspended'] ?? null,
    statedElsewhere: of('statedElsewhere'),
    notAccounted: of('notEnrolled'),
    deferred: of('deferred'),
  };
}

function totalsOfPupils(pupils: number, notAccounted: number, suspended: number | null): Totals {
  const owing = pupils + notAccounted;
  return { ...emptyTotals(), owing, denominator: owing, enrolled: pupils, notAccounted, suspended };
}

/** Schools as the run kept them; null for a run from before it kept who of their catchments is missing. */
function keptSchools({ schools }: RunFigures, ids: readonly string[]): Totals | null {
  const own = schools.filter((school) => ids.includes(school.id));
  if (schools.some((school) => school.notEnrolled === undefined)) return null;
  return sumKept(own.map((one) => totalsOfPupils(one.pupils, one.notEnrolled ?? 0, one.suspended ?? null)));
}

/** Schools or classes counted from the rosters, with the findings of their catchments: where the run kept less. */
async function countedUnits(
  context: Context,
  run: RunRow,
  scope: FoundScope,
  found: Found | null,
  knownAt: string | null,
): Promise<Totals | null> {
  const { client, district } = context;
  const schools = scope.kind === 'schools' ? scope.ids : [];
  const classes = scope.kind === 'classes' ? scope.ids : [];
  const rows = await countPupils(client, district, { day: run.as_of, knownAt, schools, classes });
  const [pupils, suspended] = [rows.reduce((sum, row) => sum + row.count, 0), rows.reduce((sum, row) => sum + row.suspended, 0)]; // prettier-ignore
  if (scope.kind === 'classes') return totalsOfPupils(pupils, 0, suspended);
  return found && totalsOfPupils(pupils, found.live.get('notEnrolled') ?? 0, suspended);
}

/** Whether the run's own sums answer: no level, no group, and everybody who owes. */
function isPlain(input: Input): boolean {
  return input.level === undefined && input.group === undefined && input.base === 'all';
}

const olderRun = '这次比对没有留存按学段、街道、重点群体和口径的分项，不能这样分列；重新比对后可以。';

/** The cells of some runs as a call asks for them. */
function cellsOf(
  { client, district }: Context,
  input: Input,
  scope: FoundScope,
  runs: readonly string[],
): Promise<Map<string, Cells>> {
  const of = scope.kind === 'schools' ? 'schools' : 'homes';
  return readCells(client, district, { runs, cut: input.group ?? wholeCut, of });
}

function totalsInCells(cells: Cells, input: Input, scope: FoundScope): Map<string, RateTotals> {
  const ask = { level: input.level ?? null, base: input.base };
  if (scope.kind === 'schools') return new Map([['', totalsOfSchools(cells, scope.ids, ask)]]);
  const streets = totalsByStreet(cells, ask);
  return scope.kind === 'district' ? streets : new Map([...streets].filter(([code]) => scope.ids.includes(code)));
}

/** Why a scope has no rate under what was chosen, whatever the comparison kept; null where it may have one. */
function refusal(input: Input, scope: FoundScope): string | null {
  if (isPlain(input)) return null;
  if (scope.kind === 'classes') return '班级不按学段、重点群体和口径分列入学率。';
  if (scope.kind === 'schools' && (input.base === 'registered' || input.base === 'resident'))
    return '学校的入学率按名册和片区统计，户籍、常住口径只用于全区和街道。';
  return null;
}

const nothing = { streets: new Map<string, Totals>(), outsideBase: null };

/** The enrolment rate of a scope as a run tells it, under the filters and the base asked for. */
export async function rateOf(
  context: Context,
  input: Input,
  asked: { run: RunRow | null; scope: FoundScope; found: Found | null; knownAt: string | null },
): Promise<RateTold> {
  const { run, scope, found, knownAt } = asked;
  const refused = refusal(input, scope);
  if (refused !== null) return { ...nothing, totals: null, untold: refused };
  if (run === null) return { ...nothing, totals: emptyTotals(), untold: null };
  if (!isPlain(input)) return rateInCells(context, input, run, scope);
  const streets = new Map(
    run.result.streets
      .filter((one) => scope.kind === 'district' || (scope.kind === 'streets' && scope.ids.includes(one.code)))
      .map((one) => [one.code, totalsOfStreet(one)]),
  );
  const plain = { untold: null, streets, outsideBase: null };
  switch (scope.kind) {
    case 'district':
      return { ...plain, totals: totalsOfDistrict(run.result) };
    case 'streets':
      return { ...plain, totals: sumKept([...streets.values()]) };
    case 'schools':
    case 'classes': {
      const kept = scope.kind === 'schools' ? keptSchools(run.result, scope.ids) : null;
      const totals = kept ?? (await countedUnits(context, run, scope, found, knownAt));
      return { ...plain, totals, untold: totals === null ? '当时未留存。' : null };
    }
  }
}

async function rateInCells(context: Context, input: Input, run: RunRow, scope: FoundScope): Promise<RateTold> {
  const cells = (await cellsOf(context, input, scope, [run.id])).get(run.id);
  if (cells === undefined) return { ...nothing, totals: null, untold: olderRun };
  const streets = totalsInCells(cells, input, scope);
  const outside = input.base === 'registered' || input.base === 'resident';
  return {
    totals: sumTotals(streets.values()),
    untold: null,
    streets: scope.kind === 'schools' ? new Map() : streets,
    outsideBase: outside ? withoutHome(cells, scope.kind === 'district' ? null : scope.ids, input.level ?? null) : null,
  };
}

/** The totals of earlier runs under the same filters, those that kept them, by run. */
export async function totalsOfRuns(
  context: Context,
  input: Input,
  scope: FoundScope,
  runs: readonly Pick<RunRow, 'id' | 'result'>[],
): Promise<Map<string, Pick<Totals, 'denominator' | 'enrolled' | 'notAccounted'>>> {
  if (scope.kind === 'classes' || refusal(input, scope) !== null) return new Map();
  if (!isPlain(input)) {
    const cells = await cellsOf(context, input, scope, runs.map((run) => run.id)); // prettier-ignore
    return new Map([...cells].map(([id, one]) => [id, sumTotals(totalsInCells(one, input, scope).values())]));
  }
  return new Map(
    runs.flatMap((run) => {
      const own = run.result.streets.filter((one) => scope.ids.includes(one.code));
      const totals =
        scope.kind === 'district'
          ? totalsOfDistrict(run.result)
          : scope.kind === 'streets'
            ? sumKept(own.map(totalsOfStreet))
            : keptSchools(run.result, scope.ids);
      return totals === null ? [] : [[run.id, totals] as const];
    }),
  );
}
