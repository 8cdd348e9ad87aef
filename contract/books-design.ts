import { z } from 'zod';
import { fieldKinds, fieldSubjects, LayoutColumns, sheetIds } from '#domain/books/record.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './paging.ts';

const Name = z.string().trim().min(1, '请填写名称。').max(30, '名称最多 30 字。');
/** A layout that a sheet had or has; the first of a list is in force. */
const Layout = z.object({
  id: Id.nullable(),
  name: z.string(),
  /** Null: as the platform ships it. */
  columns: LayoutColumns.nullable(),
  madeName: z.string().nullable(),
  madeAt: z.string().nullable(),
});

export const getDesign = endpoint({
  name: 'books.getDesign',
  method: 'GET',
  path: '/api/books/design',
  summary: '一张表可用的栏目、现行版式和历次版式',
  permission: 'books.design',
  audit: null,
  input: z.object({ sheet: z.enum(sheetIds) }),
  output: z.object({
    title: z.string(),
    /** Whom its rows are about: own fields of that kind may be columns. */
    subject: z.enum(fieldSubjects).nullable(),
    columns: z.array(z.object({ id: z.string(), words: z.string(), group: z.string().nullable(), own: z.boolean() })),
    layouts: z.array(Layout),
  }),
});
export const saveLayout = endpoint({
  name: 'books.saveLayout',
  method: 'POST',
  path: '/api/books/layouts',
  summary: '编排一张表的栏目，或恢复标准版式',
  permission: 'books.design',
  audit: 'books.saveLayout',
  input: z.object({
    sheet: z.enum(sheetIds),
    name: Name,
    /** Null puts the standard back. */
    columns: LayoutColumns.nullable(),
  }),
  output: z.object({ id: Id }),
});

/** A field of the bureau. */
const Field = z.object({
  id: Id,
  subject: z.enum(fieldSubjects),
  name: z.string(),
  kind: z.enum(fieldKinds),
  choices: z.array(z.string()),
  personal: z.boolean(),
  active: z.boolean(),
});
export const listFields = endpoint({
  name: 'books.listFields',
  method: 'GET',
  path: '/api/books/fields',
  summary: '自设字段',
  permission: 'books.read',
  audit: null,
  input: z.object({}),
  output: z.array(Field.extend({ madeName: z.string(), madeAt: z.string() })),
});
export const addField = endpoint({
  name: 'books.addField',
  method: 'POST',
  path: '/api/books/fields',
  summary: '新设一个字段',
  permission: 'books.design',
  audit: 'books.addField',
  input: z
    .object({
      id: Id,
      subject: z.enum(fieldSubjects),
      name: Name,
      kind: z.enum(fieldKinds),
      choices: z.array(z.string().trim().min(1).max(30)).max(40).default([]),
      personal: z.boolean().default(true),
    })
    .refine((field) => field.kind !== 'choice' || new Set(field.choices).size >= 2, {
      path: ['choices'],
      message: '选项字段至少要有两个不同的选项。',
    }),
  output: z.object({ id: Id }),
});
export const switchField = endpoint({
  name: 'books.switchField',
  method: 'POST',
  path: '/api/books/fields/:id/switch',
  summary: '停用或重新启用一个自设字段',
  permission: 'books.design',
  audit: 'books.switchField',
  input: z.object({ id: Id, active: z.boolean() }),
  output: z.object({ done: z.literal(true) }),
});

export const getValues = endpoint({
  name: 'books.getValues',
  method: 'GET',
  path: '/api/books/values/:id',
  summary: '一名学生或一所学校的自设字段',
  permission: 'books.read',
  audit: 'books.getValues',
  input: z.object({ subject: z.enum(fieldSubjects), id: Id }),
  output: z.object({
    fields: z.array(
      Field.omit({ active: true }).extend({
        value: z.string(),
        byName: z.string().nullable(),
        since: z.string().nullable(),
      }),
    ),
    mayFill: z.boolean(),
  }),
});
export const saveValues = endpoint({
  name: 'books.saveValues',
  method: 'POST',
  path: '/api/books/values/:id',
  summary: '填写自设字段；留空即清除',
  permission: 'books.fill',
  audit: 'books.saveValues',
  input: z.object({
    subject: z.enum(fieldSubjects),
    id: Id,
    values: z
      .array(z.object({ fieldId: Id, value: z.string().trim().max(200) }))
      .min(1)
      .max(80),
  }),
  output: z.object({ changed: z.number().int() }),
});

export const fieldSheet = endpoint({
  name: 'books.fieldSheet',
  method: 'GET',
  path: '/api/books/fields/sheet',
  summary: '自设字段填报表：每名学生一行，填好后交回',
  permission: 'books.fill',
  alsoNeeds: 'export.lists',
  audit: 'books.fieldSheet',
  download: true,
  input: z.object({ schoolId: Id }),
  output: z.unknown(),
});
export const takeFieldSheet = endpoint({
  name: 'books.takeFieldSheet',
  method: 'POST',
  path: '/api/books/fields/sheet',
  summary: '交回自设字段填报表',
  permission: 'books.fill',
  audit: 'books.takeFieldSheet',
  upload: true,
  bodyLimit: 20 * 1024 * 1024,
  input: z.object({ fileName: z.string().min(1).max(200) }),
  output: z.object({
    rows: z.number().int(),
    changed: z.number().int(),
    /** Lines that were not taken, with the reason. */
    refused: z.array(z.object({ row: z.number().int(), words: z.string() })),
  }),
});
