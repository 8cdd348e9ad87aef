import { markRollCall, getRollCall } from '#contract/attendance.ts';
import { getSchoolDay } from '#contract/attendance-views.ts';
import { confirmCase, reportDropout } from '#contract/dropout.ts';
import { addContact, addStep, linkDocument, planCase } from '#contract/dropout-steps.ts';
import { recordService } from '#contract/notices.ts';
import type { AbsenceKind } from '#domain/attendance/record.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { chinaDay } from '#server/clock.ts';
import type { Actor, Platform } from '#server/http/context.ts';
import { platformActor, runAs } from '#server/http/run.ts';
import { loadActor } from '#server/http/sessions.ts';
import { schoolCalendar } from '#server/areas/organisations/actions.ts';
import { callAs } from './call-as.ts';
import { createChance } from './chance.ts';
import { enterSomeScores } from './live-scores.ts';
import { SAMPLE_AS_OF, SAMPLE_DISTRICT } from './make.ts';

/** At most so many school days before today are marked. */
const DAYS_MARKED = 6;

/** The school days from the day of the lists to yesterday, at most `DAYS_MARKED`, the earliest first. */
async function daysToMark(platform: Platform, actor: Actor): Promise<string[]> {
  const today = chinaDay(platform.clock.now());
  const calendar = await runAs(platform, { actor, reach: { all: true, tokens: [] }, audit: null }, (context) =>
    schoolCalendar(context, today),
  );
  const days: string[] = [];
  for (
    let day = addCalendarDays(today, -1);
    day >= SAMPLE_AS_OF && days.length < DAYS_MARKED;
    day = addCalendarDays(day, -1)
  )
    if (calendar.isSchoolDay(day)) days.unshift(day);
  return days;
}

/** A pupil who stays away without reason, from which of the marked days to before which. */
interface Away {
  childId: string;
  from: number;
  to: number;
}

/** Where the five who stay away sit: which school and class in the order of the lists, and which of `days` marked days they miss. */
function absencesOf(days: number): readonly (readonly [school: number, room: number, from: number, to: number])[] {
  return [
    [0, 2, 0, days],
    [0, 4, days - 3, days],
    [0, 6, days - 1, days],
    [1, 3, 0, days],
    [2, 1, 0, 2],
  ];
}

/** Marks every class on every day: few are ill or on leave, five stay away without reason. Answers the five. */
async function markClasses(
  platform: Platform,
  actor: Actor,
  firstSchool: string,
  days: readonly string[],
): Promise<Away[]> {
  const chance = createChance(20_261_120);
  const away: Away[] = [];
  const day = days.at(-1) ?? '';
  const { schools } = await callAs(platform, actor, getSchoolDay, { day });
  schools.sort((a, b) => Number(b.schoolId === firstSchool) - Number(a.schoolId === firstSchool));
  for (const [place, { schoolId }] of schools.entries()) {
    const { classes } = await callAs(platform, actor, getSchoolDay, { day, schoolId });
    for (const [room, { classId }] of classes.entries()) {
      const { pupils } = await callAs(platform, actor, getRollCall, { classId, day });
      const seat = absencesOf(days.length).find(([atPlace, atRoom]) => atPlace === place && atRoom === room);
      const gone = seat && pupils[1] ? { childId: pupils[1].childId, from: seat[2], to: seat[3] } : null;
      if (gone) away.push(gone);
      for (const [index, marked] of days.entries()) {
        const absent: { id: string; childId: string; kind: AbsenceKind }[] = [];
        for (const { childId } of pupils) {
          if (gone?.childId === childId) {
            if (index >= gone.from && index < gone.to)
              absent.push({ id: platform.newId(), childId, kind: 'unexcused' });
          } else if (chance.oneIn(90))
            absent.push({ id: platform.newId(), childId, kind: chance.oneIn(3) ? 'personal' : 'illness' });
        }
        const takenAt = `${marked}T00:05:00Z`;
        await callAs(platform, actor, markRollCall, { id: platform.newId(), classId, day: marked, absent, takenAt });
      }
    }
  }
  return away;
}

/** The case of one pupil, from the report to the first notice, each step by whom it belongs to. */
async function followCase(
  platform: Platform,
  people: { officer: Actor; principal: Actor },
  away: Away,
  days: readonly string[],
): Promise<void> {
  const { officer, principal } = people;
  const day = chinaDay(platform.clock.now());
  const { caseId: id } = await callAs(platform, officer, reportDropout, {
    id: platform.newId(),
    childId: away.childId,
    discovered: days[2] ?? day,
    firstAbsent: days[0] ?? null,
    reasonGroup: 'study',
    reasonWords: '成绩跟不上，不愿到校',
    whereabouts: 'home',
    done: '班主任电话联系两次，家长称孩子不愿上学',
  });
  await callAs(platform, principal, confirmCase, { id });
  await callAs(platform, officer, planCase, {
    id,
    goal: '两周内返校，由任课教师补上落下的课',
    people: [
      { name: officer.name, task: '每周上门一次，联系家长', day: addCalendarDays(day, 7) },
      { name: principal.name, task: '安排补课和同学结对', day: addCalendarDays(day, 10) },
    ],
  });
  await callAs(platform, officer, addContact, {
    id,
    contactId: platform.newId(),
    day,
    mode: 'phone',
    reached: true,
    who: '母亲',
    words: '母亲称孩子跟不上课，在家上网，愿意配合学校劝返',
  });
  for (const words of ['上门劝返，孩子未开门，与母亲约定三日后再来', '再次上门，孩子愿意谈，说怕被同学笑话'])
    await callAs(platform, officer, addStep, {
      id,
      stepId: platform.newId(),
      rung: 'persuade',
      day,
      people: officer.name,
      words,
    });
  const { documentId } = await callAs(platform, officer, linkDocument, {
    id,
    documentId: platform.newId(),
    rung: 'persuasionNotice',
    fields: { contact: officer.name, contactPhone: '027-82340001' },
  });
  await callAs(platform, officer, recordService, {
    id: documentId,
    serviceId: platform.newId(),
    mode: 'post',
    day,
    reference: 'EMS 1099388273142',
    note: '家长已签收',
  });
}

/**
 * Lets the sample live for some school days: roll calls of every class, pupils who stay away, alarms that wait for their report, and one
 * case under way. `accounts` gives the account of a sign-in. Does nothing where fewer than three school days have passed since the lists.
 */
export async function liveSomeDays(
  platform: Platform,
  accounts: ReadonlyMap<string, string>,
  say: (line: string) => void,
): Promise<void> {
  const actor = platformActor(SAMPLE_DISTRICT, '示例区');
  const days = await daysToMark(platform, actor);
  if (days.length < 3) return;
  const person = (login: string) => loadActor(platform, SAMPLE_DISTRICT, accounts.get(login) ?? '', true, null);
  const [officer, principal] = [await person('deyu1'), await person('xiaozhang1')];
  const firstSchool = principal?.posts[0]?.unitId;
  if (!officer || !principal || firstSchool === undefined) return;
  const away = await markClasses(platform, actor, firstSchool, days);
  const [first] = away;
  if (first) await followCase(platform, { officer, principal }, first, days);
  const scored = await enterSomeScores(platform, officer, firstSchool, days.at(-1) ?? '');
  say(`  成绩：${String(scored)} 名学生近两个学期的期末成绩`);
  say(`  点名：${days[0] ?? ''} 至 ${days.at(-1) ?? ''}，${String(away.length)} 名学生无故缺勤，1 个个案正在劝返`);
}
