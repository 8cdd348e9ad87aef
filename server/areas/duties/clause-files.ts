import type { exportClauseStates as ExportClauseStates } from '#contract/duties-clauses.ts';
import type { ParsedOf } from '#contract/endpoint.ts';
import { asOfWords } from '#domain/basics/as-of.ts';
import { factWords } from '#domain/duties/clause-facts.ts';
import {
  clauseBases,
  clauseNextOf,
  clauseStateMeanings,
  clauseStates,
  clauseStateWords,
} from '#domain/duties/clause-states.ts';
import { chinaMoment } from '#server/clock.ts';
import type { Sheet, SheetTable } from '#server/documents/model.ts';
import { renderPdf } from '#server/documents/render.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { formFile, type FormSheetFile } from '#server/spreadsheets/form-file.ts';
import { layClauses, type ClausesLaid } from './clauses.ts';
import { nameOfDistrict } from './store-clauses.ts';

type Cell = ClausesLaid['rows'][number]['cells'][number];

/** A sheet is one school's column, clause by clause, or schools beside clauses. */
interface Laid extends ClausesLaid {
  unit: string;
  asOf: string;
  imprint: string;
}

const office = '教育局、街道和社区';
const legend = `注：${clauseStates.map((state) => `${clauseStateWords[state]}：${clauseStateMeanings[state]}`).join('；')}。应办为按时办结、超期办结和逾期未办之和，已免的不计；学期连同其后的假期。`;
const signers = ['制表人', '审核人', '单位负责人（盖章）', '日期'];
/** The chapter of a clause, over whose columns it stands: `三（五）` of `三(五)2`. */
const chapterOf = (clause: string) => (/^[^)]*\)/u.exec(clause)?.[0] ?? clause).replace('(', '（').replace(')', '）');

/** A cell of the matrix: its state, and how many are overdue, for how long. */
function stateCell(cell: Cell): string {
  const words = clauseStateWords[cell.state];
  if (cell.overdue === 0) return words;
  return `${words} ${String(cell.overdue)} 项${cell.longestDays > 0 ? `，最长 ${String(cell.longestDays)} 天` : ''}`;
}

const factsCell = (cell: Cell) => cell.facts.map(factWords).join('；');

/** What a clause counts, in the order of the detailed columns. */
function numbersOf(cell: Cell): number[] {
  return [cell.due, cell.inTime, cell.late, cell.overdue, cell.longestDays, cell.ahead, cell.waived];
}
const numberLabels = ['应办', '按时办结', '超期办结', '逾期未办', '最长逾期天数', '未到期', '已免'];

function linesOf(cells: readonly Cell[]): (string | number)[][] {
  return clauseBases.flatMap((basis, index) => {
    const cell = cells[index];
    if (!cell) return [];
    const next = clauseNextOf(basis, cell.state, cell, cell.facts);
    const facts = [factsCell(cell), basis.lacks ?? ''].filter((one) => one !== '').join('；');
    return [[basis.id, basis.title, clauseStateWords[cell.state], ...numbersOf(cell), facts, next.words]];
  });
}

const column = (label: string, width: number, number = false, group: string | null = null) => ({
  label,
  width,
  number,
  group,
});
const lineColumns = [
  column('条款', 10),
  column('内容', 16),
  column('状态', 16),
  ...numberLabels.map((label) => column(label, label.length > 4 ? 12 : 9, true)),
  column('记录', 60),
  column('下一步', 34),
];

/** The workbook: the matrix where there are several schools, and behind it every clause of every school with its numbers. */
function sheetsOf(laid: Laid): FormSheetFile[] {
  const head = {
    line: `填报单位：${laid.unit}　　时段：${laid.span.words}（${laid.span.from} 至 ${laid.span.to}）　　${laid.asOf}`,
    foot: signers.map((one) => `${one}：＿＿＿＿`).join('　　'),
  };
  const places = [
    ...laid.rows.map((row) => ({ name: row.name, stage: row.stageWords, street: row.streetName, cells: row.cells })),
    ...(laid.office === null ? [] : [{ name: office, stage: '', street: null, cells: laid.office }]),
  ];
  const [first] = places;
  if (places.length === 1 && first)
    return [
      { title: `方案落实　${first.name}`, ...head, columns: lineColumns, rows: linesOf(first.cells), notes: [legend] },
    ];
  return [
    {
      title: '方案落实表',
      ...head,
      columns: [
        column('学校', 26),
        column('办学类型', 12),
        column('街道', 14),
        ...clauseBases.map(({ id, title }) => column(`${id} ${title}`, 18, false, chapterOf(id))),
      ],
      rows: places.map(({ name, stage, street, cells }) => [name, stage, street ?? '', ...cells.map(stateCell)]),
      notes: [legend],
    },
    {
      title: '方案落实明细',
      ...head,
      columns: [column('学校', 26), ...lineColumns],
      rows: places.flatMap(({ name, cells }) => linesOf(cells).map((line) => [name, ...line])),
      notes: [legend],
    },
  ];
}

/** The table of one school: clause by clause, as its people read it. */
function listTable(cells: readonly Cell[]): SheetTable {
  const narrow = (words: string) => ({ words, width: 7, align: 'right' as const });
  return {
    as: 'sheet',
    size: 9,
    columns: [
      { words: '条款', width: 10, align: 'left' },
      { words: '内容', width: 16, align: 'left' },
      { words: '状态', width: 13, align: 'left' },
      ...numberLabels.map(narrow),
      { words: '记录', width: 40, align: 'left' },
      { words: '下一步', width: 26, align: 'left' },
    ],
    rows: linesOf(cells).map((line) => line.map(String)),
  };
}

/** The table of several schools: schools beside clauses, on a large page. */
function matrixTable(laid: Laid): SheetTable {
  const lines = [
    ...laid.rows.map((row) => [row.name, ...row.cells.map(stateCell)]),
    ...(laid.office === null ? [] : [[office, ...laid.office.map(stateCell)]]),
  ];
  return {
    as: 'sheet',
    size: 8,
    columns: [
      { words: '学校', width: 16, align: 'left' },
      ...clauseBases.map(({ id, title }) => ({
        words: `${id} ${title}`,
        group: chapterOf(id),
        width: 9,
        align: 'left' as const,
      })),
    ],
    rows: lines,
  };
}

function paperOf(laid: Laid): Sheet {
  const [only] = laid.rows;
  const single = laid.rows.length === 1 && laid.office === null && only;
  return {
    layout: 'sheet',
    title: single ? '方案落实情况' : '方案落实表',
    to: null,
    close: null,
    paper: single ? 'a4' : 'a3',
    above: [
      `填报单位：${laid.unit}`,
      `${laid.span.words}（${laid.span.from} 至 ${laid.span.to}）　单位：项`,
      laid.asOf,
    ],
    table: single ? listTable(only.cells) : matrixTable(laid),
    notes: [legend],
    signers,
    imprint: laid.imprint,
    proof: '',
  };
}

/** 方案落实 as a workbook or a PDF: of several schools the matrix, of one its column clause by clause. */
export async function exportClauseStates(
  context: Context,
  input: ParsedOf<typeof ExportClauseStates>,
): Promise<FileAnswer> {
  const { format, ...asked } = input;
  const made = await layClauses(context, asked);
  const [only] = made.rows;
  const single = made.rows.length === 1 && made.office === null && only !== undefined;
  const unit = single ? only.name : `${await nameOfDistrict(context.client, context.district)}教育局`;
  const day = made.span.to < context.today ? made.span.to : context.today;
  const laid: Laid = {
    ...made,
    unit,
    asOf: asOfWords({ day, knownAt: context.now.toISOString() }),
    imprint: `${context.actor.name} ${chinaMoment(context.now)} 导出`,
  };
  const { q, ...kept } = asked;
  context.note({
    subjectKind: 'export',
    subjectId: 'duties.clauses',
    detail: { ...kept, ...(q === undefined ? {} : { q: '（已填写）' }), format, schools: made.rows.length },
  });
  const name = `方案落实_${single ? `${only.name}_` : ''}${made.span.words}_${context.today}`;
  if (format === 'xlsx') return formFile(`${name}.xlsx`, sheetsOf(laid), laid.imprint);
  const pdf = await renderPdf(context.platform.config.dataDirectory, [paperOf(laid)]);
  return { fileName: `${name}.pdf`, contentType: 'application/pdf', body: Buffer.from(pdf.content) };
}
