import type { ParsedOf } from '#contract/endpoint.ts';
import type * as contract from '#contract/population.ts';
import { asOfWords } from '#domain/basics/as-of.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import { askedThen, noteOf } from '#server/http/as-of.ts';
import type { Context } from '#server/http/context.ts';
import { countIds, idsOfPage } from '#server/http/list-cache.ts';
import type { FileAnswer } from '#server/http/serve.ts';
import { sheetStream } from '#server/spreadsheets/sheet-file.ts';
import { childRow, documentOf, orderedIds, recordsOf } from './lists.ts';

type Line = ReturnType<typeof childRow> & { documentNumber: string };

/** The columns of the archive as a sheet, each with what it shows of a child. */
const columns: readonly { label: string; of: (row: Line) => string }[] = [
  { label: '姓名', of: (row) => row.name },
  { label: '性别', of: (row) => row.sex ?? '' },
  { label: '出生日期', of: (row) => row.birthDate ?? '' },
  { label: '证件类型', of: (row) => row.documentType },
  { label: '证件号码', of: (row) => row.documentNumber },
  { label: '街道', of: (row) => row.subdistrictName ?? '' },
  { label: '社区', of: (row) => row.communityName ?? '' },
  { label: '就读状态', of: (row) => row.studyStatus ?? '' },
  { label: '就读学校', of: (row) => row.schoolName ?? '' },
  { label: '班级', of: (row) => row.className ?? '' },
  { label: '特殊类别', of: (row) => row.tags.join('、') },
];

/** Children whose records are opened at a time. */
const atOnce = 5_000;

/** Every child of a filter as a sheet; numbers in full only with another person's approval. */
export async function exportChildrenSheet(
  context: Context,
  input: ParsedOf<typeof contract.exportChildren>,
): Promise<FileAnswer> {
  const { identities, approvalId, ...asked } = input;
  const full = identities === 'full';
  if (full) await useApproval(context, 'exportIdentities', { exportOf: 'children' }, { approvalId });
  const ids = await orderedIds(context, asked);
  const then = askedThen(context, asked);
  const rows: unknown[][] = [];
  for (let page = 1; (page - 1) * atOnce < countIds(ids); page += 1)
    for (const record of await recordsOf(context, idsOfPage(ids, { page, size: atOnce }), then)) {
      const row = childRow(context, record);
      const line = { ...row, documentNumber: full ? documentOf(context, record) : row.documentMask };
      rows.push([rows.length + 1, ...columns.map(({ of }) => of(line))]);
    }
  context.note({ subjectKind: 'export', subjectId: 'children', detail: { rows: rows.length, identities } });
  return sheetStream(`适龄儿童少年信息档案_${context.today}.xlsx`, {
    title: '适龄儿童少年信息档案',
    note: noteOf(asOfWords(asked), full ? '含完整号码，仅限批准的用途使用' : '号码已遮盖'),
    columns: [{ label: '序号', kind: 'number' }, ...columns.map(({ label }) => ({ label }))],
    rows,
    complete: { total: rows.length },
    watermark: `${context.actor.name} ${context.today} 导出`,
  });
}
