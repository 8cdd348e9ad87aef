import { z } from 'zod';
import { riskLevels, signKinds, signStates } from '#domain/risk/record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';

const Level = z.enum(riskLevels);
/** A sign with its reason in words; it advises and decides nothing. */
export const Sign = z.object({
  id: Id,
  kind: z.enum(signKinds),
  kindWords: z.string(),
  words: z.string(),
  since: Day,
  state: z.enum(signStates),
  stateWords: z.string(),
  actedWords: z.string().nullable(),
  actedAt: z.string().nullable(),
  dismissedName: z.string().nullable(),
  dismissedAt: z.string().nullable(),
  dismissedNote: z.string().nullable(),
});
export const listSigns = endpoint({
  name: 'risk.listSigns',
  method: 'GET',
  path: '/api/risks',
  summary: '有预警迹象的学生；可只看还没有人处理的',
  permission: 'risks.read',
  audit: null,
  input: Paging.extend({
    level: Level.optional(),
    kind: z.enum(signKinds).optional(),
    schoolId: Id.optional(),
    classId: Id.optional(),
    /** `no`: signs that should be looked at, and nobody has acted. */
    acted: z.enum(['no']).optional(),
  }),
  output: pageOf(
    z.object({
      childId: Id,
      name: z.string(),
      sex: z.string().nullable(),
      schoolName: z.string().nullable(),
      className: z.string().nullable(),
      level: Level,
      levelWords: z.string(),
      since: Day,
      acted: z.boolean(),
      signs: z.array(Sign),
    }),
  ),
});
export const getChildSigns = endpoint({
  name: 'risk.getChildSigns',
  method: 'GET',
  path: '/api/risks/child',
  summary: '一名学生的预警迹象与理由',
  permission: 'risks.read',
  audit: 'risk.getChildSigns',
  input: z.object({ childId: Id }),
  output: z.object({
    childId: Id,
    name: z.string(),
    level: Level.nullable(),
    levelWords: z.string().nullable(),
    /** Open first, then dismissed ones and those that are gone. */
    signs: z.array(Sign),
    allowed: z.object({ dismiss: z.boolean() }),
  }),
});
export const dismissSign = endpoint({
  name: 'risk.dismissSign',
  method: 'POST',
  path: '/api/risks/:id/dismiss',
  summary: '排除一条预警迹象',
  permission: 'risks.dismiss',
  audit: 'risk.dismissSign',
  input: z.object({ id: Id, note: z.string().trim().min(2, '请写明排除的理由。').max(300) }),
  output: z.object({ done: z.literal(true) }),
});
