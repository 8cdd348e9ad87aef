import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/interchange.ts';
import { Failure } from '#domain/basics/failure.ts';
import { evaluate, formulas } from '#domain/statistics/formulas.ts';
import { schoolYearPeriod, until } from '#domain/statistics/periods.ts';
import { emptyTally, sumTallies, type Tally } from '#domain/statistics/record.ts';
import { countWhole } from '#server/areas/statistics/actions.ts';
import type { Context } from '#server/http/context.ts';
import { insertClosed, listBelow, listClosed, lookBelow } from './store-province.ts';

type Row = OutputOf<typeof contract.getProvince>['rows'][number];

/** The beginning of the codes of everything below a unit: a province `42`, a city `4201`, a district itself. */
export function prefixOf(code: string): string {
  return code.replace(/(00)+$/, '');
}

function figuresOf(tally: Tally): Omit<Row, 'districtCode' | 'districtName' | 'version' | 'asOf' | 'closedAt'> {
  return {
    pupils: tally.S1,
    dropouts: tally.Drop,
    untraced: tally.Gone,
    open: tally.Open,
    retention: evaluate('annualRetention', tally, null).value,
    dropoutRate: evaluate('dropoutRate', tally, null).value,
  };
}

/** Hands the counts of a school year up: the district's and both levels', recounted now, as a new version that stands for ever. */
export async function closeFigures(
  context: Context,
  input: ParsedOf<typeof contract.closeFigures>,
): Promise<OutputOf<typeof contract.closeFigures>> {
  const { client, district, today, actor, now } = context;
  const period = until(schoolYearPeriod(input.schoolYear), today);
  if (period.from > today) throw new Failure('input-wrong', '这个学年还没有开始。', { issues: [{ path: 'schoolYear', words: '这个学年还没有开始。' }] }); // prettier-ignore
  const asOf = period.to;
  const knownAt = await context.knownAt();
  const whole = await countWhole(context, 'district', period);
  const levels = await countWhole(context, 'level', period);
  const formula = `annualRetention v${String(formulas.annualRetention.version)}, dropoutRate v${String(formulas.dropoutRate.version)}`;
  let version = 0;
  for (const [level, counts] of [['all', whole.get('')], ['primary', levels.get('primary')], ['junior', levels.get('junior')]] as const) // prettier-ignore
    version = await insertClosed(client, district, { schoolYear: input.schoolYear, level, asOf, knownAt, formula, counts: counts ?? emptyTally(), at: now, byName: actor.name }); // prettier-ignore
  context.note({
    subjectKind: 'district',
    subjectId: district,
    detail: { schoolYear: input.schoolYear, version, asOf },
  });
  return { version, asOf };
}

/** The districts below the actor's unit by what they handed up, their sum, and who has handed up nothing: counts only, no names. */
export async function getProvince(
  context: Context,
  input: ParsedOf<typeof contract.getProvince>,
): Promise<OutputOf<typeof contract.getProvince>> {
  const { client, district } = context;
  const prefix = prefixOf(district);
  await lookBelow(client, prefix);
  const closed = await listClosed(client, input.schoolYear, input.level);
  const handed = new Set(closed.map(({ districtCode }) => districtCode));
  context.note({
    subjectKind: 'district',
    subjectId: district,
    detail: { schoolYear: input.schoolYear, districts: closed.length },
  });
  return {
    schoolYear: input.schoolYear,
    above: prefix,
    total: figuresOf(sumTallies(closed.map(({ counts }) => counts))),
    rows: closed.map(({ districtCode, districtName, version, asOf, closedAt, counts }) => ({
      districtCode,
      districtName,
      version,
      asOf,
      closedAt: closedAt.toISOString(),
      ...figuresOf(counts),
    })),
    missing: (await listBelow(client, prefix)).filter((one) => !handed.has(one.districtCode)),
  };
}
