import { z } from 'zod';
import { InspectionWritten, WorkContent, workKinds, workStates, WorkWritten } from '#domain/books/work-record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Reason = z.string().trim().min(2, '请写明原因。').max(200);
const Kept = z.object({ id: Id });
/** The version that was seen when the change was begun; another since then is not written over. */
const Seen = z.number().int().min(1).optional();

/** A work record as it stands now. */
export const WorkRecord = z.object({
  /** Of the version that stands. */
  id: Id,
  firstId: Id,
  version: z.number().int(),
  kind: z.enum(workKinds),
  sort: z.string(),
  sortWords: z.string(),
  state: z.enum(workStates),
  /** Findings whose day to mend is over. */
  late: z.boolean(),
  schoolId: Id,
  schoolName: z.string(),
  classId: Id.nullable(),
  className: z.string().nullable(),
  day: Day,
  dueDate: Day.nullable(),
  content: WorkContent,
  staff: z.array(z.object({ id: Id, name: z.string() })),
  /** Pupils within one's reach. */
  children: z.array(z.object({ id: Id, name: z.string(), className: z.string().nullable() })),
  byName: z.string(),
  knownAt: z.string(),
  reason: z.string().nullable(),
  allowed: z.object({ change: z.boolean(), mend: z.boolean(), recheck: z.boolean() }),
});

export const listRecords = endpoint({
  name: 'books.listRecords',
  method: 'GET',
  path: '/api/book-records',
  summary: '责任书、资助、活动和督查记录',
  permission: 'books.read',
  audit: 'books.listRecords',
  input: Paging.extend({
    kind: z.enum(workKinds).optional(),
    state: z.enum(workStates).optional(),
    schoolId: Id.optional(),
  }),
  output: pageOf(WorkRecord),
});

export const keepRecord = endpoint({
  name: 'books.keepRecord',
  method: 'POST',
  path: '/api/book-records',
  summary: '登记或更正责任书、资助、活动',
  permission: 'records.keep',
  audit: 'books.keepRecord',
  input: z.object({
    id: Id,
    /** The record that is corrected; a new one when left out. */
    firstId: Id.optional(),
    seen: Seen,
    reason: Reason.optional(),
    written: WorkWritten,
  }),
  output: Kept,
});

export const keepInspection = endpoint({
  name: 'books.keepInspection',
  method: 'POST',
  path: '/api/inspections',
  summary: '登记或更正督查及发现的问题',
  permission: 'records.inspect',
  audit: 'books.keepInspection',
  input: z.object({
    id: Id,
    firstId: Id.optional(),
    seen: Seen,
    reason: Reason.optional(),
    written: InspectionWritten,
  }),
  output: Kept,
});

export const mendFindings = endpoint({
  name: 'books.mendFindings',
  method: 'POST',
  path: '/api/inspections/:firstId/mended',
  summary: '登记督查问题的整改',
  permission: 'records.keep',
  audit: 'books.mendFindings',
  input: z.object({
    firstId: Id,
    id: Id,
    seen: Seen,
    day: Day,
    words: z.string().trim().min(2, '请写明整改情况。').max(1000),
  }),
  output: Kept,
});

export const recheckFindings = endpoint({
  name: 'books.recheckFindings',
  method: 'POST',
  path: '/api/inspections/:firstId/rechecked',
  summary: '复查整改：通过即办结，未通过退回整改并另定期限',
  permission: 'records.inspect',
  audit: 'books.recheckFindings',
  input: z.object({
    firstId: Id,
    id: Id,
    seen: Seen,
    day: Day,
    passed: z.boolean(),
    words: z.string().trim().min(2, '请写明复查意见。').max(1000),
    /** The new day to mend, where it was not passed. */
    dueDate: Day.nullable().default(null),
  }),
  output: Kept,
});

export const withdrawRecord = endpoint({
  name: 'books.withdrawRecord',
  method: 'POST',
  path: '/api/book-records/:firstId/withdraw',
  summary: '撤销登记错误的记录；原记录仍可查',
  permission: 'records.keep',
  audit: 'books.withdrawRecord',
  input: z.object({ firstId: Id, id: Id, seen: Seen, reason: Reason }),
  output: Kept,
});
