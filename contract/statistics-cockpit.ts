import { z } from 'zod';
import { bases } from '#domain/comparison/cells.ts';
import { levels, periodKinds } from '#domain/statistics/record.ts';
import { caseParts, dutyParts, workKinds, workParts } from '#domain/statistics/work.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { DecidingSchool, Forecast } from './forecast.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';
import { OfSchoolOrLevel, Variants, Within } from './statistics-figures.ts';

const WithinPeriod = Within.extend({ period: z.enum(periodKinds).default('year') });
const Asked = WithinPeriod.extend({
  scopeKind: z.enum(workKinds).default('district'),
  scopeKey: z.string().max(80).default(''),
});
const Counts = z.partialRecord(z.enum(workParts), z.number().int().min(0));
const Share = z.object({
  figure: z.enum(['timeliness', 'coverage']),
  /** What is covered: duties, planned visits or households. */
  of: z.enum(['duties', 'visits', 'households']),
  name: z.string(),
  version: z.number().int(),
  words: z.string(),
  numerator: z.number(),
  denominator: z.number(),
  value: z.number().nullable(),
});
const Head = z.object({
  from: Day,
  to: Day,
  words: z.string(),
  /** The moment of which the counts tell: running periods are counted again by the job of the minute. */
  madeAt: z.string(),
  source: z.enum(['kept', 'recounted']),
});

export const getWork = endpoint({
  name: 'statistics.getWork',
  method: 'GET',
  path: '/api/work-figures',
  summary: '一个单位在一个时段的办理情况：任务及时率、走访和摸底覆盖率、疑似到巩固的漏斗、原因、发现来源',
  permission: 'cockpit.read',
  audit: null,
  input: Asked,
  output: Head.extend({
    scopeName: z.string(),
    counts: Counts,
    shares: z.array(Share),
    /** Days from the first absence to the report, on average; null without a report that names it. */
    reportDays: z.number().nullable(),
    funnelNote: z.string(),
    foundNote: z.string(),
  }),
});

export const listWork = endpoint({
  name: 'statistics.listWork',
  method: 'GET',
  path: '/api/work-figures/scopes',
  summary: '各学校或各街道的办理情况',
  permission: 'cockpit.read',
  audit: null,
  input: WithinPeriod.extend({
    scopeKind: z.enum(['school', 'schoolLevel', 'street', 'streetLevel']).default('school'),
    level: z.enum(levels).optional(),
  }),
  output: Head.extend({
    rows: z.array(z.object({ key: z.string(), name: z.string(), counts: Counts, shares: z.array(Share) })),
  }),
});

export const listCaseNames = endpoint({
  name: 'statistics.listCaseNames',
  method: 'GET',
  path: '/api/work-figures/names',
  summary: '漏斗一级、一种原因或一种发现来源背后的学生名单',
  permission: 'cases.read',
  audit: null,
  input: Asked.extend({ part: z.enum(caseParts), ...Paging.shape }),
  output: pageOf(
    z.object({
      childId: Id,
      caseId: Id,
      /** The name as it is known now. */
      name: z.string(),
      /** School and class of the case on the last day of the period, as known at the moment. */
      schoolName: z.string().nullable(),
      className: z.string().nullable(),
      round: z.number().int(),
      stateWords: z.string(),
      /** The day on which the round began. */
      day: Day,
    }),
  ),
});

export const listDutyNames = endpoint({
  name: 'statistics.listDutyNames',
  method: 'GET',
  path: '/api/work-figures/duties',
  summary: '任务及时率背后的任务，按当时登记的办理情况',
  permission: 'cockpit.read',
  alsoNeeds: 'desk.read',
  audit: null,
  input: Asked.extend({ part: z.enum(dutyParts).default('DutiesDue'), ...Paging.shape }),
  output: pageOf(
    z.object({
      dutyId: Id,
      title: z.string(),
      /** The child's name as it is known now, else the class or school. */
      who: z.string(),
      why: z.string(),
      schoolName: z.string().nullable(),
      className: z.string().nullable(),
      /** The post that owed it from the start. */
      ownerWords: z.string(),
      /** How many levels it had climbed by the moment. */
      climbed: z.number().int(),
      startedAt: z.string(),
      dueAt: z.string(),
      /** Null where it was not settled by the moment. */
      settledAt: z.string().nullable(),
      outcome: z.enum(dutyParts).exclude(['DutiesDue']),
      outcomeWords: z.string(),
    }),
  ),
});

export const getProgression = endpoint({
  name: 'statistics.getProgression',
  method: 'GET',
  path: '/api/figures/progression',
  summary: '年级巩固率：今秋高一年级人数与去春本年级人数，逐年级对',
  permission: 'cockpit.read',
  audit: null,
  input: OfSchoolOrLevel,
  output: z.object({
    spring: Day,
    autumn: Day,
    words: z.string(),
    version: z.number().int(),
    rows: z.array(
      z.object({
        grade: z.number().int(),
        name: z.string(),
        spring: z.number().int(),
        autumn: z.number().int(),
        value: z.number().nullable(),
      }),
    ),
    springAll: z.number().int(),
    autumnAll: z.number().int(),
    value: z.number().nullable(),
  }),
});

export const listProgressionNames = endpoint({
  name: 'statistics.listProgressionNames',
  method: 'GET',
  path: '/api/figures/progression/names',
  summary: '升年级前后的学生名单：去春在本年级而今秋不在高一年级的，和今秋在高一年级而去春不在本年级的',
  permission: 'children.read',
  audit: null,
  input: AsOf.extend({
    schoolId: Id.optional(),
    /** The grade of the spring. */
    grade: z.coerce.number().int().min(1).max(8),
    side: z.enum(['left', 'joined']).default('left'),
    ...Paging.shape,
  }),
  output: pageOf(
    z.object({
      childId: Id,
      /** The name as it is known now. */
      name: z.string(),
      sex: z.string().nullable(),
      birthDate: Day.nullable(),
      /** Where he stood on the other day, as known at the moment: in autumn who left, in spring who joined. */
      stateWords: z.string(),
      schoolName: z.string().nullable(),
      gradeWords: z.string(),
      /** Since when he stood so; null where the records begin later. */
      day: Day.nullable(),
    }),
  ).extend({ spring: Day, autumn: Day, words: z.string() }),
});

export const exportBrief = endpoint({
  name: 'statistics.exportBrief',
  method: 'GET',
  path: '/api/figures/brief',
  summary: '控辍保学一页简报（PDF，文字按数字自动起草，不含姓名）',
  permission: 'cockpit.read',
  audit: 'statistics.exportBrief',
  download: true,
  input: Asked.extend({ variants: Variants, base: z.enum(bases).default('all') }),
  output: z.unknown(),
});

export const getEnrolmentForecast = endpoint({
  name: 'statistics.getEnrolmentForecast',
  method: 'GET',
  path: '/api/cockpit/enrolment-forecast',
  summary: '学年末入学率预测：数值、区间、方法、与目标的差距和起决定作用的学校',
  permission: 'cockpit.read',
  audit: null,
  input: AsOf,
  output: Forecast.extend({
    /** Day of the comparison that it starts from; null where there is none. */
    asOf: Day.nullable(),
    missing: z.number().int(),
    missingByEnd: z.number(),
    /** Whether it was kept in whose catchments those without a place lived then; without it none decides. */
    placesKept: z.boolean(),
    deciding: z.array(
      DecidingSchool.extend({
        /** Null: in no school's catchment. */
        schoolId: Id.nullable(),
        /** On no roster, and only stated to be elsewhere. */
        notEnrolled: z.number().int(),
        stated: z.number().int(),
      }),
    ),
  }),
});
