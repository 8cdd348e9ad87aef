import { z } from 'zod';
import {
  helpKinds,
  InspectionWritten,
  paperPlaces,
  Papers,
  WorkContent,
  workKinds,
  workStates,
  WorkWritten,
} from '#domain/books/work-record.ts';
import { paperTypes } from '#domain/papers/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Reason = z.string().trim().min(2, '请写明原因。').max(200);
const Kept = z.object({ id: Id });
/** The version that was seen when the change was begun; another since then is not written over. */
const Seen = z.number().int().min(1).optional();
const told = (fault: string) => z.string().trim().min(2, fault).max(1000);

/** A scan of a record; `entry` is which entry about the help given, from 0 on. */
export const RecordPaper = z.object({
  id: Id,
  place: z.enum(paperPlaces),
  entry: z.number().int(),
  fileName: z.string(),
  contentType: z.enum(paperTypes),
  bytes: z.number().int(),
  fingerprint: z.string(),
  byName: z.string(),
  voided: z.boolean(),
});

/** A version of a work record; lists show the one that stands now. */
export const WorkRecord = z.object({
  /** Of the version. */
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
  /** Scans within one's reach. */
  papers: z.array(RecordPaper),
  byName: z.string(),
  knownAt: z.string(),
  reason: z.string().nullable(),
  allowed: z.object({ change: z.boolean(), mend: z.boolean(), recheck: z.boolean(), help: z.boolean() }),
});

export const listRecords = endpoint({
  name: 'books.listRecords',
  method: 'GET',
  path: '/api/book-records',
  summary: '工作方案、责任书、资助、双困生帮扶、活动和督查记录',
  permission: 'books.read',
  audit: 'books.listRecords',
  input: Paging.extend({
    kind: z.enum(workKinds).optional(),
    state: z.enum(workStates).optional(),
    schoolId: Id.optional(),
    ...AsOf.shape,
  }),
  output: pageOf(WorkRecord),
});

export const getRecord = endpoint({
  name: 'books.getRecord',
  method: 'GET',
  path: '/api/book-records/:firstId',
  summary: '一条工作记录和它的各版，最新的在前',
  permission: 'books.read',
  audit: 'books.getRecord',
  input: z.object({ firstId: Id }),
  output: z.array(WorkRecord),
});

export const keepRecord = endpoint({
  name: 'books.keepRecord',
  method: 'POST',
  path: '/api/book-records',
  summary: '登记或更正工作方案、责任书、资助、双困生帮扶、活动',
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

export const addHelp = endpoint({
  name: 'books.addHelp',
  method: 'POST',
  path: '/api/book-records/:firstId/help',
  summary: '登记对双困生的帮扶、学期成效，或结束帮扶',
  permission: 'records.keep',
  audit: 'books.addHelp',
  input: z.object({
    firstId: Id,
    id: Id,
    seen: Seen,
    what: z.enum(helpKinds),
    day: Day,
    words: told('请写明情况。'),
    papers: Papers,
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
  summary: '登记督查问题的整改，附整改材料',
  permission: 'records.keep',
  audit: 'books.mendFindings',
  input: z.object({
    firstId: Id,
    id: Id,
    seen: Seen,
    day: Day,
    words: told('请写明整改情况。'),
    /** Photographs or scans that show it. */
    papers: Papers,
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
    words: told('请写明复查意见。'),
    /** The new day to mend, where it was not passed. */
    dueDate: Day.nullable().default(null),
    papers: Papers,
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
