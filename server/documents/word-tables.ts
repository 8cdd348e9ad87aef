import {
  AlignmentType,
  BorderStyle,
  HeightRule,
  Table,
  TableCell,
  TableLayoutType,
  TableRow,
  VerticalAlignTable,
  WidthType,
  type ITableBordersOptions,
  type Paragraph,
} from 'docx';
import type { Block, FormCell, Signer } from './model.ts';
import { line, linesOf, millimetres, twips, wordFaces } from './word-text.ts';

type Grid = Extract<Block, { as: 'grid' }>;

/** Height of a line in a form, in points, of letters of 12 points. */
const pitch = 18;
const size = 12;
const rule = { style: BorderStyle.SINGLE, size: 5, color: '000000' };
const ruled: ITableBordersOptions = {
  top: rule,
  bottom: rule,
  left: rule,
  right: rule,
  insideHorizontal: rule,
  insideVertical: rule,
};
const nothing = { style: BorderStyle.NONE, size: 0, color: 'auto' };
const unruled: ITableBordersOptions = {
  top: nothing,
  bottom: nothing,
  left: nothing,
  right: nothing,
  insideHorizontal: nothing,
  insideVertical: nothing,
};

/** How many lines words take in a cell of a width. */
function linesTaken(text: string, width: number): number {
  const each = Math.max(1, Math.floor((width - 8) / size));
  return linesOf(text).reduce((sum, one) => sum + Math.max(1, Math.ceil([...one].length / each)), 0);
}

/** What is written in a cell; the line to sign stands at its foot. */
function filled(cell: FormCell, width: number, tall: number): Paragraph[] {
  const large = tall > 14;
  const align = !large && cell.centred === true ? 'center' : 'left';
  const words = linesOf(cell.text).map((one) => line(one, { size, pitch, align }));
  // Signatures stay with the file that was issued: nobody may write other words above them.
  if (cell.image !== undefined) words.push(line('（签名见原件）', { size, pitch, align }));
  const foot = cell.foot ?? '';
  if (foot !== '') {
    const taken = (linesTaken(cell.text, width) + (cell.image === undefined ? 0 : 1)) * pitch;
    const before = Math.max(0, millimetres(tall) - taken - pitch - 8);
    words.push(line(foot, { size, pitch, align: 'right', before }));
  }
  return words.length === 0 ? [line('', { size, pitch })] : words;
}

/** The table of a form on a width in points: equal columns, labels of two of them, rows at least as tall as they say. */
export function gridTable(grid: Grid, width: number): Table {
  const each = width / grid.columns;
  const sized = (span: number) => ({ columnSpan: span, width: { size: twips(each * span), type: WidthType.DXA } });
  const rows = grid.rows.map(({ cells, tall = 10 }) => {
    const large = tall > 14;
    return new TableRow({
      cantSplit: true,
      height: { value: twips(millimetres(tall)), rule: HeightRule.ATLEAST },
      children: cells.flatMap((cell) => {
        const body = new TableCell({
          ...sized(cell.span),
          verticalAlign: large ? VerticalAlignTable.TOP : VerticalAlignTable.CENTER,
          children: filled(cell, each * cell.span, tall),
        });
        if (cell.label === '') return [body];
        const label = linesOf(cell.label).map((one) => line(one, { size, pitch, align: 'center' }));
        const named = { ...sized(cell.labelSpan ?? 2), verticalAlign: VerticalAlignTable.CENTER, children: label };
        return [new TableCell(named), body];
      }),
    });
  });
  return new Table({
    width: { size: twips(width), type: WidthType.DXA },
    columnWidths: Array.from({ length: grid.columns }, () => twips(each)),
    layout: TableLayoutType.FIXED,
    margins: { top: 40, bottom: 40, left: 80, right: 80 },
    borders: ruled,
    rows,
  });
}

/** A table of rows under a head, which stands on each page. */
export function listTable(
  table: { widths: readonly number[]; head: readonly string[]; rows: readonly (readonly string[])[]; size: number },
  width: number,
): Table {
  const whole = table.widths.reduce((sum, one) => sum + one, 0);
  const widths = table.widths.map((one) => twips((width * one) / whole));
  const row = (words: readonly string[], face: string, head: boolean) =>
    new TableRow({
      cantSplit: true,
      tableHeader: head,
      children: words.map(
        (text, at) =>
          new TableCell({
            width: { size: widths[at] ?? 0, type: WidthType.DXA },
            verticalAlign: VerticalAlignTable.CENTER,
            children: (text === '' ? [''] : text.split('\n')).map((one) =>
              line(one, { face, size: table.size, align: head ? 'center' : 'left' }),
            ),
          }),
      ),
    });
  return new Table({
    width: { size: twips(width), type: WidthType.DXA },
    columnWidths: widths,
    layout: TableLayoutType.FIXED,
    margins: { top: 60, bottom: 60, left: 80, right: 80 },
    borders: ruled,
    rows: [row(table.head, wordFaces.heading, true), ...table.rows.map((words) => row(words, wordFaces.body, false))],
  });
}

/** The lines of a book's cover: what each says beside a line under its value. */
export function coverTable(cover: readonly { label: string; value: string }[], width: number): Table {
  const of = (words: string, face: string, share: number, borders: ITableBordersOptions) =>
    new TableCell({
      width: { size: twips(width * share), type: WidthType.DXA },
      verticalAlign: VerticalAlignTable.BOTTOM,
      borders,
      children: [line(words, { face, size: 16, align: share < 0.5 ? 'right' : 'center', before: 18, after: 3 })],
    });
  return new Table({
    width: { size: twips(width * 0.78), type: WidthType.DXA },
    columnWidths: [twips(width * 0.2), twips(width * 0.58)],
    layout: TableLayoutType.FIXED,
    alignment: AlignmentType.CENTER,
    borders: unruled,
    rows: cover.map(
      ({ label, value }) =>
        new TableRow({
          cantSplit: true,
          children: [of(label, wordFaces.heading, 0.2, {}), of(value, wordFaces.body, 0.58, { bottom: rule })],
        }),
    ),
  });
}

/** Places to sign, two in a row: who signed on a screen signed the file that was issued, not this one. */
export function signerTable(signers: readonly Signer[], width: number): Table {
  const cell = (signer: Signer | undefined) =>
    new TableCell({
      width: { size: twips(width / 2), type: WidthType.DXA },
      children: [
        line(
          signer === undefined
            ? ''
            : `${signer.label}：${signer.image !== undefined ? '（签名见原件）' : signer.name !== '' ? signer.name : '＿＿＿＿＿＿＿'}`,
          { size: 14, align: 'left', before: 8, after: 8 },
        ),
      ],
    });
  const pairs = Array.from({ length: Math.ceil(signers.length / 2) }, (_, at) => signers.slice(at * 2, at * 2 + 2));
  return new Table({
    width: { size: twips(width), type: WidthType.DXA },
    columnWidths: [twips(width / 2), twips(width / 2)],
    layout: TableLayoutType.FIXED,
    borders: unruled,
    rows: pairs.map(([left, right]) => new TableRow({ cantSplit: true, children: [cell(left), cell(right)] })),
  });
}
