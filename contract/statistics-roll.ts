import { z } from 'zod';
import { periodKinds, TallyShape } from '#domain/statistics/record.ts';
import { reportStates } from '#domain/statistics/report.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id } from './paging.ts';

/** A summary of the district's roll-up as a person kept it. */
const KeptSummary = z.object({
  version: z.number().int(),
  text: z.string(),
  byName: z.string(),
  at: z.string(),
  /** Whether it is the drafted text again, put back by a person. */
  drafted: z.boolean(),
});
/** The summary in force with those before it; null while nobody has kept one and the draft stands. */
export const RollSummary = z.object({
  kept: KeptSummary.nullable(),
  /** The figures have changed since it was kept: the draft of now is another than that of then. */
  stale: z.boolean(),
  history: z.array(KeptSummary),
  mayEdit: z.boolean(),
});

export const saveRollSummary = endpoint({
  name: 'statistics.saveRollSummary',
  method: 'POST',
  path: '/api/reports/summary',
  summary: '修改全区汇总的文字小结，或恢复为系统起草；每次修改都留存',
  permission: 'reports.accept',
  audit: 'statistics.saveRollSummary',
  input: z.object({
    id: Id,
    period: z.enum(periodKinds),
    day: Day.optional(),
    /** Null puts the drafted text back. */
    text: z.string().trim().min(4, '请写明小结，不少于 4 个字。').max(4000, '小结最多 4000 字。').nullable(),
    /** The version that was seen when editing began; another since then is not overwritten. */
    seen: z.number().int().min(0),
  }),
  output: z.object({ version: z.number().int() }),
});

/** The roll-up of a period as the bureau signed it. */
const RollSignature = z.object({
  version: z.number().int(),
  byName: z.string(),
  at: z.string(),
  knownAt: z.string(),
  fingerprint: z.string(),
  reason: z.string().nullable(),
  /** The sum of what the schools had signed, and the recount beside it, as they stood then. */
  sum: TallyShape,
  recount: TallyShape,
  schools: z.array(
    z.object({ schoolId: Id, name: z.string(), state: z.enum(reportStates), version: z.number().int() }),
  ),
});
export const getRollSignature = endpoint({
  name: 'statistics.getRollSignature',
  method: 'GET',
  path: '/api/reports/roll/signature',
  summary: '全区汇总的签发：谁在何时按什么数据签发，是否有变化',
  permission: 'reports.read',
  audit: null,
  input: z.object({ period: z.enum(periodKinds), day: Day.optional() }),
  output: z.object({
    signed: RollSignature.nullable(),
    history: z.array(RollSignature.pick({ version: true, byName: true, at: true, reason: true })),
    /** What was signed is not what stands now. */
    changed: z.boolean(),
    /** Until when the bureau owes it; null for a week and a year. */
    dueAt: z.string().nullable(),
    overdue: z.boolean(),
    missing: z.number().int(),
    waiting: z.number().int(),
    /** Schools are missing or wait for acceptance, or it is signed anew: that asks for a reason. */
    asksReason: z.boolean(),
    allowed: z.object({ sign: z.boolean(), why: z.string().nullable() }),
  }),
});
export const signRoll = endpoint({
  name: 'statistics.signRoll',
  method: 'POST',
  path: '/api/reports/roll/sign',
  summary: '签发全区汇总（冻结；有学校未报、未审核的写明原因）',
  permission: 'reports.accept',
  audit: 'statistics.signRoll',
  input: z.object({
    id: Id,
    period: z.enum(periodKinds),
    day: Day.optional(),
    reason: z.string().trim().min(2, '请写明原因。').max(500).nullable().default(null),
    /** The version that was seen; another since then is not overwritten. */
    seen: z.number().int().min(0),
  }),
  output: z.object({ version: z.number().int() }),
});
export const acceptReports = endpoint({
  name: 'statistics.acceptReports',
  method: 'POST',
  path: '/api/reports/accept',
  summary: '批量审核通过已签报的统计；不能办的逐项说明原因',
  permission: 'reports.accept',
  audit: 'statistics.acceptReports',
  input: z.object({
    /** Each in the version that was seen. */
    reports: z
      .array(z.object({ id: Id, version: z.number().int().min(1) }))
      .min(1, '请选择报告。')
      .max(200),
  }),
  output: z.object({ done: z.number().int(), refused: z.array(z.object({ id: Id, why: z.string() })) }),
});
