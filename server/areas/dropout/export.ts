import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/dropout-ledgers.ts';
import { asOfWords } from '#domain/basics/as-of.ts';
import { noteOf } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import type { ExportColumn } from '#server/spreadsheets/write.ts';
import { pageCases } from './store-views.ts';
import { filterOf, shownCase } from './views.ts';

const columns: ExportColumn[] = [
  { label: '序号', kind: 'number', width: 6 },
  { label: '学生', width: 12 },
  { label: '性别', width: 6 },
  { label: '出生日期', kind: 'date' },
  { label: '证件号码', kind: 'text', width: 22 },
  { label: '类别', width: 8 },
  { label: '状态', width: 12 },
  { label: '轮次', kind: 'number', width: 6 },
  { label: '学校', width: 22 },
  { label: '班级', width: 16 },
  { label: '街道', width: 12 },
  { label: '原因', width: 16 },
  { label: '去向', width: 16 },
  { label: '起算日', kind: 'date' },
  { label: '劝返次数', kind: 'number', width: 10 },
  { label: '下一步', width: 20 },
  { label: '责任人', width: 26 },
  { label: '期限', kind: 'date' },
  { label: '是否超期', width: 10 },
  { label: '待外地回函', width: 12 },
  { label: '销号类别', width: 18 },
];

/** The cases of a list's filters as a sheet, complete, numbers masked, logged and watermarked. */
export async function exportCases(context: Context, input: ParsedOf<typeof contract.exportCases>): Promise<FileAnswer> {
  const asked = filterOf(context, input);
  const views = await pageCases(context.client, context.district, asked, null);
  const shown = views.map((view) => shownCase(context, view, asked.today));
  const { rows, complete, file } = await sheetFile(`辍学与劝返个案_${context.today}.xlsx`, {
    title: '辍学与劝返个案',
    note: noteOf(asOfWords(input), `导出日期：${context.today}`),
    columns,
    rows: shown.map((line, index) => [
      index + 1,
      line.name,
      line.sex,
      line.birthDate,
      line.documentMask,
      line.kindWords,
      line.stateWords,
      line.round,
      line.schoolName,
      line.className,
      line.subdistrictName,
      line.reasonWords,
      line.whereaboutsWords,
      line.clockStart,
      line.persuasions,
      line.nextWords,
      line.ownerWords,
      line.dueDate,
      line.overdue ? '已超期' : '',
      line.waitingElsewhere ? '是' : '',
      line.categoryWords,
    ]),
    complete: { total: shown.length },
    watermark: `${context.actor.name} ${context.today} 导出 含个人信息，请妥善保管`,
  });
  context.note({ subjectKind: 'export', subjectId: 'cases', detail: { rows, complete, ...input } });
  return file;
}
