import { ladderFrom, nextOnLadder, type RungStanding } from '#domain/dropout/ladder.ts';
import {
  bureauOwner,
  dueIn,
  officerOwner,
  principalOwner,
  schoolOwner,
  type CaseDays,
  type NextAct,
} from '#domain/dropout/rules.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { endOfSchoolYear } from '#domain/comparison/rules.ts';
import { closingRules, watchWords } from '#domain/dropout/closing.ts';
import { watchDay } from '#domain/dropout/watch.ts';
import { closingCategories, type ClosingCategory } from '#domain/dropout/record.ts';
import type { Settings } from '#domain/organisations/settings.ts';
import { schoolCalendar } from '#server/areas/organisations/actions.ts';
import type { Context } from '#server/http/context.ts';
import { headOf } from './head.ts';
import type { CaseRecord } from './store-cases.ts';
import { listEvents, type EventRow } from './store-events.ts';
import { findCallBack, listFollowUps } from './store-returns.ts';
import { findDecision, findFindingOf } from './store-steps.ts';

/** What the rules of the next act need beside the case. */
export interface Rules {
  settings: Settings;
  isWorkday: (day: string) => boolean;
}

/** The days of a case as the bureau set them. */
export function daysOf(settings: Settings): CaseDays {
  return {
    confirm: settings['dropout.confirmDays'],
    check: settings['dropout.checkDays'],
    persuade: settings['dropout.persuadeDays'],
    step: settings['dropout.stepDays'],
    contact: settings['dropout.contactDays'],
  };
}

/** The ladder of the present round from its events. */
export function ladderOf(record: CaseRecord, events: readonly EventRow[], today: string): RungStanding[] {
  return ladderFrom(
    events.filter((event) => event.round === record.round),
    today,
    { schoolId: record.schoolId, subdistrictCode: record.subdistrictCode },
  );
}

/** A closing category as written from the closed list; null for none. */
export function categoryOf(word: string | null): ClosingCategory | null {
  return closingCategories.find((category) => category === word) ?? null;
}

async function nextReturned(context: Context, record: CaseRecord, rules: Rules): Promise<NextAct | null> {
  const head = headOf(context, record);
  const { client, district } = context;
  if (record.state === 'returned') {
    const open = (await listFollowUps(client, district, record.id, record.round)).find((row) => row.doneOn === null);
    return open
      ? {
          action: 'followUp',
          words: `复学后第 ${String(open.number)} 次跟踪`,
          owner: schoolOwner({ ...head, lead: 'school' }),
          due: open.dueDate,
          waitsUntil: null,
        }
      : null;
  }
  const due = dueIn(record.stateSince, daysOf(rules.settings).step, rules.isWorkday);
  const callBack = await findCallBack(client, district, record.id, record.round);
  return callBack && callBack.isBack === null
    ? { action: 'callBack', words: '区级回访', owner: bureauOwner(head), due, waitsUntil: null }
    : { action: 'closeReturned', words: '复学销号', owner: officerOwner(head), due, waitsUntil: null };
}

/** The look at a closed case that a person recorded last in its round; the platform's own entries say nothing. */
async function lastLook(context: Context, record: CaseRecord): Promise<EventRow | undefined> {
  const events = await listEvents(context.client, context.district, record.id);
  return events.findLast((event) => event.what === 'watch' && event.round === record.round && event.sealed !== null);
}

/** The days at which a closed case can be looked at next, reckoned from a day. */
export async function watchDays(context: Context, day: string): Promise<{ endOfYear: string; endOfTerm: string }> {
  const { termOf } = await schoolCalendar(context, day);
  // Within holidays the term that follows counts.
  const ends = [1, 30, 60, 90].map((days) => termOf(addCalendarDays(day, days))?.to);
  const endOfYear = endOfSchoolYear(day);
  return { endOfYear, endOfTerm: ends.find((end) => end !== undefined && end > day) ?? endOfYear };
}

async function watchOf(context: Context, record: CaseRecord): Promise<NextAct | null> {
  const category = categoryOf(record.category);
  if (category === null) return null;
  const rule = closingRules[category];
  const look = await lastLook(context, record);
  const closing = await findDecision(context.client, context.district, record.id);
  const due = look
    ? look.dueDate
    : watchDay(rule, { endsOn: closing?.endsOn ?? null, ...(await watchDays(context, record.stateSince)) });
  if (due === null) return null;
  return {
    action: 'watch',
    words: watchWords[rule.watch],
    owner: officerOwner(headOf(context, record)),
    due,
    waitsUntil: null,
  };
}

/** What is owed next on a case, by whom and by when; null when nothing is. */
export async function nextFor(context: Context, record: CaseRecord, rules: Rules): Promise<NextAct | null> {
  const { client, district, today } = context;
  const head = headOf(context, record);
  const days = daysOf(rules.settings);
  switch (record.state) {
    case 'suspected': {
      const events = await listEvents(client, district, record.id);
      const reported = events.some(
        (event) => event.round === record.round && ['report', 'emergency', 'reopen'].includes(event.what),
      );
      if (!reported)
        return {
          action: 'report',
          words: '报告疑似辍学',
          owner: schoolOwner(head),
          due: record.clockStart,
          waitsUntil: null,
        };
      const due = dueIn(record.clockStart, days.confirm, rules.isWorkday);
      // What the bureau sent back has its days from then on.
      const sentBack = events.some((event) => event.round === record.round && event.what === 'refuseConfirmation');
      const again = dueIn(record.stateSince, days.check, rules.isWorkday);
      return {
        action: head.schoolId === null ? 'checkConfirmation' : 'confirm',
        words: sentBack ? '区级退回：补充核实后，再确认或排除' : '确认或排除疑似辍学',
        owner: principalOwner(head),
        due: sentBack && again > due ? again : due,
        waitsUntil: null,
      };
    }
    case 'confirming':
    case 'dismissing':
    case 'closing': {
      const words = { confirming: '区级确认', dismissing: '复核排除', closing: '复核销号' } as const;
      const action = {
        confirming: 'checkConfirmation',
        dismissing: 'checkDismissal',
        closing: 'checkClosing',
      } as const;
      return {
        action: action[record.state],
        words: words[record.state],
        owner: bureauOwner(head),
        due: dueIn(record.stateSince, days.check, rules.isWorkday),
        waitsUntil: null,
      };
    }
    case 'confirmed':
    case 'persuading': {
      const finding = await findFindingOf(client, district, record.id, record.round);
      return nextOnLadder(head, ladderOf(record, await listEvents(client, district, record.id), today), {
        confirmed: record.confirmedOn ?? record.stateSince,
        today,
        days,
        rounds: rules.settings['dropout.rounds'],
        hasFinding: finding !== null,
        isWorkday: rules.isWorkday,
      });
    }
    case 'returned':
    case 'followed':
      return nextReturned(context, record, rules);
    case 'closed':
      return watchOf(context, record);
    case 'dismissed':
      return null;
  }
}
