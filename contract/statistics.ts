import { z } from 'zod';
import { Moment } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id } from './paging.ts';

const Line = z.object({
  id: z.string(),
  name: z.string(),
  owing: z.number().int(),
  enrolled: z.number().int(),
  statedElsewhere: z.number().int(),
  notAccounted: z.number().int(),
  deferred: z.number().int(),
});
export const getCockpit = endpoint({
  name: 'statistics.getCockpit',
  method: 'GET',
  path: '/api/cockpit',
  summary: '驾驶舱',
  permission: 'cockpit.read',
  audit: null,
  input: z.object({ day: Day.optional(), knownAt: Moment.optional() }),
  output: z.object({
    /** The enrolment rate by the formula in force, then its variants. */
    rates: z.array(
      z.object({
        variant: z.string().nullable(),
        name: z.string(),
        words: z.string(),
        version: z.number().int(),
        numerator: z.number(),
        denominator: z.number(),
        value: z.number().nullable(),
      }),
    ),
    runId: Id.nullable(),
    asOf: Day.nullable(),
    knownAt: z.string().nullable(),
    signedName: z.string().nullable(),
    target: z.number(),
    formula: z.string(),
    owing: z.number().int(),
    denominator: z.number().int(),
    enrolled: z.number().int(),
    statedElsewhere: z.number().int(),
    notAccounted: z.number().int(),
    heldRows: z.number().int(),
    openProposals: z.number().int(),
    doubleEnrolled: z.number().int(),
    onRollAbsent: z.number().int(),
    deferred: z.number().int(),
    notInRegister: z.number().int(),
    findingStates: z.record(z.string(), z.number().int()),
    overdue: z.number().int(),
    bySubdistrict: z.array(Line),
    bySchool: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        pupils: z.number().int(),
        onRollAbsent: z.number().int(),
        doubleEnrolled: z.number().int(),
        openFindings: z.number().int(),
      }),
    ),
    trend: z.array(
      z.object({
        asOf: Day,
        denominator: z.number().int(),
        enrolled: z.number().int(),
        notAccounted: z.number().int(),
      }),
    ),
  }),
});
export const getDesk = endpoint({
  name: 'statistics.getDesk',
  method: 'GET',
  path: '/api/desk',
  summary: '工作台',
  permission: 'desk.read',
  audit: null,
  input: z.object({}),
  output: z.object({
    sections: z.array(
      z.object({
        key: z.enum(['overdue', 'today', 'week', 'later']),
        title: z.string(),
        total: z.number().int(),
        items: z.array(
          z.object({
            id: z.string(),
            kind: z.string(),
            who: z.string(),
            what: z.string(),
            why: z.string(),
            due: Day.nullable(),
            /** The moment, for duties; a finding is due at the end of its day. */
            dueAt: z.string().nullable(),
            source: z.enum(['finding', 'duty']),
            urgent: z.boolean(),
            /** How many levels it has climbed. */
            level: z.number().int(),
            action: z.string(),
            to: z.string(),
          }),
        ),
      }),
    ),
    counts: z.array(z.object({ label: z.string(), value: z.number().int(), to: z.string() })),
    imports: z.array(
      z.object({ id: Id, fileName: z.string(), state: z.string(), rowsRead: z.number().int(), words: z.string() }),
    ),
  }),
});
