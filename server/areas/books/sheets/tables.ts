import { reasonGroups, whereaboutsCodes } from '#domain/dropout/record.ts';
import { reasonGroupWords, whereaboutsWords } from '#domain/dropout/words.ts';
import { figureIds, formulaWith, type FigureId } from '#domain/statistics/formulas.ts';
import type { CoursePart } from '#domain/statistics/record.ts';
import { partWords } from '#domain/statistics/words.ts';
import { readLedger } from '#server/areas/dropout/actions.ts';
import type { Context } from '#server/http/context.ts';
import { countsIn, rateWords, scopeRows, type ScopeRow } from '../scope-rows.ts';
import { column, type Cell, type SheetAsk, type SheetDefinition, type SheetRow } from '../sheet.ts';

const unit = column('unit', '单位', 22);
const gains: CoursePart[] = ['New', 'In', 'Back', 'MoveIn'];
const losses: CoursePart[] = ['Out', 'Susp', 'Dead', 'Abroad', 'Grad', 'Gone', 'Drop', 'MoveOut'];
const part = (id: CoursePart, group?: string) => column(id, partWords[id], 9, 'number', group);

/** Tables count whole schools and grades: who reaches a class alone counts it alone. */
const shared = { permission: 'cockpit.read', subject: 'school', counting: '单位：人', period: true, numbers: false } as const; // prettier-ignore

function lineOf(row: ScopeRow, cells: Record<string, Cell>): SheetRow {
  const subject = row.kind === 'school' ? row.key : null;
  return { subject, cells: { unit: row.name, ...row.counts, ...cells } };
}

/** The dropout ledger of the day, for the counts by reason and by whereabouts. */
async function ledgerOf(context: Context, ask: SheetAsk) {
  if (context.reachFor('cases.read') === null) return [];
  const { day, knownAt } = ask;
  return readLedger(context, { ledger: 'dropout', day, knownAt, schoolId: ask.schoolId ?? undefined, full: false });
}

/** 表1 学生变动情况. */
export const table1: SheetDefinition = {
  ...shared,
  id: 'table1',
  note: '期初＋增加－减少＝期末；各数由学籍记录生成，与同期统计报告同源。',
  columns: [
    unit,
    part('S0'),
    ...gains.map((id) => part(id, '本期增加')),
    ...losses.map((id) => part(id, '本期减少')),
    part('S1'),
    part('Suspended', '另列'),
    part('Transferring', '另列'),
    part('Open', '另列'),
  ],
  async read(context, ask) {
    const { rows } = await scopeRows(context, ask);
    return rows.map((row) => lineOf(row, {}));
  },
};

const rates: FigureId[] = ['annualRetention', 'dropoutRate', 'irregularAttrition', 'returnRate'];
const formulaNote = figureIds
  .filter((id) => rates.includes(id))
  .map((id) => {
    const { name, words, version } = formulaWith(id, null);
    return `${name}（第 ${String(version)} 版）：${words}`;
  })
  .join('；');

/** 表2 辍学情况: events and rates of the period, and the reasons of who is still out on the day. */
export const table2: SheetDefinition = {
  ...shared,
  id: 'table2',
  note: `${formulaNote}。原因按截至日辍学台账在册人数分列。`,
  columns: [
    unit,
    part('S0'),
    part('Confirmed', '本期'),
    part('Returned', '本期'),
    part('Drop', '期末未在校'),
    part('Gone', '期末未在校'),
    part('Open'),
    ...rates.map((id) => column(id, formulaWith(id, null).name, 10, 'number', '比率')),
    column('ledger', '台账在册', 9, 'number'),
    ...reasonGroups.map((id) => column(`reason:${id}`, reasonGroupWords[id], 7, 'number', '台账在册人数按原因')),
  ],
  async read(context, ask) {
    const { rows } = await scopeRows(context, ask);
    const children = await ledgerOf(context, ask);
    return rows.map((row) => {
      const mine = children.filter((child) => countsIn(row, child));
      const cells: Record<string, Cell> = { ledger: mine.length };
      for (const id of rates) cells[id] = rateWords(row.figures.find((one) => one.figure === id)?.value);
      for (const id of reasonGroups) cells[`reason:${id}`] = mine.filter((child) => child.reasonGroup === id).length;
      return lineOf(row, cells);
    });
  },
};

/** 表3 辍学去向情况: where those of the dropout ledger are. */
export const table3: SheetDefinition = {
  ...shared,
  id: 'table3',
  note: '列入截至日辍学台账在册的学生，去向以最近一次报告为准；未分校的失学儿童只计入合计。',
  columns: [
    unit,
    part('Open'),
    column('ledger', '台账在册', 9, 'number'),
    ...whereaboutsCodes.map((id) => column(`where:${id}`, whereaboutsWords[id], 10, 'number', '去向')),
    column('where:none', '未填', 8, 'number', '去向'),
  ],
  async read(context, ask) {
    const { rows } = await scopeRows(context, ask);
    const children = await ledgerOf(context, ask);
    return rows.map((row) => {
      const mine = children.filter((child) => countsIn(row, child));
      const cells: Record<string, Cell> = {
        ledger: mine.length,
        'where:none': mine.filter((child) => child.whereabouts === null).length,
      };
      for (const id of whereaboutsCodes) cells[`where:${id}`] = mine.filter((child) => child.whereabouts === id).length;
      return lineOf(row, cells);
    });
  },
};
