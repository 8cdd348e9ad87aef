import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/visits.ts';
import { asOfWords } from '#domain/basics/as-of.ts';
import { askedThen, noteOf } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import type { ExportColumn } from '#server/spreadsheets/write.ts';
import { shownVisits } from './shown.ts';
import { pageVisits } from './store.ts';

const columns: ExportColumn[] = [
  { label: '序号', kind: 'number', width: 6 },
  { label: '学校', width: 22 },
  { label: '班级', width: 16 },
  { label: '姓名', width: 12 },
  { label: '走访日期', kind: 'date' },
  { label: '方式', width: 8 },
  { label: '结果', width: 20 },
  { label: '走访教师', width: 18 },
  { label: '受访家长及关系', width: 18 },
  { label: '目的', width: 36 },
  { label: '措施', width: 36 },
  { label: '下次跟进', kind: 'date' },
  { label: '签名', width: 16 },
];

/** The visits of a filter as a sheet, logged and watermarked. */
export async function exportVisits(
  context: Context,
  input: ParsedOf<typeof contract.exportVisits>,
): Promise<FileAnswer> {
  const then = askedThen(context, input);
  const found = await pageVisits(context.client, context.district, { ...input, then }, null);
  const shown = await shownVisits(context, found, then);
  const { rows, complete, file } = await sheetFile(`走访记录_${context.today}.xlsx`, {
    title: '走访记录',
    note: noteOf(asOfWords(input), `导出日期：${context.today}`),
    columns,
    rows: shown.map((line, index) => [
      index + 1,
      line.schoolName,
      line.className,
      line.childName,
      line.day,
      line.modeWords,
      line.met ? '见到' : `未遇：${line.notMetWords ?? ''}`,
      line.visitors,
      line.guardian,
      line.purpose,
      line.measures,
      line.nextDay,
      line.signedWords,
    ]),
    complete: { total: shown.length },
    watermark: `${context.actor.name} ${context.today} 导出 含个人信息，请妥善保管`,
  });
  context.note({ subjectKind: 'export', subjectId: 'visits', detail: { rows, complete, ...input } });
  return file;
}
