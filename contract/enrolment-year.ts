import { z } from 'zod';
import { changeStates } from '#domain/enrolment/changes-record.ts';
import { AsOf } from './as-of.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const what = z.enum(['leaving', 'promotion']);
const YearAsked = z.object({
  schoolId: Id,
  /** The school year that begins (promotion) or the one after that which ends (leaving), by the year of its September. */
  schoolYear: z.coerce.number().int().min(2000).max(2100),
  /** `leaving`: grade 6 and 9 leave; `promotion`: the others move up. */
  what,
});

export const previewYear = endpoint({
  name: 'enrolment.previewYear',
  method: 'GET',
  path: '/api/year/preview',
  summary: '年度升级、毕业预览',
  permission: 'changes.ask',
  audit: null,
  input: YearAsked,
  output: z.object({
    what,
    schoolYear: z.number().int(),
    day: Day,
    doneOn: z.string().nullable(),
    /** Whether it can be run now, and why not. */
    may: z.boolean(),
    why: z.string().nullable(),
    groups: z.array(z.object({ fromWords: z.string(), toWords: z.string(), pupils: z.number().int() })),
    /** Each pupil: where he goes, or why he is to be dealt with one by one. */
    rows: z.array(
      z.object({
        childId: Id,
        name: z.string(),
        fromWords: z.string(),
        toWords: z.string(),
        individual: z.string().nullable(),
      }),
    ),
  }),
});
export const runYear = endpoint({
  name: 'enrolment.runYear',
  method: 'POST',
  path: '/api/year',
  summary: '年度升级、毕业（按预览办理，每校每学年一次）',
  permission: 'changes.ask',
  audit: 'enrolment.runYear',
  input: YearAsked.extend({
    /** How many the preview moves; another number by now asks for a new preview. */
    expected: z.number().int().min(0),
  }),
  output: z.object({ moved: z.number().int(), individual: z.number().int(), again: z.boolean() }),
});

/** A leaver of grade 6 with his placement. */
export const LeaverRow = z.object({
  childId: Id,
  name: z.string(),
  schoolId: Id,
  schoolName: z.string(),
  className: z.string().nullable(),
  state: z.enum(['unplaced', 'placed', 'noShow']),
  stateWords: z.string(),
  toSchoolName: z.string().nullable(),
  reportDay: Day.nullable(),
  dueDate: Day.nullable(),
  changeId: Id.nullable(),
  changeState: z.enum(changeStates).nullable(),
  ownerWords: z.string(),
});
export const listLeavers = endpoint({
  name: 'enrolment.listLeavers',
  method: 'GET',
  path: '/api/leavers',
  summary: '小学毕业生升学去向和未报到名单',
  permission: 'changes.read',
  audit: null,
  input: Paging.extend({
    schoolId: Id.optional(),
    show: z.enum(['all', 'unplaced', 'placed', 'noShow']).default('all'),
    /** The beginning of the name. */
    q: z.string().trim().max(60).optional(),
    ...AsOf.shape,
  }),
  output: pageOf(LeaverRow),
});
export const placeLeavers = endpoint({
  name: 'enrolment.placeLeavers',
  method: 'POST',
  path: '/api/leavers/place',
  summary: '分配小学毕业生到初中',
  permission: 'changes.place',
  audit: 'enrolment.placeLeavers',
  input: z.object({
    childIds: z.array(Id).max(2000).default([]),
    /** Instead of names: every leaver of this primary school whom nobody placed. */
    allOf: Id.optional(),
    toSchoolId: Id,
    reportDay: Day,
  }),
  output: z.object({
    placed: z.number().int(),
    refused: z.array(z.object({ childId: Id, name: z.string(), why: z.string() })),
  }),
});
