import { crossedDay, standingOf } from '#domain/attendance/rules.ts';
import type { ChildMark } from '#domain/attendance/record.ts';
import type { Then } from '#server/database/past.ts';
import type { Context } from '#server/http/context.ts';
import { rememberFor } from '#server/http/list-cache.ts';
import { groundOf, ruleWords, type Ground } from './standing.ts';
import { readMarks } from './store-marks.ts';
import { listAbsentThen } from './store-then.ts';

/** The standing of a pupil in a term by the marks up to a day, as known at a moment. */
export interface StandingThen {
  childId: string;
  schoolId: string;
  classId: string;
  consecutive: number;
  cumulative: number;
  since: string | null;
  lastAbsent: string | null;
  crossedDay: string | null;
  rule: string;
}

type Term = NonNullable<ReturnType<Ground['termOf']>>;

/** Pupils whose marks are read at a time. */
const atOnce = 2_000;

function byChild(marks: readonly ChildMark[]): Map<string, ChildMark[]> {
  const map = new Map<string, ChildMark[]>();
  for (const mark of marks) map.set(mark.childId, [...(map.get(mark.childId) ?? []), mark]);
  return map;
}

/**
 * The standings of a term counted again from the marks of days up to the day asked for, as they were known: what is kept of standings is
 * the present one alone. The longest runs first. `childIds` null for everybody within reach.
 */
export async function standingsThen(
  context: Context,
  ground: Ground,
  term: Term,
  then: Then,
  childIds: readonly string[] | null,
): Promise<StandingThen[]> {
  const { client, district } = context;
  const to = term.to < then.day ? term.to : then.day;
  const pupils = await listAbsentThen(client, district, { from: term.from, to, childIds }, then);
  const rows: StandingThen[] = [];
  for (let from = 0; from < pupils.length; from += atOnce) {
    const some = pupils.slice(from, from + atOnce);
    const ids = some.map((pupil) => pupil.child_id);
    const marks = byChild(await readMarks(client, district, ids, term.from, to, then));
    for (const pupil of some) {
      const standing = standingOf(marks.get(pupil.child_id) ?? [], ground.thresholds);
      rows.push({
        childId: pupil.child_id,
        schoolId: pupil.school_id,
        classId: pupil.class_id,
        consecutive: standing.consecutive,
        cumulative: standing.cumulative,
        since: standing.since,
        lastAbsent: standing.lastAbsent,
        crossedDay: crossedDay(standing),
        rule: ruleWords(ground.thresholds),
      });
    }
  }
  return rows
    .filter((row) => row.cumulative > 0)
    .sort((a, b) => b.consecutive - a.consecutive || b.cumulative - a.cumulative || (a.childId < b.childId ? -1 : 1));
}

/** The same of everybody within reach, remembered while the district's attendance stays as it is. */
export function allStandingsThen(context: Context, ground: Ground, term: Term, then: Then): Promise<StandingThen[]> {
  const { consecutive, cumulative } = ground.thresholds;
  const key = `standings-then ${JSON.stringify([term.from, then.day, then.knownAt, consecutive, cumulative])}`;
  return rememberFor(context, context.reach, { key, dependsOn: 'attendance', bytes: (rows) => rows.length * 250 }, () =>
    standingsThen(context, ground, term, then, null),
  );
}

/** Who crossed a threshold within a span, as known then. */
export async function crossedThen(
  context: Context,
  span: { from: string; to: string; schoolId: string | null; classId: string | null },
  then: Then,
): Promise<StandingThen[]> {
  const terms = new Map<string, { ground: Ground; term: Term }>();
  for (const day of [span.from, span.to]) {
    const ground = await groundOf(context, day);
    const term = ground.termOf(day);
    if (term) terms.set(term.from, { ground, term });
  }
  const found: StandingThen[] = [];
  for (const { ground, term } of terms.values()) found.push(...(await allStandingsThen(context, ground, term, then)));
  return found.filter(
    ({ crossedDay: day, schoolId, classId }) =>
      day !== null &&
      day >= span.from &&
      day <= span.to &&
      (span.schoolId === null || schoolId === span.schoolId) &&
      (span.classId === null || classId === span.classId),
  );
}
