import { dutyRules } from '#domain/duties/catalogue.ts';
import { dutyRuleIds } from '#domain/duties/record.ts';
import type { FormSheet } from '#domain/statistics/form-layout.ts';
import { percentWords, type Evaluated } from '#domain/statistics/formulas.ts';
import { gapSentence, type Change, type Explanation, type Gap } from '#domain/statistics/report.ts';
import { partWords } from '#domain/statistics/words.ts';
import type { Block, Form, Signer } from '#server/documents/model.ts';
import { chinaDay } from '#server/clock.ts';
import type { FormSheetFile } from '#server/spreadsheets/form-file.ts';

/** What the first paper of a report prints beside its forms. */
export interface ReportWords {
  title: string;
  unit: string;
  period: string;
  state: string;
  day: string;
  summary: string;
  figures: readonly (Pick<Evaluated, 'numerator' | 'denominator' | 'value'> & { name: string })[];
  gaps: readonly Gap[];
  reason: string | null;
  explanations: readonly Explanation[];
  counts: Readonly<Record<string, number>>;
  changes: readonly Change[];
  signers: readonly Signer[];
  small: string;
}

const titleOfRule = (rule: string) => {
  const known = dutyRuleIds.find((one) => one === rule);
  return known === undefined ? rule : dutyRules[known].title;
};

function gapLine(gap: Gap): string {
  return gapSentence(gap, titleOfRule);
}

function wordsPaper(words: ReportWords): Form {
  const blocks: Block[] = [{ as: 'text', text: words.summary }];
  const heading = (text: string): Block => ({ as: 'heading', level: 2, text });
  blocks.push(heading('主要指标'), {
    as: 'table',
    widths: [4, 3, 3, 3],
    head: ['指标', '数值', '分子', '分母'],
    rows: words.figures.map((one) => [
      one.name,
      one.value === null ? '—' : `${percentWords(one.value)}%`,
      String(one.numerator),
      String(one.denominator),
    ]),
    centredFrom: 1,
  });
  if (words.gaps.length > 0) {
    blocks.push(heading('缺口'), { as: 'plain', text: words.gaps.map((gap) => `${gapLine(gap)}。`).join('\n') });
    if (words.reason !== null) blocks.push({ as: 'plain', text: `说明：${words.reason}` });
  }
  if (words.explanations.length > 0)
    blocks.push(heading('与学校掌握情况的差异'), {
      as: 'table',
      widths: [3, 2, 2, 7],
      head: ['项目', '系统数据', '学校掌握', '说明'],
      rows: words.explanations.map(({ part, own, words: told }) => [
        partWords[part],
        String(words.counts[part] ?? 0),
        String(own),
        told,
      ]),
    });
  if (words.changes.length > 0) {
    blocks.push(heading('本版更正'), {
      as: 'table',
      widths: [4, 3, 3],
      head: ['项目', '上一版', '本版'],
      rows: words.changes.map(({ part, before, after }) => [partWords[part], String(before), String(after)]),
      centredFrom: 1,
    });
    if (words.gaps.length === 0 && words.reason !== null)
      blocks.push({ as: 'plain', text: `更正原因：${words.reason}` });
  }
  if (words.signers.length > 0) blocks.push({ as: 'signatures', signers: words.signers });
  blocks.push({ as: 'note', text: words.small });
  return {
    layout: 'form',
    title: words.title,
    number: null,
    to: `填报单位：${words.unit}　　时段：${words.period}　　状态：${words.state}`,
    blocks,
    close: null,
  };
}

const shown = (value: string | number | null) => (value === null ? '' : String(value));

function sheetPaper(sheet: FormSheet, foot: string): Form {
  return {
    layout: 'form',
    landscape: true,
    title: sheet.title,
    number: null,
    to: `填报单位：${sheet.unit}　　时段：${sheet.period}`,
    blocks: [
      {
        as: 'table',
        widths: sheet.columns.map((column) => Math.max(column.width, 5)),
        head: sheet.columns.map((column) => column.label),
        groups: sheet.columns.map((column) => column.group ?? ''),
        rows: sheet.rows.map((row) => row.map(shown)),
        size: sheet.columns.length > 18 ? 9 : 10,
        centredFrom: 1,
      },
      { as: 'note', text: [...sheet.notes, foot].join('\n') },
    ],
    close: null,
  };
}

/** A report as papers: its words first, then each form on its side. */
export function reportPapers(words: ReportWords, sheets: readonly FormSheet[], foot: string): Form[] {
  return [wordsPaper(words), ...sheets.map((sheet) => sheetPaper(sheet, foot))];
}

/** The forms as sheets of a workbook. */
export function reportSheets(sheets: readonly FormSheet[], foot: string): FormSheetFile[] {
  return sheets.map(({ title, unit, period, columns, rows, notes }) => ({
    title,
    line: `填报单位：${unit}　　时段：${period}　　单位：人，考勤为人日`,
    columns,
    rows,
    notes,
    foot,
  }));
}

/** The line in which people sign a form. */
export function footOf(filled: string | null, checked: string | null, day: string | null): string {
  return `填表人：${filled ?? '＿＿＿＿'}　　审核人：${checked ?? '＿＿＿＿'}　　日期：${day === null ? '＿＿＿＿' : chinaDay(new Date(day))}`;
}
