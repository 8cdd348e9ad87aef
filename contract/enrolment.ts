import { z } from 'zod';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

/** A pupil on a school's roster. */
export const RosterRow = z.object({
  childId: Id,
  name: z.string(),
  sex: z.string().nullable(),
  birthDate: Day.nullable(),
  documentMask: z.string(),
  registryMask: z.string().nullable(),
  schoolId: Id,
  schoolName: z.string(),
  grade: z.number().int(),
  className: z.string().nullable(),
  presence: z.enum(['present', 'leave', 'absent', 'unknown']),
  presenceWords: z.string(),
  tags: z.array(z.string()),
  identity: z.string(),
});
export const rosterFilters = z.object({
  schoolId: Id.optional(),
  classId: Id.optional(),
  grade: z.coerce.number().int().min(1).max(12).optional(),
  q: z.string().max(60).optional(),
  ...AsOf.shape,
});
export const listRoster = endpoint({
  name: 'enrolment.listRoster',
  method: 'GET',
  path: '/api/roster',
  summary: '在校学生花名册',
  permission: 'roster.read',
  audit: null,
  input: Paging.extend(rosterFilters.shape),
  output: pageOf(RosterRow),
});
export const exportRoster = endpoint({
  name: 'enrolment.exportRoster',
  method: 'GET',
  path: '/api/roster/export',
  summary: '导出在校学生花名册',
  permission: 'roster.read',
  alsoNeeds: 'export.lists',
  audit: 'enrolment.exportRoster',
  download: true,
  input: rosterFilters.extend({ identities: z.enum(['masked', 'full']).default('masked'), approvalId: Id.optional() }),
  output: z.unknown(),
});
