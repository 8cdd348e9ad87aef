import type { z } from 'zod';
import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/duties.ts';
import { addCalendarDays, sundayOf } from '#domain/basics/calendar.ts';
import { notFound } from '#domain/basics/failure.ts';
import { roleWords } from '#domain/basics/roles.ts';
import { reachToken } from '#domain/basics/reach.ts';
import { dutyRuleList, dutyRules } from '#domain/duties/catalogue.ts';
import { substituteRules } from '#domain/duties/follow.ts';
import { chinaDayOf, endOfDay, mayHandOver, mayWaive, type HeldDuty } from '#domain/duties/rules.ts';
import { dueWords, dutyStateWords, settledWords } from '#domain/duties/words.ts';
import { substitutionsNow } from '#server/areas/attendance/actions.ts';
import { chinaDay } from '#server/clock.ts';
import type { Then } from '#server/database/past.ts';
import { askedThen } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { underReach } from '#server/http/under-reach.ts';
import { staffOfUnits } from './store-handle.ts';
import {
  countDuties,
  deskDuties,
  findDuty,
  listDutyEvents,
  pageDuties,
  type DeskTimes,
  type DutyRecord,
  type Holder,
  type Substituted,
} from './store-lists.ts';

/** Reads with what was handed to the person himself in sight as well. */
function withOwn<T>(context: Context, work: (context: Context) => Promise<T>): Promise<T> {
  const { reach, actor } = context;
  if (reach.all || actor.staffId === null) return work(context);
  return underReach(context, { all: false, tokens: [...reach.tokens, `person:${actor.staffId}`] }, work);
}

/** Who asks, as holder of duties, with the classes that he stands in for today. */
function holderOf(context: Context, substituted: Holder['substituted'] = []): Holder {
  return { now: context.now, staffId: context.actor.staffId, posts: context.actor.posts, substituted };
}

/** Reads a person's own duties: what was handed to him and what he owes as a substitute are in sight too, to be narrowed by the holder. */
export async function asHolder<T>(
  context: Context,
  work: (context: Context, holder: Holder) => Promise<T>,
): Promise<T> {
  const substituted = await substitutionsNow(context);
  return withOwn(context, (own) => {
    const holder = holderOf(context, substituted);
    if (own.reach.all || substituted.length === 0) return work(own, holder);
    const tokens = [...own.reach.tokens, ...substituted.map(({ classId }) => reachToken('class', classId))];
    return underReach(own, { all: false, tokens }, (inner) => work(inner, holder));
  });
}

/** The moments that divide a desk: now, the end of today, the end of the week (Sunday). */
export function deskTimes(context: Context): DeskTimes {
  return timesAt(context.now);
}

function timesAt(now: Date): DeskTimes {
  const today = chinaDay(now);
  return { now, todayEnds: endedAt(today), weekEnds: endedAt(sundayOf(today)) };
}

/** The moment by which duties of the past are looked at: that of the past, or the last one of its day. */
function momentOf(context: Context, then: Then | null): Date {
  if (then === null) return context.now;
  const last = Date.parse(endOfDay(then.day));
  return new Date(Math.min(Date.parse(then.moment), last, context.now.getTime()));
}

/** The moment at which a day (China) is over and the next begins. */
export function endedAt(day: string): Date {
  return new Date(Date.parse(endOfDay(day)) + 1);
}

function dueBetween({ from, to }: { from?: string | undefined; to?: string | undefined }): {
  from?: Date;
  before?: Date;
} {
  return {
    ...(from === undefined ? {} : { from: endedAt(addCalendarDays(from, -1)) }),
    ...(to === undefined ? {} : { before: endedAt(to) }),
  };
}

/** A duty as rights look at it. */
export function heldDuty(context: Context, row: DutyRecord): HeldDuty {
  return { ladder: row.ladder, ownerRole: row.owner_role, ownerStaff: row.owner_staff, place: placeOf(context, row) };
}

function placeOf(context: Context, row: DutyRecord): HeldDuty['place'] {
  return {
    district: context.district,
    schoolId: row.school_id,
    classId: row.class_id,
    childId: row.child_id,
    caseId: row.case_id,
  };
}

function ownerWords(row: DutyRecord): string {
  if (row.staff_name !== null) return row.staff_name;
  const unit =
    row.owner_unit_kind === 'class'
      ? row.class_name
      : row.owner_unit_kind === 'school'
        ? row.school_name
        : row.unit_name;
  return unit === null ? roleWords[row.owner_role] : `${unit} ${roleWords[row.owner_role]}`;
}

/** What a duty is about, in words: the child, else the class or the school, else the district. */
export function whoWords(row: DutyRecord): string {
  if (row.child_id !== null) return row.child_name ?? '（学生不在您的管理范围内）';
  return row.class_name ?? row.school_name ?? '全区';
}

/** A duty as lists show it; past due by a moment, which is now where no past is asked for. */
export function shownDuty(
  context: Context,
  row: DutyRecord,
  now: Date = context.now,
): z.output<typeof contract.DutyRow> {
  const rule = dutyRules[row.rule];
  const open = row.state === 'open';
  return {
    id: row.id,
    rule: row.rule,
    title: rule.title,
    clause: rule.clause,
    childId: row.child_id,
    caseId: row.case_id,
    who: whoWords(row),
    why: row.why,
    schoolName: row.school_name,
    className: row.class_name,
    ownerWords: ownerWords(row),
    level: row.climbed_at.length,
    topWords: roleWords[row.top_role],
    urgent: row.urgent,
    startedAt: row.started_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    dueDay: chinaDayOf(row.due_at.toISOString()),
    overdue: open && row.due_at < now,
    state: row.state,
    stateWords: dutyStateWords[row.state],
    inTime: row.state === 'settled' && row.settled_at ? row.settled_at <= row.due_at : null,
    settledAt: row.settled_at?.toISOString() ?? null,
    settledName: row.settled_name,
    action: rule.act.words,
    to: rule.act.path(placeOf(context, row), row.subject_id, row.occasion),
  };
}

/** A page of one's own duties or those of the unit, as they stand or stood then, earliest due first. */
export async function listDuties(
  context: Context,
  input: ParsedOf<typeof contract.listDuties>,
): Promise<OutputOf<typeof contract.listDuties>> {
  const then = askedThen(context, input);
  const { now, todayEnds, weekEnds } = timesAt(momentOf(context, then));
  const { rule, schoolId, childId, caseId, outcome, clause, owedBy } = input;
  const span =
    input.when === 'overdue'
      ? { before: now }
      : input.when === 'today'
        ? { from: now, before: todayEnds }
        : input.when === 'week'
          ? { from: now, before: weekEnds }
          : dueBetween(input);
  const of = {
    state: outcome === undefined ? input.state : ('all' as const),
    outcome,
    rule,
    ...(clause === undefined
      ? {}
      : { rules: dutyRuleList.filter((one) => one.clause === clause).map((one) => one.id) }),
    owedBy,
    schoolId,
    noSchool: input.noSchool === 'yes',
    childId,
    caseId,
    then,
    ...span,
  };
  const read = async ({ client, district }: Context, holder: Holder | null = null) => {
    const asked = { ...of, holder: holder === null ? null : { ...holder, now } };
    const counted = await countDuties(client, district, asked, now);
    const rows = await pageDuties(client, district, asked, now, input);
    return { rows: rows.map((row) => shownDuty(context, row, now)), ...counted, page: input.page, size: input.size };
  };
  // The duties behind a figure of timeliness are those that the figure counts: within its reach, and no others.
  const figure = outcome !== undefined && input.scope === 'unit' ? context.reachFor('cockpit.read') : null;
  if (figure) return underReach(context, figure, (inner) => read(inner));
  return input.scope === 'mine' ? asHolder(context, read) : withOwn(context, (own) => read(own));
}

/** One duty with its history and what may be done. */
export async function getDuty(context: Context, input: { id: string }): Promise<OutputOf<typeof contract.getDuty>> {
  const found = await withOwn(context, ({ client, district }) => findDuty(client, district, input.id, false));
  const read = async ({ client, district }: Context, { substituted = [] }: Pick<Holder, 'substituted'> = {}) => {
    const row = found ?? (await findDuty(client, district, input.id, false));
    if (!row || (!found && !isSubstitutes(row, substituted))) throw notFound('任务');
    const rule = dutyRules[row.rule];
    const duty = heldDuty(context, row);
    const handle = row.state === 'open' && context.reachFor('duties.handle') !== null;
    const { posts, staffId } = context.actor;
    const allowed = {
      waive: handle && mayWaive(duty, posts, staffId),
      handOver: handle && mayHandOver(duty, posts, staffId),
    };
    const climbs = row.climbed_at.map((at, index) => {
      // The levels that held it from the start are passed over.
      const role = row.ladder[row.level - row.climbed_at.length + 1 + index] ?? row.top_role;
      return { at: at.toISOString(), actor: '平台', words: `超期未办结，上报至${roleWords[role]}` };
    });
    const told = (await listDutyEvents(client, district, row.id)).map((event) => ({
      at: event.known_at.toISOString(),
      actor: event.actor_name,
      words: event.words,
    }));
    const opened = { at: row.started_at.toISOString(), actor: '平台', words: `开始：${row.why}` };
    const ended =
      row.state === 'settled' && row.settled_at
        ? [
            {
              at: row.settled_at.toISOString(),
              actor: row.settled_name ?? '',
              words: `${settledWords[row.settled_event ?? ''] ?? '已办结'}${row.settled_at <= row.due_at ? '，按时' : '，超期'}`,
            },
          ]
        : row.state === 'waived' && row.settled_at && row.settled_event !== 'waived'
          ? [
              {
                at: row.settled_at.toISOString(),
                actor: row.settled_name ?? '',
                words: `${settledWords[row.settled_event ?? ''] ?? '已免'}：${row.settled_reason ?? ''}`,
              },
            ]
          : [];
    const people = allowed.handOver ? await peopleFor(context, row) : [];
    return {
      ...shownDuty(context, row),
      ruleVersion: row.rule_version,
      dueWords: dueWords(rule.due),
      reason: row.settled_reason,
      events: [opened, ...[...climbs, ...told].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), ...ended],
      allowed,
      people: people.map((one) => ({
        staffId: one.staff_id,
        name: one.name,
        roleWords: one.roles.map((role) => roleWords[role]).join('、'),
      })),
    };
  };
  return found ? withOwn(context, (own) => read(own)) : asHolder(context, read);
}

/** Whether a duty is one that a substitute owes. */
function isSubstitutes(row: DutyRecord, substituted: readonly Substituted[]): boolean {
  const day = row.occasion.slice(0, 10);
  return (
    substituteRules.includes(row.rule) &&
    row.owner_staff === null &&
    row.owner_role === 'classTeacher' &&
    substituted.some((one) => one.classId === row.owner_unit && one.fromDay <= day && day <= one.toDay)
  );
}

/** Whom a duty may be handed to: whoever holds a post today at its owner's unit or in its school. */
export function peopleFor(context: Context, row: DutyRecord): ReturnType<typeof staffOfUnits> {
  const units = [row.owner_unit, ...(row.school_id === null ? [] : [row.school_id])];
  return staffOfUnits(context.client, context.district, units, row.school_id, context.today);
}

/** A line of the desk for the areas that show it. */
export interface DeskDuty {
  section: 'overdue' | 'today' | 'week' | 'later';
  total: number;
  duty: z.output<typeof contract.DutyRow>;
}

/** One's own open duties for 工作台, at most `each` of every section. */
export async function dutiesOnDesk(context: Context, each: number): Promise<DeskDuty[]> {
  return asHolder(context, async ({ client, district }, holder) => {
    const rows = await deskDuties(client, district, holder, deskTimes(context), each);
    return rows.map((row) => ({ section: row.section, total: row.total, duty: shownDuty(context, row) }));
  });
}
