import { aidLists } from '#domain/books/work-record.ts';
import { getFigures } from '#server/areas/statistics/actions.ts';
import type { Block } from '#server/documents/model.ts';
import type { Context } from '#server/http/context.ts';
import { heading, table, type BookWork } from './book-work.ts';
import { pairingsOf } from './book-plan.ts';
import { rateWords } from './scope-rows.ts';
import type { SheetAsk } from './sheet.ts';
import { countDuties, readListed, readPlans } from './store-work.ts';

type Span = SheetAsk & { from: string };

const share = (part: number, whole: number) => rateWords(whole === 0 ? null : (part / whole) * 100);
const sum = (numbers: readonly number[]) => numbers.reduce((all, one) => all + one, 0);

/** What came of the year's work: targets reached or not, and of each part of the work how much was done. Results, not counts of sheets. */
export async function resultBlocks(context: Context, span: Span, work: BookWork): Promise<Block[]> {
  const { client, district } = context;
  const { day, knownAt, period, schoolId } = span;
  const scope = { scopeKind: schoolId === null ? ('district' as const) : ('school' as const), scopeKey: schoolId ?? '' }; // prettier-ignore
  const { figures, counts } = await getFigures(context, { day, knownAt, period, ...scope, variants: undefined });
  const targets = figures.filter((one) => one.target !== null);
  const duties = await countDuties(client, district, span);
  const plans = await readPlans(client, district, span);
  const listed = new Set((await readListed(client, district, span, aidLists)).map((row) => row.childId));
  const aided = new Set(
    work.records.filter((row) => row.kind === 'aid').flatMap((row) => work.childrenOf.get(row.id) ?? []),
  );
  const toAid = work.roll.filter((row) => listed.has(row.childId));
  const found = work.records.filter((row) => row.kind === 'inspection' && row.content.findings.length > 0);
  const settled = found.filter((row) => row.state === 'settled').length;
  const { going, ended } = pairingsOf(work, span);
  const due = sum(duties.map((one) => one.due));
  const inTime = sum(duties.map((one) => one.inTime));
  const [met, toMeet] = [sum(plans.map((one) => one.met)), sum(plans.map((one) => one.children))];
  const helped = toAid.filter((row) => aided.has(row.childId)).length;
  return [
    heading('（一）目标完成'),
    table(
      [4, 2.4, 2.4, 2.4],
      ['指标', '目标', '完成', '结果'],
      targets.map((one) => [
        one.name,
        rateWords(one.target),
        rateWords(one.value),
        one.gap === null ? '—' : one.gap >= 0 ? '达到' : '未达到',
      ]),
    ),
    heading('（二）工作成效'),
    table(
      [4, 4.4, 2.4],
      ['工作', '办理情况', '比例'],
      [
        ['劝返复学', `复学 ${String(counts.Returned)} 人，累计未复学 ${String(counts.Open)} 人`, '—'],
        ['各项任务', `到期 ${String(due)} 项，按期办结 ${String(inTime)} 项`, share(inTime, due)],
        ['走访计划', `应访 ${String(toMeet)} 人，已访 ${String(met)} 人`, share(met, toMeet)],
        ['资助', `名单上 ${String(toAid.length)} 人，已登记资助 ${String(helped)} 人`, share(helped, toAid.length)],
        ['双困生帮扶', `帮扶中 ${String(going.length)} 人，本学年结束 ${String(ended.length)} 人`, '—'],
        ['督查整改', `发现问题 ${String(found.length)} 次，已办结 ${String(settled)} 次`, share(settled, found.length)],
      ],
    ),
  ];
}
