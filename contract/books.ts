import { z } from 'zod';
import { bookIds, bookLevels, sheetIds } from '#domain/books/record.ts';
import { periodKinds } from '#domain/statistics/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

/** What a sheet is asked for: unit, day, moment, level, and the period for tables of movements. */
const Asked = z.object({
  /** Without a school: everything within reach. */
  schoolId: Id.optional(),
  ...AsOf.shape,
  level: z.enum(bookLevels).default('all'),
  period: z.enum(periodKinds).default('year'),
});
const Identities = z.object({
  identities: z.enum(['masked', 'full']).default('masked'),
  approvalId: Id.optional(),
});
/** A column with the words over it. */
const Column = z.object({
  id: z.string(),
  words: z.string(),
  group: z.string().nullable(),
  kind: z.enum(['text', 'number', 'date', 'identity']),
});

export const listBooks = endpoint({
  name: 'books.listBooks',
  method: 'GET',
  path: '/api/books',
  summary: '本人可以打开的册和表',
  permission: 'books.read',
  audit: null,
  input: z.object({}),
  output: z.object({
    books: z.array(z.object({ id: z.enum(bookIds), title: z.string(), needsSchool: z.boolean() })),
    sheets: z.array(
      z.object({
        id: z.enum(sheetIds),
        title: z.string(),
        /** Whether a period is asked beside the day. */
        period: z.boolean(),
        /** Whether full numbers can be exported with an approval. */
        numbers: z.boolean(),
        layout: z.string(),
      }),
    ),
    mayExport: z.boolean(),
    mayDesign: z.boolean(),
  }),
});

export const previewSheet = endpoint({
  name: 'books.previewSheet',
  method: 'GET',
  path: '/api/books/preview',
  summary: '预览一张表的前几行，号码遮盖',
  permission: 'books.read',
  audit: 'books.previewSheet',
  input: Asked.extend({ sheet: z.enum(sheetIds) }),
  output: z.object({
    title: z.string(),
    unit: z.string(),
    counting: z.string(),
    day: Day,
    knownAt: z.string(),
    layout: z.string(),
    columns: z.array(Column),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
    total: z.number().int(),
    /** So many rows that the file is made in the background. */
    large: z.boolean(),
    /** Fingerprint of all rows, not of those shown alone. */
    fingerprint: z.string(),
  }),
});

export const exportSheet = endpoint({
  name: 'books.exportSheet',
  method: 'GET',
  path: '/api/books/export',
  summary: '导出一张表（xlsx 或 PDF）',
  permission: 'books.read',
  alsoNeeds: 'export.lists',
  audit: 'books.exportSheet',
  download: true,
  input: Asked.extend({ sheet: z.enum(sheetIds), format: z.enum(['xlsx', 'pdf']), ...Identities.shape }),
  output: z.unknown(),
});

export const orderFile = endpoint({
  name: 'books.orderFile',
  method: 'POST',
  path: '/api/book-files',
  summary: '在后台制作一本册或一张大表',
  permission: 'books.read',
  alsoNeeds: 'export.lists',
  audit: 'books.orderFile',
  input: Asked.extend({
    id: Id,
    what: z.enum([...bookIds, ...sheetIds]),
    format: z.enum(['xlsx', 'pdf']).default('pdf'),
    ...Identities.shape,
  }),
  output: z.object({ id: Id }),
});

/** A file made in the background. */
export const BookFile = z.object({
  id: Id,
  what: z.enum([...bookIds, ...sheetIds]),
  format: z.enum(['xlsx', 'pdf']),
  title: z.string(),
  day: Day,
  knownAt: z.string(),
  full: z.boolean(),
  state: z.enum(['waiting', 'running', 'done', 'failed']),
  done: z.number().int(),
  total: z.number().int(),
  step: z.string(),
  problem: z.string().nullable(),
  fingerprint: z.string().nullable(),
  /** SHA-256 of the file. */
  filePrint: z.string().nullable(),
  pages: z.number().int().nullable(),
  bytes: z.number().int().nullable(),
  madeName: z.string(),
  createdAt: z.string(),
  finishedAt: z.string().nullable(),
  mayOpen: z.boolean(),
});
export const listFiles = endpoint({
  name: 'books.listFiles',
  method: 'GET',
  path: '/api/book-files',
  summary: '制作过的册和表，及制作进度',
  permission: 'books.read',
  alsoNeeds: 'export.lists',
  audit: null,
  input: Paging,
  output: pageOf(BookFile),
});
export const downloadFile = endpoint({
  name: 'books.downloadFile',
  method: 'GET',
  path: '/api/book-files/:id/file',
  summary: '下载制作好的册或表',
  permission: 'books.read',
  alsoNeeds: 'export.lists',
  audit: 'books.downloadFile',
  download: true,
  input: z.object({ id: Id }),
  output: z.unknown(),
});
