import { z } from 'zod';
import { note } from './dropout.ts';
import { endpoint } from './endpoint.ts';
import { ChangeAfter } from './enrolment-changes.ts';
import { Day, Id } from './paging.ts';

export const stepChanges = endpoint({
  name: 'enrolment.stepChanges',
  method: 'POST',
  path: '/api/changes/step',
  summary: '批量同意学籍异动，或批量确认到校；不能办的逐项说明原因',
  permission: 'changes.decide',
  audit: 'enrolment.stepChanges',
  input: z.object({
    ids: z.array(Id).min(1, '请选择异动。').max(200),
    act: z.enum(['approve', 'arrive']),
    /** The day of arrival. */
    day: Day.nullable().default(null),
    note: note().default(''),
  }),
  output: z.object({
    done: z.number().int(),
    refused: z.array(z.object({ id: Id, name: z.string(), why: z.string() })),
  }),
});
export const endAttending = endpoint({
  name: 'enrolment.endAttending',
  method: 'POST',
  path: '/api/changes/:id/back',
  summary: '返校就读（就读地自这一天起结束，在原班点名）',
  permission: 'changes.ask',
  audit: 'enrolment.endAttending',
  input: z.object({ id: Id, day: Day, note: note().default('') }),
  output: ChangeAfter,
});
