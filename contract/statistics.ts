import { z } from 'zod';
import { bases } from '#domain/comparison/cells.ts';
import { openGroups } from '#domain/statistics/groups.ts';
import { levels } from '#domain/statistics/record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id } from './paging.ts';

/** Null: it was not kept, or the comparison does not tell it under what was chosen. */
const Told = z.number().int().nullable();
const Line = z.object({
  id: z.string(),
  name: z.string(),
  owing: z.number().int(),
  denominator: z.number().int(),
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
  input: AsOf.extend({
    level: z.enum(levels).optional(),
    /** One street, or one school with its catchment; left out, all that is in reach. */
    street: z.string().max(12).optional(),
    schoolId: Id.optional(),
    group: z.enum(openGroups).optional(),
    /** Whom the rate counts: everybody who owes, by household registration, by residence, or on a roster. */
    base: z.enum(bases).default('all'),
  }),
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
    /** When the comparison was made, to the microsecond: as known then the names behind its numbers are listed. */
    madeAt: z.string().nullable(),
    signedName: z.string().nullable(),
    target: z.number(),
    formula: z.string(),
    base: z.enum(bases),
    /** Why the rate cannot be told under what was chosen; its numbers are null then. */
    untold: z.string().nullable(),
    /** Who owes and has no household state, so that neither the registered nor the resident base counts him; null for the other bases. */
    outsideBase: Told,
    owing: Told,
    denominator: Told,
    enrolled: Told,
    /** Of the enrolled; null where an older comparison did not keep it. */
    suspended: Told,
    statedElsewhere: Told,
    notAccounted: Told,
    deferred: Told,
    /** The moment of which findings and what waits are told, null for now: of the whole unit, whatever the level, group and base. */
    foundAt: z.string().nullable(),
    heldRows: Told,
    openProposals: Told,
    doubleEnrolled: Told,
    onRollAbsent: Told,
    notInRegister: Told,
    findingStates: z.record(z.string(), z.number().int()).nullable(),
    overdue: Told,
    bySubdistrict: z.array(Line),
    bySchool: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        pupils: z.number().int(),
        onRollAbsent: Told,
        doubleEnrolled: Told,
        openFindings: Told,
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
