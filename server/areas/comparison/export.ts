import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/comparison.ts';
import { comparisonKindWords } from '#domain/comparison/words.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import type { Context } from '#server/http/context.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetFile } from '#server/spreadsheets/sheet-file.ts';
import type { ExportColumn } from '#server/spreadsheets/write.ts';
import { filterOf, numberOf, shownFinding } from './findings.ts';
import { pageFindings } from './store-findings.ts';

const columns: ExportColumn[] = [
  { label: '序号', kind: 'number', width: 6 },
  { label: '发现类别', width: 16 },
  { label: '姓名', width: 10 },
  { label: '性别', width: 6 },
  { label: '出生日期', kind: 'date' },
  { label: '证件号码', kind: 'text', width: 20 },
  { label: '街道', width: 12 },
  { label: '社区', width: 14 },
  { label: '学校', width: 16 },
  { label: '情况', width: 34 },
  { label: '责任单位', width: 20 },
  { label: '期限', kind: 'date' },
  { label: '状态', width: 9 },
  { label: '说明类别', width: 14 },
];

/** The findings of a filter as a sheet, logged and watermarked; full numbers only with another person's approval. */
export async function exportFindings(
  context: Context,
  input: ParsedOf<typeof contract.exportFindings>,
): Promise<FileAnswer> {
  const full = input.identities === 'full';
  const approval = full
    ? await useApproval(context, 'exportIdentities', { exportOf: 'findings' }, { approvalId: input.approvalId })
    : null;
  const rows = await pageFindings(context.client, context.district, filterOf(context, input), null);
  const shown = rows.map((row, index) => {
    const line = shownFinding(context, row);
    return [
      index + 1,
      line.kindWords,
      line.name,
      line.sex ?? '',
      line.birthDate,
      full ? numberOf(context, row) : line.documentMask,
      line.subdistrictName,
      line.communityName,
      line.schoolName,
      line.detailWords,
      line.ownerWords,
      line.dueDate,
      line.stateWords,
      line.category,
    ];
  });
  const title = input.kind ? `比对发现（${comparisonKindWords[input.kind]}）` : '比对发现';
  const {
    rows: written,
    complete,
    file,
  } = await sheetFile(`${title}_${context.today}.xlsx`, {
    title,
    note: `导出日期：${context.today}${full ? '　含完整证件号码，请按规定保管' : ''}`,
    columns,
    rows: shown,
    complete: { total: rows.length },
    watermark: `${context.actor.name} ${context.today} 导出${approval ? ` 批准人 ${approval.approvedBy}` : ''}`,
  });
  context.note({
    subjectKind: 'export',
    subjectId: 'findings',
    ...(approval ? { reason: approval.purpose } : {}),
    detail: {
      rows: written,
      complete,
      identities: input.identities,
      approvalId: approval?.approvalId ?? null,
      kind: input.kind ?? null,
      state: input.state,
    },
  });
  return file;
}
