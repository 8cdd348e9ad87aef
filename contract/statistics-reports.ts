import { z } from 'zod';
import { periodKinds, TallyShape } from '#domain/statistics/record.ts';
import { Change, Explanation, Gap, reportStates } from '#domain/statistics/report.ts';
import { reportActions } from '#domain/statistics/steps.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, pageOf, Paging } from './paging.ts';
import { FormSheet, RollFilings, RollSummary } from './statistics-roll.ts';

const Figure = z.object({
  figure: z.string(),
  name: z.string(),
  version: z.number().int(),
  numerator: z.number(),
  denominator: z.number(),
  value: z.number().nullable(),
});
/** Until when the report is owed and from when its lack goes to the bureau; null where none is owed. */
const Deadline = z.object({ dueAt: z.string(), climbsAt: z.string(), overdue: z.boolean() }).nullable();
/** A child whose entry made a figure differ. */
const LateEntry = z.object({
  childId: Id,
  name: z.string(),
  /** `+part` and `-part`: where he stands now and stood before. */
  parts: z.array(z.string()),
  day: Day.nullable(),
  words: z.string(),
  knownAt: z.string().nullable(),
  actorName: z.string().nullable(),
  verb: z.string().nullable(),
});
const May = z.object({ may: z.boolean(), why: z.string().nullable() });
const Which = z.object({ period: z.enum(periodKinds), day: Day.optional() });

/** What was signed, as it stands for ever. */
const Frozen = z.object({
  version: z.number().int(),
  nil: z.boolean(),
  counts: TallyShape,
  figures: z.array(Figure),
  gaps: z.array(Gap),
  /** What this version changed of the one before; empty for the first. */
  changes: z.array(Change),
  explanations: z.array(Explanation),
  reason: z.string().nullable(),
  /** 文字小结 as the principal signed it; null in versions from before there was one. */
  summary: z.string().nullable(),
  formula: z.string(),
  knownAt: z.string(),
  fingerprint: z.string(),
  signedName: z.string(),
  signedAt: z.string(),
});

export const getReport = endpoint({
  name: 'statistics.getReport',
  method: 'GET',
  path: '/api/schools/:schoolId/report',
  summary: '学校一个时段的统计报告：未签报时由系统按记录生成草稿，签报后同时显示已冻结的内容和此后的变化',
  permission: 'reports.read',
  audit: null,
  input: Which.extend({ schoolId: Id }),
  output: z.object({
    id: Id.nullable(),
    schoolId: Id,
    schoolName: z.string(),
    period: z.enum(periodKinds),
    from: Day,
    to: Day,
    words: z.string(),
    /** From when it may be signed. */
    firstDay: Day,
    deadline: Deadline,
    state: z.enum(reportStates),
    stateWords: z.string(),
    /** Whose turn it is, in words. */
    next: z.string(),
    /** As the records stand now. */
    counts: TallyShape,
    figures: z.array(Figure),
    gaps: z.array(Gap),
    nilOffered: z.boolean(),
    /** 文字小结 drafted from the figures as they stand now. */
    draft: z.string(),
    classes: z.array(z.object({ key: z.string(), name: z.string(), counts: TallyShape })),
    frozen: Frozen.nullable(),
    /** What late entries have changed since the last signature, and by which entries. */
    changes: z.array(Change),
    entries: z.array(LateEntry),
    /** Every signed version, the first first: who signed when, and what it changed. */
    versions: z.array(
      z.object({
        version: z.number().int(),
        nil: z.boolean(),
        signedName: z.string(),
        signedAt: z.string(),
        changes: z.array(Change),
      }),
    ),
    history: z.array(
      z.object({
        version: z.number().int(),
        action: z.enum(reportActions),
        words: z.string(),
        actorName: z.string(),
        at: z.string(),
        note: z.string().nullable(),
      }),
    ),
    allowed: z.record(z.enum(reportActions), May),
  }),
});

const Told = z.object({
  reason: z.string().trim().min(4).max(500).nullable().default(null),
  explanations: z.array(Explanation).max(40).default([]),
  /** 文字小结 as edited; left out, the text drafted from the figures stands. */
  summary: z.string().trim().min(4).max(4000).nullable().default(null),
});
const Done = z.object({ id: Id, version: z.number().int(), state: z.enum(reportStates) });

export const signReport = endpoint({
  name: 'statistics.signReport',
  method: 'POST',
  path: '/api/schools/:schoolId/report/sign',
  summary: '校长签报：零报告，或按数据签报并说明缺口和差异',
  permission: 'reports.sign',
  audit: 'statistics.signReport',
  input: Which.extend({ schoolId: Id, nil: z.boolean().default(false), ...Told.shape }),
  output: Done,
});

export const decideReport = endpoint({
  name: 'statistics.decideReport',
  method: 'POST',
  path: '/api/reports/:id/decide',
  summary: '区级审核通过或退回一份已签报的报告',
  permission: 'reports.accept',
  audit: 'statistics.decideReport',
  input: z.object({
    id: Id,
    version: z.number().int().min(1),
    accept: z.boolean(),
    reason: z.string().trim().min(4).max(500).nullable().default(null),
  }),
  output: Done,
});

export const reviseReport = endpoint({
  name: 'statistics.reviseReport',
  method: 'POST',
  path: '/api/reports/:id/revise',
  summary: '迟报、更正使已签报的数据变化后，校长更正重报，原版本保留',
  permission: 'reports.sign',
  audit: 'statistics.reviseReport',
  input: z.object({
    id: Id,
    reason: z.string().trim().min(4).max(500),
    explanations: Told.shape.explanations,
    summary: Told.shape.summary,
  }),
  output: Done,
});

export const getReportVersion = endpoint({
  name: 'statistics.getReportVersion',
  method: 'GET',
  path: '/api/reports/:id/versions/:version',
  summary: '报告的一个已签报版本，并按当时所知重新核对数据指纹',
  permission: 'reports.read',
  audit: null,
  input: z.object({ id: Id, version: z.coerce.number().int().min(1) }),
  output: Frozen.extend({
    /** Whether the counts and the fingerprint made again, as known then, are those that were signed. */
    holds: z.boolean(),
    /** Whether the lines of its forms made again are those that were frozen; null for versions of before all of them were kept. */
    formHolds: z.boolean().nullable(),
    /** By whose entries it differs from the version before; empty for the first. */
    entries: z.array(LateEntry),
  }),
});

const ReportLine = z.object({
  schoolId: Id,
  name: z.string(),
  reportId: Id.nullable(),
  state: z.enum(reportStates),
  stateWords: z.string(),
  next: z.string(),
  version: z.number().int(),
  nil: z.boolean(),
  /** Late entries have changed a count since it was signed. */
  changed: z.boolean(),
  signedName: z.string().nullable(),
  signedAt: z.string().nullable(),
  /** As known at which moment the counts stand: that of the last version; null is now. */
  knownAt: z.string().nullable(),
  counts: TallyShape,
});

export const listReports = endpoint({
  name: 'statistics.listReports',
  method: 'GET',
  path: '/api/reports',
  summary: '各校一个时段报告的汇总：状态、未报学校、合计与全区数据核对',
  permission: 'reports.read',
  audit: null,
  input: Which.extend({ state: z.enum(['missing', ...reportStates]).optional(), ...Paging.shape }),
  output: pageOf(ReportLine).extend({
    period: z.enum(periodKinds),
    from: Day,
    to: Day,
    words: z.string(),
    firstDay: Day,
    deadline: Deadline,
    /** How many schools stand in each state. */
    states: z.record(z.enum(reportStates), z.number().int()),
    missing: z.array(z.object({ schoolId: Id, name: z.string() })),
    /** The sum of what the schools signed; of schools that are missing nothing. */
    sum: TallyShape,
    /** The figures of that sum. */
    figures: z.array(Figure),
    /** The same schools counted anew. */
    recount: TallyShape,
    /** Everything was signed, and the sum is that of the schools' recount. */
    complete: z.boolean(),
    equalsRecount: z.boolean(),
  }),
});

/** A filing of the roll-up by its number; left out, as it stands now. */
const Filed = z.coerce.number().int().min(1).optional();
const FileAsk = Which.extend({ format: z.enum(['xlsx', 'pdf']) });

export const getReportForm = endpoint({
  name: 'statistics.getReportForm',
  method: 'GET',
  path: '/api/schools/:schoolId/report/form',
  summary: '学校一个时段的报表：周统计表、月报（三本台账）等；已签报的按签报时的内容',
  permission: 'reports.read',
  audit: null,
  input: Which.extend({ schoolId: Id }),
  output: z.object({ version: z.number().int(), sheets: z.array(FormSheet) }),
});

export const exportReport = endpoint({
  name: 'statistics.exportReport',
  method: 'GET',
  path: '/api/schools/:schoolId/report/file',
  summary: '学校一个时段的报表和小结，Excel 或 PDF',
  permission: 'reports.read',
  audit: 'statistics.exportReport',
  download: true,
  input: FileAsk.extend({ schoolId: Id }),
  output: z.unknown(),
});

export const getRollForm = endpoint({
  name: 'statistics.getRollForm',
  method: 'GET',
  path: '/api/reports/form',
  summary: '全区一个时段的汇总报表、按数据起草和经人修改的文字小结；只计已签报的学校',
  permission: 'reports.read',
  audit: null,
  input: Which.extend({ filed: Filed }),
  output: z.object({ draft: z.string(), summary: RollSummary, filing: RollFilings, sheets: z.array(FormSheet) }),
});

export const exportRoll = endpoint({
  name: 'statistics.exportRoll',
  method: 'GET',
  path: '/api/reports/file',
  summary: '全区一个时段的汇总报表和小结，Excel 或 PDF',
  permission: 'reports.read',
  audit: 'statistics.exportRoll',
  download: true,
  input: FileAsk.extend({ filed: Filed }),
  output: z.unknown(),
});
