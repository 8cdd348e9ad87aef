import { z } from 'zod';
import { clauseFactIds } from '#domain/duties/clause-facts.ts';
import { clauseStates } from '#domain/duties/clause-states.ts';
import { endpoint } from './endpoint.ts';
import { Day, Id, Paging } from './paging.ts';

/** The levels by which schools are chosen; a school of both belongs to each. */
export const clauseLevels = ['primary', 'junior'] as const;

/** Which schools and which span: without a term the running one; of a person of a school the own school alone. */
const Asked = z.object({
  /** The school year by the year in which it begins. */
  year: z.coerce.number().int().min(2000).max(2100).optional(),
  /** The number of the term in its year, or the whole year. */
  term: z.enum(['1', '2', '3', '4', 'year']).optional(),
  schoolId: Id.optional(),
  q: z.string().trim().max(60).optional(),
  level: z.enum(clauseLevels).optional(),
  /** Code of the street in which the school lies. */
  street: z.string().max(12).optional(),
  /** Only schools where a clause stands so: the one that is named, or any. */
  state: z.enum(clauseStates).optional(),
  clause: z.string().max(20).optional(),
});

/** How a clause stands: the duties due, by how they ended, those open and not due yet, and the records beside them. */
export const ClauseCell = z.object({
  clause: z.string(),
  state: z.enum(clauseStates),
  due: z.number().int(),
  inTime: z.number().int(),
  late: z.number().int(),
  overdue: z.number().int(),
  ahead: z.number().int(),
  waived: z.number().int(),
  oldestDue: Day.nullable(),
  nextDue: Day.nullable(),
  /** Days since the due day of the longest overdue; 0 where none is, and on the day itself. */
  longestDays: z.number().int(),
  facts: z.array(
    z.object({
      id: z.enum(clauseFactIds),
      done: z.number().int(),
      of: z.number().int(),
      asOf: Day.nullable(),
      target: z.number().nullable(),
    }),
  ),
});
const Span = z.object({ key: z.string(), year: z.number().int(), words: z.string(), from: Day, to: Day });
const Row = z.object({
  schoolId: Id,
  name: z.string(),
  stageWords: z.string(),
  streetName: z.string().nullable(),
  cells: z.array(ClauseCell),
});

export const getClauseStates = endpoint({
  name: 'duties.getClauseStates',
  method: 'GET',
  path: '/api/duties/clauses',
  summary: '方案落实：各条款在各校的状态、逾期和依据',
  permission: 'clauses.read',
  audit: null,
  input: Paging.extend(Asked.shape),
  output: z.object({
    /** The moment as of which everything is counted. */
    at: z.string(),
    span: Span,
    /** The spans of the year, those that have begun. */
    spans: z.array(Span),
    /** The running school year: later ones cannot be asked for. */
    thisYear: z.number().int(),
    rows: z.array(Row),
    total: z.number().int(),
    page: z.number().int(),
    size: z.number().int(),
    /** How many of the schools stand how, clause by clause, over every page. */
    sums: z.array(z.object({ clause: z.string(), states: z.partialRecord(z.enum(clauseStates), z.number().int()) })),
    /** What bureau, streets and communities owe; null for who does not reach the whole district, or asks for one school. */
    office: z.array(ClauseCell).nullable(),
    /** Whether one school alone is in reach: its column is shown as a list. */
    single: z.boolean(),
  }),
});

export const exportClauseStates = endpoint({
  name: 'duties.exportClauseStates',
  method: 'GET',
  path: '/api/duties/clauses/file',
  summary: '方案落实表，Excel 或 PDF',
  permission: 'clauses.read',
  alsoNeeds: 'export.lists',
  audit: 'duties.exportClauseStates',
  download: true,
  input: Asked.extend({ format: z.enum(['xlsx', 'pdf']) }),
  output: z.unknown(),
});
