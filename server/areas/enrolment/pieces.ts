import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/enrolment-papers.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { isHealthPiece, papersFor } from '#domain/enrolment/change-rules.ts';
import { openChangeStates } from '#domain/enrolment/changes-record.ts';
import { findChangeStep } from '#domain/enrolment/steps.ts';
import { attachPapers, requirePapers } from '#server/areas/papers/actions.ts';
import type { Context } from '#server/http/context.ts';
import { underReach, wholeReach } from '#server/http/under-reach.ts';
import { afterOf, openChange, sealChange, writeEvent, type After } from './change-work.ts';
import { findChange, updateSeal, type ChangeRecord } from './store-changes.ts';

/** The pieces that a change still lacks; the street's paper is asked for when the deferral is asked. */
export function missingPieces(context: Context, record: ChangeRecord): readonly { code: string; label: string }[] {
  const there = new Set(openChange(context, record).pieces.map((piece) => piece.code));
  return papersFor(record.kind, false).filter(({ code }) => !there.has(code));
}

/** Refuses an approval while pieces are missing (changes handed in by sheet). */
export function requirePieces(context: Context, record: ChangeRecord): void {
  const missing = missingPieces(context, record);
  if (missing.length > 0)
    throw new Failure('wrong-step', `还缺材料：${missing.map((piece) => piece.label).join('、')}。请提出单位先补交。`, {
      missing: missing.map((piece) => piece.code),
    });
}

/** Why who asks may not add papers to a change; null when he may: it is under way, and he might have asked for it. */
export function whyNoPieces(context: Context, record: Omit<ChangeRecord, 'sealed'>): string | null {
  if (!openChangeStates.includes(record.state)) return '这项异动已结束，不能再补材料。';
  const { actor, district } = context;
  const found = findChangeStep(
    'ask',
    { ...record, state: null, district },
    { id: actor.id, posts: actor.posts, platform: false },
  );
  return 'why' in found ? '材料由提出异动的学校或区教育局补交。' : null;
}

/** Adds the papers that a change lacks; one that is there is not put in the place of another. */
export async function addPieces(context: Context, input: ParsedOf<typeof contract.addPieces>): Promise<After> {
  const record = await findChange(context.client, context.district, input.id, true);
  if (!record) throw notFound('学籍异动', '项');
  const why = whyNoPieces(context, record);
  if (why !== null) throw new Failure('wrong-step', why);
  const missing = missingPieces(context, record);
  const given = input.pieces.filter((piece) => missing.some((one) => one.code === piece.code));
  if (given.length === 0)
    throw new Failure('input-wrong', missing.length === 0 ? '材料已经齐全。' : '请选择要补交的材料。', {
      issues: missing.map(({ code, label }) => ({ path: `pieces.${code}`, words: `请上传${label}。` })),
    });
  return underReach(context, wholeReach, async (whole) => {
    for (const { code, paperId } of given)
      await requirePapers(whole, [paperId], isHealthPiece(code) ? ['hospitalPaper'] : undefined);
    await attachPapers(
      whole,
      given.map((piece) => piece.paperId),
      { kind: 'change', id: record.id, childId: record.childId },
      record.reach,
    );
    const seal = openChange(whole, record);
    const sealed = sealChange(whole, record.id, { ...seal, pieces: [...seal.pieces, ...given] });
    await updateSeal(whole.client, whole.district, record.id, sealed);
    const labels = given.map(({ code }) => missing.find((one) => one.code === code)?.label ?? code);
    await writeEvent(whole, record, record.state, { what: 'papers', words: `补交材料：${labels.join('、')}` });
    whole.note({
      subjectKind: 'registryChange',
      subjectId: record.id,
      detail: { childId: record.childId, step: 'papers', pieces: given.map((piece) => piece.code) },
    });
    return afterOf(whole, record);
  });
}
