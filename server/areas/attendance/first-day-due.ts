import { schoolDaysBetween } from '#domain/attendance/rules.ts';
import type { Context } from '#server/http/context.ts';
import { findFirstDay, settleFirstDay, type FirstDay } from './first-day.ts';
import { listStandingsOfClasses, type ClassStanding } from './store-first-day.ts';
import { listSigners, listToldFirstDay, rememberFirstDay } from './store-first-day-kept.ts';

/** In how many school days from the first on classes are still told of: a roster may come late, a server may have stood still. */
const tellingDays = 4;

/** The first day, while classes are told of it; null on every other day. */
async function runningFirstDay(context: Context): Promise<FirstDay | null> {
  const first = await findFirstDay(context, context.today);
  if (!first?.begun) return null;
  const days = schoolDaysBetween(first.day, context.today, first.ground.isSchoolDay).length;
  return days <= tellingDays ? first : null;
}

/** What is to be told: classes that were not told of; and those complete, or open again, since without a mark or an entry, as when a pupil moved away or came onto the roll late. */
async function toTell(context: Context, day: string): Promise<{ due: ClassStanding[]; turned: ClassStanding[] }> {
  const { client, district } = context;
  const told = new Set(await listToldFirstDay(client, district, day));
  const rows = await listStandingsOfClasses(client, district, day);
  return {
    due: rows.filter((row) => !told.has(row.class_id)),
    turned: rows.filter((row) => (row.undone === 0) !== row.done && told.has(row.class_id)),
  };
}

/** Whether lists of a first day are to be told of as owed, or have become complete by themselves. */
export async function mustAnnounceFirstDay(context: Context): Promise<boolean> {
  const first = await runningFirstDay(context);
  if (!first) return false;
  const { due, turned } = await toTell(context, first.day);
  return due.length + turned.length > 0;
}

/**
 * Tells of the lists of the first school day of a term as owed, school by school, each class once; one that is complete owes nothing, its
 * school still the signature. At most `schools` schools at a time. Needs the whole district in sight; answers how many classes owe.
 */
export async function announceFirstDay(context: Context, schools = 50): Promise<number> {
  const first = await runningFirstDay(context);
  if (!first) return 0;
  const { client, district, now } = context;
  const { day, ground } = first;
  const { due, turned } = await toTell(context, day);
  for (const row of turned)
    await settleFirstDay(context, ground, { schoolId: row.school_id, classId: row.class_id }, day);
  const signed = new Set((await listSigners(client, district, day)).map((row) => row.school_id));
  let count = 0;
  for (const schoolId of [...new Set(due.map((row) => row.school_id))].slice(0, schools)) {
    const classIds: string[] = [];
    for (const { class_id: classId, undone } of due.filter((row) => row.school_id === schoolId)) {
      const told = await rememberFirstDay(client, district, { schoolId, classId, day, at: now });
      if (told && undone > 0) classIds.push(classId);
    }
    const term = first.term.name;
    const at = now.toISOString();
    await context.announce({ kind: 'attendance.firstDayDue', schoolId, classIds, day, term, signed: signed.has(schoolId), at }); // prettier-ignore
    count += classIds.length;
  }
  context.note({ subjectKind: 'duty', detail: { day, classes: count, complete: turned.length } });
  return count;
}
