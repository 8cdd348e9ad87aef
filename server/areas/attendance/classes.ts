import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance.ts';
import type * as views from '#contract/attendance-views.ts';
import { minutesOf, partsToMark, schoolDaysBetween } from '#domain/attendance/rules.ts';
import type { DayPart } from '#domain/attendance/record.ts';
import { dayPartWords } from '#domain/attendance/words.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure } from '#domain/basics/failure.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { chinaDay, inChina } from '#server/clock.ts';
import type { Then } from '#server/database/past.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context, Reach } from '#server/http/context.ts';
import { underReach } from '#server/http/under-reach.ts';
import { substitutedBy } from './access.ts';
import { groundOf, type Ground } from './standing.ts';
import {
  countAway,
  countClasses,
  countClassesOf,
  listClassIds,
  listClassStates,
  listMarked,
  type ClassCount,
  type ClassState,
} from './store-classes.ts';
import { substitutesOf, type SubstituteRow } from './store-substitutes.ts';

type ClassDayView = OutputOf<typeof contract.myClasses>['classes'][number];

/** The most days that gaps and tallies are asked for at once. */
const mostDays = 200;

function partView(part: DayPart, state: ClassState | undefined): ClassDayView['parts'][number] {
  return {
    part,
    partWords: dayPartWords[part],
    marked: state !== undefined,
    markedName: state?.marked_name ?? null,
    markedAt: state?.marked_at.toISOString() ?? null,
    present: state ? state.on_roll - state.away : null,
    unexcused: state?.unexcused ?? 0,
    onLeave: state?.on_leave ?? 0,
    unanswered: state?.unanswered ?? 0,
  };
}

function classView(
  row: ClassCount,
  parts: readonly DayPart[],
  states: readonly ClassState[],
  substitutes: readonly SubstituteRow[],
  asSubstitute: boolean,
): ClassDayView {
  return {
    classId: row.id,
    className: row.name,
    schoolId: row.school_id,
    schoolName: row.school_name,
    grade: row.grade,
    onRoll: row.on_roll,
    substituteName: substitutes.filter((one) => one.class_id === row.id).at(-1)?.staff_name ?? null,
    asSubstitute,
    parts: parts.map((part) =>
      partView(
        part,
        states.find((state) => state.class_id === row.id && state.part === part),
      ),
    ),
  };
}

/** The classes that the actor marks on a day, by post or as a substitute, and the reach under which he does. */
export async function classesMarked(
  context: Context,
  day: string,
): Promise<{ ids: string[]; substituted: string[]; reach: Reach }> {
  const marks = context.reachFor('attendance.mark');
  const tokens = marks && !marks.all ? marks.tokens : [];
  const unitsOf = (kind: string) =>
    tokens.filter((token) => token.startsWith(`${kind}:`)).map((token) => token.slice(kind.length + 1));
  const substituted = await substitutedBy(context, day);
  const ids = [
    ...new Set([
      ...unitsOf('class'),
      ...(await listClassIds(context.client, context.district, unitsOf('school'), schoolYearOf(day))),
      ...substituted,
    ]),
  ];
  const tokensOf = substituted.map((id) => reachToken('class', id));
  return { ids, substituted, reach: { all: context.reach.all, tokens: [...context.reach.tokens, ...tokensOf] } };
}

/** The classes that the actor marks on a day: own by post, then those substituted. */
export async function myClasses(
  context: Context,
  input: ParsedOf<typeof contract.myClasses>,
): Promise<OutputOf<typeof contract.myClasses>> {
  const day = input.day ?? context.today;
  const ground = await groundOf(context, day);
  const { ids, substituted, reach } = await classesMarked(context, day);
  const look = async ({ client, district }: Context) => {
    const rows = await countClasses(client, district, day, ids);
    const states = await listClassStates(client, district, day, { classIds: ids });
    const substitutes = await substitutesOf(client, district, ids, day);
    const parts = partsToMark(ground.settings['attendance.afternoon']);
    const own = new Set(ids.filter((id) => !substituted.includes(id)));
    return {
      day,
      isSchoolDay: ground.isSchoolDay(day),
      firstLesson: ground.settings['attendance.firstLesson'],
      classes: rows.map((row) => classView(row, parts, states, substitutes, !own.has(row.id))),
    };
  };
  return substituted.length === 0 ? look(context) : underReach(context, reach, look);
}

/** How the classes of the schools in sight are marked on a day; the classes themselves for one school, those not reported first. */
export async function getSchoolDay(
  context: Context,
  input: ParsedOf<typeof views.getSchoolDay>,
): Promise<OutputOf<typeof views.getSchoolDay>> {
  const { client, district } = context;
  const day = input.day ?? context.today;
  const ground = await groundOf(context, day);
  const parts = partsToMark(ground.settings['attendance.afternoon']);
  const school = input.schoolId ?? null;
  const rows = await countClassesOf(client, district, day, school);
  const states = await listClassStates(client, district, day, { schoolId: school });
  const away = await countAway(client, district, day, school);
  const isSchoolDay = ground.isSchoolDay(day);
  const schools = [...new Set(rows.map((row) => row.school_id))].map((schoolId) => {
    const own = rows.filter((row) => row.school_id === schoolId);
    const ids = new Set(own.map((row) => row.id));
    const marked = states.filter((state) => ids.has(state.class_id) && parts.includes(state.part));
    const pupils = away.find((one) => one.school_id === schoolId);
    const expected = isSchoolDay ? own.length * parts.length : 0;
    return {
      schoolId,
      schoolName: own[0]?.school_name ?? '',
      classes: own.length,
      onRoll: own.reduce((total, row) => total + row.on_roll, 0),
      expected,
      marked: marked.length,
      gaps: Math.max(0, expected - marked.length),
      unexcused: pupils?.unexcused ?? 0,
      onLeave: pupils?.on_leave ?? 0,
      unanswered: pupils?.unanswered ?? 0,
    };
  });
  const substitutes =
    schools.length === 1
      ? await substitutesOf(
          client,
          district,
          rows.map((row) => row.id),
          day,
        )
      : [];
  const classes = schools.length === 1 ? rows.map((row) => classView(row, parts, states, substitutes, false)) : [];
  const open = (row: ClassDayView) => row.parts.some((part) => !part.marked);
  return {
    day,
    isSchoolDay,
    schools,
    classes: [...classes.filter(open), ...classes.filter((row) => !open(row))],
  };
}

/** The half-days of a span that are due by a moment: school days, those of its own day only once their lesson has begun. */
function dueParts(at: Date, ground: Ground, from: string, to: string): { day: string; part: DayPart }[] {
  if (to < from)
    throw new Failure('input-wrong', '结束日期早于开始日期。', {
      issues: [{ path: 'to', words: '结束日期早于开始日期。' }],
    });
  if (addCalendarDays(from, mostDays) < to)
    throw new Failure('input-wrong', `一次最多查 ${String(mostDays)} 天。`, {
      issues: [{ path: 'to', words: '时间太长。' }],
    });
  const parts = partsToMark(ground.settings['attendance.afternoon']);
  const today = chinaDay(at);
  const last = to < today ? to : today;
  return schoolDaysBetween(from, last, ground.isSchoolDay).flatMap((day) =>
    parts.filter((part) => day < today || hasBegunAt(at, ground, part)).map((part) => ({ day, part })),
  );
}

/** Whether the lesson by which a part of today is marked has begun (China time). */
export function hasBegun(context: Context, ground: Ground, part: DayPart): boolean {
  return hasBegunAt(context.now, ground, part);
}

function hasBegunAt(at: Date, ground: Ground, part: DayPart): boolean {
  const begins = ground.settings[part === 'morning' ? 'attendance.firstLesson' : 'attendance.afternoonLesson'];
  const china = inChina(at);
  return china.getUTCHours() * 60 + china.getUTCMinutes() >= minutesOf(begins);
}

/** The half-days of classes that should be marked in a span, those that are and those that are not, as known now or then. */
export async function halfDaysOf(
  context: Context,
  ground: Ground,
  span: { from: string; to: string; schoolId: string | null },
  then: Then | null,
) {
  const { client, district } = context;
  const { from, to, schoolId } = span;
  const at = then === null ? context.now : new Date(then.moment);
  const today = chinaDay(at);
  const due = dueParts(at, ground, from, to);
  const rows = await countClassesOf(client, district, to < today ? to : today, schoolId, then);
  const marked = new Set(
    (await listMarked(client, district, from, to, schoolId, then)).map(
      (row) => `${row.class_id} ${row.day} ${row.part}`,
    ),
  );
  const expected = rows.flatMap((row) => due.filter(({ day }) => row.from_date <= day).map((one) => ({ row, ...one })));
  const isMarked = ({ row, day, part }: (typeof expected)[number]) => marked.has(`${row.id} ${day} ${part}`);
  return { rows, expected, made: expected.filter(isMarked), gaps: expected.filter((one) => !isMarked(one)) };
}

/** Classes × days × parts without a roll call, the latest day first: unknown, neither present nor absent. */
export async function listGaps(
  context: Context,
  input: ParsedOf<typeof views.listGaps>,
): Promise<OutputOf<typeof views.listGaps>> {
  const ground = await groundOf(context, input.to);
  const span = { from: input.from, to: input.to, schoolId: input.schoolId ?? null };
  const { gaps } = await halfDaysOf(context, ground, span, askedThen(context, input));
  const sorted = gaps.sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? 1 : -1));
  const { page, size } = input;
  return {
    rows: sorted.slice((page - 1) * size, page * size).map(({ row, day, part }) => ({
      schoolId: row.school_id,
      schoolName: row.school_name,
      classId: row.id,
      className: row.name,
      day,
      part,
      partWords: dayPartWords[part],
    })),
    total: sorted.length,
    page,
    size,
  };
}
