import { z } from 'zod';
import { needed, note } from './dropout.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

/** How a request reached the bureau. */
export const requestMeans = ['inPerson', 'letter', 'message'] as const;
/** Words of the ways. */
export const requestMeansWords: Record<(typeof requestMeans)[number], string> = {
  inPerson: '当面申请',
  letter: '书面来信',
  message: '电子申请',
};

/** A request for a copy of everything about one child or one school. */
export const CopyRequest = z.object({
  id: Id,
  subjectKind: z.enum(['child', 'school']),
  subjectId: Id,
  subjectName: z.string(),
  requester: z.string(),
  relation: z.string(),
  meansWords: z.string(),
  proof: z.string(),
  purpose: z.string(),
  receivedOn: Day,
  askedName: z.string(),
  askedAt: z.string(),
  state: z.enum(['asked', 'made']),
  approvalId: Id.nullable(),
  /** Why the copy cannot be made yet; null when it can. */
  waits: z.string().nullable(),
  approvedName: z.string().nullable(),
  madeAt: z.string().nullable(),
  madeName: z.string().nullable(),
  fingerprint: z.string().nullable(),
  records: z.number().int().nullable(),
  mine: z.boolean(),
});
export const askCopy = endpoint({
  name: 'interchange.askCopy',
  method: 'POST',
  path: '/api/copies',
  summary: '登记查阅、复制申请（监护人或移交），同时申请另一人批准',
  permission: 'copies.make',
  audit: 'interchange.askCopy',
  input: z.object({
    /** Chosen by the asking page; the same sent twice stands once. */
    id: Id,
    subjectKind: z.enum(['child', 'school']),
    subjectId: Id,
    requester: needed('请写明申请人姓名。', 60),
    relation: needed('请写明与儿童的关系或单位职务。', 60),
    means: z.enum(requestMeans),
    proof: needed('请写明核验了什么证件或文书。', 200),
    purpose: z.string().trim().min(4, '请写明用途。').max(300),
    receivedOn: Day,
    note: note(300).default(''),
  }),
  output: z.object({ id: Id, approvalId: Id }),
});
export const listCopies = endpoint({
  name: 'interchange.listCopies',
  method: 'GET',
  path: '/api/copies',
  summary: '查阅、复制申请',
  permission: 'copies.make',
  audit: 'interchange.listCopies',
  input: Paging.extend({ state: z.enum(['asked', 'made']).optional() }),
  output: pageOf(CopyRequest),
});
export const makeCopy = endpoint({
  name: 'interchange.makeCopy',
  method: 'POST',
  path: '/api/copies/:id/make',
  summary: '经批准生成全部信息副本',
  permission: 'copies.make',
  audit: 'interchange.makeCopy',
  input: z.object({ id: Id }),
  output: z.object({ id: Id, records: z.number().int(), fingerprint: z.string() }),
});
export const downloadCopy = endpoint({
  name: 'interchange.downloadCopy',
  method: 'GET',
  path: '/api/copies/:id/file',
  summary: '下载已生成的副本',
  permission: 'copies.make',
  audit: 'interchange.downloadCopy',
  download: true,
  input: z.object({ id: Id, form: z.enum(['json', 'pdf']).default('pdf') }),
  output: z.unknown(),
});
