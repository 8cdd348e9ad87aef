import type { ParsedOf } from '#contract/endpoint.ts';
import type * as acts from '#contract/enrolment-acts.ts';
import type * as contract from '#contract/enrolment-changes.ts';
import { Failure } from '#domain/basics/failure.ts';
import { isAttending } from '#domain/enrolment/change-rules.ts';
import { changeKindWords, changeStateWords } from '#domain/enrolment/change-words.ts';
import { rebuildReach } from '#server/areas/imports/actions.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import type { Context } from '#server/http/context.ts';
import { takeChangeStep, type After } from './change-work.ts';
import { courseOf, moveChild, spellOn } from './course.ts';
import { completeChange, giveUpChange } from './effects.ts';
import { endPlaces } from './places.ts';
import { endAttending, readAttending } from './store-attending.ts';
import type { ChangeRecord } from './store-changes.ts';
import { requirePieces } from './pieces.ts';
import { spellBefore } from './store-due.ts';
import { findClassOf } from './store-roll.ts';
import { fault } from './who.ts';

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

/** A pupil comes back from where he attended: the place ends on the day, and he is called in his own class from then on. */
export async function endAttendingPlace(context: Context, input: ParsedOf<typeof acts.endAttending>): Promise<After> {
  if (input.day > context.today) throw fault('day', '日期不能晚于今天。');
  return takeChangeStep(context, input.id, 'back', async (whole, record) => {
    const { client, district } = whole;
    const place = (await readAttending(client, district, record.childId)).find((one) => one.changeId === record.id);
    if (place === undefined || (place.toDate !== null && place.toDate <= input.day))
      throw new Failure('wrong-step', '这个就读地已经结束，不必再办返校就读。', { until: place?.toDate ?? null });
    if (input.day <= place.fromDate) throw fault('day', `应晚于开始就读的 ${place.fromDate}。`);
    await endPlaces(whole, record.childId, input.day);
    await rebuildReach(client, district, [record.childId]);
    return { what: 'back', words: `返校就读，就读地自 ${input.day} 起结束`, day: input.day, text: input.note };
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
