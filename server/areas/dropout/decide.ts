import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout.ts';
import { Failure } from '#domain/basics/failure.ts';
import { closingRules, evidenceSaid, missingEvidence, refusedCategories } from '#domain/dropout/closing.ts';
import type { ClosingCategory } from '#domain/dropout/record.ts';
import type { CaseAction } from '#domain/dropout/steps.ts';
import { closingCategoryWords } from '#domain/dropout/words.ts';
import { documentsOfCase } from '#server/areas/notices/actions.ts';
import { attachPapers } from '#server/areas/papers/actions.ts';
import { openJson, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { categoryOf } from './next.ts';
import type { CaseRecord } from './store-cases.ts';
import { checkDecision, findDecision, insertDecision, type DecisionRow } from './store-steps.ts';
import { takeStep, type After, type Taken, type Work } from './work.ts';

/** What a proposal seals: its words, and the pieces of evidence by code. */
export interface DecisionSeal {
  note: string;
  evidence: Record<string, string>;
  paperIds: string[];
  /** The papers of each piece by its code; of earlier versions they stand in `paperIds` alone. */
  evidencePaperIds?: Record<string, string[]>;
}

/** What a proposal sealed. */
export function openDecision(context: Context, row: DecisionRow): DecisionSeal {
  // as: sealed by propose with these fields
  return openJson(
    context.keys,
    { table: 'case_decision', column: 'sealed', district: context.district, id: row.id },
    row.sealed,
  ) as DecisionSeal;
}

/** Writes what one person proposes and another is to check. */
export async function propose(
  context: Context,
  record: CaseRecord,
  asked: {
    kind: DecisionRow['kind'];
    category: string | null;
    endsOn: string | null;
    seal: DecisionSeal;
    by?: { id: string; name: string };
  },
): Promise<void> {
  const id = context.newId();
  const by = asked.by ?? { id: context.actor.id, name: context.actor.name };
  await insertDecision(context.client, context.district, {
    id,
    caseId: record.id,
    childId: record.childId,
    round: record.round,
    kind: asked.kind,
    category: asked.category,
    before: record.state,
    endsOn: asked.endsOn,
    sealed: sealJson(
      context.keys,
      { table: 'case_decision', column: 'sealed', district: context.district, id },
      asked.seal,
    ),
    proposedBy: by.id,
    proposedName: by.name,
    proposedAt: context.now,
    reach: record.reach,
  });
  await attachPapers(
    context,
    [...new Set([...asked.seal.paperIds, ...Object.values(asked.seal.evidencePaperIds ?? {}).flat()])],
    { kind: asked.kind === 'closing' ? 'closing' : 'caseStep', id, childId: record.childId },
    record.reach,
  );
}

const checkPlace = (context: Context, id: string) =>
  ({ table: 'case_decision', column: 'check_sealed', district: context.district, id }) as const;

function sealCheck(context: Context, id: string, note: string): Buffer | null {
  return note === '' ? null : sealJson(context.keys, checkPlace(context, id), { note });
}

/** What the one who checked a proposal wrote; null when nothing. Checks of earlier versions are not sealed. */
export function openCheck(context: Context, row: DecisionRow): string | null {
  if (row.checkSealed === null) return row.note === '' ? null : row.note;
  // as: sealed by sealCheck with this field
  return (openJson(context.keys, checkPlace(context, row.id), row.checkSealed) as { note: string }).note;
}

async function check(context: Context, record: CaseRecord, accepted: boolean, note: string): Promise<DecisionRow> {
  const row = await findDecision(context.client, context.district, record.id);
  if (!row || row.checkedAt !== null) throw new Failure('wrong-step', '没有待复核的申请，请刷新后再看。');
  if (row.proposedBy === context.actor.id) throw new Failure('not-allowed', '这是您本人填写的，须由另一人复核。');
  if (!accepted && note.length < 2)
    throw new Failure('input-wrong', '退回时请写明原因。', { issues: [{ path: 'note', words: '请写明原因。' }] });
  await checkDecision(context.client, context.district, {
    id: row.id,
    by: context.actor.id,
    byName: context.actor.name,
    at: context.now,
    accepted,
    sealed: sealCheck(context, row.id, note),
  });
  return row;
}

/** The principal confirms; where a setting leaves it to the bureau, the confirmation is passed up. */
export async function confirmCase(context: Context, input: ParsedOf<typeof contract.confirmCase>): Promise<After> {
  return takeStep(context, input.id, 'confirm', async ({ record, settings }): Promise<Taken> => {
    if (settings['dropout.bureauConfirms']) {
      await propose(context, record, {
        kind: 'confirmation',
        category: null,
        endsOn: null,
        seal: { note: input.note, evidence: {}, paperIds: [] },
      });
      return { what: 'passUp', words: '学校确认辍学，报区级确认', text: input.note, next: 'confirming' };
    }
    return {
      what: 'confirm',
      words: '学校确认辍学',
      text: input.note,
      next: 'confirmed',
      change: { confirmedOn: context.today },
    };
  });
}

/** The bureau confirms what a school passed up, or a case that has no school; what a school passed up may go back with the reason. */
export async function checkConfirmation(
  context: Context,
  input: ParsedOf<typeof contract.checkConfirmation>,
): Promise<After> {
  const action: CaseAction = input.accept ? 'checkConfirmation' : 'refuseConfirmation';
  return takeStep(context, input.id, action, async ({ record }) => {
    if (!input.accept) {
      await check(context, record, false, input.note);
      return { what: action, words: '区级退回，由学校补充核实', text: input.note };
    }
    if (record.state === 'confirming') await check(context, record, true, input.note);
    return {
      what: 'checkConfirmation',
      words: '区级确认辍学',
      text: input.note,
      change: { confirmedOn: context.today },
    };
  });
}

/** Dismisses a suspicion with a reason; the bureau checks every dismissal. */
export async function dismissCase(context: Context, input: ParsedOf<typeof contract.dismissCase>): Promise<After> {
  return takeStep(context, input.id, 'dismiss', async ({ record }) => {
    // A confirmation that waits for the bureau is withdrawn by its school.
    const waiting = await findDecision(context.client, context.district, record.id);
    if (record.state === 'confirming' && waiting && waiting.proposedBy === context.actor.id)
      throw new Failure('wrong-step', '已报区级确认，由区教育局办理；如情况有变，请联系控辍专干。');
    await propose(context, record, {
      kind: 'dismissal',
      category: null,
      endsOn: null,
      seal: { note: input.reason, evidence: {}, paperIds: input.paperIds },
    });
    return { what: 'dismiss', words: '排除疑似辍学，待区级复核', text: input.reason };
  });
}

/** Another person of the bureau checks a dismissal; refused it is suspected again. */
export async function checkDismissal(
  context: Context,
  input: ParsedOf<typeof contract.checkDismissal>,
): Promise<After> {
  const action: CaseAction = input.accept ? 'checkDismissal' : 'refuseDismissal';
  return takeStep(context, input.id, action, async ({ record }) => {
    await check(context, record, input.accept, input.note);
    return {
      what: action,
      words: input.accept ? '复核同意排除' : '复核不同意排除，继续核实',
      text: input.note,
      ...(input.accept ? { closedOn: context.today } : {}),
    };
  });
}

function refuseUnlawful(category: string): void {
  const words = refusedCategories[category];
  if (words === undefined) return;
  throw new Failure('input-wrong', words, { issues: [{ path: 'category', words }] });
}

/** What a closing seals, where nothing that its category demands is missing; a document issued for the case stands for its paper. */
async function givenEvidence(
  context: Context,
  record: CaseRecord,
  category: ClosingCategory,
  input: ParsedOf<typeof contract.proposeClosing>,
): Promise<DecisionSeal> {
  const documents = (await documentsOfCase(context, record.id)).filter((one) => one.state !== 'voided');
  const issued = documents.map((one) => one.kind);
  const { evidence: words, papers, paperIds, note } = input;
  const missing = missingEvidence(category, { words, papers, issued, today: context.today });
  if (missing.length > 0)
    throw new Failure('input-wrong', missing.map((piece) => piece.words).join(''), { issues: missing });
  const evidence = evidenceSaid(category, words);
  for (const { code, document } of closingRules[category].evidence) {
    const own = documents.findLast((one) => one.kind === document);
    if (own && evidence[code] === '') evidence[code] = `平台签发：${own.kindWords} ${own.numberWords ?? ''}`.trim();
  }
  return { note, evidence, paperIds, evidencePaperIds: papers };
}

async function closeReturned(
  context: Context,
  input: ParsedOf<typeof contract.proposeClosing>,
  { record }: Work,
  seal: DecisionSeal,
): Promise<Taken> {
  if (record.nextAction === 'callBack') throw new Failure('wrong-step', '该生被抽中区级回访，回访确认在校后方可销号。');
  await propose(context, record, {
    kind: 'closing',
    category: 'returned',
    endsOn: null,
    seal,
  });
  const row = await findDecision(context.client, context.district, record.id);
  // The return was signed by the principal and followed; no further check is asked for (D§2.10).
  if (row)
    await checkDecision(context.client, context.district, {
      id: row.id,
      by: 'platform',
      byName: '校长签字、跟踪期满',
      at: context.now,
      accepted: true,
      sealed: null,
    });
  return {
    what: 'closeReturned',
    words: '复学销号',
    text: input.note,
    change: { category: 'returned' },
    closedOn: context.today,
  };
}

/** Proposes to close by a category with the evidence it demands; 退学, 开除 and 失联 are refused with the clause. */
export async function proposeClosing(
  context: Context,
  input: ParsedOf<typeof contract.proposeClosing>,
): Promise<After> {
  const returned = input.category === 'returned';
  return takeStep(context, input.id, returned ? 'closeReturned' : 'proposeClosing', async (work) => {
    refuseUnlawful(input.category);
    const category = categoryOf(input.category);
    if (category === null) throw new Failure('input-wrong', '请选择销号类别。');
    const seal = await givenEvidence(context, work.record, category, input);
    if (closingRules[category].dated && (input.endsOn === null || input.endsOn <= context.today))
      throw new Failure('input-wrong', '请写明期满日期。', { issues: [{ path: 'endsOn', words: '应晚于今天。' }] });
    if (returned) return closeReturned(context, input, work, seal);
    await propose(context, work.record, {
      kind: 'closing',
      category,
      endsOn: input.endsOn,
      seal,
    });
    return {
      what: 'proposeClosing',
      words: closingRules[category].sensitive
        ? '申请销号，待区级复核'
        : `申请销号：${closingCategoryWords[category]}，待区级复核`,
      text: input.note,
    };
  });
}

/** Another person of the bureau checks a closing: accepted it closes, refused it goes back to where it stood. */
export async function checkClosing(context: Context, input: ParsedOf<typeof contract.checkClosing>): Promise<After> {
  const action: CaseAction = input.accept ? 'checkClosing' : 'refuseClosing';
  return takeStep(context, input.id, action, async ({ record }) => {
    const row = await check(context, record, input.accept, input.note);
    if (input.accept)
      return {
        what: action,
        words: '复核同意销号',
        text: input.note,
        change: { category: row.category, emergency: false },
        closedOn: context.today,
      };
    const before = row.before === 'suspected' || row.before === 'confirming' ? 'suspected' : 'persuading';
    return { what: action, words: '复核退回销号申请', text: input.note, next: before };
  });
}
