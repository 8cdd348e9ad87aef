import { z } from 'zod';
import { formOpens } from '#domain/statistics/form-layout.ts';
import { surveyParts } from '#domain/statistics/work.ts';
import { periodKinds } from '#domain/statistics/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

/** A line of a school's form: the whole school, or one grade; as known at the moment of the version, or now. */
const Line = z.object({
  schoolId: Id,
  period: z.enum(periodKinds),
  ...AsOf.shape,
  grade: z.coerce.number().int().min(0).max(12).optional(),
});

export const listReportNames = endpoint({
  name: 'statistics.listReportNames',
  method: 'GET',
  path: '/api/schools/:schoolId/report/names',
  summary: '报表一个数字背后的学生：请假、旷课、待核，台账的期初、新增、移出、期末，劝返，比率的分子分母',
  permission: 'reports.read',
  alsoNeeds: 'children.read',
  audit: null,
  input: Line.extend({ of: z.enum(formOpens).exclude(['schoolAge', 'classes']), ...Paging.shape }),
  output: pageOf(
    z.object({
      childId: Id,
      name: z.string(),
      sex: z.string().nullable(),
      birthDate: Day.nullable(),
      /** The class of then, where the record names one. */
      className: z.string().nullable(),
      day: Day,
      /** Pupil-days of an absence; null elsewhere. */
      days: z.number().nullable(),
      words: z.string(),
    }),
  ).extend({
    title: z.string(),
    /** Pupil-days, persuasions or children in all: the number of the form. */
    sum: z.number(),
    /** Counted, but of children who are out of the asker's reach by now. */
    hidden: z.number().int(),
  }),
});

export const listReportCalls = endpoint({
  name: 'statistics.listReportCalls',
  method: 'GET',
  path: '/api/schools/:schoolId/report/calls',
  summary: '报表考勤各班的应到、实到、请假、旷课和未知人日，及没有点名的日子',
  permission: 'reports.read',
  audit: null,
  input: Line,
  output: z.array(
    z.object({
      classId: Id,
      name: z.string(),
      due: z.number(),
      present: z.number(),
      leave: z.number(),
      unexcused: z.number(),
      unknown: z.number(),
      /** School days of which some or all is not called. */
      gapDays: z.array(Day),
    }),
  ),
});

export const listHouseholdNames = endpoint({
  name: 'statistics.listHouseholdNames',
  method: 'GET',
  path: '/api/work-figures/households',
  summary: '入户摸底覆盖率背后的住户：应摸底、已摸底、拒访、未遇、尚无结果，按当时登记的结果',
  permission: 'cockpit.read',
  alsoNeeds: 'children.read',
  audit: null,
  input: Paging.extend({
    ...AsOf.shape,
    period: z.enum(periodKinds).default('year'),
    scopeKind: z.enum(['district', 'street']).default('district'),
    scopeKey: z.string().max(12).default(''),
    part: z.enum(surveyParts).default('Households'),
  }),
  output: pageOf(
    z.object({
      id: Id,
      householdNo: z.string(),
      address: z.string(),
      subdistrictName: z.string().nullable(),
      communityName: z.string().nullable(),
      /** The last result by the period's end; null where there is none. */
      day: Day.nullable(),
      result: z.string().nullable(),
      surveyor: z.string().nullable(),
    }),
  ),
});
