import { z } from 'zod';
import { periodKinds } from '#domain/statistics/record.ts';
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
