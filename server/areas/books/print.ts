import type { ExportColumn } from '#server/spreadsheets/write.ts';
import { dayWords } from '#domain/notices/fill.ts';
import { chinaMoment } from '#server/clock.ts';
import type { SheetTable } from '#server/documents/model.ts';
import type { Renderer } from '#server/documents/render.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import type { MadeSheet } from './make.ts';
import type { Cell } from './sheet.ts';

/** Who signs a sheet on paper, left to right. */
const signers = ['填表人', '审核人', '单位负责人（盖章）', '填报日期'];

/** Rows over which a file is made in the background: a PDF takes some milliseconds a row. */
export const largestAtOnce = { xlsx: 20_000, pdf: 600 } as const;

/** A moment as it is printed, in China: `2026-11-20 10:00:00`; the fingerprint is made with its microseconds. */
export function momentWords(knownAt: string): string {
  return chinaMoment(new Date(knownAt), 'seconds');
}

/** Who has the file, by name and moment of knowledge and not by the clock: made again it has the same bytes. */
export function imprintOf(
  maker: string,
  made: { ask: { day: string; knownAt: string } },
  approvedBy: string | null,
): string {
  // prettier-ignore
  const { day, knownAt } = made.ask;
  return `${maker} 导出　截至 ${day}　获知至 ${momentWords(knownAt)}${approvedBy === null ? '' : `　批准人 ${approvedBy}`}　含个人信息，请妥善保管`;
}

/** What proves a sheet or book. */
export function proofOf(fingerprint: string, made: { ask: { day: string; knownAt: string } }): string {
  return `数据指纹（SHA-256）：${fingerprint}　截至日：${made.ask.day}　获知时刻（UTC）：${made.ask.knownAt}。以同一截至日和获知时刻再次生成，指纹应当相同。`;
}

const aligned = (kind: string) => (kind === 'number' ? 'right' : kind === 'date' ? 'center' : 'left');
const said = (value: Cell): string => (value === null ? '' : String(value));

/** The number of a line; a sum has none. */
const numbered = (row: readonly Cell[], index: number) => (row[0] === '合计' ? null : index + 1);

/** How large letters may be on a page of so many millimetres so that numbers and days stand in one line, in points. */
function sizeFor(made: MadeSheet, pageWidth: number): number {
  const insets = (made.columns.length + 1) * 1.76;
  const size = (pageWidth - insets) / widthOf(made) / 0.194;
  return Math.min(9.5, Math.max(6, Math.floor(size * 10) / 10));
}

/** The table of a sheet as a PDF takes it on a page of so many millimetres, with running numbers in front. */
export function tableOf(made: MadeSheet, pageWidth: number): SheetTable {
  return {
    as: 'sheet',
    size: sizeFor(made, pageWidth),
    columns: [
      { words: '序号', width: 5, align: 'center' },
      ...made.columns.map(({ words, group, width, kind }) => ({ words, group, width, align: aligned(kind) as 'left' })), // as: one of the three
    ],
    rows: made.rows.map((row, index) => [said(numbered(row, index)), ...row.map(said)]),
  };
}

/** How wide a sheet stands, in characters. */
function widthOf(made: MadeSheet): number {
  return made.columns.reduce((sum, column) => sum + column.width, 5);
}

/** A sheet as a file of one of the two formats. */
export async function printSheet(
  render: Renderer['render'],
  made: MadeSheet,
  format: 'xlsx' | 'pdf',
  maker: { name: string; approvedBy: string | null },
): Promise<FileAnswer & { body: Buffer; pages: number | null }> {
  const imprint = imprintOf(maker.name, made, maker.approvedBy);
  const name = `${made.title.replaceAll('　', '_')}_${made.unit}_${made.ask.day}`;
  const proof = proofOf(made.fingerprint, made);
  const note = `注：${made.definition.note}`;
  const day = `截至 ${dayWords(made.ask.day)}`;
  if (format === 'xlsx') {
    const columns: ExportColumn[] = [
      { label: '序号', kind: 'number', width: 6 },
      ...made.columns.map(({ words, group, width, kind }): ExportColumn => ({
        label: words,
        group,
        width,
        kind: kind === 'identity' ? 'text' : kind,
      })),
    ];
    const { file } = await sheetFile(`${name}.xlsx`, {
      title: made.title,
      unit: made.unit,
      counting: made.definition.counting,
      day,
      note,
      columns,
      rows: made.rows.map((row, index) => [numbered(row, index), ...row]),
      complete: { total: made.rows.length },
      signers,
      proof,
      watermark: imprint,
    });
    return { ...file, pages: null };
  }
  const wide = widthOf(made) > 200;
  const pdf = await render([
    {
      layout: 'sheet',
      title: made.title,
      to: null,
      close: null,
      paper: wide ? 'a3' : 'a4',
      above: [`填报单位：${made.unit}`, made.definition.counting, day],
      table: tableOf(made, wide ? 392 : 269),
      notes: [`共 ${String(made.rows.length)} 行。${note}`],
      signers,
      imprint,
      proof,
    },
  ]);
  return { fileName: `${name}.pdf`, contentType: 'application/pdf', body: pdf.content, pages: pdf.pages };
}
