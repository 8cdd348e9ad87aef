import { lessonDebts, nextMonth, owingMonths } from '#domain/enrolment/home-lessons.ts';
import { schoolCalendar } from '#server/areas/organisations/actions.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import type { Context } from '#server/http/context.ts';
import { listLessons } from './store-attending.ts';
import { findHomePlace, insertLessonMonth, listUntoldPlaces, type HomePlace } from './store-quota.ts';

/** The month before today's, by its first day and the day after its last. */
function monthOver(today: string): { month: string; first: string; after: string } {
  const after = `${today.slice(0, 7)}-01`;
  const month = addCalendarDays(after, -1).slice(0, 7);
  return { month, first: `${month}-01`, after };
}

async function schoolDays(context: Context): Promise<(month: string) => number> {
  const { isSchoolDay } = await schoolCalendar(context, context.today);
  return (month) => {
    let count = 0;
    const after = `${nextMonth(month)}-01`;
    for (let day = `${month}-01`; day < after; day = addCalendarDays(day, 1)) if (isSchoolDay(day)) count += 1;
    return count;
  };
}

/** What a place of home teaching owes now: lessons of a month that owes nothing, and of the current one, make the months before good. */
async function accountOf(
  context: Context,
  place: HomePlace,
  schoolDaysIn: (month: string) => number,
): Promise<{ months: string[]; held: number[]; debt: number }> {
  const months = owingMonths(place, context.today, schoolDaysIn);
  const lessons = await listLessons(context.client, context.district, place.changeId);
  const held = months.map((month, index) => {
    const until = months[index + 1] ?? '9999-99';
    return lessons
      .filter(({ day }) => day.slice(0, 7) >= month && day.slice(0, 7) < until)
      .reduce((sum, one) => sum + one.lessons, 0);
  });
  const debts = lessonDebts(months.map((month, index) => ({ month, quota: place.quota, held: held[index] ?? 0 })));
  return { months, held, debt: debts.at(-1) ?? 0 };
}

/** Tells each place of home teaching whose month is over how it stands; what is short is owed by the school. Each month is told once. */
export async function passLessonMonths(context: Context): Promise<number> {
  const { client, district, now } = context;
  const over = monthOver(context.today);
  const places = await listUntoldPlaces(client, district, over);
  if (places.length === 0) return 0;
  const schoolDaysIn = await schoolDays(context);
  let short = 0;
  for (const place of places) {
    const { months, held, debt } = await accountOf(context, place, schoolDaysIn);
    const owes = months.at(-1) === over.month;
    await insertLessonMonth(client, district, {
      ...place,
      quota: owes ? place.quota : 0,
      month: over.first,
      held: owes ? (held.at(-1) ?? 0) : 0,
      debt,
      at: now,
    });
    if (!owes || debt === 0) continue;
    short += 1;
    await context.announce({
      kind: 'enrolment.lessonsShort',
      changeId: place.changeId,
      month: over.month,
      debt,
      childId: place.childId,
      schoolId: place.schoolId,
      classId: place.classId,
      at: now.toISOString(),
    });
  }
  return short;
}

/** Whether a month of home teaching is over and not told yet. */
export async function mustPassLessonMonths(context: Context): Promise<boolean> {
  return (await listUntoldPlaces(context.client, context.district, monthOver(context.today))).length > 0;
}

/** What a change of home teaching owes now; settles the duty when nothing is left. */
export async function tellMadeUp(context: Context, change: { id: string; childId: string }): Promise<number> {
  const place = await findHomePlace(context.client, context.district, change.id);
  const { debt } = place === null ? { debt: 0 } : await accountOf(context, place, await schoolDays(context));
  if (debt === 0)
    await context.announce({
      kind: 'enrolment.lessonsSettled',
      changeId: change.id,
      childId: change.childId,
      at: context.now.toISOString(),
    });
  return debt;
}
