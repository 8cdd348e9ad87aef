import type { z } from 'zod';
import {
  cancelImport,
  correctHeld,
  discardHeld,
  exportHeld,
  getImport,
  ImportFile,
  listHeld,
  listImports,
  listKindWords,
  publishImport,
  resumeImport,
  uploadList,
} from '#contract/imports.ts';
import { Failure, notFound } from '#domain/basics/failure.ts';
import { openName } from '#server/crypto/sealed-name.ts';
import type { Context } from '#server/http/context.ts';
import { enqueue } from '#server/http/enqueue.ts';
import { answer, type Route } from '#server/http/serve.ts';
import { sheetStream } from '#server/spreadsheets/sheet-file.ts';
import { cancelWaiting, handIn, publishChecked, resumeStopped } from './actions.ts';
import { useApproval } from '#server/areas/security/actions.ts';
import { discardHeldRow, heldSheet, listHeldRows } from './held.ts';
import { correctHeldRow } from './retry-held.ts';
import { findFile, pageFiles, type FileRow } from './store.ts';

const done = { done: true } as const;

function view(context: Context, file: FileRow): z.input<typeof ImportFile> {
  const { actor, district, keys } = context;
  return {
    id: file.id,
    kind: file.kind,
    list: file.list,
    fileName: openName(keys, 'import_file', district, file),
    bytes: file.bytes,
    asOf: file.as_of,
    dryRun: file.dry_run,
    state: ImportFile.shape.state.parse(file.state),
    rowsRead: file.rows_read,
    rows: file.rows,
    accepted: file.accepted,
    unchanged: file.unchanged,
    repeated: file.repeated,
    held: file.held,
    stillHeld: file.still_held,
    problem: file.problem,
    startedName: file.started_name,
    mine: file.started_by === actor.id,
    createdAt: file.created_at.toISOString(),
    finishedAt: file.finished_at?.toISOString() ?? null,
    preview: ImportFile.shape.preview.parse(file.preview),
  };
}

/** The calls of the import wizard and of held rows. */
export const importRoutes: Route[] = [
  answer(uploadList, async (context, input, call) => {
    if (!call.upload) throw new Failure('file-empty', '没有收到文件，请重新选择后上传。');
    const id = await handIn(context, { ...input, dryRun: input.dryRun === 'true' }, call.upload);
    await enqueue(context, 'import', id);
    return { id };
  }),
  answer(listImports, async (context, input) => {
    const { rows, total } = await pageFiles(context.client, context.district, input.kind, input.page, input.size);
    return { rows: rows.map((file) => view(context, file)), total, page: input.page, size: input.size };
  }),
  answer(getImport, async (context, input) => {
    const file = await findFile(context.client, context.district, input.id);
    if (!file) throw notFound('导入记录');
    return view(context, file);
  }),
  answer(publishImport, async (context, input) => {
    await publishChecked(context, input.id);
    return done;
  }),
  answer(cancelImport, async (context, input) => {
    await cancelWaiting(context, input.id);
    return done;
  }),
  answer(resumeImport, async (context, input) => {
    await resumeStopped(context, input.id);
    return done;
  }),
  answer(listHeld, (context, input) => listHeldRows(context, input)),
  answer(correctHeld, (context, input) => correctHeldRow(context, input)),
  answer(discardHeld, async (context, input) => {
    await discardHeldRow(context, input);
    return done;
  }),
  answer(exportHeld, async (context, input) => {
    // Who handed the file in has these numbers before him; anybody else needs a second person's approval for them.
    const sheet = await heldSheet(context, input.id, async (startedBy) => {
      if (startedBy === context.actor.id) return { approvedBy: '' };
      if (input.approvalId === undefined) return null;
      return useApproval(context, 'exportIdentities', { exportOf: 'held' }, input);
    });
    const approvedBy = sheet.open?.approvedBy ?? '';
    context.note({
      subjectKind: 'import',
      subjectId: input.id,
      detail: { rows: sheet.rows.length, identities: sheet.open === null ? 'masked' : 'faulty' },
    });
    return sheetStream(`待更正_${sheet.fileName.replace(/\.\w+$/, '')}.xlsx`, {
      title: `${listKindWords[sheet.kind]}待更正的行`,
      note: `来源：${sheet.fileName}。请按“未接收原因”改正后保存，再以同一种名单导入；其余列请勿改动，带*号的号码不改即按原号码接收。`,
      columns: sheet.columns,
      rows: sheet.rows,
      complete: { total: sheet.rows.length },
      watermark: `${context.actor.name} ${context.today} 导出${approvedBy === '' ? '' : ` 批准人 ${approvedBy}`} 含个人信息，请妥善保管`,
    });
  }),
];
