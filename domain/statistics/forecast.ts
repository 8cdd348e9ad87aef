import { daysBetween, type DateText } from '#domain/basics/calendar.ts';
import type { Period } from './record.ts';

/** How a school stands in the running year. */
export interface Standing {
  id: string;
  /** In school now. */
  inSchool: number;
  /** Gone and Drop so far. */
  lost: number;
}

/** The same of an earlier year: what was lost by the same day of that year, and by its end; `inSchool` is S1 of its end. */
export interface EarlierYear {
  lostByThen: number;
  lostByEnd: number;
  inSchool: number;
}

/** The year's end as forecast, in per cent; the range holds what earlier years and chance make likely. */
export interface Forecast {
  value: number | null;
  low: number | null;
  high: number | null;
  lostByEnd: number;
  target: number;
  /** Whether the value reaches the target, and whether all of the range does. */
  reaches: boolean;
  certain: boolean;
  /** Children who must be brought back, or not lost, for the value to reach the target. */
  short: number;
  method: string;
  /** Schools that are expected to lose more than the target allows them, those first whose children decide it. */
  deciding: Deciding[];
}

/** A school that is expected to lose more until the year's end (`expected`) than the target allows it, by `short`. */
export interface Deciding {
  id: string;
  lost: number;
  expected: number;
  allowed: number;
  short: number;
  decides: boolean;
}

/** Retention in per cent from who is in school and who was lost; null for nobody. */
export function retention(inSchool: number, lost: number): number | null {
  return inSchool + lost > 0 ? (inSchool / (inSchool + lost)) * 100 : null;
}

/** The most that may be lost of so many for a target in per cent. */
export function allowedLoss(all: number, target: number): number {
  return Math.floor((all * (100 - target)) / 100 + 1e-9);
}

/** How much more is lost until the year's end: the mean of earlier years' remaining share, least and most beside it. */
function remaining(
  standing: { inSchool: number; lost: number },
  earlier: readonly EarlierYear[],
  passed: number,
): { mean: number; least: number; most: number; method: string } {
  const size = standing.inSchool + standing.lost;
  const shares = earlier
    .filter((year) => year.inSchool + year.lostByEnd > 0)
    .map((year) => (year.lostByEnd - year.lostByThen) / (year.inSchool + year.lostByEnd));
  if (shares.length > 0) {
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    return {
      mean: mean * size,
      least: Math.min(...shares) * size,
      most: Math.max(...shares) * size,
      method: `按前 ${String(shares.length)} 学年同日之后的净流失比例推算`,
    };
  }
  const rest = passed > 0 ? (standing.lost * (1 - passed)) / passed : 0;
  return { mean: rest, least: rest, most: rest, method: '无往年数据，按本学年已过天数匀速推算' };
}

/**
 * The retention rate expected at the year's end. Lost by the end = lost so far + what earlier years lost after the same day, as a share
 * of the pupils (their mean); without earlier years the losses go on evenly. The range spans the least and the most of the earlier years,
 * widened by twice the square root of the expected loss (chance of small numbers). Who is lost is no longer in school.
 */
export function forecast(
  schools: readonly Standing[],
  period: Period,
  asOf: DateText,
  earlier: readonly EarlierYear[],
  target: number,
): Forecast {
  const inSchool = schools.reduce((sum, school) => sum + school.inSchool, 0);
  const lost = schools.reduce((sum, school) => sum + school.lost, 0);
  const size = inSchool + lost;
  const passed = Math.min(1, (daysBetween(period.from, asOf) + 1) / (daysBetween(period.from, period.to) + 1));
  const rest = remaining({ inSchool, lost }, earlier, passed);
  const at = (more: number) => retention(size - bounded(lost + more, size), bounded(lost + more, size));
  const width = passed >= 1 ? 0 : 2 * Math.sqrt(Math.max(1, lost + rest.mean) * (1 - passed));
  const value = at(rest.mean);
  const low = at(rest.most + width);
  const high = at(rest.least - width);
  const lostByEnd = bounded(lost + rest.mean, size);
  const certain = low !== null && low >= target;
  const worst = Math.ceil(bounded(lost + rest.most + width, size) - 1e-9);
  const missing = certain ? 0 : Math.max(0, worst - allowedLoss(size, target));
  const deciding = whoDecides(schools, target, missing, (school) => remaining(school, earlier, passed).mean);
  return {
    value,
    low,
    high,
    lostByEnd,
    target,
    reaches: value !== null && value >= target,
    certain,
    short: Math.max(0, Math.ceil(lostByEnd - 1e-9) - allowedLoss(size, target)),
    method: rest.method,
    deciding,
  };
}

function bounded(loss: number, size: number): number {
  return Math.min(size, Math.max(0, loss));
}

/**
 * Schools that are expected to lose more than the target allows them, most first; those decide it that are needed to bring the district
 * to the target even at the lower end of its range (`missing` children). None decides where all of the range reaches it.
 */
function whoDecides(
  schools: readonly Standing[],
  target: number,
  missing: number,
  restOf: (school: Standing) => number,
): Deciding[] {
  return mostShortFirst(
    schools.map(({ id, inSchool, lost }) => {
      const expected = bounded(lost + restOf({ id, inSchool, lost }), inSchool + lost);
      const allowed = allowedLoss(inSchool + lost, target);
      return { id, lost, expected, allowed, short: Math.max(0, Math.ceil(expected - 1e-9) - allowed) };
    }),
    missing,
  );
}

/** The schools that fall short, most first; those decide that are needed until `missing` children are made up for. */
export function mostShortFirst<S extends { id: string; short: number }>(
  schools: readonly S[],
  missing: number,
): (S & { decides: boolean })[] {
  let open = missing;
  return schools
    .filter((school) => school.short > 0)
    .sort((a, b) => b.short - a.short || (a.id < b.id ? -1 : 1))
    .map((school) => {
      const decides = open > 0;
      open -= school.short;
      return { ...school, decides };
    });
}
