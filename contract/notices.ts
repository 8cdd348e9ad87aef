import { z } from 'zod';
import { Strokes } from '#domain/basics/strokes.ts';
import { DocumentKind, documentStates, serviceModes, TemplateDeadline } from '#domain/notices/record.ts';
import { Service } from '#domain/notices/service.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
const reason = z.string().trim().min(2, '请写明原因。').max(200);
/** What the one who issues fills in, by the field's key; days as `YYYY-MM-DD`. */
export const Fields = z.record(z.string().max(32), z.string().max(2000));
/** A unit that issues documents: the id of a school, the code of a street or of the district. */
export const Unit = z.object({ kind: z.enum(['school', 'subdistrict', 'district']), id: z.string().max(60) });

/** An issued document as lists show it. */
export const DocumentRow = z.object({
  id: Id,
  kind: DocumentKind,
  kindWords: z.string(),
  numberWords: z.string().nullable(),
  childId: Id,
  childName: z.string(),
  caseId: Id.nullable(),
  unitWords: z.string(),
  state: z.enum(documentStates),
  stateWords: z.string(),
  issuedDay: Day,
  issuedName: z.string(),
  signerName: z.string(),
  servedDay: Day.nullable(),
  dueDate: Day.nullable(),
  overdue: z.boolean(),
});
export const listDocuments = endpoint({
  name: 'notices.listDocuments',
  method: 'GET',
  path: '/api/documents',
  summary: '文书列表',
  permission: 'notices.read',
  audit: null,
  input: Paging.extend({
    kind: DocumentKind.optional(),
    /** `unserved`: issued, to be served and not yet served; `overdue`: served and past its deadline. */
    state: z.enum([...documentStates, 'unserved', 'overdue']).optional(),
    childId: Id.optional(),
    caseId: Id.optional(),
    /** Of one bulk issue. */
    jobId: Id.optional(),
    year: z.coerce.number().int().min(2000).max(2100).optional(),
    /** A part of the number or of the child's name; brackets of any kind and spaces are taken as the number writes them. */
    q: z.string().trim().max(60).optional(),
    ...AsOf.shape,
  }),
  output: pageOf(DocumentRow),
});

/** How a document was served, or an attempt that failed. */
export const ServiceRow = z.object({
  id: Id,
  mode: z.enum(serviceModes),
  modeWords: z.string(),
  outcome: z.enum(['served', 'failed']),
  day: Day,
  servedDay: Day.nullable(),
  place: z.string(),
  recipient: z.string(),
  relation: z.string(),
  servers: z.array(z.string()),
  signed: z.boolean(),
  refusal: z.string(),
  witnesses: z.array(z.object({ name: z.string(), unit: z.string() })),
  reference: z.string(),
  consent: z.string(),
  note: z.string(),
  papers: z.array(Id),
  recordedName: z.string(),
  recordedAt: z.string(),
});
export const getDocument = endpoint({
  name: 'notices.getDocument',
  method: 'GET',
  path: '/api/documents/:id',
  summary: '一份文书',
  permission: 'notices.read',
  audit: 'notices.getDocument',
  input: z.object({ id: Id }),
  output: DocumentRow.extend({
    pages: z.number().int(),
    bytes: z.number().int(),
    fingerprint: z.string(),
    templateVersion: z.number().int(),
    deadline: TemplateDeadline.nullable(),
    needsService: z.boolean(),
    issuedAt: z.string(),
    jobId: Id.nullable(),
    fields: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
    voided: z.object({ at: z.string(), byName: z.string(), reason: z.string() }).nullable(),
    services: z.array(ServiceRow),
    allowed: z.object({ serve: z.boolean(), void: z.boolean(), why: z.string().nullable() }),
  }),
});
export const downloadDocument = endpoint({
  name: 'notices.downloadDocument',
  method: 'GET',
  path: '/api/documents/:id/file',
  summary: '下载文书原件（签发时的文件）',
  permission: 'notices.read',
  audit: 'notices.downloadDocument',
  download: true,
  input: z.object({ id: Id }),
  output: z.unknown(),
});
export const copyDocument = endpoint({
  name: 'notices.copyDocument',
  method: 'GET',
  path: '/api/documents/:id/copy',
  summary: '下载已签发文书的可编辑副本（Word），每页标明“副本”，不含手写签名',
  permission: 'notices.issue',
  audit: 'notices.copyDocument',
  download: true,
  input: z.object({ id: Id }),
  output: z.unknown(),
});

/** What is ordered: a document about a child. */
export const Issue = z.object({
  kind: DocumentKind,
  childId: Id,
  caseId: Id.nullable().default(null),
  /** Where the actor may issue for several units; else the one he stands in. */
  unit: Unit.optional(),
  fields: Fields.default({}),
  /** Who signs; the one who issues where nothing is given. */
  signerName: z.string().trim().max(40).default(''),
  /** Signatures drawn on the glass, by the label of the place to sign. */
  signatures: z
    .array(z.object({ label: z.string().max(30), strokes: Strokes }))
    .max(8)
    .default([]),
  /** Other days than the template's. */
  deadlineDays: z.number().int().min(1).max(90).optional(),
});
export const previewDocument = endpoint({
  name: 'notices.previewDocument',
  method: 'POST',
  path: '/api/documents/preview',
  summary: '预览文书（不编号）',
  permission: 'notices.issue',
  audit: 'notices.previewDocument',
  download: true,
  input: Issue,
  output: z.unknown(),
});
export const draftDocument = endpoint({
  name: 'notices.draftDocument',
  method: 'POST',
  path: '/api/documents/draft',
  summary: '下载文书草稿（Word，不编号），每页标明“草稿”',
  permission: 'notices.issue',
  audit: 'notices.draftDocument',
  download: true,
  input: Issue,
  output: z.unknown(),
});
export const issueDocument = endpoint({
  name: 'notices.issueDocument',
  method: 'POST',
  path: '/api/documents',
  summary: '签发文书',
  permission: 'notices.issue',
  audit: 'notices.issueDocument',
  bodyLimit: 4 * 1024 * 1024,
  /** `id` is chosen by the caller; the same document sent twice gives the same answer. */
  input: Issue.extend({ id: Id }),
  output: z.object({ id: Id, numberWords: z.string().nullable(), pages: z.number().int(), fingerprint: z.string() }),
});
export const recordService = endpoint({
  name: 'notices.recordService',
  method: 'POST',
  path: '/api/documents/:id/service',
  summary: '登记送达',
  permission: 'notices.issue',
  audit: 'notices.recordService',
  offline: true,
  bodyLimit: 2 * 1024 * 1024,
  input: Service.extend({ id: Id, serviceId: Id }),
  output: z.object({ serviceId: Id, servedDay: Day.nullable(), dueDate: Day.nullable() }),
});
export const voidDocument = endpoint({
  name: 'notices.voidDocument',
  method: 'POST',
  path: '/api/documents/:id/void',
  summary: '作废文书',
  permission: 'notices.issue',
  audit: 'notices.voidDocument',
  input: z.object({ id: Id, reason }),
  output: Done,
});
