import type { ParsedOf } from '#contract/endpoint.ts';
import type { reopenCase as ReopenCase } from '#contract/dropout.ts';
import type * as contract from '#contract/dropout-steps.ts';
import { Failure } from '#domain/basics/failure.ts';
import { followUpsFrom, isBackFor, isChosen } from '#domain/dropout/rules.ts';
import { blindIndex, sealJson } from '#server/crypto/seal.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { reopen } from './open.ts';
import { finishMet, notAfterToday } from './report.ts';
import {
  doCallBack,
  doFollowUp,
  endFollowUps,
  findCallBack,
  insertCallBack,
  insertFollowUps,
  listFollowUps,
} from './store-returns.ts';
import { findCase, type CaseRecord } from './store-cases.ts';
import { finish, rulesNow, takeStep, type After } from './work.ts';

/** The share of chance that decides whether a return is called back: the same for a case and round for ever, and not to be guessed. */
export function chosenFor(context: Context, record: CaseRecord, percent: number): boolean {
  return isChosen(blindIndex(context.keys, 'row', `call-back\n${record.id}\n${String(record.round)}`), percent);
}

/** The principal signs that the pupil is back: present on the set number of consecutive school days, dated from the first of them. */
export async function markReturned(
  context: Context,
  input: ParsedOf<typeof contract.markReturned>,
): Promise<After & { returnedOn: string; followUps: string[]; callBack: boolean }> {
  const { client, district, actor, now } = context;
  let made = { returnedOn: context.today, followUps: [] as string[], callBack: false };
  const after = await takeStep(context, input.id, 'return', async ({ record, settings, isWorkday }) => {
    const wanted = settings['dropout.presentDays'];
    if (!isBackFor({ from: record.presentFrom, days: record.presentDays }, wanted) || record.presentFrom === null)
      throw new Failure(
        'wrong-step',
        `连续到校 ${String(wanted)} 个上课日方可认定复学，目前考勤记录为连续 ${String(record.presentDays)} 天。`,
        { presentDays: record.presentDays, wanted },
      );
    const returnedOn = record.presentFrom;
    const days = followUpsFrom(returnedOn, isWorkday, {
      weeks: settings['dropout.followUpWeeks'],
      months: settings['dropout.followUpMonths'],
    });
    const of = { caseId: record.id, childId: record.childId, round: record.round, reach: record.reach };
    await insertFollowUps(
      client,
      district,
      of,
      days.map((dueDate, index) => ({ id: context.newId(), number: index + 1, dueDate })),
    );
    const callBack = chosenFor(context, record, settings['dropout.callBack']);
    if (callBack) await insertCallBack(client, district, { ...of, id: context.newId(), at: now, signedBy: actor.id });
    made = { returnedOn, followUps: days, callBack };
    return {
      what: 'return',
      rung: 'return',
      day: returnedOn,
      words: `认定复学，自 ${returnedOn} 起连续到校 ${String(record.presentDays)} 天，校长签字`,
      text: [`就读安置：${input.placement}`, input.note].filter((text) => text !== '').join('；'),
      change: { returnedOn, emergency: false },
      from: returnedOn,
      strokes: input.signature,
    };
  });
  return { ...after, ...made };
}

/** Asks after a returned pupil; one who is away again begins a new round, and after the last the follow-up is over. */
export async function followUp(context: Context, input: ParsedOf<typeof contract.followUp>): Promise<After> {
  notAfterToday(context, input.day, 'day');
  const { client, district, actor, now, keys } = context;
  let ended: 'away' | 'last' | null = null;
  const after = await takeStep(context, input.id, 'followUp', async ({ record }) => {
    const rows = await listFollowUps(client, district, record.id, record.round);
    const row = rows.find((one) => one.number === input.number);
    if (!row) throw new Failure('wrong-step', '没有这一次跟踪，请刷新后再填。');
    if (row.doneOn !== null) return null;
    await doFollowUp(client, district, {
      id: row.id,
      day: input.day,
      present: input.present,
      sealed: sealJson(
        keys,
        { table: 'case_follow_up', column: 'sealed', district, id: row.id },
        { words: input.words },
      ),
      by: actor.id,
      byName: actor.name,
      at: now,
      visitId: input.visitId ?? null,
    });
    if (!input.present) ended = 'away';
    else if (rows.every((one) => one.number === input.number || one.doneOn !== null)) ended = 'last';
    return {
      what: 'followUp',
      words: `复学后第 ${String(input.number)} 次跟踪：${input.present ? '在校' : '又未到校'}`,
      day: input.day,
      text: input.words,
      visitId: input.visitId,
    };
  });
  // as: assigned within the callback above, which the checker does not follow
  const how = ended as 'away' | 'last' | null;
  if (how === null) return after;
  return inWholeDistrict(context, async () => {
    const record = await findCase(client, district, input.id, true);
    if (!record) return after;
    const rules = await rulesNow(context);
    if (how === 'last')
      return finish(
        context,
        { record, step: null, ...rules },
        { what: 'finishFollowing', words: '跟踪期满，学生在校', next: 'followed' },
      );
    return reopenRound(context, record, input.day, { words: '复学后跟踪时又未到校' }, rules);
  });
}

/** Opens another round of a case that is held: with a reason of the platform's own words, or one that somebody wrote, which is sealed. */
export async function reopenRound(
  context: Context,
  record: CaseRecord,
  discovered: string,
  reason: { words: string } | { text: string },
  rules: Awaited<ReturnType<typeof rulesNow>>,
): Promise<After> {
  await endFollowUps(context.client, context.district, record.id, record.round, context.now);
  const again = await reopen(context, record, {
    source: 'reopen',
    clockStart: discovered,
    crossedOn: null,
    discoveredOn: discovered,
    lastSeenOn: null,
    findingId: null,
    reason: 'words' in reason ? reason.words : null,
  });
  return finishMet(
    context,
    { record: again, met: 'reopened' },
    {
      what: 'reopen',
      words: `重新立案，进入第 ${String(again.round)} 轮${'words' in reason ? `：${reason.words}` : ''}`,
      day: discovered,
      ...('text' in reason ? { text: reason.text } : {}),
    },
    rules,
  );
}

/** Reopens a case at rest by hand. */
export async function reopenCase(context: Context, input: ParsedOf<typeof ReopenCase>): Promise<After> {
  notAfterToday(context, input.discovered, 'discovered');
  const made: After[] = [];
  const after = await takeStep(context, input.id, 'reopen', async ({ record, settings, isWorkday }) => {
    made.push(await reopenRound(context, record, input.discovered, { text: input.reason }, { settings, isWorkday }));
    return null;
  });
  return made[0] ?? after;
}

/** The bureau calls back a return that chance chose; a pupil who is not back begins a new round. */
export async function callBack(context: Context, input: ParsedOf<typeof contract.callBack>): Promise<After> {
  notAfterToday(context, input.day, 'day');
  const { client, district, actor, now, keys } = context;
  if (input.reached && input.isBack === null)
    throw new Failure('input-wrong', '请写明学生是否在校。', {
      issues: [{ path: 'isBack', words: '联系上时请写明是否在校。' }],
    });
  const after = await takeStep(context, input.id, 'callBack', async ({ record }) => {
    const row = await findCallBack(client, district, record.id, record.round);
    if (!row) throw new Failure('wrong-step', '这次复学没有被抽中回访。');
    if (row.isBack !== null) throw new Failure('wrong-step', '这次复学已经回访过。');
    if (row.signedBy === actor.id) throw new Failure('not-allowed', '复学由您签字，须由另一人回访。');
    await doCallBack(client, district, {
      id: row.id,
      day: input.day,
      reached: input.reached,
      isBack: input.reached ? input.isBack : null,
      sealed: sealJson(
        keys,
        { table: 'return_callback', column: 'sealed', district, id: row.id },
        { words: input.words },
      ),
      by: actor.id,
      byName: actor.name,
      at: now,
    });
    return {
      what: 'callBack',
      words: !input.reached ? '区级回访，未联系上' : input.isBack ? '区级回访，确认在校' : '区级回访，学生并未在校',
      day: input.day,
      text: input.words,
    };
  });
  if (!input.reached || input.isBack) return after;
  return inWholeDistrict(context, async () => {
    const record = await findCase(client, district, input.id, true);
    return record
      ? reopenRound(context, record, input.day, { words: '区级回访发现学生未在校' }, await rulesNow(context))
      : after;
  });
}
