import { z } from 'zod';
import { coverageStates } from '#domain/visits/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';
import { PlanKind, VisitMode } from './visits.ts';

const Done = z.object({ done: z.literal(true) });
const reason = z.string().trim().min(2, '请写明原因。').max(200);

const PlanSummary = z.object({
  planId: Id,
  preview: z.boolean(),
  pupils: z.number().int(),
  visits: z.number().int(),
  households: z.number().int(),
  /** Pupils left out because a plan of this kind holds them already. */
  already: z.number().int(),
  days: z.number().int(),
  teachers: z.array(
    z.object({
      staffId: Id,
      staffName: z.string(),
      classes: z.string(),
      visits: z.number().int(),
      firstDay: Day,
      lastDay: Day,
    }),
  ),
  /** Classes without a class teacher: their visits wait for somebody to be named. */
  unassigned: z.array(z.object({ classId: Id.nullable(), className: z.string(), visits: z.number().int() })),
});
export const makePlan = endpoint({
  name: 'visits.makePlan',
  method: 'POST',
  path: '/api/visit-plans',
  summary: '制定走访计划，分到班主任和日期（可先预览）',
  permission: 'visits.plan',
  audit: 'visits.makePlan',
  input: z.object({
    id: Id,
    kind: PlanKind.exclude(['case']),
    name: z.string().trim().min(2).max(40),
    schoolId: Id,
    from: Day,
    to: Day,
    classIds: z.array(Id).max(200).optional(),
    /** The pupils of a plan for those at risk; required there. */
    childIds: z.array(Id).max(2000).optional(),
    preview: z.boolean(),
  }),
  output: PlanSummary,
});
const Counts = z.object({
  due: z.number().int(),
  covered: z.number().int(),
  late: z.number().int(),
  attempted: z.number().int(),
  none: z.number().int(),
  households: z.number().int(),
  householdsCovered: z.number().int(),
});
/** A plan with how far it is. */
export const Plan = z.object({
  id: Id,
  kind: PlanKind,
  kindWords: z.string(),
  name: z.string(),
  schoolId: Id,
  schoolName: z.string(),
  from: Day,
  to: Day,
  modes: z.array(VisitMode),
  modesWords: z.string(),
  madeName: z.string(),
  madeAt: z.string(),
  ended: z.object({ at: z.string(), byName: z.string(), reason: z.string() }).nullable(),
  counts: Counts,
});
export const listPlans = endpoint({
  name: 'visits.listPlans',
  method: 'GET',
  path: '/api/visit-plans',
  summary: '走访计划与覆盖',
  permission: 'visits.read',
  audit: null,
  input: Paging.extend({
    schoolId: Id.optional(),
    kind: PlanKind.optional(),
    live: z.enum(['yes', 'no']).optional(),
    ...AsOf.shape,
  }),
  output: pageOf(Plan),
});
export const planCoverage = endpoint({
  name: 'visits.planCoverage',
  method: 'GET',
  path: '/api/visit-plans/:id/coverage',
  summary: '一个计划的覆盖：按户、按人、按班',
  permission: 'visits.read',
  audit: 'visits.planCoverage',
  input: AsOf.extend({ id: Id }),
  output: Plan.extend({
    classes: z.array(Counts.extend({ classId: Id.nullable(), className: z.string(), teachers: z.string() })),
    allowed: z.object({ assign: z.boolean(), end: z.boolean() }),
  }),
});
export const listPlanItems = endpoint({
  name: 'visits.listPlanItems',
  method: 'GET',
  path: '/api/visit-plans/:id/items',
  summary: '一个计划的走访名单：按人或按户，可按班级和走访情况筛选',
  permission: 'visits.read',
  audit: null,
  input: Paging.extend({
    id: Id,
    /** A line for each planned visit, or for each household of a month. */
    by: z.enum(['pupil', 'household']).default('pupil'),
    /** `uncovered`: not visited in time. */
    state: z.enum([...coverageStates, 'uncovered']).optional(),
    classId: Id.optional(),
    /** Only pupils without a class. */
    noClass: z.enum(['yes']).optional(),
    q: z.string().max(60).optional(),
    ...AsOf.shape,
  }),
  output: pageOf(
    z.object({
      /** The planned visits of the line; those still open can be handed over. */
      itemIds: z.array(Id),
      openIds: z.array(Id),
      children: z.array(z.object({ childId: Id, name: z.string() })),
      className: z.string(),
      staffName: z.string().nullable(),
      dueDate: Day,
      overdue: z.boolean(),
      state: z.enum(coverageStates),
      stateWords: z.string(),
      attempts: z.number().int(),
      lastAttempt: z.string().nullable(),
      /** The visit that did it, with its day. */
      visitId: Id.nullable(),
      visitDay: Day.nullable(),
    }),
  ),
});
export const assignVisits = endpoint({
  name: 'visits.assignVisits',
  method: 'POST',
  path: '/api/visit-plans/:id/assign',
  summary: '改派走访人或改期限',
  permission: 'visits.plan',
  audit: 'visits.assignVisits',
  input: z.object({
    id: Id,
    itemIds: z.array(Id).min(1).max(500),
    staffId: Id,
    dueDate: Day.optional(),
    reason,
  }),
  output: Done,
});
export const endPlan = endpoint({
  name: 'visits.endPlan',
  method: 'POST',
  path: '/api/visit-plans/:id/end',
  summary: '终止一个走访计划（已完成的走访保留）',
  permission: 'visits.plan',
  audit: 'visits.endPlan',
  input: z.object({ id: Id, reason }),
  output: Done,
});
