import { z } from 'zod';
import { bases } from '#domain/comparison/cells.ts';
import { childTags } from '#domain/population/record.ts';
import { AsOf } from './as-of.ts';
import { ChildCodes, childChoices } from './child-facts.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
/** How a child stands today, one word. */
export const childStandings = [
  'enrolled',
  'notEnrolled',
  'statedElsewhere',
  'elsewhere',
  'deferred',
  'notSchoolAge',
  'unable',
  'other',
] as const;

/** Standings taken together, as the enrolment rate counts them; a pupil who may be a child of the register counts as that child. */
export const standingGroups = ['placed', 'owing', 'schoolAge', 'missing'] as const;

/** A child as a list shows it: document masked to first four and last two, since the birth date stands beside it. */
export const ChildRow = z.object({
  id: Id,
  name: z.string(),
  sex: z.string().nullable(),
  birthDate: Day.nullable(),
  documentType: z.string(),
  documentMask: z.string(),
  schoolName: z.string().nullable(),
  className: z.string().nullable(),
  subdistrictName: z.string().nullable(),
  communityName: z.string().nullable(),
  studyStatus: z.string().nullable(),
  standing: z.enum(childStandings),
  tags: z.array(z.string()),
  openFindings: z.number().int(),
});
export const childFilters = z.object({
  q: z.string().max(60).optional(),
  subdistrict: z.string().max(12).optional(),
  community: z.string().max(12).optional(),
  schoolId: Id.optional(),
  classId: Id.optional(),
  grade: z.coerce.number().int().min(1).max(12).optional(),
  tag: childChoices.tag.optional(),
  standing: z.enum([...childStandings, ...standingGroups]).optional(),
  /** Whom a base of the enrolment rate counts: by the household state that the register tells, or who is on a roster. */
  base: z.enum(bases).exclude(['all']).optional(),
  sort: z.enum(['name', 'birth']).default('name'),
  ...AsOf.shape,
});
export const listChildren = endpoint({
  name: 'population.listChildren',
  method: 'GET',
  path: '/api/children',
  summary: '适龄儿童少年',
  permission: 'children.read',
  audit: null,
  input: Paging.extend(childFilters.shape),
  output: pageOf(ChildRow),
});
export const getChild = endpoint({
  name: 'population.getChild',
  method: 'GET',
  path: '/api/children/:id',
  summary: '一个孩子的档案',
  permission: 'children.read',
  audit: 'population.getChild',
  input: z.object({ id: Id }),
  output: ChildRow.extend({
    /** Read by a school or class that he has left for another: what is known of him now is left out. */
    former: z.boolean(),
    codes: ChildCodes,
    ethnicity: z.string().nullable(),
    registryMask: z.string().nullable(),
    identity: z.string(),
    mergedInto: Id.nullable(),
    household: z.object({ id: Id, householdNo: z.string(), address: z.string() }).nullable(),
    guardian: z.object({
      name: z.string().nullable(),
      relation: z.string().nullable(),
      phoneMask: z.string().nullable(),
    }),
    register: z
      .object({
        studyStatus: z.string(),
        statedSchool: z.string().nullable(),
        statedGrade: z.number().int().nullable(),
        householdState: z.string().nullable(),
        surveyor: z.string().nullable(),
        surveyDate: Day.nullable(),
        note: z.string().nullable(),
      })
      .nullable(),
    enrolment: z
      .object({
        schoolId: Id,
        schoolName: z.string(),
        className: z.string().nullable(),
        grade: z.number().int(),
        fromDate: Day,
      })
      .nullable(),
    siblings: z.array(z.object({ id: Id, name: z.string() })),
    findings: z.array(z.object({ id: Id, kind: z.string(), kindWords: z.string(), state: z.string(), dueDate: Day })),
    history: z.array(
      z.object({
        at: z.string(),
        actor: z.string(),
        what: z.string(),
        words: z.string(),
        reason: z.string().nullable(),
      }),
    ),
    merges: z.array(z.object({ id: Id, mergedName: z.string(), at: z.string(), by: z.string(), undone: z.boolean() })),
    allowed: z.object({
      edit: z.boolean(),
      reveal: z.enum(['open', 'approval', 'no']),
      call: z.boolean(),
      split: z.boolean(),
    }),
  }),
});
export const editChild = endpoint({
  name: 'population.editChild',
  method: 'POST',
  path: '/api/children/:id',
  summary: '更正孩子的信息',
  permission: 'children.edit',
  audit: 'population.editChild',
  offline: true,
  input: z.object({
    id: Id,
    reason: z.string().trim().min(2, '请写明更正的依据。').max(200),
    name: z.string().trim().min(1).max(60).optional(),
    sex: z.enum(['男', '女']).optional(),
    birthDate: Day.optional(),
    documentType: childChoices.documentType.optional(),
    documentNumber: z.string().trim().max(40).optional(),
    studyStatus: childChoices.studyStatus.optional(),
    statedSchool: z.string().trim().max(60).nullable().optional(),
    note: z.string().trim().max(300).nullable().optional(),
    guardian: z.string().trim().max(40).optional(),
    relation: childChoices.relation.optional(),
    phone: z.string().trim().max(20).optional(),
    tags: z.array(childChoices.tag).max(childTags.length).optional(),
  }),
  output: Done,
});
export const revealChild = endpoint({
  name: 'population.revealChild',
  method: 'POST',
  path: '/api/children/:id/reveal',
  summary: '打开完整号码',
  permission: 'children.reveal',
  audit: 'population.revealChild',
  input: z.object({
    id: Id,
    what: z.enum(['document', 'phone']),
    /** May be left out for a guardian's phone of one's own class or findings: the purpose is then the post's. */
    reason: z.string().trim().min(2, '请写明用途。').max(200).optional(),
    approvalId: Id.optional(),
  }),
  output: z.object({
    documentNumber: z.string().nullable(),
    registryNo: z.string().nullable(),
    phone: z.string().nullable(),
  }),
});
export const searchAll = endpoint({
  name: 'population.searchAll',
  method: 'GET',
  path: '/api/search',
  summary: '全局搜索：姓名、拼音首字母、号码',
  permission: 'organisations.read',
  audit: null,
  input: z.object({ q: z.string().trim().min(1).max(60) }),
  output: z.object({
    children: z.array(
      z.object({ id: Id, name: z.string(), birthDate: Day.nullable(), documentMask: z.string(), where: z.string() }),
    ),
    schools: z.array(z.object({ id: Id, name: z.string(), code: z.string() })),
    places: z.array(z.object({ code: z.string(), name: z.string() })),
    households: z.array(z.object({ id: Id, householdNo: z.string(), address: z.string() })),
  }),
});
export const exportChildren = endpoint({
  name: 'population.exportChildren',
  method: 'GET',
  path: '/api/children/export',
  summary: '导出适龄儿童少年信息档案',
  permission: 'children.read',
  alsoNeeds: 'export.lists',
  audit: 'population.exportChildren',
  download: true,
  input: childFilters.extend({ identities: z.enum(['masked', 'full']).default('masked'), approvalId: Id.optional() }),
  output: z.unknown(),
});
