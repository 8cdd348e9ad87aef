import { z } from 'zod';
import {
  absenceKinds,
  answers,
  correctedKinds,
  correctionStates,
  dayParts,
  leaveKinds,
} from '#domain/attendance/record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
const Part = z.enum(dayParts);
const Kind = z.enum([...absenceKinds, 'unknown']);
const Allowed = z.object({ mark: z.boolean(), why: z.string().nullable() });

/** A class and how far it is marked on a day. */
export const ClassDay = z.object({
  classId: Id,
  className: z.string(),
  schoolId: Id,
  schoolName: z.string(),
  grade: z.number().int(),
  onRoll: z.number().int(),
  substituteName: z.string().nullable(),
  /** Marked as a substitute, not by post. */
  asSubstitute: z.boolean(),
  parts: z.array(
    z.object({
      part: Part,
      partWords: z.string(),
      marked: z.boolean(),
      markedName: z.string().nullable(),
      markedAt: z.string().nullable(),
      present: z.number().int().nullable(),
      unexcused: z.number().int(),
      onLeave: z.number().int(),
      /** Absent without reason and nobody has called yet. */
      unanswered: z.number().int(),
    }),
  ),
});
export const myClasses = endpoint({
  name: 'attendance.myClasses',
  method: 'GET',
  path: '/api/attendance/my-classes',
  summary: '我要点名的班级',
  permission: 'attendance.read',
  audit: null,
  input: z.object({ day: Day.optional() }),
  output: z.object({ day: Day, isSchoolDay: z.boolean(), firstLesson: z.string(), classes: z.array(ClassDay) }),
});
const Pupil = z.object({
  childId: Id,
  name: z.string(),
  sex: z.string().nullable(),
  /** null while the class is not marked. */
  mark: z.enum(['present', ...Kind.options]).nullable(),
  markWords: z.string(),
  /** What the phone shows before anything is touched. */
  suggested: z.enum(['present', ...absenceKinds]),
  absenceId: Id.nullable(),
  answer: z.enum(answers).nullable(),
  answerWords: z.string().nullable(),
  /** A change of this mark waits for consent. */
  waiting: z.boolean(),
  leave: z
    .object({ id: Id, kind: z.enum(leaveKinds), kindWords: z.string(), fromDay: Day, toDay: Day, over: z.boolean() })
    .nullable(),
  /** The first day of the run of unexcused absence that lasts; null where there is none. */
  since: Day.nullable(),
  hint: z.string().nullable(),
});
export const getRollCall = endpoint({
  name: 'attendance.getRollCall',
  method: 'GET',
  path: '/api/attendance/roll-call',
  summary: '一个班某天某半天的点名',
  permission: 'attendance.read',
  audit: null,
  input: z.object({ classId: Id, day: Day, part: Part.default('morning') }),
  output: z.object({
    classId: Id,
    className: z.string(),
    schoolId: Id,
    schoolName: z.string(),
    day: Day,
    part: Part,
    partWords: z.string(),
    isSchoolDay: z.boolean(),
    rollCall: z
      .object({
        id: Id,
        markedName: z.string(),
        markedAt: z.string(),
        onRoll: z.number().int(),
        present: z.number().int(),
        late: z.boolean(),
        lateReason: z.string().nullable(),
      })
      .nullable(),
    pupils: z.array(Pupil),
    allowed: Allowed,
  }),
});
export const markRollCall = endpoint({
  name: 'attendance.markRollCall',
  method: 'POST',
  path: '/api/attendance/roll-calls',
  summary: '点名：只报未到校的学生，其余为到校',
  // Substitutes of any post mark too; who may mark the class is checked by the call itself.
  permission: 'attendance.read',
  audit: 'attendance.markRollCall',
  offline: true,
  input: z.object({
    id: Id,
    classId: Id,
    day: Day,
    part: Part.default('morning'),
    absent: z.array(z.object({ id: Id, childId: Id, kind: z.enum(absenceKinds).default('unexcused') })).max(200),
    /** When the phone took it down, for entries that went up later. */
    takenAt: z.iso.datetime().optional(),
    /** Why it is entered after the day. */
    reason: z.string().trim().max(200).default(''),
  }),
  output: z.object({
    id: Id,
    onRoll: z.number().int(),
    present: z.number().int(),
    unexcused: z.number().int(),
    /** Pupils whose mark waits for consent because it would take an alarm away. */
    waiting: z.array(Id),
  }),
});
export const answerAbsence = endpoint({
  name: 'attendance.answerAbsence',
  method: 'POST',
  path: '/api/attendance/absences/:id/answer',
  summary: '登记与家长联系的结果',
  permission: 'attendance.read',
  audit: 'attendance.answerAbsence',
  offline: true,
  input: z.object({ id: Id, answer: z.enum(answers) }),
  output: z.object({
    mark: z.enum(['present', ...Kind.options]),
    markWords: z.string(),
    waiting: z.boolean(),
    /** The act to offer next, prefilled. */
    next: z
      .object({
        act: z.enum(['visit', 'report']),
        childId: Id,
        name: z.string(),
        schoolId: Id,
        classId: Id.nullable(),
        day: Day,
        since: Day.nullable(),
        reason: z.string(),
      })
      .nullable(),
  }),
});
export const correctMark = endpoint({
  name: 'attendance.correctMark',
  method: 'POST',
  path: '/api/attendance/corrections',
  summary: '更正一名学生的点名',
  permission: 'attendance.read',
  audit: 'attendance.correctMark',
  offline: true,
  input: z.object({
    id: Id,
    childId: Id,
    day: Day,
    part: Part.default('morning'),
    to: z.enum(correctedKinds),
    reason: z.string().trim().min(2, '请写明更正的原因。').max(300),
    evidence: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id: Id, state: z.enum(correctionStates), stateWords: z.string() }),
});
export const decideCorrection = endpoint({
  name: 'attendance.decideCorrection',
  method: 'POST',
  path: '/api/attendance/corrections/:id/decide',
  summary: '同意或不同意更正',
  permission: 'attendance.consent',
  audit: 'attendance.decideCorrection',
  input: z.object({ id: Id, accept: z.boolean(), evidence: z.string().trim().min(4, '请写明看到的依据。').max(500) }),
  output: Done,
});
/** A correction as lists show it. */
export const CorrectionRow = z.object({
  id: Id,
  childId: Id,
  name: z.string(),
  schoolId: Id,
  schoolName: z.string(),
  classId: Id,
  className: z.string(),
  day: Day,
  part: Part,
  partWords: z.string(),
  fromWords: z.string(),
  toWords: z.string(),
  whyWords: z.string().nullable(),
  reason: z.string(),
  evidence: z.string(),
  state: z.enum(correctionStates),
  stateWords: z.string(),
  askedName: z.string(),
  askedAt: z.string(),
  decidedName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  decision: z.string().nullable(),
  allowed: z.object({ decide: z.boolean(), why: z.string().nullable() }),
});
export const listCorrections = endpoint({
  name: 'attendance.listCorrections',
  method: 'GET',
  path: '/api/attendance/corrections',
  summary: '点名更正',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({
    state: z.enum(correctionStates).optional(),
    schoolId: Id.optional(),
    childId: Id.optional(),
  }),
  output: pageOf(CorrectionRow),
});
export const getMarkHistory = endpoint({
  name: 'attendance.getMarkHistory',
  method: 'GET',
  path: '/api/attendance/mark-history',
  summary: '一名学生某天点名的各个版本',
  permission: 'attendance.read',
  audit: 'attendance.getMarkHistory',
  input: z.object({ childId: Id, day: Day }),
  output: z.object({
    versions: z.array(
      z.object({
        part: Part,
        partWords: z.string(),
        mark: z.enum(['present', ...Kind.options]),
        markWords: z.string(),
        byName: z.string(),
        from: z.string(),
        to: z.string().nullable(),
        answerWords: z.string().nullable(),
      }),
    ),
    corrections: z.array(CorrectionRow),
  }),
});
