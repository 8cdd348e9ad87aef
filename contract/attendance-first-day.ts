import { z } from 'zod';
import { dayParts, firstDayMarks, firstDayReasons, firstDayStates } from '#domain/attendance/record.ts';
import { whereaboutsCodes } from '#domain/dropout/record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Reason = z.enum(firstDayReasons);
const Whereabouts = z.enum(whereaboutsCodes);

/** Any day of the term; left out, the term of today, or in the holidays the last that has begun. */
const Which = z.object({ day: Day.optional() });
/** The term and its first school day; `begun` when that day has come. */
const Head = z.object({ term: z.string(), day: Day, begun: z.boolean() });

/** What was entered of a pupil who was not at school. */
export const FirstDayEntry = z.object({
  reason: Reason,
  reasonLabel: z.string(),
  /** Free words beside the code. */
  reasonWords: z.string(),
  whereabouts: Whereabouts,
  whereaboutsLabel: z.string(),
  whereaboutsWords: z.string(),
  enteredName: z.string(),
  enteredAt: z.string(),
});
/** A pupil who was not seen at school on the first day. */
export const FirstDayMissing = z.object({
  childId: Id,
  name: z.string(),
  mark: z.enum(firstDayMarks),
  markWords: z.string(),
  entry: FirstDayEntry.nullable(),
});
/** A pupil of the roll who is not called here: he attends elsewhere, or is suspended. */
const Elsewhere = z.object({ childId: Id, name: z.string(), words: z.string() });
/** A class in the list of its school. */
export const FirstDayClass = z.object({
  classId: Id,
  className: z.string(),
  onRoll: z.number().int(),
  present: z.number().int(),
  marked: z.boolean(),
  done: z.boolean(),
  doneName: z.string().nullable(),
  doneAt: z.string().nullable(),
  missing: z.array(FirstDayMissing),
  elsewhere: z.array(Elsewhere),
});
/** Numbers of a school: `absent` were not there and are accounted for, `open` are not. */
export const FirstDayCounts = z.object({
  classes: z.number().int(),
  done: z.number().int(),
  onRoll: z.number().int(),
  present: z.number().int(),
  absent: z.number().int(),
  open: z.number().int(),
  elsewhere: z.number().int(),
  byReason: z.partialRecord(Reason, z.number().int()),
});

export const getFirstDayClass = endpoint({
  name: 'attendance.getFirstDayClass',
  method: 'GET',
  path: '/api/attendance/first-day/class',
  summary: '一个班的开学首日到校核对名单',
  permission: 'attendance.read',
  audit: null,
  input: Which.extend({ classId: Id }),
  output: Head.extend({
    classId: Id,
    className: z.string(),
    schoolId: Id,
    schoolName: z.string(),
    onRoll: z.number().int(),
    present: z.number().int(),
    marked: z.boolean(),
    markedName: z.string().nullable(),
    done: z.boolean(),
    doneName: z.string().nullable(),
    doneAt: z.string().nullable(),
    /** Who was not seen at school, those unaccounted for first. */
    missing: z.array(
      FirstDayMissing.extend({
        /** What the records say already, to be confirmed. */
        suggested: Reason.nullable(),
        suggestedWhereabouts: Whereabouts.nullable(),
        /** The leave or the guardian's answer behind it. */
        known: z.string().nullable(),
        /** The report of a suspected dropout is to be offered. */
        report: z.boolean(),
        /** First day of the absence, for that report. */
        since: Day,
        /** The half at which the class was called before he stood on its roll; of who came then it is said by a correction. */
        latePart: z.enum(dayParts).nullable(),
        /** Versions that a correction has superseded, the last first. */
        earlier: z.array(FirstDayEntry),
      }),
    ),
    elsewhere: z.array(Elsewhere),
    allowed: z.object({ enter: z.boolean(), why: z.string().nullable() }),
  }),
});

export const saveFirstDay = endpoint({
  name: 'attendance.saveFirstDay',
  method: 'POST',
  path: '/api/attendance/first-day/entries',
  summary: '登记开学首日未到校学生的原因和去向，或更正',
  // Substitutes of any post enter too; who may enter for the class is checked by the call itself.
  permission: 'attendance.read',
  audit: 'attendance.saveFirstDay',
  input: Which.extend({
    classId: Id,
    entries: z
      .array(
        z.object({
          id: Id,
          childId: Id,
          reason: Reason,
          reasonWords: z.string().trim().max(200).default(''),
          whereabouts: Whereabouts,
          whereaboutsWords: z.string().trim().max(200).default(''),
        }),
      )
      .min(1)
      .max(200),
  }),
  output: z.object({ saved: z.number().int(), open: z.number().int(), done: z.boolean() }),
});

export const listMyFirstDays = endpoint({
  name: 'attendance.listMyFirstDays',
  method: 'GET',
  path: '/api/attendance/first-day/mine',
  summary: '由我核对的班级开学首日到校情况',
  permission: 'attendance.read',
  audit: null,
  input: Which,
  output: Head.extend({
    classes: z.array(
      z.object({
        classId: Id,
        className: z.string(),
        schoolName: z.string(),
        onRoll: z.number().int(),
        present: z.number().int(),
        marked: z.boolean(),
        open: z.number().int(),
        done: z.boolean(),
      }),
    ),
  }),
});

const Frozen = z.object({
  version: z.number().int(),
  signedName: z.string(),
  signedAt: z.string(),
  reason: z.string().nullable(),
  counts: FirstDayCounts,
  classes: z.array(FirstDayClass),
});
export const getFirstDaySchool = endpoint({
  name: 'attendance.getFirstDaySchool',
  method: 'GET',
  path: '/api/attendance/first-day/schools/:schoolId',
  summary: '一所学校的开学首日到校核对名单：现在的情况和已签的名单',
  permission: 'attendance.read',
  audit: null,
  input: Which.extend({ schoolId: Id }),
  output: Head.extend({
    schoolId: Id,
    schoolName: z.string(),
    counts: FirstDayCounts,
    /** Not done first. */
    classes: z.array(FirstDayClass),
    /** What was signed last, as it stands for ever. */
    signed: Frozen.nullable(),
    /** The list differs from the one signed last. */
    changed: z.boolean(),
    versions: z.array(
      z.object({
        version: z.number().int(),
        signedName: z.string(),
        signedAt: z.string(),
        reason: z.string().nullable(),
        open: z.number().int(),
      }),
    ),
    allowed: z.object({ sign: z.boolean(), why: z.string().nullable() }),
  }),
});

export const signFirstDay = endpoint({
  name: 'attendance.signFirstDay',
  method: 'POST',
  path: '/api/attendance/first-day/schools/:schoolId/sign',
  summary: '校长签本校开学首日到校核对名单；有班级没有核对完的写明原因',
  permission: 'reports.sign',
  audit: 'attendance.signFirstDay',
  input: Which.extend({
    schoolId: Id,
    /** The version that was seen as the last; 0 before the first. */
    seen: z.number().int().min(0),
    reason: z.string().trim().max(500).nullable().default(null),
  }),
  output: z.object({ version: z.number().int(), signedAt: z.string() }),
});

export const exportFirstDay = endpoint({
  name: 'attendance.exportFirstDay',
  method: 'GET',
  path: '/api/attendance/first-day/schools/:schoolId/file',
  summary: '打印一所学校的开学首日到校核对名单（PDF）：已签的按签时的内容，未签的为草稿',
  permission: 'attendance.read',
  audit: 'attendance.exportFirstDay',
  download: true,
  input: Which.extend({ schoolId: Id, version: z.coerce.number().int().min(1).optional() }),
  output: z.unknown(),
});

export const listFirstDays = endpoint({
  name: 'attendance.listFirstDays',
  method: 'GET',
  path: '/api/attendance/first-day/schools',
  summary: '各校开学首日到校核对：签与未签，未到校人数与原因',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({ day: Day.optional(), state: z.enum(firstDayStates).optional(), schoolId: Id.optional() }),
  output: pageOf(
    FirstDayCounts.extend({
      schoolId: Id,
      schoolName: z.string(),
      state: z.enum(firstDayStates),
      stateWords: z.string(),
      signedName: z.string().nullable(),
      signedAt: z.string().nullable(),
      reasonsWords: z.string(),
    }),
  ).extend({ ...Head.shape, sum: FirstDayCounts, signed: z.number().int(), missing: z.number().int() }),
});

export const listFirstDayPupils = endpoint({
  name: 'attendance.listFirstDayPupils',
  method: 'GET',
  path: '/api/attendance/first-day/pupils',
  summary: '开学首日未到校的学生，与各校的数字一致',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({
    day: Day.optional(),
    schoolId: Id.optional(),
    classId: Id.optional(),
    reason: Reason.optional(),
    /** Accounted for or not. */
    which: z.enum(['absent', 'open']).optional(),
  }),
  output: pageOf(
    FirstDayMissing.extend({ schoolId: Id, schoolName: z.string(), classId: Id, className: z.string() }),
  ).extend(Head.shape),
});
