import { z } from 'zod';
import { dutyOutcomes, dutyRuleIds, dutyStates } from '#domain/duties/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Done = z.object({ done: z.literal(true) });
const Rule = z.enum(dutyRuleIds);

/** A duty as lists show it; `to` is the page of the act that settles it. */
export const DutyRow = z.object({
  id: Id,
  rule: Rule,
  title: z.string(),
  clause: z.string(),
  childId: Id.nullable(),
  caseId: Id.nullable(),
  /** The child's name, or the class. */
  who: z.string(),
  why: z.string(),
  schoolName: z.string().nullable(),
  className: z.string().nullable(),
  ownerWords: z.string(),
  /** How many levels it has climbed. */
  level: z.number().int(),
  topWords: z.string(),
  urgent: z.boolean(),
  startedAt: z.string(),
  dueAt: z.string(),
  dueDay: Day,
  overdue: z.boolean(),
  state: z.enum(dutyStates),
  stateWords: z.string(),
  /** null while open. */
  inTime: z.boolean().nullable(),
  settledAt: z.string().nullable(),
  settledName: z.string().nullable(),
  action: z.string(),
  to: z.string(),
});
export const listDuties = endpoint({
  name: 'duties.listDuties',
  method: 'GET',
  path: '/api/duties',
  summary: '任务清单：本人的或本单位的',
  permission: 'desk.read',
  audit: null,
  input: Paging.extend({
    scope: z.enum(['mine', 'unit']).default('mine'),
    state: z.enum([...dutyStates, 'all']).default('open'),
    when: z.enum(['overdue', 'today', 'week']).optional(),
    /** Due on these days, inclusive. */
    from: Day.optional(),
    to: Day.optional(),
    /** The duties behind a figure, whatever their state; `due` is all that timeliness counts, `ahead` those open and not due yet. */
    outcome: z.enum([...dutyOutcomes, 'due', 'ahead']).optional(),
    rule: Rule.optional(),
    /** Those of the rules of a clause of the plan, by its id. */
    clause: z.string().max(20).optional(),
    /** Owed by the people of a school, or by bureau, street and community. */
    owedBy: z.enum(['school', 'office']).optional(),
    schoolId: Id.optional(),
    /** Only duties that belong to no school. */
    noSchool: z.enum(['yes']).optional(),
    childId: Id.optional(),
    caseId: Id.optional(),
    ...AsOf.shape,
  }),
  output: pageOf(DutyRow).extend({ overdue: z.number().int() }),
});
export const getDuty = endpoint({
  name: 'duties.getDuty',
  method: 'GET',
  path: '/api/duties/:id',
  summary: '一项任务及其经过',
  permission: 'desk.read',
  audit: null,
  input: z.object({ id: Id }),
  output: DutyRow.extend({
    ruleVersion: z.string(),
    dueWords: z.string(),
    reason: z.string().nullable(),
    events: z.array(z.object({ at: z.string(), actor: z.string(), words: z.string() })),
    allowed: z.object({ waive: z.boolean(), handOver: z.boolean() }),
    /** Whom it may be handed to; empty when it may not. */
    people: z.array(z.object({ staffId: Id, name: z.string(), roleWords: z.string() })),
  }),
});
const Reason = z.string().trim().min(2, '请写明理由。').max(300);
export const waiveDuty = endpoint({
  name: 'duties.waiveDuty',
  method: 'POST',
  path: '/api/duties/:id/waive',
  summary: '免除一项任务（上一级，写明理由）',
  permission: 'duties.handle',
  audit: 'duties.waiveDuty',
  input: z.object({ id: Id, reason: Reason }),
  output: Done,
});
export const handOverDuty = endpoint({
  name: 'duties.handOverDuty',
  method: 'POST',
  path: '/api/duties/:id/hand-over',
  summary: '把任务交给本单位的另一人',
  permission: 'duties.handle',
  audit: 'duties.handOverDuty',
  input: z.object({ id: Id, staffId: Id, reason: Reason }),
  output: Done,
});
export const listCatalogue = endpoint({
  name: 'duties.listCatalogue',
  method: 'GET',
  path: '/api/duties/catalogue',
  summary: '方案条款与时限规则',
  permission: 'desk.read',
  audit: null,
  input: z.object({}),
  output: z.object({
    clauses: z.array(z.object({ id: z.string(), title: z.string(), owes: z.string(), done: z.string() })),
    rules: z.array(
      z.object({
        id: Rule,
        clause: z.string(),
        title: z.string(),
        trigger: z.string(),
        owner: z.string(),
        climbsTo: z.array(z.string()),
        due: z.string(),
        version: z.string(),
        /** The settings from which its deadline is reckoned; none where it is fixed. */
        settings: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
        act: z.string(),
      }),
    ),
  }),
});
export const getTimeliness = endpoint({
  name: 'duties.getTimeliness',
  method: 'GET',
  path: '/api/duties/timeliness',
  summary: '及时率：按规则和学校',
  permission: 'cockpit.read',
  audit: null,
  input: z.object({ from: Day, to: Day }),
  output: z.object({
    formula: z.string(),
    due: z.number().int(),
    inTime: z.number().int(),
    rows: z.array(
      z.object({
        rule: Rule,
        title: z.string(),
        schoolId: Id.nullable(),
        schoolName: z.string().nullable(),
        due: z.number().int(),
        inTime: z.number().int(),
        late: z.number().int(),
        open: z.number().int(),
      }),
    ),
  }),
});
