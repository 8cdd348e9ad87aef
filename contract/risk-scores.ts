import { z } from 'zod';
import { exams } from '#domain/risk/scores.ts';
import { endpoint } from './endpoint.ts';
import { Id } from './paging.ts';
import { sheetCalls } from './sheets.ts';

export const scoreTemplate = endpoint({
  name: 'risk.scoreTemplate',
  method: 'GET',
  path: '/api/risks/score-sheets/template',
  summary: '下载成绩表（列出本校、本班学生）',
  permission: 'scores.sheet',
  audit: 'risk.scoreTemplate',
  download: true,
  input: z.object({
    /** School year and term: 2026-1 is the autumn of 2026. */
    term: z
      .string()
      .regex(/^20\d{2}-[12]$/u, '请选择学期。')
      .optional(),
    exam: z.enum(exams).default('final'),
    classId: Id.optional(),
  }),
  output: z.unknown(),
});
/** The calls of scores that are handed in by sheet. */
export const scoreSheetCalls = sheetCalls({
  area: 'risk',
  noun: 'ScoreSheet',
  path: '/api/risks/score-sheets',
  permission: 'scores.sheet',
  words: '成绩',
});
export const handInScoreSheet = scoreSheetCalls.handIn;
export const listScoreSheets = scoreSheetCalls.list;
export const getScoreSheet = scoreSheetCalls.get;
export const correctScoreSheetRow = scoreSheetCalls.correct;
export const dropScoreSheetRow = scoreSheetCalls.drop;
export const runScoreSheet = scoreSheetCalls.run;

/** One version of what a pupil got in an examination. */
const ScoreVersion = z.object({
  id: Id,
  scores: z.array(z.object({ subject: z.string(), words: z.string() })),
  /** Average share of the full points, in percent; null where no subject was sat. */
  average: z.number().nullable(),
  /** Why it took the place of the version before. */
  reason: z.string().nullable(),
  byName: z.string(),
  from: z.string(),
  /** Until when it stood; null of the one that stands. */
  to: z.string().nullable(),
});
export const getChildScores = endpoint({
  name: 'risk.getChildScores',
  method: 'GET',
  path: '/api/risks/scores',
  summary: '一名学生的成绩（只供本班班主任和本校查看）',
  permission: 'scores.read',
  audit: 'risk.getChildScores',
  input: z.object({ childId: Id }),
  output: z.object({
    childId: Id,
    name: z.string(),
    className: z.string().nullable(),
    /** The latest examination first. */
    exams: z.array(
      z.object({
        exam: z.enum(exams),
        words: z.string(),
        schoolName: z.string(),
        stands: ScoreVersion,
        /** What stood before, the latest first. */
        earlier: z.array(ScoreVersion),
      }),
    ),
  }),
});
