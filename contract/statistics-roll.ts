import { z } from 'zod';
import { formOpens } from '#domain/statistics/form-layout.ts';
import { courseParts, periodKinds } from '#domain/statistics/record.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id } from './paging.ts';

/** A form as offices print it; columns of one group stand under one merged head. */
export const FormSheet = z.object({
  title: z.string(),
  unit: z.string(),
  period: z.string(),
  columns: z.array(
    z.object({
      group: z.string().nullable(),
      label: z.string(),
      width: z.number(),
      number: z.boolean(),
      /** The component whose names a number opens; by the records of now where it is a recount. */
      part: z.enum(courseParts).nullable(),
      /** What its numbers open where they are no component. */
      opens: z.enum(formOpens).nullable(),
      recount: z.boolean(),
    }),
  ),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  notes: z.array(z.string()),
});
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

/** The filings of a roll-up, the last first, and whether it may be filed now. */
export const RollFilings = z.object({
  may: z.boolean(),
  why: z.string().nullable(),
  /** Schools that are missing or have changed since they signed: filed only with a reason. */
  faults: z.array(z.string()),
  /** What the schools signed has changed since the last filing. */
  changed: z.boolean(),
  versions: z.array(
    z.object({
      version: z.number().int(),
      byName: z.string(),
      /** The post in which it was filed; null for filings from before it was kept. */
      post: z.string().nullable(),
      at: z.string(),
      schools: z.number().int(),
      missing: z.number().int(),
      reason: z.string().nullable(),
      fingerprint: z.string(),
    }),
  ),
});

export const fileRoll = endpoint({
  name: 'statistics.fileRoll',
  method: 'POST',
  path: '/api/reports/filing',
  summary: '核查后上报全区一个时段的汇总报表：表、指标、小结随之固定；有学校未报或签报后有变化的须说明',
  permission: 'reports.accept',
  audit: 'statistics.fileRoll',
  input: z.object({
    id: Id,
    period: z.enum(periodKinds),
    day: Day.optional(),
    reason: z.string().trim().min(4, '请写明原因，不少于 4 个字。').max(500).nullable().default(null),
  }),
  output: z.object({ version: z.number().int() }),
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
