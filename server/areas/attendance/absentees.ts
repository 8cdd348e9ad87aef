import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as views from '#contract/attendance-views.ts';
import { dayPartWords } from '#domain/attendance/words.ts';
import { Failure } from '#domain/basics/failure.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { absenteesThen } from './absentees-then.ts';
import { halfDaysOf } from './classes.ts';
import { groundOf } from './standing.ts';
import { pageAbsentees, readRollCalls } from './store-absentees.ts';

/** The roll calls that the tally of a span counts as made, the latest day first. */
export async function listRollCalls(
  context: Context,
  input: ParsedOf<typeof views.listRollCalls>,
): Promise<OutputOf<typeof views.listRollCalls>> {
  const { page, size, from, to } = input;
  const ground = await groundOf(context, to);
  const then = askedThen(context, input);
  const { made } = await halfDaysOf(context, ground, { from, to, schoolId: input.schoolId ?? null }, then);
  const sorted = made.sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? 1 : -1));
  const wanted = sorted.slice((page - 1) * size, page * size);
  const classIds = [...new Set(wanted.map(({ row }) => row.id))];
  const calls = await readRollCalls(
    context.client,
    context.district,
    classIds,
    wanted.at(-1)?.day ?? to,
    wanted[0]?.day ?? to,
    then,
  );
  const callOf = new Map(calls.map((call) => [`${call.class_id} ${call.day} ${call.part}`, call]));
  return {
    rows: wanted.flatMap(({ row, day, part }) => {
      const call = callOf.get(`${row.id} ${day} ${part}`);
      if (!call) return [];
      return [
        {
          schoolId: row.school_id,
          schoolName: row.school_name,
          classId: row.id,
          className: row.name,
          day,
          part,
          partWords: dayPartWords[part],
          markedName: call.marked_name,
          markedAt: call.marked_at.toISOString(),
          onRoll: call.on_roll,
          present: call.on_roll - call.away,
          unexcused: call.unexcused,
          onLeave: call.on_leave,
        },
      ];
    }),
    total: sorted.length,
    page,
    size,
  };
}

/** The pupils behind a figure of the tally of a span, as known now or then, most days first; the sum of their days is the figure. */
export async function listAbsentees(
  context: Context,
  input: ParsedOf<typeof views.listAbsentees>,
): Promise<OutputOf<typeof views.listAbsentees>> {
  const { page, size, from, to, figure } = input;
  if (to < from) {
    const words = '结束日期早于开始日期。';
    throw new Failure('input-wrong', words, { issues: [{ path: 'to', words }] });
  }
  const term = (await groundOf(context, to)).termOf(to);
  const asked = {
    from,
    to,
    figure,
    schoolId: input.schoolId ?? null,
    classId: input.classId ?? null,
    termFrom: term?.from ?? null,
  };
  const then = askedThen(context, input);
  const at = { size, offset: (page - 1) * size };
  const found =
    then === null
      ? await pageAbsentees(context.client, context.district, asked, at)
      : await absenteesThen(context, asked, then, at);
  return {
    rows: found.rows.map((row) => ({
      childId: row.child_id,
      name: row.name,
      schoolId: row.school_id,
      schoolName: row.school_name,
      classId: row.class_id,
      className: row.class_name,
      days: row.days,
      lastDay: row.last_day,
      consecutive: row.consecutive ?? 0,
      cumulative: row.cumulative ?? 0,
      crossedDay: row.crossed_day,
    })),
    total: found.total,
    days: found.days,
    page,
    size,
  };
}
