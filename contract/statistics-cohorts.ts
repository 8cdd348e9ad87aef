import { z } from 'zod';
import { cohortParts } from '#domain/statistics/cohorts.ts';
import { levels } from '#domain/statistics/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';
import { OfSchoolOrLevel } from './statistics-figures.ts';

const CohortLine = z.object({
  /** null for the sum. */
  schoolId: Id.nullable(),
  name: z.string(),
  entrants: z.number().int(),
  came: z.number().int(),
  /** Lawful exits before graduating, and moves inside the district. */
  went: z.number().int(),
  base: z.number().int(),
  graduates: z.number().int(),
  /** Dropouts, and who left without procedure. */
  gone: z.number().int(),
  there: z.number().int(),
  value: z.number().nullable(),
});
export const getCohorts = endpoint({
  name: 'statistics.getCohorts',
  method: 'GET',
  path: '/api/figures/cohorts',
  summary: '届巩固率：上届和本届毕业生，全区或一校，逐校列出',
  permission: 'cockpit.read',
  audit: null,
  input: OfSchoolOrLevel,
  output: z.object({
    asOf: Day,
    words: z.string(),
    version: z.number().int(),
    cohorts: z.array(
      z.object({
        level: z.enum(levels),
        /** The years of its first September and of its last summer. */
        entered: z.number().int(),
        leaves: z.number().int(),
        over: z.boolean(),
        all: CohortLine,
        schools: z.array(CohortLine),
      }),
    ),
  }),
});

export const listCohortNames = endpoint({
  name: 'statistics.listCohortNames',
  method: 'GET',
  path: '/api/figures/cohorts/names',
  summary: '届巩固率一个数字背后的学生名单：入学、流入、合法流出、辍学和去向未落实、在校、毕业',
  permission: 'children.read',
  audit: null,
  input: AsOf.extend({
    schoolId: Id.optional(),
    level: z.enum(levels),
    /** The year of the summer in which the cohort leaves: this one or the next, as of the day. */
    leaves: z.coerce.number().int().min(1990).max(2200),
    part: z.enum(cohortParts).default('entrants'),
    ...Paging.shape,
  }),
  output: pageOf(
    z.object({
      childId: Id,
      /** The name as it is known now. */
      name: z.string(),
      sex: z.string().nullable(),
      birthDate: Day.nullable(),
      /** Which part of the number he is: 期初在校, 转入 … */
      partWords: z.string(),
      /** School and class of now. */
      schoolName: z.string().nullable(),
      className: z.string().nullable(),
      /** The day of the movement, or since when he stands so. */
      day: Day,
    }),
  ).extend({ words: z.string() }),
});
