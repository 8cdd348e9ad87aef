import type { OutputOf } from '#contract/endpoint.ts';
import type * as views from '#contract/attendance-views.ts';
import { schoolDaysBetween } from '#domain/attendance/rules.ts';
import { chinaDay } from '#server/clock.ts';
import type { Then } from '#server/database/past.ts';
import type { Context } from '#server/http/context.ts';
import { halfDaysOf } from './classes.ts';
import { groundOf } from './standing.ts';
import { crossedThen } from './standing-then.ts';
import { sumAbsences, sumAbsencesThen } from './store-classes.ts';

/** The days of absence of a span by school, and who crossed in it, as known now or then. */
async function sumsOf(
  context: Context,
  span: { from: string; to: string; schoolId: string | null },
  then: Then | null,
): Promise<{ school_id: string; unexcused: number; on_leave: number; crossed: number }[]> {
  const { client, district } = context;
  if (then === null) return sumAbsences(client, district, span.from, span.to, span.schoolId);
  const crossed = await crossedThen(context, { ...span, classId: null }, then);
  const sums = await sumAbsencesThen(client, district, span, then);
  const schools = [...new Set([...sums.map((sum) => sum.school_id), ...crossed.map((row) => row.schoolId)])];
  return schools.map((id) => {
    const sum = sums.find((one) => one.school_id === id) ?? { school_id: id, unexcused: 0, on_leave: 0 };
    return { ...sum, crossed: crossed.filter((row) => row.schoolId === id).length };
  });
}

/** What schools have marked in a span, with their gaps, as known now or then. */
export async function tallyOf(
  context: Context,
  from: string,
  to: string,
  schoolId: string | null = null,
  then: Then | null = null,
): Promise<OutputOf<typeof views.listTallies>> {
  const ground = await groundOf(context, to);
  const span = { from, to, schoolId };
  const { rows, expected, gaps } = await halfDaysOf(context, ground, span, then);
  const sums = await sumsOf(context, span, then);
  const today = then === null ? context.today : chinaDay(new Date(then.moment));
  const days = schoolDaysBetween(from, to < today ? to : today, ground.isSchoolDay).length;
  return [...new Set(rows.map((row) => row.school_id))].map((id) => {
    const own = rows.filter((row) => row.school_id === id);
    const sum = sums.find((one) => one.school_id === id);
    const due = expected.filter(({ row }) => row.school_id === id).length;
    const missing = gaps.filter(({ row }) => row.school_id === id).length;
    return {
      schoolId: id,
      schoolName: own[0]?.school_name ?? '',
      classes: own.length,
      schoolDays: days,
      expected: due,
      marked: due - missing,
      gaps: missing,
      unexcusedDays: sum?.unexcused ?? 0,
      leaveDays: sum?.on_leave ?? 0,
      crossed: sum?.crossed ?? 0,
    };
  });
}
