import { z } from 'zod';
import { largestPaper, paperKinds, paperSubjects, paperTypes } from '#domain/papers/record.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './paging.ts';

export const PaperKind = z.enum(paperKinds);
export const PaperSubject = z.enum(paperSubjects);
/** A paper as pages list it; `fingerprint` is of the content, equal for equal files. */
export const Paper = z.object({
  id: Id,
  kind: PaperKind,
  kindWords: z.string(),
  fileName: z.string(),
  contentType: z.enum(paperTypes),
  bytes: z.number().int(),
  fingerprint: z.string(),
  takenAt: z.string().nullable(),
  place: z.string().nullable(),
  byName: z.string(),
  at: z.string(),
  closed: z.boolean(),
  subject: z.object({ kind: PaperSubject, id: Id }).nullable(),
  voided: z.object({ at: z.string(), byName: z.string(), reason: z.string() }).nullable(),
  allowed: z.object({ void: z.boolean() }),
});
/** Uploads one file under an id chosen by the phone; the same file under the same id gives the first answer. */
export const uploadPaper = endpoint({
  name: 'papers.uploadPaper',
  method: 'POST',
  path: '/api/papers',
  summary: '上传照片或扫描件（正文为文件内容，JPG、PNG、PDF，每份不超过 2 MB）',
  permission: 'papers.add',
  audit: 'papers.uploadPaper',
  upload: true,
  offline: true,
  bodyLimit: largestPaper,
  input: z.object({
    id: Id,
    kind: PaperKind,
    fileName: z.string().trim().min(1).max(200),
    childId: Id.optional(),
    takenAt: z.iso.datetime({ offset: true }).optional(),
    place: z.string().trim().max(200).optional(),
  }),
  output: z.object({ id: Id, contentType: z.enum(paperTypes), bytes: z.number().int(), fingerprint: z.string() }),
});
export const openPaper = endpoint({
  name: 'papers.openPaper',
  method: 'GET',
  path: '/api/papers/:id',
  summary: '打开一份材料',
  permission: 'papers.read',
  audit: 'papers.openPaper',
  download: true,
  input: z.object({ id: Id }),
  output: z.unknown(),
});
export const listPapers = endpoint({
  name: 'papers.listPapers',
  method: 'GET',
  path: '/api/papers',
  summary: '一名儿童或一项记录的材料',
  permission: 'papers.read',
  audit: null,
  input: z
    .object({ childId: Id.optional(), subjectKind: PaperSubject.optional(), subjectId: Id.optional() })
    .refine(
      (asked) => asked.childId !== undefined || (asked.subjectKind !== undefined && asked.subjectId !== undefined),
      '请指明是谁的材料。',
    ),
  output: z.array(Paper),
});
export const voidPaper = endpoint({
  name: 'papers.voidPaper',
  method: 'POST',
  path: '/api/papers/:id/void',
  summary: '作废一份材料并写明原因（原件保留）',
  permission: 'papers.add',
  audit: 'papers.voidPaper',
  input: z.object({ id: Id, reason: z.string().trim().min(2, '请写明原因。').max(200) }),
  output: z.object({ done: z.literal(true) }),
});
