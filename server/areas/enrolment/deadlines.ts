import { addCalendarDays } from '#domain/basics/calendar.ts';
import { schoolYearOf } from '#domain/basics/school-year.ts';
import { movesAway, renewalLatest } from '#domain/enrolment/change-rules.ts';
import { courseStateWords } from '#domain/enrolment/course-words.ts';
import { mayFollow, onRollStates } from '#domain/enrolment/course.ts';
import { isWorkday, readSettings, schoolCalendar } from '#server/areas/organisations/actions.ts';
import { apart } from '#server/http/each-apart.ts';
import type { Context } from '#server/http/context.ts';
import type { News } from '#server/http/news.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { finish, stepOrThrow } from './change-work.ts';
import { courseOf, moveChild, spellOn } from './course.ts';
import { completeChange } from './effects.ts';
import { mustPassLessonMonths, passLessonMonths } from './quota.ts';
import { findChange, type ChangeRecord } from './store-changes.ts';
import {
  listEnding,
  listLateArrivals,
  listMovedOn,
  listShownArrivals,
  listUnplacedLeavers,
  markTold,
  type ShownArrival,
  type UnplacedLeaver,
} from './store-due.ts';

/** What the deadlines of registry changes brought. */
export interface PassedChanges {
  /** Changes whose pupil a roster shows at the receiving school. */
  arrived: number;
  late: number;
  /** Changes that ended because their pupil has gone another way. */
  movedOn: number;
  ending: number;
  /** Suspensions that ended without resumption or renewal. */
  lapsed: number;
  /** Places of home teaching whose month ended with lessons short. */
  short: number;
}

async function endingBy(context: Context): Promise<string> {
  const settings = await readSettings(context, context.today);
  const rule = await isWorkday(context);
  let day = context.today;
  // The furthest end whose 15 working days have begun.
  for (let ahead = 0; ahead < 60; ahead += 1) {
    const end = addCalendarDays(context.today, ahead);
    if (renewalLatest(end, settings['enrolment.renewalDays'], rule) <= context.today) day = end;
  }
  return day;
}

/** A roster of the receiving school names the pupil: that is his arrival. Where the list could not move him (he still stood elsewhere) the change does. */
async function arriveByRoster(context: Context, shown: ShownArrival): Promise<boolean> {
  const record = await findChange(context.client, context.district, shown.id, true);
  if (record?.state !== 'arrival' && record?.state !== 'late') return false;
  const step = stepOrThrow(context, record, 'shown');
  const toClassId = shown.classId ?? record.toClassId;
  if (shown.claimed) await completeChange(context, { ...record, toClassId }, shown.day);
  const words = '转入学校的学籍名单已有该生，平台据此确认到校';
  await finish(context, record, step.next, { what: 'shown', words, day: shown.day, change: { toClassId } });
  return true;
}

/** Confirms the arrivals that a published roster shows; answers how many. */
async function passArrivals(context: Context): Promise<number> {
  let arrived = 0;
  for (const shown of await listShownArrivals(context.client, context.district)) {
    const one = await apart(context, 'enrolment.arrival', shown.id, () => arriveByRoster(context, shown));
    if (one?.done === true) arrived += 1;
  }
  return arrived;
}

/** Ends a change whose pupil has gone another way meanwhile. */
async function lapse(context: Context, record: ChangeRecord, why: string): Promise<void> {
  const step = stepOrThrow(context, record, 'lapse');
  await finish(context, record, step.next, { what: 'lapse', words: `${why}，本项异动由平台终止` });
}

async function endMovedOn(context: Context, id: string): Promise<boolean> {
  const record = await findChange(context.client, context.district, id, true);
  if (record?.state !== 'arrival' && record?.state !== 'late') return false;
  const stood = spellOn(await courseOf(context, record.childId), context.today);
  if (stood === null) return false;
  await lapse(context, record, `该生现为“${courseStateWords[stood.state]}”`);
  return true;
}

/** Past the deadline without arrival: 去向未落实. Who is suspended or a dropout by now stays that, and the change says so. */
async function passArrival(context: Context, id: string): Promise<boolean> {
  const record = await findChange(context.client, context.district, id, true);
  if (record?.state !== 'arrival') return false;
  const step = stepOrThrow(context, record, 'pass');
  const stood = spellOn(await courseOf(context, record.childId), context.today);
  const cause = stood?.state === 'leaver' ? 'noShow' : 'notArrived';
  const away = movesAway(record.kind) || record.kind === 'placement';
  const moves = away && stood !== null && mayFollow(stood.state, 'gone', cause);
  if (moves) await moveChild(context, { childId: record.childId, day: context.today, state: 'gone', cause, changeId: record.id }); // prettier-ignore
  const apartFrom = away && !moves && stood !== null && stood.state !== 'gone' && onRollStates.includes(stood.state);
  const words = apartFrom
    ? `逾期未确认到校；该生现为“${courseStateWords[stood.state]}”，学业轨迹不变`
    : '逾期未确认到校，去向未落实';
  await finish(context, record, step.next, { what: 'pass', words });
  return true;
}

/** The first day of the school year's first term: leavers of the summer before report on it. Null where the calendar has none. */
async function reportDayOf(context: Context): Promise<string | null> {
  const { termOf } = await schoolCalendar(context, context.today);
  const from = `${String(schoolYearOf(context.today))}-08-20`;
  for (let ahead = 0; ahead < 45; ahead += 1) {
    const term = termOf(addCalendarDays(from, ahead));
    if (term !== null) return term.from;
  }
  return null;
}

/** Leavers whom nobody placed, once the days after report day are over. */
async function unplacedOverdue(context: Context): Promise<UnplacedLeaver[]> {
  const settings = await readSettings(context, context.today);
  const reportDay = await reportDayOf(context);
  if (reportDay === null || addCalendarDays(reportDay, settings['enrolment.noShowDays']) >= context.today) return [];
  return listUnplacedLeavers(context.client, context.district, reportDay);
}

/** A leaver without a confirmed junior place is a no-show of his primary school and the bureau together, and Gone of the district. */
async function passUnplaced(context: Context, leaver: UnplacedLeaver): Promise<void> {
  const { today, now } = context;
  await moveChild(context, { childId: leaver.childId, day: today, state: 'gone', cause: 'noShow' });
  await context.announce({ kind: 'enrolment.noShow', ...leaver, at: now.toISOString() });
}

async function tellEnding(context: Context, lapsed: boolean, by: string): Promise<number> {
  const { client, district, now } = context;
  const rows = await listEnding(client, district, { by, lapsed });
  let told = 0;
  for (const { id, endsOn, childId, schoolId, classId } of rows) {
    const one = await apart(context, 'enrolment.ending', id, async () => {
      await markTold(client, district, id, lapsed);
      const at = now.toISOString();
      await context.announce({ kind: 'enrolment.suspensionEnding', changeId: id, endsOn, lapsed, childId, schoolId, classId, at }); // prettier-ignore
    });
    if (one !== null) told += 1;
  }
  return told;
}

/**
 * Passes the deadlines: arrivals that a roster shows are confirmed, changes whose pupil went another way end, who has not arrived is
 * 去向未落实, ends of suspensions are told, and those that lapsed. Each is told once and stands by itself: one that cannot be passed is
 * logged and holds up no other.
 */
export async function passChangeDeadlines(context: Context): Promise<PassedChanges> {
  const { client, district, today } = context;
  const passed: PassedChanges = { arrived: 0, late: 0, movedOn: 0, ending: 0, lapsed: 0, short: 0 };
  passed.arrived = await passArrivals(context);
  for (const id of await listMovedOn(client, district))
    if ((await apart(context, 'enrolment.movedOn', id, () => endMovedOn(context, id)))?.done === true) passed.movedOn += 1; // prettier-ignore
  for (const id of await listLateArrivals(client, district, today))
    if ((await apart(context, 'enrolment.late', id, () => passArrival(context, id)))?.done === true) passed.late += 1;
  for (const leaver of await unplacedOverdue(context))
    if ((await apart(context, 'enrolment.unplaced', leaver.childId, () => passUnplaced(context, leaver))) !== null) passed.late += 1; // prettier-ignore
  passed.ending = await tellEnding(context, false, await endingBy(context));
  passed.lapsed = await tellEnding(context, true, today);
  passed.short = await passLessonMonths(context);
  return passed;
}

/** Whether the minute's job has anything to pass for registry changes. */
export async function mustPassChanges(context: Context): Promise<boolean> {
  const { client, district, today } = context;
  return (
    (await listLateArrivals(client, district, today)).length > 0 ||
    (await listShownArrivals(client, district)).length > 0 ||
    (await listMovedOn(client, district)).length > 0 ||
    (await unplacedOverdue(context)).length > 0 ||
    (await listEnding(client, district, { by: await endingBy(context), lapsed: false })).length > 0 ||
    (await listEnding(client, district, { by: today, lapsed: true })).length > 0 ||
    (await mustPassLessonMonths(context))
  );
}

/** Hears that a roster was published: it shows who has arrived. What is more than one pass takes, the next minutes do. */
export async function hearEnrolment(context: Context, news: News): Promise<void> {
  if (news.kind !== 'imports.rosterPublished') return;
  await underReach(context, wholeReach, (whole) => passArrivals(whole));
}
