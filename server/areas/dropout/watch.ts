import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout.ts';
import { Failure } from '#domain/basics/failure.ts';
import { closingRules } from '#domain/dropout/closing.ts';
import { watchDay, watchEndWords, watchResultWords } from '#domain/dropout/watch.ts';
import { attachPapers } from '#server/areas/papers/actions.ts';
import type { Context } from '#server/http/context.ts';
import { inWholeDistrict } from '#server/http/under-reach.ts';
import { categoryOf, watchDays } from './next.ts';
import { notAfterToday } from './report.ts';
import { reopenRound } from './returns.ts';
import { findCase } from './store-cases.ts';
import { rulesNow, takeStep, type After } from './work.ts';

const fault = (path: string, words: string) => new Failure('input-wrong', words, { issues: [{ path, words }] });

/**
 * Records a look at a closed case that is watched (D§2.10). Unchanged it is looked at again; where what was waited for is shown by a
 * paper the watching ends; a child who is away from school begins a new round. Only this settles the duty.
 */
export async function watchCase(context: Context, input: ParsedOf<typeof contract.watchCase>): Promise<After> {
  notAfterToday(context, input.day, 'day');
  const after = await takeStep(context, input.id, 'watch', async ({ record }) => {
    const category = categoryOf(record.category);
    if (category === null || record.nextAction !== 'watch')
      throw new Failure('wrong-step', '这个个案销号后不需跟踪，或已经了结。');
    const rule = closingRules[category];
    if (input.result === 'settled' && input.paperIds.length === 0)
      throw fault('paperIds', `不再跟踪须附材料，证明${watchEndWords[rule.watch]}。`);
    if (input.result === 'same' && rule.dated && (input.endsOn === null || input.endsOn <= context.today))
      throw fault('endsOn', '请写明新的期满日期，应晚于今天。');
    const eventId = context.newId();
    await attachPapers(
      context,
      input.paperIds,
      { kind: 'caseStep', id: eventId, childId: record.childId },
      record.reach,
    );
    // A look before its day counts for that day: the next one follows it.
    const from = record.dueDate !== null && record.dueDate > context.today ? record.dueDate : context.today;
    const dueDate =
      input.result === 'same' ? watchDay(rule, { endsOn: input.endsOn, ...(await watchDays(context, from)) }) : null;
    return {
      what: 'watch',
      eventId,
      day: input.day,
      words: `跟踪核查：${watchResultWords[input.result]}`,
      text: input.words,
      dueDate,
    };
  });
  if (input.result !== 'away') return after;
  return inWholeDistrict(context, async () => {
    const record = await findCase(context.client, context.district, input.id, true);
    if (!record) return after;
    const words = '销号后跟踪核查，学生应就学而未就学';
    return reopenRound(context, record, input.day, { words }, await rulesNow(context));
  });
}
