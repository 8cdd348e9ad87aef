import { z } from 'zod';
import { childTags } from '#domain/population/record.ts';
import { surveyResults } from '#domain/population/words.ts';
import { AsOf } from './as-of.ts';
import { childChoices } from './child-facts.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';
import { ChildRow, childStandings } from './population.ts';

export const listHouseholds = endpoint({
  name: 'population.listHouseholds',
  method: 'GET',
  path: '/api/households',
  summary: '户',
  permission: 'children.read',
  audit: null,
  input: Paging.extend({
    q: z.string().max(60).optional(),
    subdistrict: z.string().max(12).optional(),
    community: z.string().max(12).optional(),
    surveyed: z.enum(['yes', 'no']).optional(),
    /** The last result of the school year. */
    result: z.enum(surveyResults).optional(),
    ...AsOf.shape,
  }),
  output: pageOf(
    z.object({
      id: Id,
      householdNo: z.string(),
      address: z.string(),
      subdistrictName: z.string().nullable(),
      communityName: z.string().nullable(),
      children: z.array(
        z.object({ id: Id, name: z.string(), birthDate: Day.nullable(), standing: z.enum(childStandings) }),
      ),
      lastSurvey: z.object({ day: Day, result: z.string(), surveyor: z.string() }).nullable(),
    }),
  ),
});
export const getCoverage = endpoint({
  name: 'population.getCoverage',
  method: 'GET',
  path: '/api/households/coverage',
  summary: '入户覆盖',
  permission: 'children.read',
  audit: null,
  input: AsOf.extend({ subdistrict: z.string().max(12).optional() }),
  output: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      households: z.number().int(),
      children: z.number().int(),
      noChild: z.number().int(),
      empty: z.number().int(),
      refused: z.number().int(),
      notMet: z.number().int(),
      none: z.number().int(),
    }),
  ),
});
export const getHousehold = endpoint({
  name: 'population.getHousehold',
  method: 'GET',
  path: '/api/households/:id',
  summary: '一户',
  permission: 'children.read',
  audit: null,
  input: z.object({ id: Id }),
  output: z.object({
    id: Id,
    householdNo: z.string(),
    address: z.string(),
    subdistrictName: z.string().nullable(),
    communityName: z.string().nullable(),
    communityCode: z.string().nullable(),
    children: z.array(ChildRow),
    surveys: z.array(
      z.object({
        id: Id,
        day: Day,
        result: z.string(),
        surveyor: z.string(),
        note: z.string().nullable(),
        signed: z.boolean(),
      }),
    ),
    allowed: z.object({ survey: z.boolean() }),
  }),
});
/** What a surveyor writes of a child met at the door. */
export const DoorChild = z.object({
  id: Id,
  name: z.string().trim().min(1, '请填写姓名。').max(60),
  sex: z.enum(['男', '女']),
  birthDate: Day,
  documentType: childChoices.documentType,
  documentNumber: z.string().trim().max(40).default(''),
  studyStatus: childChoices.studyStatus,
  statedSchool: z.string().trim().max(60).default(''),
  guardian: z.string().trim().max(40).default(''),
  relation: childChoices.relation.optional(),
  phone: z.string().trim().max(20).default(''),
  tags: z.array(childChoices.tag).max(childTags.length).default([]),
  note: z.string().trim().max(300).default(''),
});
export const recordSurvey = endpoint({
  name: 'population.recordSurvey',
  method: 'POST',
  path: '/api/surveys',
  summary: '登记入户摸底',
  permission: 'survey.record',
  audit: 'population.recordSurvey',
  offline: true,
  input: z.object({
    id: Id,
    householdId: Id,
    newHousehold: z
      .object({ communityCode: z.string().regex(/^\d{12}$/), address: z.string().trim().min(2).max(120) })
      .optional(),
    day: Day,
    result: z.enum(surveyResults),
    note: z.string().trim().max(300).default(''),
    signature: z.string().max(200_000),
    newChildren: z.array(DoorChild).max(12).default([]),
  }),
  output: z.object({ id: Id, householdNo: z.string() }),
});
