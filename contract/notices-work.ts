import { z } from 'zod';
import { DocumentKind, TemplateContent } from '#domain/notices/record.ts';
import { endpoint } from './endpoint.ts';
import { Fields, Issue, Unit } from './notices.ts';
import { Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
const reason = z.string().trim().min(2, '请写明原因。').max(200);
/** The words of a kind of document with where they come from. */
export const Template = z.object({
  kind: DocumentKind,
  kindWords: z.string(),
  /** 0: as shipped. */
  version: z.number().int(),
  content: TemplateContent,
  isForm: z.boolean(),
  needsService: z.boolean(),
  setName: z.string().nullable(),
  setAt: z.string().nullable(),
  reason: z.string().nullable(),
  /** The units for which the actor may issue it. */
  units: z.array(Unit.extend({ words: z.string(), scheme: z.string() })),
  /** The units whose words before the number the actor may set; empty for documents without number. */
  schemes: z.array(Unit.extend({ words: z.string(), scheme: z.string() })),
  /** Only whoever issues it may sign it. */
  signedBySelf: z.boolean(),
});
export const listTemplates = endpoint({
  name: 'notices.listTemplates',
  method: 'GET',
  path: '/api/document-templates',
  summary: '文书模板',
  permission: 'notices.read',
  audit: null,
  input: z.object({}),
  output: z.object({
    templates: z.array(Template),
    places: z.array(z.object({ key: z.string(), label: z.string() })),
    mayAdjust: z.boolean(),
  }),
});
export const listTemplateVersions = endpoint({
  name: 'notices.listTemplateVersions',
  method: 'GET',
  path: '/api/document-template-versions',
  summary: '一种文书模板的各个版本',
  permission: 'notices.templates',
  audit: null,
  input: z.object({ kind: DocumentKind }),
  output: z.array(
    z.object({
      version: z.number().int(),
      content: TemplateContent,
      setName: z.string(),
      setAt: z.string(),
      reason: z.string(),
    }),
  ),
});
export const previewTemplate = endpoint({
  name: 'notices.previewTemplate',
  method: 'POST',
  path: '/api/document-templates/preview',
  summary: '预览调整后的模板（以虚构的学生）',
  permission: 'notices.templates',
  audit: null,
  download: true,
  input: z.object({ kind: DocumentKind, content: TemplateContent }),
  output: z.unknown(),
});
export const saveTemplate = endpoint({
  name: 'notices.saveTemplate',
  method: 'POST',
  path: '/api/document-templates',
  summary: '调整文书模板（留存旧版本）',
  permission: 'notices.templates',
  audit: 'notices.saveTemplate',
  input: z.object({ kind: DocumentKind, content: TemplateContent, reason }),
  output: z.object({ version: z.number().int() }),
});
export const saveScheme = endpoint({
  name: 'notices.saveScheme',
  method: 'POST',
  path: '/api/document-schemes',
  summary: '设定本单位的发文字号（机关代字），学校由校长、学籍管理员设定',
  permission: 'notices.schemes',
  audit: 'notices.saveScheme',
  input: z.object({
    kind: DocumentKind,
    unit: Unit,
    scheme: z
      .string()
      .trim()
      .regex(/^[\p{Script=Han}A-Za-z]{1,16}$/u, '发文字号应为汉字，如“江岸教”或“义劝通字”。'),
  }),
  output: Done,
});

/** A bulk issue: how far it is. */
export const Job = z.object({
  id: Id,
  kind: DocumentKind,
  kindWords: z.string(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  total: z.number().int(),
  done: z.number().int(),
  /** Who got none; the name is empty where the child has moved out of reach. */
  skipped: z.array(z.object({ childId: Id, childName: z.string(), words: z.string() })),
  problem: z.string().nullable(),
  pages: z.number().int().nullable(),
  startedName: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
});
export const issueBulk = endpoint({
  name: 'notices.issueBulk',
  method: 'POST',
  path: '/api/document-jobs',
  summary: '批量签发文书',
  permission: 'notices.issue',
  audit: 'notices.issueBulk',
  bodyLimit: 8 * 1024 * 1024,
  input: Issue.omit({ childId: true, caseId: true, signatures: true }).extend({
    id: Id,
    /** Fields here stand before the shared ones. */
    items: z
      .array(z.object({ childId: Id, caseId: Id.nullable().default(null), fields: Fields.default({}) }))
      .min(1, '请选择学生。')
      .max(5000, '一次最多 5000 份。'),
  }),
  output: z.object({ id: Id, total: z.number().int() }),
});
export const listJobs = endpoint({
  name: 'notices.listJobs',
  method: 'GET',
  path: '/api/document-jobs',
  summary: '批量签发记录',
  permission: 'notices.issue',
  audit: null,
  input: Paging,
  output: pageOf(Job),
});
export const getJob = endpoint({
  name: 'notices.getJob',
  method: 'GET',
  path: '/api/document-jobs/:id',
  summary: '批量签发的进度',
  permission: 'notices.issue',
  audit: null,
  input: z.object({ id: Id }),
  output: Job,
});
export const cancelJob = endpoint({
  name: 'notices.cancelJob',
  method: 'POST',
  path: '/api/document-jobs/:id/cancel',
  summary: '停止批量签发（已签发的仍有效）',
  permission: 'notices.issue',
  audit: 'notices.cancelJob',
  input: z.object({ id: Id }),
  output: Done,
});
export const downloadJob = endpoint({
  name: 'notices.downloadJob',
  method: 'GET',
  path: '/api/document-jobs/:id/file',
  summary: '下载批量签发的合订文件',
  permission: 'notices.issue',
  audit: 'notices.downloadJob',
  download: true,
  input: z.object({ id: Id }),
  output: z.unknown(),
});
export const copyJob = endpoint({
  name: 'notices.copyJob',
  method: 'GET',
  path: '/api/document-jobs/:id/copies',
  summary: '下载一批文书的可编辑副本（Word，每份一个文件，打包下载），每页标明“副本”',
  permission: 'notices.issue',
  audit: 'notices.copyJob',
  download: true,
  input: z.object({ id: Id }),
  output: z.unknown(),
});
