import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance.ts';
import { markOfAnswer, nextOfAnswer } from '#domain/attendance/rules.ts';
import { answerWords, markWords, nextReasonWords } from '#domain/attendance/words.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { findBrief } from '#server/areas/population/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { inClassToMark, mustMark } from './access.ts';
import { applyMark } from './apply.ts';
import { keepWaiting } from './corrections.ts';
import { groundOf, wouldLose, type Counted } from './standing.ts';
import { hasWaiting } from './store-corrections.ts';
import { findAbsence, setAnswer } from './store-marks.ts';
import { readStandings } from './store-standing.ts';

/**
 * The guardian's answer in one tap: it changes the mark and settles the contact. A change that would take an alarm away, or that is
 * entered after the day, keeps the answer and waits for consent.
 */
export async function answerAbsence(
  context: Context,
  input: ParsedOf<typeof contract.answerAbsence>,
): Promise<OutputOf<typeof contract.answerAbsence>> {
  const seen = await inWholeDistrict(context, () => findAbsence(context.client, context.district, input.id));
  if (!seen) throw notFound('缺勤记录');
  return inClassToMark(context, seen.class_id, seen.day, async (inner, access) => {
    mustMark(access);
    const { client, district, actor, now } = inner;
    const absence = await findAbsence(client, district, input.id);
    const brief = absence && (await findBrief(inner, absence.child_id));
    if (!absence || !brief) throw notFound('缺勤记录');
    const { day, part } = absence;
    const pupil: Counted = {
      childId: absence.child_id,
      schoolId: absence.school_id,
      classId: absence.class_id,
      reach: brief.reach,
    };
    if (await hasWaiting(client, district, { childId: pupil.childId, day, part }))
      throw new Failure('wrong-step', '这次缺勤已有一项更正在等待同意，请先办完。');
    const ground = await groundOf(inner, day);
    const kind = markOfAnswer(input.answer);
    const changes = kind !== null && kind !== absence.kind;
    const instead = { day, part, weight: absence.weight, kind };
    const lost =
      changes && absence.kind === 'unexcused'
        ? await wouldLose(inner, ground, [pupil.childId], new Map([[pupil.childId, instead]]), day)
        : [];
    const waits = changes && absence.kind === 'unexcused' && (lost.length > 0 || day < inner.today);
    inner.note({
      subjectKind: 'absence',
      subjectId: absence.id,
      detail: { childId: pupil.childId, day, part, answer: input.answer, waits },
    });
    if (changes && !waits)
      await applyMark(inner, ground, {
        pupil,
        day,
        part,
        weight: absence.weight,
        absence,
        kind,
        answer: { answer: input.answer, name: actor.name, at: now },
      });
    else await setAnswer(client, district, absence.id, { answer: input.answer, by: actor.name, at: now });
    if (waits)
      await keepWaiting(inner, {
        pupil,
        day,
        part,
        fromKind: absence.kind,
        toKind: kind,
        why: lost.length > 0 ? 'crossing' : 'duty',
        words: { reason: `与家长联系：${answerWords[input.answer]}`, evidence: '' },
      });
    const standing = (await readStandings(client, district, ground.termOf(day)?.from ?? day, [pupil.childId]))[0];
    await inner.announce({
      kind: 'attendance.contacted',
      childId: pupil.childId,
      schoolId: pupil.schoolId,
      classId: pupil.classId,
      day,
      answer: input.answer,
      at: now.toISOString(),
    });
    const mark = changes && !waits ? kind : absence.kind;
    const act = nextOfAnswer(input.answer);
    return {
      mark,
      markWords: markWords[mark],
      waiting: waits,
      next:
        act === null
          ? null
          : {
              act,
              childId: pupil.childId,
              name: brief.name,
              schoolId: pupil.schoolId,
              classId: pupil.classId,
              day,
              since: standing?.since ?? day,
              reason: nextReasonWords[act],
            },
    };
  });
}
