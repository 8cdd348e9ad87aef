import { z } from 'zod';
import { differenceKinds, differenceStates, proposalActs } from '#domain/enrolment/registry-check.ts';
import { endpoint } from './endpoint.ts';
import { needed } from './dropout.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Act = z.enum(proposalActs);

/** A comparison of an export of the national registry. */
export const RegistryCheck = z.object({
  id: Id,
  fileName: z.string(),
  asOf: Day,
  madeAt: z.string(),
  madeName: z.string(),
  /** Counts of the whole file, for who reaches the whole district alone. */
  fileRows: z.number().int().nullable(),
  matched: z.number().int().nullable(),
  schools: z.number().int().nullable(),
  /** Differences that the comparison found; for a school those of its own that no later comparison has found again. */
  differing: z.number().int(),
});
export const listRegistryChecks = endpoint({
  name: 'enrolment.listRegistryChecks',
  method: 'GET',
  path: '/api/registry-checks',
  summary: '与全国学籍系统的比对记录；学校只看涉及本校的',
  permission: 'changes.read',
  audit: null,
  input: Paging,
  output: pageOf(RegistryCheck),
});

/** A difference as the list shows it: both sides in words, and the proposals with their reasons. */
export const RegistryDifference = z.object({
  id: Id,
  childId: Id.nullable(),
  name: z.string(),
  kind: z.enum(differenceKinds),
  kindWords: z.string(),
  schoolId: Id.nullable(),
  schoolName: z.string().nullable(),
  theirSchoolName: z.string().nullable(),
  oursWords: z.string(),
  theirsWords: z.string(),
  proposals: z.array(z.object({ act: Act, words: z.string(), why: z.string() })),
  state: z.enum(differenceStates),
  stateWords: z.string(),
  takenWords: z.string().nullable(),
  decidedName: z.string().nullable(),
  decidedAt: z.string().nullable(),
  note: z.string().nullable(),
  firstSeen: Day,
  asOf: Day,
  /** A registry change of this child that is under way or done since, which may be the answer. */
  changeId: Id.nullable(),
  changeWords: z.string().nullable(),
});
export const differenceFilters = z.object({
  kind: z.enum(differenceKinds).optional(),
  state: z.enum([...differenceStates, 'all']).default('open'),
  schoolId: Id.optional(),
  q: z.string().max(60).optional(),
});
export const listDifferences = endpoint({
  name: 'enrolment.listDifferences',
  method: 'GET',
  path: '/api/registry-differences',
  summary: '与全国学籍系统的差异，附建议的学籍异动',
  permission: 'changes.read',
  audit: 'enrolment.listDifferences',
  input: Paging.extend(differenceFilters.shape),
  output: pageOf(RegistryDifference).extend({
    byKind: z.record(z.string(), z.number().int()),
    bySchool: z.array(z.object({ schoolId: Id, schoolName: z.string(), count: z.number().int() })),
    /** The newest comparison, null before the first. */
    last: z.object({ asOf: Day, madeAt: z.string() }).nullable(),
  }),
});
export const exportDifferences = endpoint({
  name: 'enrolment.exportDifferences',
  method: 'GET',
  path: '/api/registry-differences/export',
  summary: '导出与全国学籍系统的差异',
  permission: 'changes.read',
  alsoNeeds: 'export.lists',
  audit: 'enrolment.exportDifferences',
  download: true,
  input: differenceFilters,
  output: z.unknown(),
});
/** How the difference stood for whoever decides: who decides about another state is told what became of it meanwhile. */
const Seen = z.enum(['open', 'taken', 'dismissed']).default('open');

export const takeDifference = endpoint({
  name: 'enrolment.takeDifference',
  method: 'POST',
  path: '/api/registry-differences/:id/take',
  summary: '采用一项建议（打开已填好的异动表，由人提交）',
  permission: 'changes.ask',
  audit: 'enrolment.takeDifference',
  input: z.object({ id: Id, act: Act, seen: Seen }),
  output: z.object({
    act: Act,
    childId: Id.nullable(),
    /** A child on another school's roll, as the registry names him; the receiving school starts his transfer by it. */
    person: z.object({ name: z.string(), number: z.string() }).nullable(),
    toSchoolId: Id.nullable(),
    toClassId: Id.nullable(),
    toGrade: z.number().int().nullable(),
    reason: z.string(),
  }),
});
export const dismissDifference = endpoint({
  name: 'enrolment.dismissDifference',
  method: 'POST',
  path: '/api/registry-differences/:id/dismiss',
  summary: '不予办理一项差异并写明原因',
  permission: 'changes.ask',
  audit: 'enrolment.dismissDifference',
  input: z.object({ id: Id, note: needed('请写明原因。', 300), seen: Seen }),
  output: z.object({ done: z.literal(true) }),
});
