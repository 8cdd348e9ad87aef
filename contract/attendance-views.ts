import { z } from 'zod';
import { absenceFigures, dayParts } from '#domain/attendance/record.ts';
import { AsOf, KnownAt } from './as-of.ts';
import { LeaveRow } from './attendance-leaves.ts';
import { ClassDay } from './attendance.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Part = z.enum(dayParts);

/** What a school has marked in a span; gaps are classes × days × parts without a roll call. */
export const Tally = z.object({
  schoolId: Id,
  schoolName: z.string(),
  classes: z.number().int(),
  schoolDays: z.number().int(),
  /** Roll calls that should stand. */
  expected: z.number().int(),
  marked: z.number().int(),
  gaps: z.number().int(),
  /** School days of pupils without reason. */
  unexcusedDays: z.number(),
  leaveDays: z.number(),
  /** Pupils who crossed a threshold in the span. */
  crossed: z.number().int(),
});
export const getSchoolDay = endpoint({
  name: 'attendance.getSchoolDay',
  method: 'GET',
  path: '/api/attendance/school-day',
  summary: '各班当天点名情况，哪些班还没有报',
  permission: 'attendance.read',
  audit: null,
  input: z.object({ day: Day.optional(), schoolId: Id.optional() }),
  output: z.object({
    day: Day,
    isSchoolDay: z.boolean(),
    schools: z.array(
      z.object({
        schoolId: Id,
        schoolName: z.string(),
        classes: z.number().int(),
        onRoll: z.number().int(),
        expected: z.number().int(),
        marked: z.number().int(),
        gaps: z.number().int(),
        /** Pupils, each once however many parts of the day. */
        unexcused: z.number().int(),
        onLeave: z.number().int(),
        unanswered: z.number().int(),
      }),
    ),
    /** The classes, when one school is in sight or asked for; not reported first. */
    classes: z.array(ClassDay),
  }),
});
export const listTallies = endpoint({
  name: 'attendance.listTallies',
  method: 'GET',
  path: '/api/attendance/tallies',
  summary: '各校一段时间的考勤汇总',
  permission: 'attendance.read',
  audit: null,
  input: KnownAt.extend({ from: Day, to: Day, schoolId: Id.optional() }),
  output: z.array(Tally),
});
export const listGaps = endpoint({
  name: 'attendance.listGaps',
  method: 'GET',
  path: '/api/attendance/gaps',
  summary: '没有点名的班级与时段（未知，不算到校也不算缺勤）',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({ from: Day, to: Day, schoolId: Id.optional(), ...KnownAt.shape }),
  output: pageOf(
    z.object({
      schoolId: Id,
      schoolName: z.string(),
      classId: Id,
      className: z.string(),
      day: Day,
      part: Part,
      partWords: z.string(),
    }),
  ),
});
export const listRollCalls = endpoint({
  name: 'attendance.listRollCalls',
  method: 'GET',
  path: '/api/attendance/roll-calls',
  summary: '一段时间内已经点名的班级与时段',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({ from: Day, to: Day, schoolId: Id.optional(), ...KnownAt.shape }),
  output: pageOf(
    z.object({
      schoolId: Id,
      schoolName: z.string(),
      classId: Id,
      className: z.string(),
      day: Day,
      part: Part,
      partWords: z.string(),
      markedName: z.string(),
      markedAt: z.string(),
      onRoll: z.number().int(),
      present: z.number().int(),
      unexcused: z.number().int(),
      onLeave: z.number().int(),
    }),
  ),
});
export const listAbsentees = endpoint({
  name: 'attendance.listAbsentees',
  method: 'GET',
  path: '/api/attendance/absentees',
  summary: '一段时间内缺勤、请假或达到疑似辍学天数的学生，与各校汇总的数字一致',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({
    from: Day,
    to: Day,
    figure: z.enum(absenceFigures).default('unexcused'),
    schoolId: Id.optional(),
    classId: Id.optional(),
    ...KnownAt.shape,
  }),
  output: pageOf(
    z.object({
      childId: Id,
      name: z.string(),
      schoolId: Id,
      schoolName: z.string(),
      classId: Id,
      className: z.string(),
      /** School days of the span that the figure counts; of `crossed`, those of unexcused absence. */
      days: z.number(),
      lastDay: Day.nullable(),
      /** Of the term of the last day of the span. */
      consecutive: z.number(),
      cumulative: z.number(),
      crossedDay: Day.nullable(),
    }),
  ).extend({ days: z.number() }),
});
/** A pupil's absence in the term. */
export const StandingRow = z.object({
  childId: Id,
  name: z.string(),
  schoolId: Id,
  schoolName: z.string(),
  classId: Id,
  className: z.string(),
  consecutive: z.number(),
  cumulative: z.number(),
  since: Day.nullable(),
  lastAbsent: Day.nullable(),
  crossedDay: Day.nullable(),
  rule: z.string(),
});
export const listStandings = endpoint({
  name: 'attendance.listStandings',
  method: 'GET',
  path: '/api/attendance/standings',
  summary: '本学期连续与累计无故缺勤',
  permission: 'attendance.read',
  audit: null,
  input: Paging.extend({
    /** Of the term in which the day lies, by the marks up to it. */
    ...AsOf.shape,
    schoolId: Id.optional(),
    classId: Id.optional(),
    crossed: z.enum(['yes']).optional(),
  }),
  output: pageOf(StandingRow),
});
export const getChildAttendance = endpoint({
  name: 'attendance.getChildAttendance',
  method: 'GET',
  path: '/api/attendance/child',
  summary: '一名学生的考勤',
  permission: 'attendance.read',
  audit: 'attendance.getChildAttendance',
  input: z.object({ childId: Id, from: Day.optional(), to: Day.optional() }),
  output: z.object({
    childId: Id,
    name: z.string(),
    from: Day,
    to: Day,
    standing: StandingRow.nullable(),
    /** School days of the span: present, absent, unknown. */
    sums: z.object({
      schoolDays: z.number().int(),
      present: z.number(),
      unexcused: z.number(),
      leave: z.number(),
      unknown: z.number(),
    }),
    days: z.array(
      z.object({
        day: Day,
        marks: z.array(
          z.object({
            part: Part,
            partWords: z.string(),
            /** `gap` where the class was not marked. */
            mark: z.string(),
            markWords: z.string(),
            absenceId: Id.nullable(),
            answerWords: z.string().nullable(),
          }),
        ),
      }),
    ),
    leaves: z.array(LeaveRow),
  }),
});
export const exportClassMonth = endpoint({
  name: 'attendance.exportClassMonth',
  method: 'GET',
  path: '/api/attendance/class-month',
  summary: '导出一个班一个月的考勤表',
  permission: 'attendance.read',
  audit: 'attendance.exportClassMonth',
  download: true,
  input: z.object({ classId: Id, month: z.string().regex(/^20\d{2}-(0[1-9]|1[0-2])$/, '应为年月，如 2026-11。') }),
  output: z.unknown(),
});
export const takeOverSheet = endpoint({
  name: 'attendance.takeOverSheet',
  method: 'POST',
  path: '/api/attendance/sheets',
  summary: '把已导入的到校情况表作为当天的点名',
  permission: 'attendance.mark',
  audit: 'attendance.takeOverSheet',
  input: z.object({ schoolId: Id, day: Day, part: Part.default('morning') }),
  output: z.object({
    classes: z.number().int(),
    /** Classes marked before, left as they were. */
    already: z.number().int(),
    /** Classes of which the sheet says nothing. */
    without: z.number().int(),
    /** Pupils of whom the sheet does not say: unknown. */
    unknown: z.number().int(),
  }),
});
