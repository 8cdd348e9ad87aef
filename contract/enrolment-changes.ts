import { z } from 'zod';
import { Strokes } from '#domain/basics/strokes.ts';
import { attendingKinds, changeKinds, changeStates, unlawfulKinds } from '#domain/enrolment/changes-record.ts';
import { CourseSpell } from '#domain/enrolment/course.ts';
import { AsOf } from './as-of.ts';
import { needed, note } from './dropout.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

/** The pieces of a change: which piece each uploaded paper is. */
export const Pieces = z
  .array(z.object({ code: z.string().max(30), paperId: Id }))
  .max(12)
  .default([]);

/** A registry change as lists show it. */
export const ChangeRow = z.object({
  id: Id,
  childId: Id,
  name: z.string(),
  kind: z.enum(changeKinds),
  kindWords: z.string(),
  code: z.string(),
  codeWords: z.string(),
  state: z.enum(changeStates),
  stateWords: z.string(),
  schoolId: Id.nullable(),
  schoolName: z.string().nullable(),
  className: z.string().nullable(),
  grade: z.number().int().nullable(),
  toSchoolId: Id.nullable(),
  toSchoolName: z.string().nullable(),
  toClassName: z.string().nullable(),
  toGrade: z.number().int().nullable(),
  fromDay: Day,
  endsOn: Day.nullable(),
  askedOn: Day,
  askedName: z.string(),
  stateSince: Day,
  dueDate: Day.nullable(),
  overdue: z.boolean(),
  /** A renewal asked later than 15 working days before the end. */
  askedLate: z.boolean(),
  doneOn: Day.nullable(),
  ownerWords: z.string().nullable(),
});
export const changeFilters = z.object({
  kind: z.enum(changeKinds).optional(),
  state: z.enum([...changeStates, 'open', 'all']).default('open'),
  schoolId: Id.optional(),
  childId: Id.optional(),
  from: Day.optional(),
  to: Day.optional(),
  overdue: z.enum(['yes']).optional(),
  q: z.string().max(60).optional(),
  ...AsOf.shape,
});
export const listChanges = endpoint({
  name: 'enrolment.listChanges',
  method: 'GET',
  path: '/api/changes',
  summary: '学籍异动',
  permission: 'changes.read',
  audit: null,
  input: Paging.extend(changeFilters.shape),
  output: pageOf(ChangeRow).extend({ byState: z.record(z.string(), z.number().int()) }),
});
export const exportChanges = endpoint({
  name: 'enrolment.exportChanges',
  method: 'GET',
  path: '/api/changes/export',
  summary: '导出学籍异动表',
  permission: 'changes.read',
  alsoNeeds: 'export.lists',
  audit: 'enrolment.exportChanges',
  download: true,
  input: changeFilters,
  output: z.unknown(),
});

const Allowed = z.object({ may: z.boolean(), why: z.string().nullable() });
export const getChange = endpoint({
  name: 'enrolment.getChange',
  method: 'GET',
  path: '/api/changes/:id',
  summary: '一项学籍异动',
  permission: 'changes.read',
  audit: 'enrolment.getChange',
  input: z.object({ id: Id }),
  output: ChangeRow.extend({
    reason: z.string(),
    elsewhere: z.string(),
    place: z.string(),
    quota: z.number().int().nullable(),
    pieces: z.array(z.object({ code: z.string(), label: z.string(), paperId: Id.nullable() })),
    route: z.array(z.object({ state: z.enum(changeStates), words: z.string(), passed: z.boolean(), now: z.boolean() })),
    events: z.array(
      z.object({
        number: z.number().int(),
        words: z.string(),
        text: z.string().nullable(),
        day: Day,
        at: z.string(),
        by: z.string(),
        role: z.string(),
        dueDate: Day.nullable(),
      }),
    ),
    /** Where an attending place began and ended by what is known now; null where it is none, or was corrected. */
    attended: z.object({ fromDay: Day, untilDay: Day.nullable() }).nullable(),
    lessons: z.object({ month: z.string(), held: z.number().int(), quota: z.number().int() }).nullable(),
    allowed: z.record(z.string(), Allowed),
  }),
});

/** What every step of a change answers. */
export const ChangeAfter = z.object({
  id: Id,
  state: z.enum(changeStates),
  stateWords: z.string(),
  ownerWords: z.string().nullable(),
  dueDate: Day.nullable(),
});
export const askChange = endpoint({
  name: 'enrolment.askChange',
  method: 'POST',
  path: '/api/changes',
  summary: '提出学籍异动',
  permission: 'changes.ask',
  audit: 'enrolment.askChange',
  input: z.object({
    /** Chosen by the asking page; the same sent twice gives the same answer. */
    id: Id,
    /** 退学, 开除 and the like are asked for in practice; they are refused with the clause. */
    kind: z.enum([...changeKinds, ...unlawfulKinds]),
    childId: Id.optional(),
    /** A child on another school's roll, as his papers name him. */
    person: z.object({ name: z.string().trim().min(1).max(60), number: z.string().trim().min(6).max(30) }).optional(),
    /** Beside `person`, of a child from outside whom the platform does not know: he is entered with the change. */
    newcomer: z
      .object({
        sex: z.enum(['男', '女']),
        birthDate: Day,
        registryNo: z.string().trim().max(30).default(''),
        guardian: needed('请填写监护人。', 60),
        phone: z.string().trim().max(30).default(''),
        address: needed('请填写现住址。', 200),
      })
      .optional(),
    fromDay: Day,
    endsOn: Day.nullable().default(null),
    toSchoolId: Id.nullable().default(null),
    toClassId: Id.nullable().default(null),
    toGrade: z.number().int().min(1).max(12).nullable().default(null),
    reason: needed('请写明事由。', 500),
    elsewhere: note(200).default(''),
    place: note(200).default(''),
    placeKind: z.enum(attendingKinds).nullable().default(null),
    quota: z.number().int().min(1).max(40).nullable().default(null),
    pieces: Pieces,
  }),
  output: ChangeAfter,
});
export const approveChange = endpoint({
  name: 'enrolment.approveChange',
  method: 'POST',
  path: '/api/changes/:id/approve',
  summary: '同意学籍异动（审批，或登记外地答复）',
  permission: 'changes.decide',
  audit: 'enrolment.approveChange',
  input: z.object({ id: Id, note: note().default(''), replyPaperId: Id.optional() }),
  output: ChangeAfter,
});
export const refuseChange = endpoint({
  name: 'enrolment.refuseChange',
  method: 'POST',
  path: '/api/changes/:id/refuse',
  summary: '不同意学籍异动并写明原因',
  permission: 'changes.decide',
  audit: 'enrolment.refuseChange',
  input: z.object({ id: Id, reason: needed('请写明原因。') }),
  output: ChangeAfter,
});
export const withdrawChange = endpoint({
  name: 'enrolment.withdrawChange',
  method: 'POST',
  path: '/api/changes/:id/withdraw',
  summary: '撤回学籍异动',
  permission: 'changes.ask',
  audit: 'enrolment.withdrawChange',
  input: z.object({ id: Id, reason: needed('请写明原因。') }),
  output: ChangeAfter,
});
export const confirmArrival = endpoint({
  name: 'enrolment.confirmArrival',
  method: 'POST',
  path: '/api/changes/:id/arrive',
  summary: '确认到校',
  permission: 'changes.decide',
  audit: 'enrolment.confirmArrival',
  input: z.object({
    id: Id,
    day: Day,
    toClassId: Id.nullable().default(null),
    note: note().default(''),
    /** The proof of arrival from elsewhere. */
    proofPaperId: Id.optional(),
  }),
  output: ChangeAfter,
});
export const correctChange = endpoint({
  name: 'enrolment.correctChange',
  method: 'POST',
  path: '/api/changes/:id/correct',
  summary: '更正已办结的学籍异动（两种记载都保留）',
  permission: 'changes.decide',
  audit: 'enrolment.correctChange',
  input: z.object({ id: Id, reason: needed('请写明更正原因。') }),
  output: ChangeAfter,
});
export const getCourse = endpoint({
  name: 'enrolment.getCourse',
  method: 'GET',
  path: '/api/children/:id/course',
  summary: '一名学生的学业轨迹',
  permission: 'changes.read',
  audit: null,
  input: z.object({ id: Id }),
  output: z.array(
    CourseSpell.extend({
      stateWords: z.string(),
      causeWords: z.string(),
      schoolName: z.string(),
      className: z.string().nullable(),
    }),
  ),
});
export const addHomeLesson = endpoint({
  name: 'enrolment.addHomeLesson',
  method: 'POST',
  path: '/api/changes/:id/lessons',
  summary: '登记送教上门',
  permission: 'changes.lessons',
  audit: 'enrolment.addHomeLesson',
  offline: true,
  input: z.object({
    id: Id,
    /** Chosen by the phone. */
    lessonId: Id,
    day: Day,
    lessons: z.number().int().min(1).max(8),
    teachers: needed('请写明送教教师。', 100),
    content: needed('请写明送教内容。', 1000),
    response: note(1000).default(''),
    signature: Strokes.refine((strokes) => strokes.length > 0, '请监护人签名。'),
  }),
  output: z.object({ month: z.string(), held: z.number().int(), quota: z.number().int(), missing: z.number().int() }),
});
export const listHomeLessons = endpoint({
  name: 'enrolment.listHomeLessons',
  method: 'GET',
  path: '/api/changes/:id/lessons',
  summary: '送教上门记录',
  permission: 'changes.read',
  audit: 'enrolment.listHomeLessons',
  input: z.object({ id: Id }),
  output: z.object({
    quota: z.number().int(),
    /** From which day lessons are held, and the day after the last one; null where none is set. */
    fromDay: Day,
    untilDay: Day.nullable(),
    /** Whether the pupil is taught at home today. */
    open: z.boolean(),
    /** Whether this person enters his lessons. */
    may: z.boolean(),
    months: z.array(z.object({ month: z.string(), held: z.number().int(), missing: z.number().int() })),
    rows: z.array(
      z.object({
        id: Id,
        day: Day,
        lessons: z.number().int(),
        teachers: z.string(),
        content: z.string(),
        response: z.string(),
        by: z.string(),
      }),
    ),
  }),
});
