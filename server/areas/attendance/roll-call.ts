import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance.ts';
import type { AbsenceKind, DayPart } from '#domain/attendance/record.ts';
import { partsToMark } from '#domain/attendance/rules.ts';
import { dayPartWords } from '#domain/attendance/words.ts';
import { Failure } from '#domain/basics/failure.ts';
import { chinaDay } from '#server/clock.ts';
import { pupilsOfClass, type ClassPupil } from '#server/areas/enrolment/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inClassToMark, mustMark } from './access.ts';
import { markClass } from './mark-class.ts';
import { groundOf, type Ground } from './standing.ts';
import { listWaiting } from './store-corrections.ts';
import { findRollCall, listAbsences } from './store-marks.ts';

/** Refuses days and parts that take no mark. */
export function checkDay(context: Context, ground: Ground, input: { day: string; part: DayPart }): void {
  if (input.day > context.today) throw new Failure('wrong-step', '还没有到这一天，不能提前点名。');
  if (!ground.isSchoolDay(input.day)) throw new Failure('wrong-step', `${input.day} 不是上课日，不需要点名。`);
  if (!partsToMark(ground.settings['attendance.afternoon']).includes(input.part))
    throw new Failure('wrong-step', '本区没有实行下午点名，每天点名一次即可。');
}

function lateReasonOf(context: Context, input: ParsedOf<typeof contract.markRollCall>): string | null {
  if (input.day === context.today) return null;
  if (input.takenAt !== undefined) {
    const taken = new Date(input.takenAt);
    if (chinaDay(taken) === input.day && taken <= context.now)
      return `当天在手机上记下，联网后上传。${input.reason}`.trim();
  }
  if (input.reason === '')
    throw new Failure('input-wrong', '补点名请写明原因。', {
      issues: [{ path: 'reason', words: '请写明补点名的原因。' }],
    });
  return input.reason;
}

/** A teacher or substitute marks a class from the phone. */
export async function markRollCall(
  context: Context,
  input: ParsedOf<typeof contract.markRollCall>,
): Promise<OutputOf<typeof contract.markRollCall>> {
  return inClassToMark(context, input.classId, input.day, async (inner, access) => {
    mustMark(access);
    const ground = await groundOf(inner, input.day);
    checkDay(inner, ground, input);
    const pupils = await pupilsOfClass(inner, input.classId, input.day);
    if (pupils.length === 0) throw new Failure('wrong-step', '这个班当天没有在册学生。');
    checkAbsent(input.absent, pupils);
    const lateReason = lateReasonOf(inner, input);
    const marked = await markClass(inner, ground, access.place, pupils, {
      id: input.id,
      day: input.day,
      part: input.part,
      source: lateReason === null ? 'call' : 'late',
      lateReason,
      absent: input.absent,
    });
    if (!marked) return markedBefore(inner, input);
    inner.note({
      subjectKind: 'rollCall',
      subjectId: input.id,
      ...(lateReason === null ? {} : { reason: lateReason }),
      detail: {
        classId: input.classId,
        day: input.day,
        part: input.part,
        onRoll: marked.onRoll,
        present: marked.present,
        asSubstitute: access.asSubstitute,
      },
    });
    return marked;
  });
}

/** What the same roll call answered before; another one that stands is refused with who made it. */
async function markedBefore(
  context: Context,
  input: ParsedOf<typeof contract.markRollCall>,
): Promise<OutputOf<typeof contract.markRollCall>> {
  const { client, district } = context;
  const earlier = await findRollCall(client, district, input);
  if (earlier?.id !== input.id || earlier.marked_by !== context.actor.id)
    throw new Failure(
      'wrong-step',
      `这个班 ${input.day} ${dayPartWords[input.part]}已由${earlier?.marked_name ?? '他人'}点过名。个别学生有变化的，请逐人登记或更正。`,
      { rollCallId: earlier?.id ?? null },
    );
  const absences = await listAbsences(client, district, input);
  return {
    id: earlier.id,
    onRoll: earlier.on_roll,
    present: earlier.present,
    unexcused: absences.filter((row) => row.kind === 'unexcused').length,
    waiting: await listWaiting(client, district, input),
  };
}

function checkAbsent(absent: readonly { childId: string; kind: AbsenceKind }[], pupils: readonly ClassPupil[]): void {
  const known = new Set(pupils.map((pupil) => pupil.childId));
  const strange = absent.filter((one) => !known.has(one.childId));
  if (strange.length > 0)
    throw new Failure(
      'input-wrong',
      `有 ${String(strange.length)} 名学生不在这个班当天的名册上，请刷新名单后再点名。`,
      {
        issues: [{ path: 'absent', words: '名单中有学生不在这个班。' }],
      },
    );
  if (new Set(absent.map((one) => one.childId)).size !== absent.length)
    throw new Failure('input-wrong', '同一名学生写了两次，请检查后再提交。', {
      issues: [{ path: 'absent', words: '同一名学生写了两次。' }],
    });
}
