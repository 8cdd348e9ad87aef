import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-changes.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { reaches } from '#domain/basics/reach.ts';
import { nextMonth } from '#domain/enrolment/home-lessons.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { openChange } from './change-work.ts';
import { tellMadeUp } from './quota.ts';
import { insertLesson, listLessons, readAttending } from './store-attending.ts';
import { findChange, type ChangeRecord } from './store-changes.ts';

interface LessonSeal {
  teachers: string;
  content: string;
  response: string;
}

const sealPlace = (context: Context, id: string) =>
  ({ table: 'home_lesson', column: 'sealed', district: context.district, id }) as const;

/** The lessons of a month against the quota. */
export async function monthOf(
  context: Context,
  changeId: string,
  quota: number,
  month: string,
): Promise<{ month: string; held: number; quota: number }> {
  const rows = await listLessons(context.client, context.district, changeId);
  const held = rows.filter((row) => row.day.startsWith(month)).reduce((sum, row) => sum + row.lessons, 0);
  return { month, held, quota };
}

interface HomeTeaching {
  record: ChangeRecord;
  quota: number;
  /** The days of the place as known now; where it ended before it began, both are its first day. */
  fromDay: string;
  untilDay: string | null;
}

async function requireHomeTeaching(context: Context, id: string): Promise<HomeTeaching> {
  const { client, district } = context;
  const record = await findChange(client, district, id, false);
  if (!record) throw notFound('学籍异动', '项');
  const { quota } = openChange(context, record);
  if (record.kind !== 'homeTeaching' || record.state !== 'done' || quota === null)
    throw new Failure('wrong-step', '这项异动不是已批准的送教上门，不能登记送教。');
  const place = (await readAttending(client, district, record.childId)).find((one) => one.changeId === record.id);
  const { fromDay } = record;
  return place === undefined
    ? { record, quota, fromDay, untilDay: fromDay }
    : { record, quota, fromDay: place.fromDate, untilDay: place.toDate };
}

/** Records a day of home teaching with the guardian's signature; what is still short of the month's quota is answered. The same sent twice is one. */
export async function addHomeLesson(
  context: Context,
  input: ParsedOf<typeof contract.addHomeLesson>,
): Promise<OutputOf<typeof contract.addHomeLesson>> {
  const { client, district, actor, now, today } = context;
  const { record, quota, fromDay, untilDay } = await requireHomeTeaching(context, input.id);
  if (input.day > today || input.day < fromDay || (untilDay !== null && input.day >= untilDay)) {
    const span = untilDay === null ? `${fromDay} 起，不能晚于今天。` : `${fromDay} 起，${untilDay} 结束之前。`;
    throw new Failure('input-wrong', `送教日期应在送教期内：${span}`, {
      issues: [{ path: 'day', words: '日期不在送教期内。' }],
    });
  }
  const { teachers, content, response, signature } = input;
  await insertLesson(client, district, {
    id: input.lessonId,
    childId: record.childId,
    changeId: record.id,
    day: input.day,
    lessons: input.lessons,
    sealed: sealJson(context.keys, sealPlace(context, input.lessonId), { teachers, content, response, signature }),
    byId: actor.id,
    byName: actor.name,
    at: now,
    reach: record.reach,
  });
  context.note({ subjectKind: 'registryChange', subjectId: record.id, detail: { lesson: input.lessonId } });
  await tellMadeUp(context, record);
  const month = await monthOf(context, record.id, quota, input.day.slice(0, 7));
  return { ...month, missing: Math.max(0, quota - month.held) };
}

/** The log of home teaching with each month against the quota. */
export async function listHomeLessons(
  context: Context,
  input: { id: string },
): Promise<OutputOf<typeof contract.listHomeLessons>> {
  const { record, quota, fromDay, untilDay } = await requireHomeTeaching(context, input.id);
  const enters = context.reachFor('changes.lessons');
  const rows = await listLessons(context.client, context.district, record.id);
  const months = new Map<string, number>();
  const last = context.today.slice(0, 7);
  for (let month = record.fromDay.slice(0, 7); month <= last; month = nextMonth(month)) months.set(month, 0);
  for (const row of rows) months.set(row.day.slice(0, 7), (months.get(row.day.slice(0, 7)) ?? 0) + row.lessons);
  context.note({ subjectKind: 'registryChange', subjectId: record.id });
  return {
    quota,
    fromDay,
    untilDay,
    open: untilDay === null || untilDay > context.today,
    may: enters !== null && reaches(enters, record.reach),
    months: [...months].map(([month, held]) => ({ month, held, missing: Math.max(0, quota - held) })).reverse(),
    rows: rows.map((row) => {
      // as: sealed by addHomeLesson with these fields
      const seal = openJson(context.keys, sealPlace(context, row.id), row.sealed) as LessonSeal;
      return { id: row.id, day: row.day, lessons: row.lessons, teachers: seal.teachers, content: seal.content, response: seal.response, by: row.byName }; // prettier-ignore
    }),
  };
}
