import { z } from 'zod';
import { askers, leaveKinds, leaveStates, verifyOutcomes, verifyReasons } from '#domain/attendance/record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
/** A leave as lists show it. */
export const LeaveRow = z.object({
  id: Id,
  childId: Id,
  name: z.string(),
  schoolId: Id,
  schoolName: z.string(),
  classId: Id.nullable(),
  className: z.string().nullable(),
  kind: z.enum(leaveKinds),
  kindWords: z.string(),
  asker: z.enum(askers),
  askerWords: z.string(),
  fromDay: Day,
  toDay: Day,
  schoolDays: z.number().int(),
  paperRequired: z.boolean(),
  paperId: Id.nullable(),
  /** Only for those who may mark or consent; sealed for everybody else. */
  reason: z.string().nullable(),
  state: z.enum(leaveStates),
  stateWords: z.string(),
  requestedName: z.string(),
  requestedAt: z.string(),
  decidedName: z.string().nullable(),
  endedDay: Day.nullable(),
  verifyWhy: z.enum(verifyReasons).nullable(),
  verifyWords: z.string().nullable(),
  verifiedOutcome: z.enum(verifyOutcomes).nullable(),
  verifiedWords: z.string().nullable(),
  verifiedName: z.string().nullable(),
  /** What the verification found, in words, and the visit at which; only for those who may mark or consent. */
  verifiedNote: z.string().nullable(),
  verifiedVisitId: Id.nullable(),
  allowed: z.object({ decide: z.boolean(), end: z.boolean(), verify: z.boolean(), paper: z.boolean() }),
});
export const listLeaves = endpoint({
  name: 'attendance.listLeaves',
  method: 'GET',
  path: '/api/attendance/leaves',
  summary: '请假',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({
    /** `current`: requested or running; `verify`: to be verified. */
    show: z.enum(['current', 'requested', 'verify', 'all']).default('current'),
    schoolId: Id.optional(),
    classId: Id.optional(),
    childId: Id.optional(),
  }),
  output: pageOf(LeaveRow),
});
export const requestLeave = endpoint({
  name: 'attendance.requestLeave',
  method: 'POST',
  path: '/api/attendance/leaves',
  summary: '登记请假；超过班主任可批准的天数时待学校批准',
  permission: 'attendance.mark',
  audit: 'attendance.requestLeave',
  offline: true,
  input: z
    .object({
      id: Id,
      childId: Id,
      kind: z.enum(leaveKinds),
      asker: z.enum(['guardian', 'pupil', 'school']).default('guardian'),
      fromDay: Day,
      toDay: Day,
      reason: z.string().trim().max(300).default(''),
      paperId: Id.nullable().default(null),
    })
    .refine((input) => input.fromDay <= input.toDay, { path: ['toDay'], error: '结束日期不能早于开始日期。' }),
  output: z.object({ id: Id, state: z.enum(leaveStates), stateWords: z.string(), paperRequired: z.boolean() }),
});
export const decideLeave = endpoint({
  name: 'attendance.decideLeave',
  method: 'POST',
  path: '/api/attendance/leaves/:id/decide',
  summary: '批准或不批准请假',
  permission: 'attendance.consent',
  audit: 'attendance.decideLeave',
  input: z.object({ id: Id, approve: z.boolean() }),
  output: Done,
});
export const endLeave = endpoint({
  name: 'attendance.endLeave',
  method: 'POST',
  path: '/api/attendance/leaves/:id/end',
  summary: '销假',
  permission: 'attendance.mark',
  audit: 'attendance.endLeave',
  input: z.object({ id: Id, day: Day }),
  output: Done,
});
export const addLeavePaper = endpoint({
  name: 'attendance.addLeavePaper',
  method: 'POST',
  path: '/api/attendance/leaves/:id/paper',
  summary: '补交请假证明',
  permission: 'attendance.mark',
  audit: 'attendance.addLeavePaper',
  input: z.object({ id: Id, paperId: Id }),
  output: Done,
});
export const verifyLeave = endpoint({
  name: 'attendance.verifyLeave',
  method: 'POST',
  path: '/api/attendance/leaves/:id/verify',
  summary: '核实逾期或过长的请假',
  permission: 'attendance.consent',
  audit: 'attendance.verifyLeave',
  input: z.object({
    id: Id,
    outcome: z.enum(verifyOutcomes),
    note: z.string().trim().min(4, '请写明核实的情况。').max(500),
    /** The new end, for 续假. */
    toDay: Day.optional(),
    paperId: Id.optional(),
    /** The visit at which it was found, of this pupil. */
    visitId: Id.optional(),
  }),
  output: Done,
});
/** A substitute of a class. */
export const Substitute = z.object({
  id: Id,
  classId: Id,
  className: z.string(),
  staffId: Id,
  staffName: z.string(),
  fromDay: Day,
  toDay: Day,
  namedName: z.string(),
});
export const listSubstitutes = endpoint({
  name: 'attendance.listSubstitutes',
  method: 'GET',
  path: '/api/attendance/substitutes',
  summary: '代班点名的教师，及可指定的教师',
  permission: 'attendance.consent',
  audit: null,
  input: z.object({ classId: Id, day: Day.optional() }),
  output: z.object({
    substitutes: z.array(Substitute),
    candidates: z.array(z.object({ staffId: Id, name: z.string(), posts: z.string() })),
  }),
});
export const nameSubstitute = endpoint({
  name: 'attendance.nameSubstitute',
  method: 'POST',
  path: '/api/attendance/substitutes',
  summary: '指定代班点名的教师',
  permission: 'attendance.consent',
  audit: 'attendance.nameSubstitute',
  input: z.object({ id: Id, classId: Id, staffId: Id, fromDay: Day, toDay: Day }),
  output: z.object({ id: Id }),
});
export const endSubstitute = endpoint({
  name: 'attendance.endSubstitute',
  method: 'POST',
  path: '/api/attendance/substitutes/:id/end',
  summary: '结束代班',
  permission: 'attendance.consent',
  audit: 'attendance.endSubstitute',
  input: z.object({ id: Id }),
  output: Done,
});
