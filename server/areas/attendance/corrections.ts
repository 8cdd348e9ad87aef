import type { OutputOf, ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/attendance.ts';
import type { CorrectedKind, DayPart, KeptKind } from '#domain/attendance/record.ts';
import { correctionStateWords, dayPartWords, markWords } from '#domain/attendance/words.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { findOnRoll } from '#server/areas/enrolment/actions.ts';
import { findBrief } from '#server/areas/population/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { inClass, mayConsent, mustMark } from './access.ts';
import { applyMark } from './apply.ts';
import { groundOf, wouldLose, type Counted } from './standing.ts';
import {
  decideCorrectionRow,
  hasWaiting,
  insertCorrection,
  lockCorrection,
  pageCorrections,
  type CorrectionRecord,
} from './store-corrections.ts';
import { wasCalled } from './store-first-day.ts';
import { findAbsenceOf, findRollCall } from './store-marks.ts';

interface Words {
  reason: string;
  evidence: string;
}

const whyWords = { crossing: '会使疑似辍学预警消失', duty: '会使逾期未联系的缺勤消失' } as const;

function place(context: Context, column: 'sealed_words' | 'sealed_decision', id: string) {
  return { table: 'attendance_correction', column, district: context.district, id };
}

/** A change that waits for consent. */
export interface Waiting {
  id?: string;
  pupil: Counted;
  day: string;
  part: DayPart;
  fromKind: KeptKind | 'present';
  toKind: CorrectedKind;
  why: 'crossing' | 'duty';
  words: Words;
}

/** Keeps a change that waits for another person's consent. */
export async function keepWaiting(context: Context, waiting: Waiting): Promise<string> {
  const id = waiting.id ?? context.newId();
  await keep(context, id, waiting, 'waiting');
  return id;
}

async function keep(
  context: Context,
  id: string,
  change: Omit<Waiting, 'why'> & { why: Waiting['why'] | null },
  state: 'done' | 'waiting',
): Promise<void> {
  const { client, district, actor, now, keys } = context;
  await insertCorrection(client, district, {
    id,
    childId: change.pupil.childId,
    schoolId: change.pupil.schoolId,
    classId: change.pupil.classId,
    day: change.day,
    part: change.part,
    fromKind: change.fromKind,
    toKind: change.toKind,
    why: change.why,
    sealedWords: sealJson(keys, place(context, 'sealed_words', id), change.words),
    state,
    by: actor.id,
    byName: actor.name,
    at: now,
    reach: change.pupil.reach,
  });
}

/** Corrects the mark of a pupil with the reason; what would take an alarm away waits for the consent of another person. */
export async function correctMark(
  context: Context,
  input: ParsedOf<typeof contract.correctMark>,
): Promise<OutputOf<typeof contract.correctMark>> {
  const { childId, day, part } = input;
  const roll = await inWholeDistrict(context, () => findOnRoll(context, childId, day));
  if (!roll?.classId) throw notFound('学生');
  return inClass(context, roll.classId, day, async (inner, access) => {
    mustMark(access);
    const { client, district } = inner;
    const brief = await findBrief(inner, childId);
    if (!brief) throw notFound('学生');
    const rollCall = await findRollCall(client, district, { classId: access.place.id, day, part });
    if (!rollCall)
      throw new Failure('wrong-step', `这个班 ${day} ${dayPartWords[part]}还没有点名，请先点名。`, {
        classId: access.place.id,
      });
    if (await hasWaiting(client, district, input))
      throw new Failure('wrong-step', '这次点名已有一项更正在等待同意，请先办完。');
    const absence = await findAbsenceOf(client, district, input);
    // Who came onto the roll after the call was not called: that he was there is said of him alone.
    const called = absence !== null || (await wasCalled(client, district, { ...input, classId: access.place.id }));
    const from: KeptKind | 'present' = absence?.kind ?? 'present';
    if (called && from === input.to)
      throw new Failure('wrong-step', `现在登记的就是“${markWords[from]}”，不需要更正。`);
    const pupil: Counted = { childId, schoolId: access.place.school_id, classId: access.place.id, reach: brief.reach };
    const ground = await groundOf(inner, day);
    const kind = input.to === 'present' ? null : input.to;
    const lost =
      input.to === 'unexcused'
        ? []
        : await wouldLose(
            inner,
            ground,
            [childId],
            new Map([[childId, { day, part, weight: rollCall.weight, kind }]]),
            day,
          );
    const overdue = from === 'unexcused' && absence?.answer === null && day < inner.today;
    const why = lost.length > 0 ? 'crossing' : overdue || from === 'unknown' ? 'duty' : null;
    const fromKind = called ? from : 'unknown';
    const change = { pupil, day, part, fromKind, toKind: input.to, words: input };
    inner.note({
      subjectKind: 'correction',
      subjectId: input.id,
      detail: { childId, day, part, from, to: input.to, waits: why !== null },
    });
    const words = { reason: input.reason, evidence: input.evidence };
    if (why !== null) {
      if (input.evidence === '')
        throw new Failure('input-wrong', `这项更正${whyWords[why]}，须写明依据，并经学校另一人同意。`, {
          issues: [{ path: 'evidence', words: '请写明依据。' }],
        });
      await keep(inner, input.id, { ...change, words, why }, 'waiting');
      return { id: input.id, state: 'waiting', stateWords: correctionStateWords.waiting };
    }
    await keep(inner, input.id, { ...change, words, why: null }, 'done');
    await applyMark(inner, ground, { pupil, day, part, weight: rollCall.weight, absence, kind });
    return { id: input.id, state: 'done', stateWords: correctionStateWords.done };
  });
}

/** Another person of the school consents to a correction with what was seen, or refuses it. */
export async function decideCorrection(
  context: Context,
  input: ParsedOf<typeof contract.decideCorrection>,
): Promise<{ done: true }> {
  const { client, district, actor, now, keys } = context;
  const row = await lockCorrection(client, district, input.id);
  if (!row) throw notFound('更正');
  if (row.state !== 'waiting') throw new Failure('wrong-step', '这项更正已经办结，请刷新。', { state: row.state });
  if (row.asked_by === actor.id) throw new Failure('not-allowed', '这项更正是您本人提出的，须由另一人同意。');
  if (!mayConsent(context, row.school_id)) throw new Failure('not-allowed', '只能同意本校的更正。');
  await decideCorrectionRow(client, district, row.id, {
    state: input.accept ? 'consented' : 'refused',
    by: actor.id,
    byName: actor.name,
    at: now,
    sealed: sealJson(keys, place(context, 'sealed_decision', row.id), input.evidence),
  });
  context.note({
    subjectKind: 'correction',
    subjectId: row.id,
    detail: { childId: row.child_id, day: row.day, part: row.part, accept: input.accept },
  });
  if (!input.accept) return { done: true };
  const brief = await findBrief(context, row.child_id);
  const rollCall = await findRollCall(client, district, { classId: row.class_id, day: row.day, part: row.part });
  if (!brief || !rollCall) throw new Failure('wrong-step', '这名学生或这次点名已有变动，请刷新后再办理。');
  await applyMark(context, await groundOf(context, row.day), {
    pupil: { childId: row.child_id, schoolId: row.school_id, classId: row.class_id, reach: brief.reach },
    day: row.day,
    part: row.part,
    weight: rollCall.weight,
    absence: await findAbsenceOf(client, district, { childId: row.child_id, day: row.day, part: row.part }),
    kind: row.to_kind === 'present' ? null : row.to_kind,
  });
  return { done: true };
}

/** A correction as lists show it. */
export function correctionView(
  context: Context,
  row: CorrectionRecord,
): OutputOf<typeof contract.listCorrections>['rows'][number] {
  // as: both are sealed above with these shapes
  const words = openJson(context.keys, place(context, 'sealed_words', row.id), row.sealed_words) as Words;
  const decision =
    row.sealed_decision === null
      ? null
      : (openJson(context.keys, place(context, 'sealed_decision', row.id), row.sealed_decision) as string);
  const consents = mayConsent(context, row.school_id);
  const own = row.asked_by === context.actor.id;
  return {
    id: row.id,
    childId: row.child_id,
    name: row.name,
    schoolId: row.school_id,
    schoolName: row.school_name,
    classId: row.class_id,
    className: row.class_name,
    day: row.day,
    part: row.part,
    partWords: dayPartWords[row.part],
    fromWords: markWords[row.from_kind],
    toWords: markWords[row.to_kind],
    whyWords: row.why === null ? null : whyWords[row.why],
    reason: words.reason,
    evidence: words.evidence,
    state: row.state,
    stateWords: correctionStateWords[row.state],
    askedName: row.asked_name,
    askedAt: row.asked_at.toISOString(),
    decidedName: row.decided_name,
    decidedAt: row.decided_at?.toISOString() ?? null,
    decision,
    allowed: {
      decide: row.state === 'waiting' && consents && !own,
      why:
        row.state !== 'waiting'
          ? null
          : own
            ? '本人提出的更正须由另一人同意。'
            : consents
              ? null
              : '由德育主任或校长同意。',
    },
  };
}

/** A page of corrections, the latest first. */
export async function listCorrections(
  context: Context,
  input: ParsedOf<typeof contract.listCorrections>,
): Promise<OutputOf<typeof contract.listCorrections>> {
  const { page, size, ...asked } = input;
  const { rows, total } = await pageCorrections(context.client, context.district, asked, {
    size,
    offset: (page - 1) * size,
  });
  return { rows: rows.map((row) => correctionView(context, row)), total, page, size };
}
