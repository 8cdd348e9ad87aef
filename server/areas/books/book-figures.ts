import { figureIds, formulaWith, formulas } from '#domain/statistics/formulas.ts';
import { identityParts, type ScopeKind } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { getCockpit, getFigures } from '#server/areas/statistics/actions.ts';
import type { Block } from '#server/documents/model.ts';
import type { Context } from '#server/http/context.ts';
import { rateWords, scopeRows } from './scope-rows.ts';
import type { SheetAsk } from './sheet.ts';

/** The figures of the school or district with numerator, denominator, target and formula, as statistics answers them. */
export async function figureBlocks(context: Context, ask: SheetAsk): Promise<Block[]> {
  const { day, knownAt, period, schoolId } = ask;
  const made = await getFigures(context, {
    day,
    knownAt,
    period,
    scopeKind: schoolId === null ? 'district' : 'school',
    scopeKey: schoolId ?? '',
    variants: undefined,
  });
  const { counts } = made;
  return [
    {
      as: 'plain',
      text: `${made.words}，${made.from} 至 ${made.to}：期初在校 ${String(counts.S0)} 人，期末在校 ${String(counts.S1)} 人，累计未复学 ${String(counts.Open)} 人。`,
    },
    {
      as: 'table',
      widths: [4, 2, 2, 2, 2, 2],
      head: ['指标', '分子', '分母', '数值', '目标', '差距'],
      rows: made.figures.map((one) => [
        `${one.name}（第 ${String(one.version)} 版）`,
        String(one.numerator),
        String(one.denominator),
        rateWords(one.value),
        one.target === null ? '—' : rateWords(one.target),
        one.gap === null ? '—' : `${one.gap >= 0 ? '+' : ''}${one.gap.toFixed(2)}`,
      ]),
    },
    ...figureIds
      .filter((id) => made.figures.some((one) => one.figure === id))
      .map((id): Block => ({ as: 'note', text: `${formulas[id].name}：${formulaWith(id, null).words}` })),
  ];
}

/** The counts of every scope of a kind, one row each. */
export async function scopeTable(context: Context, ask: SheetAsk, kind: ScopeKind): Promise<Block[]> {
  const { rows } = await scopeRows(context, ask, kind);
  if (rows.length === 0) return [{ as: 'note', text: '本期无。' }];
  return [
    { as: 'note', text: '单位：人' },
    {
      as: 'sheet',
      size: 8,
      columns: [
        { words: '单位', width: 20, align: 'left' },
        ...identityParts.map((part) => ({ words: partWords[part], width: 6, align: 'right' as const })),
        { words: '累计未复学', width: 7, align: 'right' },
        { words: '年巩固率', width: 10, align: 'right' },
      ],
      rows: rows.map((row) => [
        row.name,
        ...identityParts.map((part) => String(row.counts[part])),
        String(row.counts.Open),
        rateWords(row.figures.find((one) => one.figure === 'annualRetention')?.value),
      ]),
    },
  ];
}

const numberWords = (value: number | null): string => (value === null ? '当时未留存' : String(value));

/** The enrolment rate of the last signed comparison, where it was known by the day and moment asked. */
export async function cockpitBlocks(context: Context, ask: SheetAsk): Promise<Block[]> {
  const made = await getCockpit(context, {
    day: ask.day,
    knownAt: ask.knownAt,
    base: 'all',
    ...(ask.schoolId === null ? {} : { schoolId: ask.schoolId }),
  });
  if (made.asOf === null || made.knownAt === null)
    return [{ as: 'note', text: '入学率：截至该日该时刻没有可用的比对结果。' }];
  const [rate] = made.rates;
  return [
    {
      as: 'table',
      widths: [4, 2, 2, 2, 2],
      head: ['入学率', '已入学', '应入学', '数值', '目标'],
      rows: [[`比对日 ${made.asOf}`, numberWords(made.enrolled), numberWords(made.denominator), rateWords(rate?.value), rateWords(made.target)]], // prettier-ignore
    },
  ];
}
