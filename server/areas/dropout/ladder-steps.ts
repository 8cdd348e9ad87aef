import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout-steps.ts';
import { Failure } from '#domain/basics/failure.ts';
import { missingBefore } from '#domain/dropout/ladder.ts';
import type { Rung } from '#domain/dropout/record.ts';
import { rungWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { attachPapers } from '#server/areas/papers/actions.ts';
import { sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { ladderOf } from './next.ts';
import { notAfterToday } from './report.ts';
import type { CaseRecord } from './store-cases.ts';
import { caseOfEvent, insertEvent, listEvents } from './store-events.ts';
import { findFindingOf, insertFinding, insertPlan } from './store-steps.ts';
import { sealText, takeStep, type After } from './work.ts';

/** Makes the plan of a case with people and dates; those named are on the case. */
export async function planCase(context: Context, input: ParsedOf<typeof contract.planCase>): Promise<After> {
  const { client, district, actor, now, keys } = context;
  return takeStep(context, input.id, 'plan', async ({ record }) => {
    const id = context.newId();
    await insertPlan(client, district, {
      id,
      caseId: record.id,
      childId: record.childId,
      round: record.round,
      madeBy: actor.id,
      madeName: actor.name,
      madeAt: now,
      people: input.people,
      sealed: sealJson(keys, { table: 'case_plan', column: 'sealed', district, id }, { goal: input.goal }),
      reach: record.reach,
    });
    const named = input.people.flatMap((person) => (person.staffId === null ? [] : [person.staffId]));
    return {
      what: 'plan',
      words: `制定劝返方案：${input.people.map((person) => `${person.name}（${person.day}）`).join('、')}`,
      text: input.goal,
      change: { people: [...new Set([...record.people, ...named])] },
    };
  });
}

/** Whether an entry of the phone stands already in this case; the same id in another case is refused. */
async function isKept(context: Context, record: CaseRecord, eventId: string): Promise<boolean> {
  const of = await caseOfEvent(context.client, context.district, eventId);
  if (of !== null && of !== record.id) throw new Failure('already-exists', '这个编号已用于另一条记录，请重新填写。');
  return of !== null;
}

const modeWords = { phone: '电话', message: '短信、微信', door: '上门', meeting: '面谈', other: '其他方式' } as const;

/** Records a contact with pupil or guardian. */
export async function addContact(context: Context, input: ParsedOf<typeof contract.addContact>): Promise<After> {
  notAfterToday(context, input.day, 'day');
  return takeStep(context, input.id, 'contact', async ({ record }) => {
    if (await isKept(context, record, input.contactId)) return null;
    const where = input.whereabouts === undefined ? '' : `；去向：${whereaboutsWords[input.whereabouts]}`;
    return {
      what: 'contact',
      rung: 'contact',
      eventId: input.contactId,
      day: input.day,
      words: `${modeWords[input.mode]}联系${input.reached ? '' : '，未联系上'}${where}`,
      text: `${input.who === '' ? '' : `${input.who}：`}${input.words}`,
      ...(input.whereabouts === undefined ? {} : { change: { whereabouts: input.whereabouts } }),
    };
  });
}

/**
 * Asks the ladder for a rung: earlier rungs must be done, or are skipped with a reason, which stands in the timeline.
 * The order to correct is never issued without a recorded finding.
 */
export async function climbTo(context: Context, record: CaseRecord, rung: Rung, skipReason: string): Promise<void> {
  const { client, district, actor, now, today } = context;
  const ladder = ladderOf(record, await listEvents(client, district, record.id), today);
  if (rung === 'correctionOrder' && !(await findFindingOf(client, district, record.id, record.round)))
    throw new Failure('wrong-step', '责令限期改正须先由控辍专干认定无正当理由，附证据和监护人陈述；这一步不能跳过。', {
      missing: ['finding'],
    });
  const missing = missingBefore(rung, ladder);
  if (missing.length === 0) return;
  const words = missing.map((one) => one.words).join('，');
  if (skipReason.length < 4)
    throw new Failure('wrong-step', `${words}。如确需跳过，请写明理由。`, { missing: missing.map((one) => one.rung) });
  for (const one of missing) {
    const id = context.newId();
    await insertEvent(client, district, {
      id,
      caseId: record.id,
      childId: record.childId,
      round: record.round,
      what: 'skip',
      rung: one.rung,
      day: today,
      at: now,
      words: `跳过“${rungWords[one.rung]}”（${one.words}）`,
      sealed: sealText(context, id, skipReason),
      closed: false,
      actorId: actor.id,
      actorName: actor.name,
      visitId: null,
      documentId: null,
      referralId: null,
      dueDate: null,
      reach: record.reach,
    });
  }
}

/** Records a round of persuasion, or that the case was passed on to police, procuratorate or court. */
export async function addStep(context: Context, input: ParsedOf<typeof contract.addStep>): Promise<After> {
  notAfterToday(context, input.day, 'day');
  return takeStep(context, input.id, input.rung, async ({ record }) => {
    if (await isKept(context, record, input.stepId)) return null;
    await climbTo(context, record, input.rung, input.skipReason);
    await attachPapers(
      context,
      input.paperIds,
      { kind: 'caseStep', id: input.stepId, childId: record.childId },
      record.reach,
    );
    const persuasions = record.persuasions + (input.rung === 'persuade' ? 1 : 0);
    return {
      what: input.rung,
      rung: input.rung,
      eventId: input.stepId,
      day: input.day,
      words: input.rung === 'persuade' ? `第 ${String(persuasions)} 次劝返` : '移送有关部门',
      text: `${input.rung === 'further' || input.people === '' ? '' : `劝返人员：${input.people}；`}${input.words}`,
      visitId: input.visitId,
      change: { persuasions },
    };
  });
}

/** Records the finding 无正当理由 with its evidence and what the guardian said; without it nobody is ordered to correct. */
export async function recordFinding(context: Context, input: ParsedOf<typeof contract.recordFinding>): Promise<After> {
  notAfterToday(context, input.day, 'day');
  const { client, district, actor, now, keys } = context;
  return takeStep(context, input.id, 'finding', async ({ record }) => {
    const id = context.newId();
    await insertFinding(client, district, {
      id,
      caseId: record.id,
      childId: record.childId,
      round: record.round,
      madeBy: actor.id,
      madeName: actor.name,
      madeAt: now,
      day: input.day,
      sealed: sealJson(
        keys,
        { table: 'case_finding', column: 'sealed', district, id },
        { facts: input.facts, evidence: input.evidence, statement: input.statement },
      ),
      reach: record.reach,
    });
    await attachPapers(context, input.paperIds, { kind: 'caseStep', id, childId: record.childId }, record.reach);
    return { what: 'finding', words: '认定监护人无正当理由未送子女就学', day: input.day };
  });
}
