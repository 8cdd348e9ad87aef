import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-changes.ts';
import { Failure } from '#domain/basics/failure.ts';
import { isAttending, movesAway } from '#domain/enrolment/change-rules.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import type { Context } from '#server/http/context.ts';
import { finish, stepOrThrow, takeChangeStep, type After } from './change-work.ts';
import { courseOf, moveChild, spellOn } from './course.ts';
import { completeChange, giveUpChange } from './effects.ts';
import { endAttending, readAttending } from './store-attending.ts';
import { findChange, type ChangeRecord } from './store-changes.ts';
import { requirePieces } from './pieces.ts';
import { mustPassLessonMonths, passLessonMonths } from './quota.ts';
import { listEnding, listLateArrivals, markTold, spellBefore } from './store-due.ts';
import { findClassOf } from './store-roll.ts';
import { fault } from './who.ts';
import { renewalLatest } from '#domain/enrolment/change-rules.ts';
import { isWorkday, readSettings } from '#server/areas/organisations/actions.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';

async function attach(context: Context, record: ChangeRecord, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await attachPapers(context, ids, { kind: 'change', id: record.id, childId: record.childId }, record.reach);
}

/** One party agrees, or the bureau enters the answer from outside with its scan; the last agreement completes the change. */
export async function approveChange(context: Context, input: ParsedOf<typeof contract.approveChange>): Promise<After> {
  return takeChangeStep(context, input.id, 'approve', async (whole, record, step) => {
    requirePieces(whole, record);
    const papers = input.replyPaperId === undefined ? [] : [input.replyPaperId];
    if (step.demands.includes('reply')) {
      if (papers.length === 0)
        throw new Failure('input-wrong', '请上传外地学校或主管部门的答复。', {
          issues: [{ path: 'replyPaperId', words: '请上传答复的扫描件。' }],
        });
      await requirePapers(whole, papers);
    }
    await attach(whole, record, papers);
    if (step.next === 'done') await completeChange(whole, record, record.fromDay);
    const from = changeStateWords[record.state].replace(/^待/, '').replace(/(审核|审批|核办)$/, '');
    return { what: 'approve', words: step.next === 'done' ? `${from}同意，已办结` : `${from}同意`, text: input.note };
  });
}

/** One party refuses, with the reason; who was leaving is in school as before. */
export async function refuseChange(context: Context, input: ParsedOf<typeof contract.refuseChange>): Promise<After> {
  return takeChangeStep(context, input.id, 'refuse', async (whole, record) => {
    await giveUpChange(whole, record);
    return {
      what: 'refuse',
      words: `未通过：${changeStateWords[record.state].replace(/^待/, '')}`,
      text: input.reason,
    };
  });
}

/** Who asked takes a change back before it is done. */
export async function withdrawChange(
  context: Context,
  input: ParsedOf<typeof contract.withdrawChange>,
): Promise<After> {
  return takeChangeStep(context, input.id, 'withdraw', async (whole, record) => {
    await giveUpChange(whole, record);
    return { what: 'withdraw', words: '撤回', text: input.reason };
  });
}

/** The class that who confirms names: of the receiving school and of the grade, no other; of who leaves there is none. */
async function classOfArrival(
  context: Context,
  record: ChangeRecord,
  toClassId: string | null,
): Promise<string | null> {
  if (toClassId === null) return record.toClassId;
  const room = await findClassOf(context.client, context.district, toClassId);
  if (room === null || room.schoolId !== record.toSchoolId) throw fault('toClassId', '这个班级不在该校。');
  const stood = spellOn(await courseOf(context, record.childId), context.today);
  const grade = record.toGrade ?? stood?.grade ?? record.grade;
  if (grade !== null && room.grade !== grade) throw fault('toClassId', '班级与年级不符。');
  return toClassId;
}

/** The receiving school confirms that the pupil has come; for a transfer out the school or the bureau with the proof from elsewhere. */
export async function confirmArrival(
  context: Context,
  input: ParsedOf<typeof contract.confirmArrival>,
): Promise<After> {
  if (input.day > context.today)
    throw new Failure('input-wrong', '日期不能晚于今天。', { issues: [{ path: 'day', words: '日期不能晚于今天。' }] });
  return takeChangeStep(context, input.id, 'arrive', async (whole, record) => {
    const out = record.kind === 'transferOutProvince' || record.kind === 'transferOutOther';
    const papers = input.proofPaperId === undefined ? [] : [input.proofPaperId];
    if (out && papers.length === 0)
      throw new Failure('input-wrong', '请上传转入学校的到校证明。', {
        issues: [{ path: 'proofPaperId', words: '请上传到校证明。' }],
      });
    await attach(whole, record, papers);
    const changed = { ...record, toClassId: await classOfArrival(whole, record, input.toClassId) };
    await completeChange(whole, changed, input.day);
    return {
      what: 'arrive',
      words: record.state === 'late' ? '逾期后确认到校' : '确认到校',
      day: input.day,
      text: input.note,
      change: { toClassId: changed.toClassId },
    };
  });
}

/** The bureau corrects a change that is done: the course goes back to what stood before it; both versions stay. */
export async function correctChange(context: Context, input: ParsedOf<typeof contract.correctChange>): Promise<After> {
  return takeChangeStep(context, input.id, 'correct', async (whole, record) => {
    const { client, district } = whole;
    if (isAttending(record.kind)) {
      const knownAt = await whole.knownAt();
      for (const row of (await readAttending(client, district, record.childId)).filter(
        (one) => one.changeId === record.id,
      ))
        // prettier-ignore
        await endAttending(client, district, { id: row.id, kept: null, knownAt });
      await rebuildReach(client, district, [record.childId]);
    }
    const before = await spellBefore(client, district, record.id);
    if (before)
      await moveChild(whole, {
        childId: record.childId,
        day: before.day,
        state: before.state,
        cause: 'correction',
        schoolId: before.schoolId,
        classId: before.classId,
        grade: before.grade,
        changeId: record.id,
      });
    return { what: 'correct', words: `更正${changeKindWords[record.kind]}`, text: input.reason };
  });
}

/** What the deadlines of registry changes brought. */
export interface PassedChanges {
  late: number;
  ending: number;
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

/** Passes the deadlines: who has not arrived is 去向未落实, ends of suspensions are told, and those that lapsed. Each is told once. */
export async function passChangeDeadlines(context: Context): Promise<PassedChanges> {
  const { client, district, today, now } = context;
  const passed: PassedChanges = { late: 0, ending: 0, lapsed: 0, short: 0 };
  for (const id of await listLateArrivals(client, district, today)) {
    const record = await findChange(client, district, id, true);
    if (record?.state !== 'arrival') continue;
    const step = stepOrThrow(context, record, 'pass');
    if (movesAway(record.kind) || record.kind === 'placement')
      await moveChild(context, {
        childId: record.childId,
        day: today,
        state: 'gone',
        cause: record.kind === 'placement' ? 'noShow' : 'notArrived',
        changeId: record.id,
      });
    await finish(context, record, step.next, { what: 'pass', words: '逾期未确认到校，去向未落实' });
    passed.late += 1;
  }
  const by = await endingBy(context);
  for (const lapsed of [false, true])
    for (const row of await listEnding(client, district, { by: lapsed ? today : by, lapsed })) {
      await markTold(client, district, row.id, lapsed);
      await context.announce({
        kind: 'enrolment.suspensionEnding',
        changeId: row.id,
        endsOn: row.endsOn,
        lapsed,
        childId: row.childId,
        schoolId: row.schoolId,
        classId: row.classId,
        at: now.toISOString(),
      });
      passed[lapsed ? 'lapsed' : 'ending'] += 1;
    }
  passed.short = await passLessonMonths(context);
  return passed;
}

/** Whether the minute's job has anything to pass for registry changes. */
export async function mustPassChanges(context: Context): Promise<boolean> {
  const { client, district, today } = context;
  return (
    (await listLateArrivals(client, district, today)).length > 0 ||
    (await listEnding(client, district, { by: await endingBy(context), lapsed: false })).length > 0 ||
    (await listEnding(client, district, { by: today, lapsed: true })).length > 0 ||
    (await mustPassLessonMonths(context))
  );
}
