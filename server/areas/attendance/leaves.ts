import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance-leaves.ts';
import type { LeaveState, VerifyOutcome } from '#domain/attendance/record.ts';
import { needsPaper, schoolDaysBetween } from '#domain/attendance/rules.ts';
import {
  askerWords,
  leaveKindWords,
  leaveStateWords,
  verifyOutcomeWords,
  verifyReasonWords,
} from '#domain/attendance/words.ts';
import { addCalendarDays } from '#domain/basics/calendar.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { findOnRoll } from '#server/areas/enrolment/actions.ts';
import { findBrief } from '#server/areas/population/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { mayConsent, mayMarkClass } from './access.ts';
import { attachLeavePaper } from './leave-papers.ts';
import { groundOf, type Ground } from './standing.ts';
import {
  decideLeaveRow,
  endLeaveRow,
  findLeave,
  insertLeave,
  pageLeaves,
  setLeavePaper,
  verifyLeaveRow,
  type LeaveRecord,
} from './store-leaves.ts';
import { isVisitOf } from './store-leave-visits.ts';

type LeaveView = OutputOf<typeof contract.listLeaves>['rows'][number];

function place(context: Context, column: 'sealed_reason' | 'sealed_verified', id: string) {
  return { table: 'leave', column, district: context.district, id };
}

/** What verifying a leave found, and at which visit; earlier verifications sealed the words alone. */
function verifiedOf(
  context: Context,
  row: LeaveRecord,
  shows: boolean,
): Pick<LeaveView, 'verifiedNote' | 'verifiedVisitId'> {
  if (!shows || row.sealed_verified === null) return { verifiedNote: null, verifiedVisitId: null };
  // as: sealed by verifyLeave with these fields, or as a text before visits were named
  const opened = openJson(context.keys, place(context, 'sealed_verified', row.id), row.sealed_verified) as
    string | { note: string; visitId: string | null };
  return typeof opened === 'string'
    ? { verifiedNote: opened, verifiedVisitId: null }
    : { verifiedNote: opened.note, verifiedVisitId: opened.visitId };
}

/** A leave as lists show it; the reason only for those who mark the class or consent at the school. */
export function leaveView(context: Context, ground: Ground, row: LeaveRecord): LeaveView {
  const where = { schoolId: row.school_id, classId: row.class_id };
  const marks = mayMarkClass(context, where);
  const consents = mayConsent(context, row.school_id);
  const shows = marks || consents;
  const open = row.state === 'approved';
  return {
    id: row.id,
    childId: row.child_id,
    name: row.name,
    schoolId: row.school_id,
    schoolName: row.school_name,
    classId: row.class_id,
    className: row.class_name,
    kind: row.kind,
    kindWords: leaveKindWords[row.kind],
    asker: row.asker,
    askerWords: askerWords[row.asker],
    fromDay: row.from_day,
    toDay: row.to_day,
    schoolDays: schoolDaysBetween(row.from_day, row.to_day, ground.isSchoolDay).length,
    paperRequired: row.paper_required,
    paperId: row.paper_id,
    reason:
      shows && row.sealed_reason !== null
        ? // as: sealed below as a text
          (openJson(context.keys, place(context, 'sealed_reason', row.id), row.sealed_reason) as string)
        : null,
    state: row.state,
    stateWords: leaveStateWords[row.state],
    requestedName: row.requested_name,
    requestedAt: row.requested_at.toISOString(),
    decidedName: row.decided_name,
    endedDay: row.ended_day,
    verifyWhy: row.verify_why,
    verifyWords: row.verify_why === null ? null : verifyReasonWords[row.verify_why],
    verifiedOutcome: row.verified_outcome,
    verifiedWords: row.verified_outcome === null ? null : verifyOutcomeWords[row.verified_outcome],
    verifiedName: row.verified_name,
    ...verifiedOf(context, row, shows),
    allowed: {
      decide: row.state === 'requested' && consents && row.requested_by !== context.actor.id,
      end: open && marks,
      verify: row.verify_why !== null && row.verified_outcome === null && consents,
      paper: open && marks,
    },
  };
}

/** A page of leaves, the latest first. */
export async function listLeaves(
  context: Context,
  input: ParsedOf<typeof contract.listLeaves>,
): Promise<OutputOf<typeof contract.listLeaves>> {
  const { page, size, ...asked } = input;
  const ground = await groundOf(context, context.today);
  const { rows, total } = await pageLeaves(context.client, context.district, asked, {
    size,
    offset: (page - 1) * size,
  });
  return { rows: rows.map((row) => leaveView(context, ground, row)), total, page, size };
}

/** Takes a leave down; short ones hold at once, longer ones wait for another person of the school, whoever took them down. */
export async function requestLeave(
  context: Context,
  input: ParsedOf<typeof contract.requestLeave>,
): Promise<OutputOf<typeof contract.requestLeave>> {
  const { client, district, actor, now, keys } = context;
  const brief = await findBrief(context, input.childId);
  const roll = brief && (await findOnRoll(context, input.childId, input.fromDay));
  if (!brief || !roll || !mayMarkClass(context, roll)) throw notFound('学生');
  const ground = await groundOf(context, input.fromDay);
  const days = schoolDaysBetween(input.fromDay, input.toDay, ground.isSchoolDay).length;
  const wrong = (field: string, words: string) =>
    new Failure('input-wrong', words, { issues: [{ path: field, words }] });
  if (days === 0) throw wrong('toDay', '这段时间没有上课日，不需要请假。');
  if (input.toDay > addCalendarDays(input.fromDay, 180))
    throw wrong('toDay', '请假不能超过半年；长期不能上学的，请办理休学。');
  const paperRequired = needsPaper(input.kind, days, ground.settings['leave.illnessDays']);
  const short = days <= ground.settings['leave.ownDays'];
  const state: LeaveState = short ? 'approved' : 'requested';
  const standing = await findLeave(client, district, input.id, false);
  if (standing && standing.child_id !== input.childId)
    throw new Failure('already-exists', '这个编号已用于另一次请假。');
  if (!standing) {
    await insertLeave(client, district, {
      id: input.id,
      childId: input.childId,
      schoolId: roll.schoolId,
      classId: roll.classId,
      kind: input.kind,
      asker: input.asker,
      fromDay: input.fromDay,
      toDay: input.toDay,
      paperRequired,
      paperId: input.paperId,
      sealedReason:
        input.reason === '' ? null : sealJson(keys, place(context, 'sealed_reason', input.id), input.reason),
      state,
      by: actor.id,
      byName: actor.name,
      at: now,
      decided: state === 'approved',
      reach: brief.reach,
    });
    if (input.paperId !== null) await attachLeavePaper(context, input, input.paperId);
  }
  context.note({
    subjectKind: 'leave',
    subjectId: input.id,
    detail: { childId: input.childId, kind: input.kind, fromDay: input.fromDay, toDay: input.toDay, state },
  });
  const kept = standing?.state ?? state;
  return { id: input.id, state: kept, stateWords: leaveStateWords[kept], paperRequired };
}

async function locked(context: Context, id: string, states: readonly LeaveState[]): Promise<LeaveRecord> {
  const row = await findLeave(context.client, context.district, id, true);
  if (!row) throw notFound('请假');
  if (!states.includes(row.state))
    throw new Failure('wrong-step', `这次请假${leaveStateWords[row.state]}，不能再这样办理。`, { state: row.state });
  context.note({ subjectKind: 'leave', subjectId: id, detail: { childId: row.child_id } });
  return row;
}

/** Approves or refuses a long leave; not by the one who took it down. */
export async function decideLeave(
  context: Context,
  input: ParsedOf<typeof contract.decideLeave>,
): Promise<{ done: true }> {
  const row = await locked(context, input.id, ['requested']);
  if (row.requested_by === context.actor.id) throw new Failure('not-allowed', '本人登记的请假须由另一人批准。');
  const { actor, now } = context;
  await decideLeaveRow(context.client, context.district, row.id, input.approve ? 'approved' : 'refused', {
    id: actor.id,
    name: actor.name,
    at: now,
  });
  context.note({ detail: { approve: input.approve } });
  return { done: true };
}

/** The pupil is back: the leave ends on this day. */
export async function endLeave(context: Context, input: ParsedOf<typeof contract.endLeave>): Promise<{ done: true }> {
  const row = await locked(context, input.id, ['approved']);
  if (input.day < row.from_day || input.day > context.today)
    throw new Failure('input-wrong', '返校日期应在请假开始之后，且不晚于今天。', {
      issues: [{ path: 'day', words: '返校日期不对。' }],
    });
  await endLeaveRow(context.client, context.district, row.id, input.day);
  return { done: true };
}

/** Adds the paper that a leave needs. */
export async function addLeavePaper(
  context: Context,
  input: ParsedOf<typeof contract.addLeavePaper>,
): Promise<{ done: true }> {
  const row = await locked(context, input.id, ['requested', 'approved']);
  await attachLeavePaper(context, { id: row.id, childId: row.child_id }, input.paperId);
  await setLeavePaper(context.client, context.district, row.id, input.paperId);
  context.note({ detail: { paperId: input.paperId } });
  return { done: true };
}

function stateAfter(outcome: VerifyOutcome): LeaveState {
  switch (outcome) {
    case 'returned':
      return 'ended';
    case 'prolonged':
    case 'paperShown':
      return 'approved';
    case 'suspension':
    case 'notReturned':
      return 'verified';
  }
}

/** What the visit found of a leave past its end or too long; settles the duty. Who has not returned is a suspected dropout from then on. */
export async function verifyLeave(
  context: Context,
  input: ParsedOf<typeof contract.verifyLeave>,
): Promise<{ done: true }> {
  const row = await locked(context, input.id, ['approved']);
  const wrong = (field: string, words: string) =>
    new Failure('input-wrong', words, { issues: [{ path: field, words }] });
  if (row.verify_why === null || row.verified_outcome !== null)
    throw new Failure('wrong-step', '这次请假没有待核实的事项。');
  if (input.outcome === 'prolonged' && (input.toDay === undefined || input.toDay <= context.today))
    throw wrong('toDay', '续假请写明新的结束日期，应晚于今天。');
  if (input.outcome === 'paperShown' && input.paperId === undefined && row.paper_id === null)
    throw wrong('paperId', '请上传补交的证明。');
  const { client, district, actor, now, keys, today } = context;
  const { outcome, note, visitId = null } = input;
  if (visitId !== null && !(await isVisitOf(client, district, visitId, row.child_id)))
    throw wrong('visitId', '没有这名学生的这次走访，请重新选择。');
  const shownPaper = input.outcome === 'paperShown' ? (input.paperId ?? row.paper_id) : (input.paperId ?? null);
  if (shownPaper !== null) await attachLeavePaper(context, { id: row.id, childId: row.child_id }, shownPaper);
  if (input.paperId !== undefined) await setLeavePaper(client, district, row.id, input.paperId);
  await verifyLeaveRow(client, district, row.id, {
    outcome: input.outcome,
    state: stateAfter(input.outcome),
    toDay: input.outcome === 'prolonged' && input.toDay !== undefined ? input.toDay : row.to_day,
    // A prolonged leave may be told of again for every reason: past its new end, or when it goes on for as long again.
    told: outcome === 'prolonged' ? [] : row.told,
    endedDay: input.outcome === 'returned' ? context.today : null,
    byName: actor.name,
    at: now,
    sealed: sealJson(keys, place(context, 'sealed_verified', row.id), { note, visitId }),
  });
  context.note({ detail: { outcome: input.outcome, why: row.verify_why } });
  await context.announce({
    kind: 'attendance.leaveVerified',
    childId: row.child_id,
    schoolId: row.school_id,
    classId: row.class_id,
    leaveId: row.id,
    outcome,
    awayFrom: row.to_day < today ? addCalendarDays(row.to_day, 1) : today,
    at: now.toISOString(),
  });
  return { done: true };
}
