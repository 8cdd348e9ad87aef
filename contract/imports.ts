import { z } from 'zod';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
/** The lists that can be handed in. */
export const listKinds = ['schools', 'register', 'roster', 'presence', 'keylist', 'registry'] as const;
export const ListKind = z.enum(listKinds);
/** Chinese names of the lists. */
export const listKindWords: Record<(typeof listKinds)[number], string> = {
  schools: '学校名录',
  register: '适龄儿童少年信息档案',
  roster: '学籍花名册',
  presence: '到校情况',
  keylist: '重点群体名单',
  registry: '全国学籍系统比对',
};
/** How far an import is. */
export const importStates = ['waiting', 'reading', 'checked', 'publishing', 'done', 'cancelled', 'failed'] as const;

/** How far an import is, in words. */
export const importStateWords: Record<(typeof importStates)[number], string> = {
  waiting: '排队中',
  reading: '读取核对中',
  checked: '已核对，待正式导入',
  publishing: '写入中',
  done: '已导入',
  cancelled: '已取消',
  failed: '未完成',
};

/** A list handed in, with how far it is and what was found. */
export const ImportFile = z.object({
  id: Id,
  kind: ListKind,
  list: z.string().nullable(),
  fileName: z.string(),
  bytes: z.number(),
  asOf: Day,
  dryRun: z.boolean(),
  state: z.enum(importStates),
  rowsRead: z.number().int(),
  rows: z.number().int(),
  accepted: z.number().int(),
  unchanged: z.number().int(),
  repeated: z.number().int(),
  held: z.number().int(),
  stillHeld: z.number().int(),
  problem: z.object({ code: z.string(), words: z.string() }).nullable(),
  startedName: z.string(),
  /** Whether who asks handed it in: the doubtful numbers of its held rows then stand in full in the exported sheet. */
  mine: z.boolean(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  preview: z
    .object({
      columns: z.array(z.object({ label: z.string(), found: z.string().nullable(), required: z.boolean() })),
      unknownColumns: z.array(z.string()),
      newChildren: z.number().int(),
      knownChildren: z.number().int(),
      proposals: z.number().int(),
      secondSchool: z.number().int(),
      missing: z.number().int(),
      /** First names, in order, of those of the earlier list who are not in this one. */
      missingNames: z.array(z.string()).default([]),
      /** Rows held before that this list settles. */
      corrected: z.number().int().default(0),
      warnings: z.array(
        z.object({ code: z.string(), words: z.string(), count: z.number().int(), firstRow: z.number().int() }),
      ),
      sample: z.array(z.object({ row: z.number().int(), name: z.string(), outcome: z.string(), words: z.string() })),
    })
    .nullable(),
});
export const uploadList = endpoint({
  name: 'imports.uploadList',
  method: 'POST',
  path: '/api/imports',
  summary: '上传名单文件（正文为文件内容）',
  permission: 'lists.import',
  audit: 'imports.uploadList',
  upload: true,
  input: z.object({
    kind: ListKind,
    fileName: z.string().min(1).max(200),
    asOf: Day,
    dryRun: z.enum(['true', 'false']).default('true'),
    list: z.string().max(30).optional(),
    validTo: Day.optional(),
  }),
  output: z.object({ id: Id }),
});
export const listImports = endpoint({
  name: 'imports.listImports',
  method: 'GET',
  path: '/api/imports',
  summary: '导入记录',
  permission: 'lists.import',
  audit: null,
  input: Paging.extend({ kind: ListKind.optional() }),
  output: pageOf(ImportFile),
});
export const getImport = endpoint({
  name: 'imports.getImport',
  method: 'GET',
  path: '/api/imports/:id',
  summary: '一次导入',
  permission: 'lists.import',
  audit: null,
  input: z.object({ id: Id }),
  output: ImportFile,
});
export const publishImport = endpoint({
  name: 'imports.publishImport',
  method: 'POST',
  path: '/api/imports/:id/publish',
  summary: '按预览结果正式导入',
  permission: 'lists.import',
  audit: 'imports.publishImport',
  input: z.object({ id: Id }),
  output: Done,
});
export const cancelImport = endpoint({
  name: 'imports.cancelImport',
  method: 'POST',
  path: '/api/imports/:id/cancel',
  summary: '取消导入',
  permission: 'lists.import',
  audit: 'imports.cancelImport',
  input: z.object({ id: Id }),
  output: Done,
});
export const resumeImport = endpoint({
  name: 'imports.resumeImport',
  method: 'POST',
  path: '/api/imports/:id/resume',
  summary: '继续中断的导入',
  permission: 'lists.import',
  audit: 'imports.resumeImport',
  input: z.object({ id: Id }),
  output: Done,
});
/** A row that could not be accepted, with its reason; numbers masked. */
export const HeldRow = z.object({
  id: Id,
  importId: Id,
  kind: ListKind,
  fileName: z.string(),
  row: z.number().int(),
  code: z.string(),
  reason: z.string(),
  also: z.array(z.string()),
  name: z.string(),
  state: z.enum(['held', 'accepted', 'discarded']),
  cells: z.array(z.object({ key: z.string(), label: z.string(), value: z.string(), masked: z.boolean() })),
});
export const listHeld = endpoint({
  name: 'imports.listHeld',
  method: 'GET',
  path: '/api/held',
  summary: '待更正的行',
  permission: 'lists.import',
  audit: null,
  input: Paging.extend({
    /** One import, or several of one hand-in, separated by commas. */
    importId: z
      .string()
      .transform((ids) => ids.split(','))
      .pipe(z.array(Id).min(1).max(50))
      .optional(),
    kind: ListKind.optional(),
    state: z.enum(['held', 'accepted', 'discarded']).default('held'),
  }),
  output: pageOf(HeldRow),
});
export const correctHeld = endpoint({
  name: 'imports.correctHeld',
  method: 'POST',
  path: '/api/held/:id/correct',
  summary: '更正并接收一行',
  permission: 'lists.import',
  audit: 'imports.correctHeld',
  input: z.object({
    id: Id,
    changes: z.record(z.string().max(40), z.string().max(300)),
    reason: z.string().trim().min(2, '请写明依据。').max(200),
  }),
  output: z.object({ accepted: z.boolean(), code: z.string().nullable(), reason: z.string().nullable() }),
});
export const discardHeld = endpoint({
  name: 'imports.discardHeld',
  method: 'POST',
  path: '/api/held/:id/discard',
  summary: '确认不接收一行',
  permission: 'lists.import',
  audit: 'imports.discardHeld',
  input: z.object({ id: Id, reason: z.string().trim().min(2, '请写明原因。').max(200) }),
  output: Done,
});
export const exportHeld = endpoint({
  name: 'imports.exportHeld',
  method: 'GET',
  path: '/api/imports/:id/held/export',
  summary: '导出待更正的行（每行附原因，改正后可再导入）',
  permission: 'lists.import',
  audit: 'imports.exportHeld',
  download: true,
  input: z.object({ id: Id, approvalId: Id.optional() }),
  output: z.unknown(),
});
