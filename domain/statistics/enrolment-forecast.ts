import { daysBetween, type DateText } from '#domain/basics/calendar.ts';
import { allowedLoss, mostShortFirst } from './forecast.ts';
import type { Period } from './record.ts';

/** A comparison: how many owed on its day, and how many of them were on a roster or proven elsewhere. */
export interface Compared {
  asOf: DateText;
  denominator: number;
  enrolled: number;
}

/** Who is not placed yet of a school's catchment: on no roster, or only stated to be elsewhere. */
export interface Unplaced {
  id: string;
  notEnrolled: number;
  stated: number;
  /** Pupils of the school, with whom its share of the target is reckoned. */
  pupils: number;
}

/** A school of whose catchment more are expected to be without a place at the year's end than the target allows. */
export interface DecidingPlace extends Unplaced {
  expected: number;
  allowed: number;
  short: number;
  decides: boolean;
}

/** The enrolment rate of the year's end as forecast, in per cent. */
export interface EnrolmentForecast {
  value: number | null;
  low: number | null;
  high: number | null;
  /** Children without a place now, and as expected at the year's end. */
  missing: number;
  missingByEnd: number;
  target: number;
  reaches: boolean;
  certain: boolean;
  /** Children who must be placed for the value to reach the target. */
  short: number;
  method: string;
  deciding: DecidingPlace[];
}

const missingOf = (run: Compared) => run.denominator - run.enrolled;
const shareOf = (run: Compared) => (run.denominator > 0 ? missingOf(run) / run.denominator : 0);

/** What was left at the end of earlier school years of those without a place on the same day: the shares of up to three years. */
function earlierRatios(runs: readonly Compared[], period: Period, asOf: DateText): number[] {
  const back = (day: DateText, years: number) =>
    `${String(Number(day.slice(0, 4)) - years)}${day.slice(4)}`.replace(/-02-29$/, '-02-28');
  return [1, 2, 3].flatMap((years) => {
    const [from, then, to] = [back(period.from, years), back(asOf, years), back(period.to, years)];
    const year = runs.filter((run) => run.asOf >= from && run.asOf <= to);
    const before = year.findLast((run) => run.asOf <= then);
    const last = year.at(-1);
    if (before === undefined || last === undefined || last.asOf <= then || shareOf(before) === 0) return [];
    return [shareOf(last) / shareOf(before)];
  });
}

/** Of the children without a place now, the share that is expected to be without at the year's end: mean, least and most. */
function remaining(
  runs: readonly Compared[],
  last: Compared,
  period: Period,
): { mean: number; least: number; most: number; method: string } {
  const ratios = earlierRatios(runs, period, last.asOf);
  if (ratios.length > 0)
    return {
      mean: ratios.reduce((sum, one) => sum + one, 0) / ratios.length,
      least: Math.min(...ratios),
      most: Math.max(...ratios),
      method: `按前 ${String(ratios.length)} 学年同日之后未落实人数的变化推算`,
    };
  const first = runs.find((run) => run.asOf >= period.from && run.asOf < last.asOf);
  const now = shareOf(last);
  if (first === undefined || now === 0)
    return { mean: 1, least: 1, most: 1, method: '本学年只有一次比对，按现有未落实人数不变推算' };
  const change = (now - shareOf(first)) / daysBetween(first.asOf, last.asOf);
  const ratio = Math.max(0, (now + change * daysBetween(last.asOf, period.to)) / now);
  return {
    mean: ratio,
    least: Math.min(ratio, 1),
    most: Math.max(ratio, 1),
    method: '无往年比对，按本学年各次比对的变化匀速推算，区间含人数不再变化',
  };
}

/**
 * The enrolment rate expected at the year's end. Who is without a place by then = who is now, times the share that earlier years kept from
 * the same day on (their mean); without earlier years the change between this year's comparisons goes on evenly; with one comparison nobody
 * more is placed. The range spans least and most, widened by twice the square root of the expected number (chance of small numbers).
 * `runs` are the comparisons in the order of their days; the last is the one of now.
 */
export function forecastEnrolment(
  runs: readonly Compared[],
  schools: readonly Unplaced[],
  period: Period,
  target: number,
): EnrolmentForecast {
  const last = runs.at(-1);
  const nothing = { value: null, low: null, high: null, missing: 0, missingByEnd: 0, target, reaches: false, certain: false, short: 0, method: '', deciding: [] }; // prettier-ignore
  if (last === undefined || last.denominator === 0) return nothing;
  const missing = missingOf(last);
  const left = Math.max(0, Math.min(1, daysBetween(last.asOf, period.to) / (daysBetween(period.from, period.to) + 1)));
  const rest = left === 0 ? { ...remaining(runs, last, period), mean: 1, least: 1, most: 1 } : remaining(runs, last, period); // prettier-ignore
  const width = 2 * Math.sqrt(Math.max(1, missing * rest.mean) * left);
  const bounded = (count: number) => Math.min(last.denominator, Math.max(0, count));
  const at = (count: number) => ((last.denominator - bounded(count)) / last.denominator) * 100;
  const missingByEnd = bounded(missing * rest.mean);
  const value = at(missingByEnd);
  const low = at(missing * rest.most + width);
  const allowed = allowedLoss(last.denominator, target);
  const certain = low >= target;
  const worst = Math.ceil(bounded(missing * rest.most + width) - 1e-9);
  const deciding = mostShortFirst(
    schools.map((school) => {
      const waiting = school.notEnrolled + school.stated;
      const expected = waiting * rest.mean;
      const own = allowedLoss(school.pupils + waiting, target);
      return { ...school, expected, allowed: own, short: Math.max(0, Math.ceil(expected - 1e-9) - own) };
    }),
    certain ? 0 : Math.max(0, worst - allowed),
  );
  return {
    value,
    low,
    high: at(missing * rest.least - width),
    missing,
    missingByEnd,
    target,
    reaches: value >= target,
    certain,
    short: Math.max(0, Math.ceil(missingByEnd - 1e-9) - allowed),
    method: rest.method,
    deciding,
  };
}
